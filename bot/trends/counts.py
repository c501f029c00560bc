"""Counts per theme and week, and which changes they bear out.

The significance rule: a theme is *rising* (*falling*) when this week's papers of it would be so
many (few) with a chance of at most 0.2 % had its share stayed what it was over the window:
one-sided exact binomial test of k among this week's n papers, the share estimated as (before + ½)
/ (papers before + 1). *New* is a theme that rises from nothing in 12 weeks. A claim needs issues
stored for at least 3 of the last 4, or 9 of the last 12, calendar weeks.

Why so strict: some forty themes are tested against two windows every week. Measured on the 104
issues of 2023 and 2024: a level of 2 % makes 0.9 claims a week, and just as many (0.9) where the
papers of half a year are shuffled among its weeks; 0.2 % makes 0.09, and 0.11 when shuffled. Ten
papers a week seldom bear a claim out, so seldom is one made.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from bot.model.issue import Issue, Week
from bot.model.trend import Change, Direction, ThemeTrend

WINDOWS = {4: 3, 12: 9}
"""Calendar weeks looked back, and in how many of them an issue must be stored."""

CHANCE = 0.002
_HISTORY = 12
_FEWEST = 2

IssueThemes = Mapping[int, tuple[str, ...]]
"""Theme ids of one issue's papers, by rank."""


def calendar_week(week: Week) -> date:
    """The Monday of the ISO week in which the middle day lies.

    Issues begin on Sundays or Mondays and overlap by a day; their middle is unambiguous.

    >>> calendar_week(Week(date(2026, 6, 21), date(2026, 6, 28)))
    datetime.date(2026, 6, 22)
    """
    middle = week.first + (week.last - week.first) / 2
    return middle - timedelta(days=middle.weekday())


def count_themes(
    issue: Issue, themes: IssueThemes, earlier: Sequence[tuple[Issue, IssueThemes]]
) -> tuple[ThemeTrend, ...]:
    """One ThemeTrend for every theme of this week or of the last 12, the most papers first.

    Args:
        issue: This week.
        themes: Its papers' themes.
        earlier: Stored issues and their papers' themes; later ones and its own are passed over.
    """
    weeks = _by_distance(issue, earlier)
    names = _names(themes)
    for week in weeks.values():
        names |= {name for one in week for name in _names(one[1])}
    trends = [_trend(name, issue, themes, weeks) for name in names]
    return tuple(sorted(trends, key=lambda trend: (-trend.count, trend.theme_id)))


def count_stored(
    issue: Issue, earlier: Sequence[tuple[Issue, IssueThemes]]
) -> tuple[tuple[int, int], ...]:
    """For each window, in how many of its calendar weeks an issue is stored."""
    weeks = _by_distance(issue, earlier)
    return tuple((window, sum(distance <= window for distance in weeks)) for window in WINDOWS)


_Weeks = dict[int, list[tuple[Issue, IssueThemes]]]


def _by_distance(issue: Issue, earlier: Sequence[tuple[Issue, IssueThemes]]) -> _Weeks:
    this = calendar_week(issue.week)
    weeks: _Weeks = {}
    for other in earlier:
        distance = (this - calendar_week(other[0].week)).days // 7
        if 1 <= distance <= _HISTORY:
            weeks.setdefault(distance, []).append(other)
    return weeks


def _names(themes: IssueThemes) -> set[str]:
    return {name for of_paper in themes.values() for name in of_paper}


def _trend(name: str, issue: Issue, themes: IssueThemes, weeks: _Weeks) -> ThemeTrend:
    ranks = tuple(rank for rank in sorted(themes) if name in themes[rank])
    history = tuple(_count(name, weeks.get(distance)) for distance in range(_HISTORY, 0, -1))
    changes = [_change(name, len(ranks), len(issue.papers), weeks, window) for window in WINDOWS]
    return ThemeTrend(name, ranks, history, tuple(change for change in changes if change))


def _count(name: str, week: list[tuple[Issue, IssueThemes]] | None) -> int | None:
    if week is None:
        return None
    return sum(name in of_paper for _, themes in week for of_paper in themes.values())


def _change(name: str, count: int, papers: int, weeks: _Weeks, window: int) -> Change | None:
    inside = {distance: week for distance, week in weeks.items() if distance <= window}
    if len(inside) < WINDOWS[window]:
        return None
    before = sum(_count(name, week) or 0 for week in inside.values())
    papers_before = sum(len(issue.papers) for week in inside.values() for issue, _ in week)
    return _judge(count, papers, before, papers_before, window)


def _judge(count: int, papers: int, before: int, papers_before: int, window: int) -> Change | None:
    share = (before + 0.5) / (papers_before + 1)
    more = sum(_binomial(k, papers, share) for k in range(count, papers + 1))
    fewer = sum(_binomial(k, papers, share) for k in range(count + 1))
    if count >= _FEWEST and more <= CHANCE:
        direction = Direction.NEW if window == _HISTORY and before == 0 else Direction.RISING
        return Change(direction, window, before, papers_before, more)
    if fewer <= CHANCE:
        return Change(Direction.FALLING, window, before, papers_before, fewer)
    return None


def _binomial(k: int, n: int, p: float) -> float:
    return math.comb(n, k) * p**k * (1 - p) ** (n - k)
