"""The real weeks in the newsletter's clothes: read back, they are the same papers."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import pytest

from bot.model.issue import Issue, Link, Paper
from bot.parsing.feed import parse_feed
from bot.parsing.links import is_http
from bot.parsing.page import parse_page
from bot.planning.merge import merge_issue
from tests.source.pages import item, rss

_LINK = re.compile(r"\[([^\[\]]+)\]\((https?://[^()\s]+)\)")


def html(markdown: str) -> str:
    parts = _LINK.split(markdown)
    texts = [escape(part) for part in parts]
    pairs = zip(texts[1::3], texts[2::3], texts[3::3], strict=True)
    return texts[0] + "".join(f'<a href="{url}">{label}</a>{rest}' for label, url, rest in pairs)


def link(one: Link) -> str:
    return f'<strong><a href="{escape(one.url)}">{escape(one.label.lower())}</a></strong>'


def of_2024(paper: Paper) -> str:
    lead, *bullets = [line for line in paper.summary.splitlines() if line]
    links = " | ".join(link(one) for one in paper.links if is_http(one.url))
    more = "".join(f"<li><p>{html(bullet.removeprefix('- '))}</p></li>" for bullet in bullets)
    return (
        f"<p><strong>{paper.rank}). {escape(paper.name)}</strong> - {html(lead)} ({links})</p>"
        f"{'<ul>' + more + '</ul>' if more else ''}<div><hr></div>"
    )


def of_2026(paper: Paper) -> str:
    lead, *bullets = [line for line in paper.summary.splitlines() if line]
    links = " | ".join(link(one) for one in paper.links if is_http(one.url))
    more = "".join(
        f"<li><p><strong>{html(bullet.removeprefix('- '))}</strong></p></li>" for bullet in bullets
    )
    return (
        f"<h2>{paper.rank}. {escape(paper.name)}</h2><p>{html(lead)}</p>"
        f"<ul>{more}</ul><p>{links}</p><p>Share</p>"
    )


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def find_differing(one: Issue, other: Issue) -> list[str]:
    """The rows whose rank, name, id, links or words differ."""
    differing = []
    for mine, theirs in zip(one.papers, other.papers, strict=True):
        followed = [link.url for link in mine.links if is_http(link.url)]
        same = (
            mine.rank == theirs.rank
            and words(mine.name) == words(theirs.name)
            and mine.arxiv_id == theirs.arxiv_id
            and [link.url for link in theirs.links] == followed
            and words(mine.summary) == words(theirs.summary)
        )
        differing += [] if same else [f"{one.key}/{mine.rank}"]
    return differing


@pytest.mark.parametrize("form", [of_2024, of_2026])
@pytest.mark.parametrize("year", [2023, 2024, 2026])
def test_the_real_weeks_are_read_from_a_newsletter(
    shared: Path, year: int, form: Callable[[Paper], str]
) -> None:
    page = shared / "data" / "dair" / "snapshot" / "years" / f"{year}.md"
    issues = parse_page(page.read_text(encoding="utf-8"), url=f"years/{year}.md").issues
    differing: list[str] = []
    for issue in issues:
        last = issue.week.last
        published = datetime(last.year, last.month, last.day, 15, tzinfo=UTC)
        first = issue.week.first
        head = f"<p>Papers of {first:%B} {first.day} - {last:%B} {last.day}</p>"
        body = head + "".join(form(paper) for paper in issue.papers)
        feed = rss(item("🥇A list", body, published, "https://letter.example.org/p/x"))
        (letter,) = parse_feed(feed.encode()).issues
        assert letter.week == issue.week
        assert [paper.rank for paper in letter.papers] == [paper.rank for paper in issue.papers]
        differing += find_differing(issue, letter)
        assert merge_issue(issue, letter).papers == issue.papers
    assert differing == []
