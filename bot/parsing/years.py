"""Years for headings that do not say theirs: from dated neighbours, never from the clock."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.errors import ParseError
from bot.model.issue import Week
from bot.parsing.week import is_dated, parse_week

_FAR_DAYS, _NEAR_DAYS = 180, 60
UNDATED_YEAR = 2023  # all issues without a year are of 2023, the series' first
_IN_FILE_NAME = re.compile(r"(?:^|/)(20\d\d)\.md(?:$|[?#])", re.IGNORECASE)
_IN_TITLE = re.compile(r"^# .{0,200}?(?<!\d)(20\d\d)(?!\d)", re.MULTILINE)


def find_page_year(text: str, url: str | None) -> int | None:
    """The year a page collects: of its own title ("# … — 2023"), else of its file's name."""
    match = _IN_TITLE.search(text[:2_000]) or _IN_FILE_NAME.search(url or "")
    return int(match[1]) if match else None


def parse_weeks(headings: Sequence[str], page_year: int | None) -> list[Week | ParseError]:
    """The Week of each heading of a page, newest first, or why it has none.

    An undated heading takes the latest year in which it is no newer than the one above it; above
    the first dated heading, the earliest in which it is no older than the one below. On a page
    without any date the last heading is of the page's year, else of 2023.

    >>> weeks = parse_weeks(["(January 1 - January 7) - 2024", "(Dec 25 - Dec 31)"], None)
    >>> [week.first.year for week in weeks]
    [2024, 2023]
    """
    weeks = [_try(heading, None) if is_dated(heading) else None for heading in headings]
    dated = (index for index, week in enumerate(weeks) if isinstance(week, Week))
    first = next(dated, len(headings))
    down = _fill(headings[first:], weeks[first:], None, page_year, step=-1)
    below = next((week for week in down if isinstance(week, Week)), None)
    up = _fill(headings[:first][::-1], weeks[:first][::-1], below, page_year, step=1)
    return _mend([*up[::-1], *down])


def _mend(weeks: Sequence[Week | ParseError]) -> list[Week | ParseError]:
    """Read last year as this year where the heading below shows that it was a slip.

    Seen from the first weeks of a January: "(December 29 - January 4) - 2025" above December 2025.
    """
    mended: list[Week | ParseError] = []
    below: Week | None = None
    for week in reversed(weeks):
        if isinstance(week, Week):
            week = _next_year(week, below) or week
            below = week
        mended.append(week)
    return mended[::-1]


def _next_year(week: Week, below: Week | None) -> Week | None:
    if below is None or (below.first - week.first).days < _FAR_DAYS:
        return None
    try:
        later = Week(
            week.first.replace(year=week.first.year + 1), week.last.replace(year=week.last.year + 1)
        )
    except ValueError:
        return None
    return later if 0 < (later.first - below.first).days <= _NEAR_DAYS else None


def _fill(
    headings: Sequence[str],
    weeks: Sequence[Week | ParseError | None],
    near: Week | None,
    page_year: int | None,
    *,
    step: int,
) -> list[Week | ParseError]:
    """Walk away from ``near``, into the past (-1) or the future (1), and give each its year."""
    filled: list[Week | ParseError] = []
    for heading, week in zip(headings, weeks, strict=True):
        found = week or _beyond(heading, near, page_year, step)
        near = found if isinstance(found, Week) else near
        filled.append(found)
    return filled


def _beyond(heading: str, near: Week | None, page_year: int | None, step: int) -> Week | ParseError:
    if near is None:
        return _try(heading, page_year or UNDATED_YEAR)
    for years in range(3):
        week = _try(heading, near.last.year + step * (years - 1))
        if isinstance(week, ParseError) or step * (week.first - near.first).days >= 0:
            return week
    return week


def _try(heading: str, year: int | None) -> Week | ParseError:
    try:
        return parse_week(heading, year)
    except ParseError as error:
        return error
