"""The published topic on the embedded forum, in a real browser.

The screenshots stay in the folder that JUBO_SCREENSHOTS names, to be looked at.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from bot.config import defaults_folder
from bot.digest import compose
from bot.model.edition import Edition
from bot.model.topic import Digest, ForumLimits
from bot.parsing.page import parse_page
from bot.picture import draw
from bot.planning.placeholders import fill, post_address
from bot.sandbox import week
from bot.sandbox.forum import BOT, EmbeddedForum, ForumSettings, open_forum, serve_forum
from bot.texts.themes import load_themes
from bot.trends.chart import chart
from bot.trends.counts import calendar_week
from bot.trends.week import compute_trends
from tests.browser.pages import VIEWS, audit, open_page
from tests.builders import a_language, a_layout
from tests.sample import the_sample_edition

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def draw_themes(edition: Edition) -> tuple[bytes, Edition]:
    """The sample week's picture, and the edition with its alt text."""
    text = (week.PAGES / "years" / "2026.md").read_text(encoding="utf-8")
    themes = load_themes(defaults_folder() / "themes.yml").themes
    trends = compute_trends(edition.issue, parse_page(text).issues, themes)
    labels = a_language().labels
    drawn = chart(trends, calendar_week(edition.issue.week), themes, "ko", labels)
    assert drawn is not None
    return draw(drawn), replace(edition, picture_alt=drawn.alt)


def publish(forum: EmbeddedForum, url: str, digest: Digest, png: bytes) -> str:
    """Put the digest on the forum as its publisher would; gives the topic's path."""
    headers = {"Api-Key": forum.add_key(BOT), "Api-Username": BOT}
    upload = httpx.post(
        f"{url}/uploads.json",
        headers=headers,
        data={"upload_type": "composer"},
        files={"file": ("themes.png", png, "image/png")},
    )
    picture = upload.raise_for_status().json()["short_url"]
    first, *replies = digest.posts
    topic = forum.write_topic(digest.title, fill(first.raw, {}, picture=picture), author=BOT)
    addresses = {
        number: post_address("", topic.topic_id, number)
        for number in range(1, len(digest.posts) + 1)
    }
    for post in replies:
        forum.write_reply(topic.topic_id, fill(post.raw, addresses), author=BOT)
    forum.edit(topic.posts[0].post_id, fill(first.raw, addresses, picture=picture), author=BOT)
    return post_address("", topic.topic_id, 1).removesuffix("/1")


@pytest.fixture(scope="module")
def topic_url() -> Iterator[str]:
    """The sample week's topic, formulas on."""
    png, edition = draw_themes(the_sample_edition())
    digest = compose(edition, a_language(), ForumLimits(math=True), a_layout())
    forum = open_forum(settings=ForumSettings(math=True))
    with serve_forum(forum) as url:
        yield url + publish(forum, url, digest, png)
    forum.close()


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_the_topic_reads_well(
    browser: Browser, topic_url: str, tmp_path: Path, width: int, scheme: str
) -> None:
    page = open_page(browser, topic_url, width, scheme)
    folder = Path(os.environ.get("JUBO_SCREENSHOTS", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"topic-{width}-{scheme}.png")
    for anchor in ("contents", "paper-1", "paper-8", "source"):
        page.locator(f'a[name="{anchor}"]').scroll_into_view_if_needed()
        page.evaluate("name => document.querySelector(`a[name=${name}]`).scrollIntoView()", anchor)
        page.screenshot(path=folder / f"topic-{width}-{scheme}-{anchor}.png")
    assert audit(page) == []
    page.close()


def test_a_tap_in_the_contents_leads_to_the_paper(browser: Browser, topic_url: str) -> None:
    page = open_page(browser, topic_url, 360, "light")
    page.locator("ol > li a", has_text="OLMo 2").first.click()
    page.wait_for_load_state()
    assert page.url.endswith("#paper-10")
    box = page.locator('a[name="paper-10"]').bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 740
    page.close()


def test_formulas_and_the_picture_are_shown(browser: Browser, topic_url: str) -> None:
    page = open_page(browser, topic_url, 1280, "light")
    assert page.locator(".cooked math").count() >= 3
    image = page.locator(".cooked img").first
    image.scroll_into_view_if_needed()
    assert image.evaluate("image => image.complete && image.naturalWidth") == 1080
    page.close()
