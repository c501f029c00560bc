"""The pages that people see, and what they can do there."""

from __future__ import annotations

import httpx
import pytest
from bs4 import BeautifulSoup

from bot.sandbox.forum import EmbeddedForum
from tests.sandbox.forum_client import RAW, TITLE, Client, new_topic


class Browser:
    """A browser without pictures, signed in as whoever the switch says."""

    def __init__(self, url: str) -> None:
        self.http = httpx.Client(base_url=url, trust_env=False, follow_redirects=True)

    def open(self, path: str) -> BeautifulSoup:
        answer = self.http.get(path, headers={"Accept": "text/html"})
        assert answer.status_code == 200
        return BeautifulSoup(answer.text, "html.parser")

    def submit(self, path: str, **fields: str) -> httpx.Response:
        return self.http.post(path, data=fields)

    def become(self, username: str) -> None:
        self.submit("/sandbox/viewer", username=username, back="/")


@pytest.fixture
def browser(url: str) -> Browser:
    return Browser(url)


def test_the_list_leads_to_the_topic(
    client: Client, forum: EmbeddedForum, browser: Browser
) -> None:
    new_topic(client, forum, tags=["weekly"])
    link = browser.open("/").select("a.topic-title")[0]
    page = browser.open(str(link["href"]))
    assert page.select("h1")[0].text == TITLE
    assert RAW in page.select(".cooked")[0].text
    assert [tag.text for tag in page.select(".tag")] == ["weekly"]


def test_a_category_shows_its_own_topics(
    client: Client, forum: EmbeddedForum, browser: Browser
) -> None:
    new_topic(client, forum)
    forum.write_topic("다른 카테고리의 글입니다", RAW)
    assert [a.text for a in browser.open("/c/reading/2").select("a.topic-title")] == [TITLE]


def test_formulas_are_shown_without_a_script(
    client: Client, forum: EmbeddedForum, browser: Browser
) -> None:
    forum.configure(math=True)
    topic_id, _ = new_topic(client, forum, raw=f"{RAW} 값은 $x^2$ 입니다.")
    page = browser.open(f"/t/{topic_id}")
    assert page.select(".math math msup")
    assert not page.select("script")


def test_pages_load_nothing_from_elsewhere(
    client: Client, forum: EmbeddedForum, browser: Browser
) -> None:
    topic_id, _ = new_topic(client, forum)
    answer = browser.http.get(f"/t/{topic_id}")
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    page = BeautifulSoup(answer.text, "html.parser")
    addresses = [str(tag.get("src") or tag["href"]) for tag in page.select("img, link")]
    assert addresses
    assert all(address.startswith("/") for address in addresses)
    assert {browser.http.get(address).status_code for address in addresses} == {200}


def test_pictures_are_drawn_here(browser: Browser) -> None:
    for path in ("/letter_avatar/jubo/48.svg", "/images/emoji/twitter/rocket.png"):
        assert browser.http.get(path).headers["content-type"] == "image/svg+xml"
    assert "&lt;" in browser.http.get("/letter_avatar/%3Cb/48.svg").text


def test_an_edited_post_shows_its_history(
    client: Client, forum: EmbeddedForum, browser: Browser
) -> None:
    topic_id, post_id = new_topic(client, forum)
    client.edit(post_id, RAW + "\n새 줄 <b>", edit_reason="원문 갱신")
    client.put(f"/t/-/{topic_id}.json", title="제목도 이렇게 새로 바꾸어 봅니다")
    marker = browser.open(f"/t/{topic_id}").select("a.edited")[0]
    page = browser.open(str(marker["href"]))
    assert [one.text for one in page.select(".diff .add")] == ["새 줄 <b>"]
    assert "원문 갱신" in page.text
    assert page.select(".field ins")[0].text == "제목도 이렇게 새로 바꾸어 봅니다"


