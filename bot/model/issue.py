"""One week as its source shows it: Issue, Paper, Link, Week; and what arXiv knows: Record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """The days an Issue covers, both ends counted; six to eight days in the real history."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Link:
    """A labelled address from a row's last column; ``url`` may be empty, as in the source."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One row of an Issue.

    ``summary`` is Markdown: the lead, then one ``- `` line a bullet, inner links kept, case kept.
    ``arxiv_id`` is bare, without a version, from the row's own links; None outside arXiv.
    """

    rank: int
    name: str
    summary: str
    links: tuple[Link, ...] = ()
    arxiv_id: str | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """A week's list of papers.

    ``key`` is the first day under which the Issue was first planned ("2024-01-29"); a heading
    corrected later changes ``week`` but never ``key``. ``url`` points at the page's heading,
    ``newsletter_url`` at the newsletter's issue where known. ``notes`` say, for people, which
    source was believed where two disagree.
    """

    key: str
    week: Week
    title: str
    papers: tuple[Paper, ...]
    source: str = "dair"
    url: str | None = None
    newsletter_url: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a page that could not be read: where and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Page:
    """What one page or feed yields: its Issues, newest first, and what could not be read."""

    issues: tuple[Issue, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Author:
    """A name in its own spelling; ``affiliation`` only where arXiv gives one."""

    name: str
    affiliation: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """Metadata of one paper from arXiv (https://info.arxiv.org/help/api/user-manual.html).

    ``title`` and ``abstract`` are unwrapped to one line but still hold TeX.
    ``version`` is the number received ("v2" → 2); ``published`` is version 1's time, UTC.
    """

    arxiv_id: str
    title: str
    abstract: str
    authors: tuple[Author, ...] = ()
    categories: tuple[str, ...] = ()
    version: int | None = None
    published: datetime | None = None
    updated: datetime | None = None
