"""The embedded forum's pages in a real browser: on a phone and on a desk, by day and by night."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from bot.sandbox.forum import EmbeddedForum, ForumSettings, ManualClock, open_forum, serve_forum
from tests.browser.pages import AUDIT, VIEWS, audit, open_page
from tests.sandbox.forum_client import Client, new_topic, png

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

_RAW = r"""
이번 주에는 [첫 논문](#first)이 눈에 띕니다. 복잡도는 $\mathcal{O}(n \log n)$ 입니다.

![주제별 논문 수|1380x776](PICTURE)

<a name="first"></a>

## 첫 논문: 아주아주 긴 제목이 화면 너비를 넘어가는 경우 / A Rather Long English Title of a Paper

$$
\mathcal{L}(\theta) = -\sum_{t=1}^{T} \log p_\theta(x_t) + \frac{\lambda}{2}\|W\|^2 + \epsilon
$$

[details="영어 원문"]
English text with `a_very_long_identifier_that_does_not_break_anywhere_at_all_in_the_line`.
[/details]

| 모델 | 매개변수 | 데이터 | 점수 | 비고 |
|---|--:|--:|--:|---|
| OLMo-7B | 7B | 2.5T | 63.9 | 공개된 학습 코드와 데이터 |

```python
def forward(self, x: torch.Tensor, another: int = 0) -> tuple[torch.Tensor, torch.Tensor]: ...
```

> 인용문 https://example.org/a/very/long/address/0123456789/0123456789/0123456789/0123456789

- [x] 할 일, :rocket: 그리고 @jubo
"""


@pytest.fixture(scope="module")
def forum() -> Iterator[EmbeddedForum]:
    forum = open_forum(settings=ForumSettings(math=True), clock=ManualClock())
    yield forum
    forum.close()


@pytest.fixture(scope="module")
def addresses(forum: EmbeddedForum) -> Iterator[dict[str, str]]:
    """A forum with all kinds of things in it, and where to see them."""
    with serve_forum(forum) as url:
        client = Client(url, forum.add_key("jubo"))
        raw = _RAW.replace("PICTURE", client.upload(png(1380, 776)).json()["short_url"])
        topic_id, post_id = new_topic(client, forum, raw=raw, tags=["weekly"])
        client.edit(post_id, f"{raw}\n끝", edit_reason="덧붙임")
        client.reply(topic_id, "답글도 하나 있습니다. 내용은 길지 않습니다.")
        forum.configure(approve_topics=True)
        client.topic(
            title="승인을 기다리는 글의 제목입니다",
            raw="승인을 기다리는 본문입니다. 길지 않습니다.",
        )
        yield {
            "topic": f"{url}/t/{topic_id}",
            "list": f"{url}/",
            "history": f"{url}/posts/{post_id}/history",
            "review": f"{url}/review",
            "messages": f"{url}/messages",
        }


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_a_topic_reads_well(
    browser: Browser, addresses: dict[str, str], width: int, scheme: str
) -> None:
    page = open_page(browser, addresses["topic"], width, scheme)
    assert audit(page) == []
    page.close()


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
@pytest.mark.parametrize("name", ["topic", "list", "history", "review", "messages"])
def test_a_moderators_pages_read_well(
    browser: Browser, addresses: dict[str, str], name: str, width: int, scheme: str
) -> None:
    with browser.new_context(color_scheme="dark" if scheme == "dark" else "light") as context:
        cookie = {"name": "sandbox_viewer", "value": "moderator", "url": addresses["list"]}
        context.add_cookies([cookie])  # type: ignore[list-item]  # playwright's own TypedDict
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(addresses[name])
        assert page.evaluate("document.querySelectorAll('nav img.avatar').length") == 1
        assert page.evaluate(AUDIT)["problems"] == []
