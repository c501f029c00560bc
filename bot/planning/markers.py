"""The comment by which a post is known as ours: ``<!-- jubo <external_id> 2/3 -->``.

Discourse keeps HTML comments in ``raw``, drops them from ``cooked`` and counts them for the
maximum length only (contract 8), so a reader never sees one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARKER = re.compile(r"^<!-- jubo ([\w-]{1,50}) (\d{1,3})/(\d{1,3}) -->[ \t]*\r?$", re.ASCII | re.M)


@dataclass(frozen=True, slots=True)
class Marker:
    """Which publication a post belongs to, and its place: ``number`` of ``total``, from 1."""

    external_id: str
    number: int
    total: int


def render_marker(external_id: str, number: int, total: int) -> str:
    """The comment; it stands on a line of its own.

    >>> render_marker("jubo-dair-2024-01-29-ko", 2, 3)
    '<!-- jubo jubo-dair-2024-01-29-ko 2/3 -->'
    """
    return f"<!-- jubo {external_id} {number}/{total} -->"


def find_marker(raw: str) -> Marker | None:
    """The first marker that has a line to itself; one inside a sentence or a quote is none.

    >>> find_marker("text\\n<!-- jubo jubo-dair-2024-01-29-ko 2/3 -->")
    Marker(external_id='jubo-dair-2024-01-29-ko', number=2, total=3)
    >>> find_marker("> <!-- jubo jubo-dair-2024-01-29-ko 2/3 -->")
    """
    match = _MARKER.search(raw)
    if match is None:
        return None
    return Marker(match[1], int(match[2]), int(match[3]))
