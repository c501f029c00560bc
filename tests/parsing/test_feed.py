"""The newsletter in the forms its readers have met, and in forms nobody should send."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import ParseError
from bot.model.issue import Link, Page, Week
from bot.parsing.blocks import Block, Kind, parse_blocks
from bot.parsing.feed import parse_entry, parse_feed
from tests.source.pages import arxiv_id, heading_form, item, name, paragraph, rss, sunday, text

WEEK = date(2024, 1, 29)
DAYS = Week(date(2024, 1, 29), date(2024, 2, 4))
SATURDAY = datetime(2024, 2, 3, 15, tzinfo=UTC)
TITLE = "🥇Top AI Papers of the Week"
URL = "https://letter.example.org/p/top-papers-x7q"
NOISE = (
    "<p>Welcome to another issue. <a href='https://letter.example.org/subscribe'>Subscribe</a></p>",
    "<blockquote><p>Editor's message: our course (Jan 3 - Jan 4) has 3. seats.</p></blockquote>",
    "<div class='subscription-widget-wrap'><p><strong>4. Join us</strong></p></div>",
    "<div class='captioned-image-container'><figure><img src='x.png'/></figure></div>",
    "<p class='button-wrapper'><a class='button' href='https://x.example.org'>Share</a></p>",
    "<h3>From our sponsor</h3><p>1) Buy this. <a href='https://ad.example.org'>Now</a></p>",
)


def feed_of(html: str, *, title: str = TITLE, published: datetime | None = None) -> Page:
    return parse_feed(rss(item(title, html, published or sunday(WEEK), URL)).encode())


@pytest.mark.parametrize("form", [paragraph, heading_form])
def test_both_forms_are_read_through_the_noise(form: Callable[[date, int], str]) -> None:
    """A rule or a message stands between any two papers."""
    parts = []
    for rank in range(1, 11):
        parts += [form(WEEK, rank), "<div><hr></div>", NOISE[rank % len(NOISE)]]
    (issue,) = feed_of(NOISE[0] + "".join(parts)).issues
    assert [paper.rank for paper in issue.papers] == list(range(1, 11))
    assert [paper.name for paper in issue.papers] == [name(WEEK, n) for n in range(1, 11)]
    assert [paper.arxiv_id for paper in issue.papers] == [arxiv_id(WEEK, n) for n in range(1, 11)]
    assert all(paper.summary.startswith(text(WEEK, paper.rank)) for paper in issue.papers)
    assert all([link.label for link in p.links] == ["Paper", "Tweet"] for p in issue.papers)


def test_bullets_stay_lines_and_inner_links_stay_links() -> None:
    (paper,) = parse_entry(heading_form(WEEK, 1))
    assert paper.summary.splitlines()[1:] == [
        "- Cost: it takes 1 minutes.",
        "- Scale: see [here](https://example.org/scale).",
    ]


def test_an_issue_names_its_page_and_its_days() -> None:
    (issue,) = feed_of("".join(paragraph(WEEK, rank) for rank in range(1, 11))).issues
    assert (issue.key, issue.week) == ("2024-01-29", DAYS)
    assert (issue.url, issue.newsletter_url) == (None, URL)
    assert issue.title == "Top AI Papers of the Week"


@pytest.mark.parametrize(
    ("title", "head"),
    [
        ("The list (January 29 - February 4)", ""),
        ("The list", "<h4>Top papers (Jan 29 - Feb 4)</h4>"),
        ("The list", "<p>Hello.</p><p>Papers of <b>January 29 - February 4, 2024</b></p>"),
    ],
)
def test_the_days_are_read_where_they_stand(title: str, head: str) -> None:
    """The title does not make a list weekly, and the day of publication need not be a Sunday."""
    tuesday = datetime(2024, 2, 6, 9, tzinfo=UTC)
    html = head + "".join(paragraph(WEEK, rank) for rank in range(1, 4))
    (issue,) = feed_of(html, title=title, published=tuesday).issues
    assert issue.week == DAYS


def test_days_across_new_year_take_the_years_around_the_publication() -> None:
    html = "<p>(December 30 - January 5)</p>" + paragraph(WEEK, 1)
    (issue,) = feed_of(html, published=datetime(2025, 1, 5, 15, tzinfo=UTC)).issues
    assert issue.week == Week(date(2024, 12, 30), date(2025, 1, 5))


@pytest.mark.parametrize(
    "published",
    [datetime(2024, 2, 4, 1, tzinfo=UTC), datetime(2024, 2, 5, 4, tzinfo=UTC)],
)
def test_without_days_the_seven_up_to_sunday_count(published: datetime) -> None:
    """A Sunday evening in America is a Monday morning, UTC."""
    html = "".join(paragraph(WEEK, rank) for rank in range(1, 11))
    assert feed_of(html, title="Untitled", published=published).issues[0].week == DAYS


@pytest.mark.parametrize(
    ("title", "html", "published"),
    [
        ("A guide to agents", "<h2>1. Plan</h2><p>Text</p><h2>2. Act</h2>", sunday(WEEK)),
        (
            "Agents Weekly",
            "".join(paragraph(WEEK, n) for n in range(1, 9)),
            datetime(2024, 2, 3, tzinfo=UTC),
        ),
        ("A conference (March 3 - March 9)", "<p>See you there.</p>", sunday(WEEK)),
        ("An old list (June 3 - June 9)", paragraph(WEEK, 1), sunday(WEEK)),
    ],
)
def test_other_posts_are_left_alone(title: str, html: str, published: datetime) -> None:
    page = feed_of(html, title=title, published=published)
    assert page.issues == ()


def test_an_announced_list_without_its_papers_is_still_an_issue() -> None:
    """The feed of a paid post holds a preview; the page may hold more."""
    (issue,) = feed_of("<p>This post is for subscribers.</p>").issues
    assert (issue.week, issue.papers) == (DAYS, ())


def test_issues_come_newest_first_whatever_the_order_of_the_feed() -> None:
    weeks = [date(2024, 1, 22), date(2024, 1, 29)]
    html = {week: "".join(paragraph(week, rank) for rank in range(1, 11)) for week in weeks}
    body = rss(*(item(TITLE, html[week], sunday(week), f"{URL}-{week}") for week in weeks))
    assert [issue.key for issue in parse_feed(body.encode()).issues] == ["2024-01-29", "2024-01-22"]


def test_a_table_of_contents_is_not_the_list() -> None:
    contents = "".join(f"<p><strong>{rank}) Teaser {rank}</strong></p>" for rank in range(1, 11))
    html = contents + "".join(heading_form(WEEK, rank) for rank in range(1, 11))
    assert [paper.name for paper in parse_entry(html)] == [name(WEEK, n) for n in range(1, 11)]


def test_numbers_inside_a_paper_begin_no_paper() -> None:
    html = (
        "<h2>1. Sieve</h2><p>Sorts.</p><ul><li><p><strong>2. Fast:</strong> very.</p></li></ul>"
        "<p>3.5 billion parameters suffice.</p>"
        '<p><a href="https://arxiv.org/abs/2401.00001">Paper</a></p>' + heading_form(WEEK, 2)
    )
    assert [(paper.rank, paper.name) for paper in parse_entry(html)] == [
        (1, "Sieve"),
        (2, name(WEEK, 2)),
    ]


@pytest.mark.parametrize(
    "html",
    [
        '<p>1) <b>Sieve</b>: sorts. [<a href="https://a.example.org/1">paper</a>]</p>',
        '<p><b>1.</b> <b>Sieve</b> – sorts.<br>(<a href="https://a.example.org/1">Paper</a>)</p>',
        '<h3><a href="https://a.example.org/1">1. Sieve</a></h3><p>sorts.</p>',
        '<h3>1. <a href="https://a.example.org/1">Sieve</a></h3><p>sorts.</p><hr><p>Ad</p>',
        '<p>1). Sieve - sorts. <a href="https://a.example.org/1">Paper</a> |</p>',
        "<div>1) <strong>Sieve</strong></div><div>sorts.</div>"
        '<div><b>Links:</b> <a href="https://a.example.org/1">paper</a></div>',
    ],
)
def test_a_paper_is_read_whatever_the_markup(html: str) -> None:
    (paper,) = parse_entry(html)
    assert (paper.name, paper.summary) == ("Sieve", "sorts.")
    assert [link.url for link in paper.links] == ["https://a.example.org/1"]


def test_a_lead_that_ends_with_a_link_keeps_its_bullets() -> None:
    html = (
        '<h2>1. Sieve</h2><p>Sorts well (<a href="https://x.example.org/1">tweet</a>).</p>'
        "<ul><li>Cheap</li></ul><p>An advertisement.</p>"
    )
    (paper,) = parse_entry(html)
    assert paper.summary == "Sorts well\n- Cheap"
    assert paper.links == (Link("Tweet", "https://x.example.org/1"),)


def test_nothing_but_web_addresses_becomes_a_link() -> None:
    html = (
        '<p><b>1) Sieve</b> - sorts. (<a href="javascript:alert(1)">paper</a> | '
        '<a href="data:text/html,x">code</a> | <a href="https://a.example.org/(1) 2">blog</a>)</p>'
    )
    (paper,) = parse_entry(html)
    assert paper.links == (Link("Blog", "https://a.example.org/%281%29%202"),)


def test_hidden_and_active_parts_are_not_text() -> None:
    html = (
        "<script>1) bad</script><style>p{}</style><!-- <p>1) bad</p> --><p hidden>bad</p>"
        '<p style="display:none">bad</p><form><p>bad</p></form><p>go\u200bod</p>'
    )
    assert parse_blocks(html) == [Block(Kind.TEXT, "good")]


def test_text_cannot_pose_as_markup() -> None:
    (block,) = parse_blocks("<p>[Paper](https://evil.example.org) and **bold**</p>")
    assert block.text == "[Paper] (https://evil.example.org) and *bold*"


@pytest.mark.parametrize(
    "body",
    [b"", b"<!DOCTYPE html><html><body>Just a moment</body></html>", b'{"error": 1}', b"\xff\xfe"],
)
def test_what_is_no_feed_is_said(body: bytes) -> None:
    with pytest.raises(ParseError, match="feed: no RSS or Atom"):
        parse_feed(body)


def test_a_body_that_names_a_file_opens_none() -> None:
    """feedparser would take a string for an address or a file name."""
    with pytest.raises(ParseError):
        parse_feed(b"/etc/hostname")


def test_an_entry_without_dates_is_no_issue() -> None:
    html = "".join(paragraph(WEEK, rank) for rank in range(1, 11))
    body = rss(item(TITLE, html, sunday(WEEK), URL)).replace("pubDate", "x")
    assert parse_feed(body.encode()).issues == ()


def test_the_time_of_an_update_serves_where_the_first_one_is_missing() -> None:
    html = "".join(paragraph(WEEK, rank) for rank in range(1, 11))
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>L</title><entry><title>A list</title>'
        f'<link href="{URL}"/><updated>2024-02-04T15:00:00Z</updated>'
        f'<content type="html"><![CDATA[{html}]]></content></entry></feed>'
    )
    assert parse_feed(atom.encode()).issues[0].week == DAYS


def test_an_entry_too_large_to_read_is_told_and_hides_no_other() -> None:
    good = "".join(paragraph(WEEK, rank) for rank in range(1, 11))
    body = rss(
        item("Bulk", "<p>" + "x" * 1_100_000, sunday(WEEK), URL),
        item(TITLE, good, sunday(WEEK), URL),
    )
    page = parse_feed(body.encode())
    assert len(page.issues) == 1
    assert page.problems[0].line == 1
    assert page.problems[0].reason.startswith("Bulk: an HTML text of 1,1")


@pytest.mark.parametrize(
    "unit", ["<!--", "<a x='", "<![", "<p><b>", "<ul><li>", "<b><a href=x>", "&", "<table>", "1) "]
)
def test_hostile_markup_takes_no_more_time_than_bulk(unit: str) -> None:
    """Each of these, unclosed and repeated, has cost some HTML parser the square of its length."""
    begin = time.monotonic()
    with suppress(ParseError):
        parse_entry(unit * (300_000 // len(unit)))
    assert time.monotonic() - begin < 30


_TAGS = ["p", "b", "strong", "h2", "li", "ul", "a href='https://a.example.org'", "hr", "br", "div"]
_PIECES = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in _TAGS] + [f"</{tag.split()[0]}>" for tag in _TAGS]),
    st.sampled_from(["1) ", "2. ", "10). ", "3:", "(", ")", "|", "**", "[x](y)", "● ", " - "]),
    st.text(max_size=20),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(_PIECES, max_size=60).map("".join))
def test_arbitrary_markup_gives_papers_or_none(html: str) -> None:
    papers = parse_entry(html)
    assert [paper.rank for paper in papers] == sorted({paper.rank for paper in papers})
    for paper in papers:
        assert 1 <= paper.rank <= 99
        assert all(link.url.startswith(("https://", "http://")) for link in paper.links)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 6_000), st.text(max_size=40), st.integers(0, 400))
def test_a_mutated_feed_never_shows_a_paper_of_another_rank(
    place: int, noise: str, cut: int
) -> None:
    whole = rss(item(TITLE, "".join(paragraph(WEEK, n) for n in range(1, 11)), sunday(WEEK), URL))
    try:
        page = parse_feed((whole[:place] + noise + whole[place + cut :]).encode())
    except ParseError:
        return
    for issue in page.issues:
        for paper in issue.papers:
            if paper.name == name(WEEK, paper.rank) and paper.arxiv_id:
                assert paper.arxiv_id[:4] == arxiv_id(WEEK, paper.rank)[:4]
