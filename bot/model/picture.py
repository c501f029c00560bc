"""What the week's picture shows: a count per theme and calendar week."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chart:
    """Rows of themes over columns of weeks; the last column is this week.

    ``counts`` has one tuple a row; None where no issue is stored for that week. ``alt`` says the
    same in words, for those who do not see the picture. ``fallbacks`` are the themes' English
    names, for letters that cannot be drawn.
    """

    title: str
    weeks: tuple[str, ...]
    themes: tuple[str, ...]
    counts: tuple[tuple[int | None, ...], ...]
    note: str
    alt: str
    fallbacks: tuple[str, ...] = ()
