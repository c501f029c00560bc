"""The days a topic's title speaks of, to notice a topic that somebody made by hand."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.model.issue import Week

_SEPARATOR = r"\s*(?:~|〜|～|-|–|—|to|부터)\s*"
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_NAME = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_NUMERIC = re.compile(
    r"(?<!\d)(20\d\d)\s*[-/.년]\s*(\d{1,2})\s*[-/.월]\s*(\d{1,2})\.?\s*일?\s*(?:\(.\))?"
    + _SEPARATOR
    + r"(?:(20\d\d)\s*[-/.년]\s*)?(?:(\d{1,2})\s*[-/.월]\s*)?(\d{1,2})(?!\d)"
)
_ENGLISH = re.compile(
    _NAME
    + r"\s*(\d{1,2})(?:st|nd|rd|th)?"
    + _SEPARATOR
    + rf"(?:{_NAME}\s*)?"
    + r"(\d{1,2})(?:st|nd|rd|th)?\)?\s*(?:[,-]\s*)?(20\d\d)",
    re.I,
)
_LONGEST = timedelta(days=13)


def find_week(title: str) -> Week | None:
    """The range of days in a title, in numbers (2024/01/29 ~ 02/04) or English; None without one.

    >>> find_week("[2023/12/25 ~ 2024/01/01] 이번 주의 주요 ML 논문")
    Week(first=datetime.date(2023, 12, 25), last=datetime.date(2024, 1, 1))
    >>> find_week("Top ML Papers of the Week (January 29 - February 4) - 2024").first
    datetime.date(2024, 1, 29)
    >>> find_week("2024년 1월 29일 ~ 2월 4일 논문").last
    datetime.date(2024, 2, 4)
    """
    title = title[:500]
    if match := _NUMERIC.search(title):
        year, month, day, last_year, last_month, last_day = (
            int(part) if part else None for part in match.groups()
        )
        return _week(year, month, day, last_year, last_month or month, last_day)
    if match := _ENGLISH.search(title):
        first_month, first_day, second_month, second_day, stated = match.groups()
        return _week(
            None,
            _MONTHS[first_month.lower()],
            int(first_day),
            int(stated),
            _MONTHS[(second_month or first_month).lower()],
            int(second_day),
        )
    return None


def _week(
    year: int | None,
    month: int | None,
    day: int | None,
    last_year: int | None,
    last_month: int | None,
    last_day: int | None,
) -> Week | None:
    """Both years may follow from one another; a range that crosses New Year states only one."""
    crosses = (month or 0) > (last_month or 0)
    if year is None:
        year = (last_year or 0) - crosses
    if last_year is None:
        last_year = year + crosses
    try:
        first = date(year, month or 0, day or 0)
        last = date(last_year, last_month or 0, last_day or 0)
    except ValueError:
        return None
    return Week(first, last) if first <= last <= first + _LONGEST else None


def is_same_week(one: Week, other: Week) -> bool:
    """True where the ranges share more than half of the shorter one's days.

    Neighbouring weeks of the source overlap by a day; a corrected heading moves by one or two.

    >>> is_same_week(Week(date(2024, 1, 29), date(2024, 2, 4)), Week(date(2024, 1, 28),
    ...     date(2024, 2, 4)))
    True
    """
    shared = (min(one.last, other.last) - max(one.first, other.first)).days + 1
    shorter = min((week.last - week.first).days + 1 for week in (one, other))
    return shared * 2 > shorter
