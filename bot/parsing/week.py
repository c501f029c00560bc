"""The days in the heading of an issue, in every form the pages have used."""

from __future__ import annotations

import re
from datetime import date

from bot.errors import ParseError
from bot.model.issue import Week

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = (
    r"(?:jan(?:uary)?|feb\w{0,6}|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?(?!\d)(?:\s*,?\s*(20\d\d)(?!\d))?"
_RANGE = re.compile(
    rf"(?<![a-z])({_NAMES})\.?\s{{0,3}}{_DAY}\s{{0,3}}(?:-{{1,3}}|–|—|~|to)\s{{0,3}}"
    rf"(?:({_NAMES})\.?\s{{0,3}})?{_DAY}",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_LONGEST_DAYS = 31


def parse_week(heading: str, year: int | None) -> Week:
    """Read the Week out of the heading of an Issue.

    >>> parse_week("Top AI Papers of the Week (June 21 - June 28) - 2026", year=None)
    Week(first=datetime.date(2026, 6, 21), last=datetime.date(2026, 6, 28))
    >>> parse_week("Top ML Papers of the Week (Jan 9-15)", year=2023)
    Week(first=datetime.date(2023, 1, 9), last=datetime.date(2023, 1, 15))

    A first week may begin in the old year, "(December 29 - January 4) - 2026"; a heading of
    2024 lacks a space, "(March4 - March 10)". All headings of the history to February 2025 fit.

    Args:
        heading: One heading of a page, with or without its ``#``.
        year: The year the Week ends in, where the heading does not say: the page's, or that of
            its dated neighbours.

    Raises:
        ParseError: No range of days, no year, or a day the calendar does not have.
    """
    match = _RANGE.search(heading)
    if not match:
        raise ParseError(f"heading without a range of days: {_short(heading)}")
    month, day, own_first, end_month, end_day, own_last = match.groups()
    last_year = own_last or _find_year(heading[: match.start()] + " " + heading[match.end() :])
    if not last_year and not own_first and year is None:
        raise ParseError(f"heading without a year: {_short(heading)}")
    opening, closing = _month(month), _month(end_month or month)
    ends_in = int(last_year or year or int(own_first or 0) + (opening > closing))
    begins_in = int(own_first or (ends_in - 1 if opening > closing else ends_in))
    try:
        week = Week(date(begins_in, opening, int(day)), date(ends_in, closing, int(end_day)))
    except ValueError:
        raise ParseError(f"day the calendar does not have: {_short(heading)}") from None
    if not 0 <= (week.last - week.first).days < _LONGEST_DAYS:
        raise ParseError(f"range of days that cannot be a week: {_short(heading)}")
    return week


def find_range(heading: str) -> str | None:
    """The range of days as it is written, None where there is none."""
    match = _RANGE.search(heading)
    return match[0] if match else None


def is_dated(heading: str) -> bool:
    """Whether the heading says its own year."""
    return _YEAR.search(heading) is not None


def _find_year(text: str) -> str | None:
    match = _YEAR.search(text)
    return match[1] if match else None


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _short(heading: str) -> str:
    plain = " ".join(heading.split())
    return plain if len(plain) <= 80 else plain[:79] + "…"
