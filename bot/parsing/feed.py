"""The newsletter's feed → Issues: weekly lists known by their days, never by their title."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import feedparser

from bot.errors import ParseError
from bot.model.issue import Issue, Page, Paper, Problem, Week
from bot.parsing.blocks import Block, parse_blocks
from bot.parsing.entry import parse_papers
from bot.parsing.week import find_range, parse_week

_MOST_ENTRIES = 60
_SUNDAY = 6
_MORNING_HOURS = 12  # a Sunday in America ends on Monday morning, UTC
_SHORTEST_DAYS, _LONGEST_DAYS = 5, 9
_FARTHEST_DAYS = 21
_HEAD_BLOCKS = 15
_NOT_TITLE = re.compile(r"^[^\w(]+")
_WEEKLY = re.compile(r"papers.of.the.week", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of the feed: title, address, time of publication and HTML."""

    number: int
    title: str
    url: str | None
    published: datetime | None
    html: str


def parse_feed(body: bytes, *, source: str = "dair", papers: int = 10) -> Page:
    """The weekly Issues of a feed, newest first, each with its ``newsletter_url``.

    A Problem's line is the number of the entry. An Issue may hold fewer papers than the week has,
    as feeds cut their texts; `parse_entry` reads the page itself.

    Args:
        papers: How many a week has; an entry without dates of its own counts as a weekly list
            where at least half of them stand in it.

    Raises:
        ParseError: The body is no RSS or Atom feed.
    """
    issues: list[Issue] = []
    problems: list[Problem] = []
    for entry in parse_entries(body):
        try:
            issue = find_issue(entry, source=source, papers=papers)
        except ParseError as error:
            problems.append(Problem(entry.number, f"{entry.title[:80]}: {error}"))
            continue
        if issue:
            issues.append(issue)
    issues.sort(key=lambda issue: issue.week, reverse=True)
    return Page(tuple(issues), tuple(problems))


def parse_entries(body: bytes) -> list[Entry]:
    """The feed's items in its order. Raises ParseError where the body is no feed."""
    feed = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    if not feed.get("version"):
        start = " ".join(body[:200].decode("utf-8", errors="replace").split())[:60]
        raise ParseError(f"feed: no RSS or Atom, it begins with {start!r}")
    return [_read(item, number) for number, item in enumerate(feed.entries[:_MOST_ENTRIES], 1)]


def find_issue(entry: Entry, *, source: str = "dair", papers: int = 10) -> Issue | None:
    """The weekly list an entry holds, None for any other post."""
    blocks = parse_blocks(entry.html, base=entry.url or "")
    found = parse_papers(blocks)
    week = _written_week(entry, blocks) if found or _is_announced(entry) else None
    if not week and (2 * len(found) >= papers or _is_announced(entry)):
        week = _week_before(entry.published)
    if not week:
        return None
    title = _NOT_TITLE.sub("", entry.title) or "Weekly list"
    return Issue(week.first.isoformat(), week, title, found, source, newsletter_url=entry.url)


def parse_entry(html: str, *, base: str = "") -> tuple[Paper, ...]:
    """The Papers on the newsletter's own page for an issue. Raises ParseError if unreadable."""
    return parse_papers(parse_blocks(html, base=base))


def _read(item: Mapping[str, Any], number: int) -> Entry:
    contents: Sequence[Mapping[str, Any]] = item.get("content") or []
    texts = [str(part.get("value") or "") for part in contents] + [str(item.get("summary") or "")]
    link = str(item.get("link") or "")
    moment = "published_parsed" if "published_parsed" in item else "updated_parsed"
    return Entry(
        number=number,
        title=" ".join(str(item.get("title") or "").split())[:300],
        url=link if link.startswith(("https://", "http://")) else None,
        published=_time(item.get(moment)),
        html=max(texts, key=len),
    )


def _time(parsed: Sequence[int] | None) -> datetime | None:
    try:
        return datetime(*parsed[:6], tzinfo=UTC) if parsed else None  # type: ignore[misc, arg-type]  # six numbers, as time.struct_time has
    except (ValueError, OverflowError):
        return None


def _is_announced(entry: Entry) -> bool:
    """A hint that a page is worth a look, however short the feed's text; proves nothing."""
    return _WEEKLY.search(f"{entry.title} {entry.url}") is not None


def _written_week(entry: Entry, blocks: Sequence[Block]) -> Week | None:
    """The range of days in the title or the first lines, if it can be this entry's week."""
    for text in (entry.title, *(block.text for block in blocks[:_HEAD_BLOCKS])):
        days = find_range(text[:1_000])
        if days and (week := _nearest_week(days, entry.published)):
            return week
    return None


def _nearest_week(days: str, published: datetime | None) -> Week | None:
    """The range read in the year that brings it closest to the day of publication."""
    years: list[int | None] = [None]
    if published:
        years = [published.year - 1, published.year, published.year + 1]
    weeks: list[Week] = []
    for year in years:
        try:
            weeks.append(parse_week(days, year))
        except ParseError:
            continue
    day = published.date() if published else None
    near = [week for week in weeks if _is_near(week, day)]
    return min(near, key=lambda week: abs((week.last - (day or week.last)).days), default=None)


def _is_near(week: Week, day: date | None) -> bool:
    length = (week.last - week.first).days + 1
    close = day is None or abs((week.last - day).days) <= _FARTHEST_DAYS
    return _SHORTEST_DAYS <= length <= _LONGEST_DAYS and close


def _week_before(published: datetime | None) -> Week | None:
    """The seven days that end with the Sunday of publication; None on other days."""
    if not published:
        return None
    sunday = (published - timedelta(hours=_MORNING_HOURS)).date()
    if published.weekday() == _SUNDAY:
        sunday = published.date()
    if sunday.weekday() != _SUNDAY:
        return None
    return Week(sunday - timedelta(days=6), sunday)