def test_a_moderator_approves_on_the_page(
    client: Client, forum: EmbeddedForum, browser: Browser
) -> None:
    forum.configure(approve_topics=True)
    client.topic()
    assert "운영자만" in browser.open("/review").text
    browser.become("moderator")
    form = browser.open("/review").select("form.decide")[0]
    browser.submit(str(form["action"]), decision="approve")
    assert [topic.title for topic in forum.topics()] == [TITLE]


def test_a_moderator_rejects_on_the_page(
    client: Client, forum: EmbeddedForum, browser: Browser
) -> None:
    forum.configure(approve_topics=True)
    pending_id = client.topic().json()["pending_post"]["id"]
    browser.become("moderator")
    browser.submit(f"/sandbox/review/{pending_id}", decision="reject")
    assert (forum.pending(), forum.topics()) == ((), ())
    assert browser.submit(f"/sandbox/review/{pending_id}").status_code == 404


def test_only_moderators_decide(client: Client, forum: EmbeddedForum, browser: Browser) -> None:
    forum.configure(approve_topics=True)
    pending_id = client.topic().json()["pending_post"]["id"]
    browser.become("reader")
    answer = browser.submit(f"/sandbox/review/{pending_id}", decision="approve")
    assert (answer.status_code, forum.topics()) == (403, ())


def test_a_reader_replies_on_the_page(
    client: Client, forum: EmbeddedForum, browser: Browser
) -> None:
    topic_id, _ = new_topic(client, forum)
    assert browser.submit(f"/sandbox/topics/{topic_id}/reply", raw="손님").status_code == 403
    browser.become("reader")
    browser.submit(f"/sandbox/topics/{topic_id}/reply", raw="잘 읽었습니다.\n")
    assert [(p.author, p.raw) for p in forum.topic(topic_id).posts][1:] == [
        ("reader", "잘 읽었습니다."),
    ]  # fmt: skip


def test_messages_are_for_those_in_them(
    client: Client, forum: EmbeddedForum, browser: Browser
) -> None:
    client.topic(archetype="private_message", target_recipients="reader", category=None)
    path = f"/t/{forum.topics()[0].topic_id}"
    assert RAW not in browser.open(path).text
    browser.become("reader")
    assert [a.text for a in browser.open("/messages").select("a.topic-title")] == [TITLE]
    assert RAW in browser.open(path).text


def test_a_closed_site_sends_guests_to_the_login_page(
    forum: EmbeddedForum, browser: Browser
) -> None:
    forum.configure(login_required=True)
    answer = browser.http.get("/latest", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (302, "/login")
    assert browser.open("/latest").select("#viewer")
    browser.become("reader")
    assert browser.open("/latest").select("h1")[0].text == "최신 글"


@pytest.mark.parametrize("path", ["/t/999", "/c/x/99", "/nothing", "/posts/9/history", "/messages"])
def test_what_is_not_there_says_so(browser: Browser, path: str) -> None:
    assert "없는 페이지" in browser.open(path).text


def test_deleted_and_unlisted_topics_are_marked_for_staff(
    client: Client, forum: EmbeddedForum, browser: Browser
) -> None:
    topic_id, _ = new_topic(client, forum)
    forum.set_topic(topic_id, visible=False, closed=True)
    assert browser.open("/").select("a.topic-title") == []
    browser.become("moderator")
    assert [s.text for s in browser.open("/").select(".state")] == ["목록에 없음", "닫힘"]
    forum.delete_topic(topic_id)
    assert "삭제됨" in browser.open(f"/t/{topic_id}").text


def test_a_form_from_another_site_is_refused(url: str) -> None:
    headers = {"Origin": "https://example.org"}
    answer = httpx.post(f"{url}/sandbox/viewer", headers=headers, trust_env=False)
    assert answer.status_code == 403


def test_the_switch_leads_back_only_inside(browser: Browser) -> None:
    answer = browser.http.post(
        "/sandbox/viewer", data={"back": "//example.org"}, follow_redirects=False
    )
    assert answer.headers["location"] == "/"
