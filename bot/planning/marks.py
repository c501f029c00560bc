"""What identifies a row and an issue: arXiv ids, addresses, names; and a digest of what shows."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from bot.model.issue import Paper, Week
from bot.parsing.links import find_arxiv_id, is_http

Marks = tuple[tuple[str, ...], ...]

_PLACEHOLDER = re.compile(r"[\W_]*(?:x{2,}|content cell|tba|tbd|todo)?[\W_]*", re.IGNORECASE)
_NOT_LETTERS = re.compile(r"[\W_]+")
_TRACKING = re.compile(r"(?:^|&)(?:s|t|ref|ref_src|utm_\w+)=[^&]*")
FEW_ROWS = 3


def is_placeholder(text: str) -> bool:
    """Whether the cell is still a template's: empty, ``xxx``, ``Content Cell``."""
    return _PLACEHOLDER.fullmatch(text.strip()[:100]) is not None


@lru_cache(maxsize=4_096)  # most rows are the same at every look
def mark(paper: Paper) -> tuple[str, ...]:
    """What identifies a row: arXiv ids, addresses, the name's letters.

    >>> mark(Paper(1, "Sieve: Sorting", "", arxiv_id="2401.00001"))
    ('arxiv:2401.00001', 'name:sievesorting')
    """
    marks = {f"arxiv:{paper.arxiv_id}"} if paper.arxiv_id else set[str]()
    for link in paper.links:
        arxiv_id = find_arxiv_id(link.url)
        marks.add(f"arxiv:{arxiv_id}" if arxiv_id else _address(link.url))
    if not is_placeholder(paper.name):
        marks.add(f"name:{_NOT_LETTERS.sub('', paper.name.casefold())}")
    return tuple(sorted(marks - {"", "name:"}))


def mark_rows(papers: Iterable[Paper]) -> Marks:
    """The marks of every row that has some; a template's rows have none."""
    return tuple(marks for marks in map(mark, papers) if marks)


def count_shared(one: Marks, other: Marks) -> int:
    """How many rows of one have a mark in common with a row of the other."""
    seen = {item for marks in other for item in marks}
    return sum(not seen.isdisjoint(marks) for marks in one)


def are_same_papers(one: Marks, other: Marks) -> bool:
    """Whether at least half of the shorter list, and three rows, stand in both."""
    shared = count_shared(one, other)
    return shared >= FEW_ROWS and 2 * shared >= min(len(one), len(other))


def overlap_days(one: Week, other: Week) -> int:
    """Days both weeks cover, ends counted; 0 or less where they do not meet."""
    return (min(one.last, other.last) - max(one.first, other.first)).days + 1


def digest(week: Week, papers: Sequence[Paper]) -> str:
    """A hash of what readers would see; titles of the series and white space do not count."""
    parts = [f"{week.first}/{week.last}"]
    for paper in papers:
        links = [part for link in paper.links for part in (link.label, link.url)]
        parts += [str(paper.rank), paper.name, " ".join(paper.summary.split()), *links]
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:24]


def describe(week: Week) -> str:
    """The days for people: "2024-01-29 to 2024-02-04"."""
    return f"{week.first} to {week.last}"


def _address(url: str) -> str:
    if not is_http(url):
        return ""
    try:
        parts = urlsplit(url.strip().lower())
    except ValueError:
        return ""
    path = parts.path.strip("/")
    query = _TRACKING.sub("", parts.query)
    return f"{parts.netloc.removeprefix('www.')}/{path}?{query}" if path else ""
