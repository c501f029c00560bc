"""A change is claimed when the stored weeks bear it out, and never otherwise."""

from __future__ import annotations

import math
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.issue import Issue, Paper, Week
from bot.model.trend import Direction, ThemeTrend
from bot.trends.counts import calendar_week, count_stored, count_themes

MONDAY = date(2026, 3, 30)


def an_issue(weeks_ago: int, papers: int = 10) -> Issue:
    first = MONDAY - timedelta(weeks=weeks_ago)
    week = Week(first, first + timedelta(days=6))
    rows = tuple(Paper(rank, f"P{rank}", "text") for rank in range(1, papers + 1))
    return Issue(first.isoformat(), week, "Top", rows)


def agents(count: int) -> dict[int, tuple[str, ...]]:
    """Themes of ten papers, so many of which are about agents."""
    return {rank: ("agents",) if rank <= count else () for rank in range(1, 11)}


def trend(count: int, history: dict[int, int]) -> ThemeTrend | None:
    """Agents' trend: so many this week, and so many so many weeks ago."""
    earlier = [(an_issue(ago), agents(before)) for ago, before in history.items()]
    trends = count_themes(an_issue(0), agents(count), earlier)
    return next((one for one in trends if one.theme_id == "agents"), None)


def directions(count: int, history: dict[int, int]) -> set[tuple[Direction, int]]:
    found = trend(count, history)
    return {(change.direction, change.weeks) for change in found.changes} if found else set()


def test_a_jump_from_rare_to_half_of_the_papers_is_rising() -> None:
    assert directions(6, dict.fromkeys(range(1, 13), 1)) == {
        (Direction.RISING, 4),
        (Direction.RISING, 12),
    }


def test_one_paper_more_is_not_a_change() -> None:
    assert directions(3, dict.fromkeys(range(1, 13), 2)) == set()


def test_a_theme_that_vanishes_after_many_is_falling() -> None:
    assert directions(0, dict.fromkeys(range(1, 13), 6)) == {
        (Direction.FALLING, 4),
        (Direction.FALLING, 12),
    }


def test_a_theme_without_a_paper_in_twelve_weeks_is_new() -> None:
    assert (Direction.NEW, 12) in directions(3, dict.fromkeys(range(1, 13), 0))
    assert directions(1, dict.fromkeys(range(1, 13), 0)) == set()


@pytest.mark.parametrize(
    ("stored", "windows"),
    [
        ((1, 2, 3), {4}),
        ((1, 2), set()),
        (tuple(range(2, 11)), {4, 12}),
        (tuple(range(3, 11)), set()),
        (tuple(range(4, 13)), {12}),
    ],
)
def test_no_claim_is_made_over_weeks_that_are_not_stored(
    stored: tuple[int, ...], windows: set[int]
) -> None:
    """At least 3 of the last 4, and 9 of the last 12, calendar weeks."""
    assert {weeks for _, weeks in directions(9, dict.fromkeys(stored, 1))} == windows


def test_a_missing_week_is_shown_as_unknown_not_as_zero() -> None:
    found = trend(2, {1: 3, 3: 0})
    assert found is not None
    assert found.history[-3:] == (0, None, 3)
    assert found.history[:9] == (None,) * 9


def test_this_week_and_later_ones_are_not_history() -> None:
    assert count_stored(an_issue(0), [(an_issue(0), {}), (an_issue(-1), {})]) == ((4, 0), (12, 0))


def test_two_issues_of_one_calendar_week_count_as_one_week() -> None:
    twice = [(an_issue(1), agents(1)), (an_issue(1), agents(2))]
    assert count_stored(an_issue(0), twice) == ((4, 1), (12, 1))


@pytest.mark.parametrize(
    ("first", "last", "monday"),
    [
        (date(2026, 6, 21), date(2026, 6, 28), date(2026, 6, 22)),  # Sunday to Sunday
        (date(2026, 6, 22), date(2026, 6, 28), date(2026, 6, 22)),
        (date(2024, 12, 30), date(2025, 1, 5), date(2024, 12, 30)),  # over New Year
        (date(2023, 3, 27), date(2023, 4, 1), date(2023, 3, 27)),  # six days
        (date(2026, 6, 22), date(2026, 6, 29), date(2026, 6, 22)),  # ends in the next week
        (date(2026, 6, 19), date(2026, 6, 25), date(2026, 6, 22)),  # begins in the one before
    ],
)
def test_an_issue_lies_in_the_calendar_week_of_its_middle(
    first: date, last: date, monday: date
) -> None:
    assert calendar_week(Week(first, last)) == monday


@given(st.lists(st.integers(0, 10), min_size=12, max_size=12), st.integers(0, 10))
def test_what_the_change_says_is_what_the_history_holds(history: list[int], count: int) -> None:
    found = trend(count, dict(enumerate(history, start=1)))
    if found is None:
        assert count == 0
        assert not any(history)
        return
    assert found.count == count
    assert list(found.history) == history[::-1]
    for change in found.changes:
        assert change.before == sum(history[: change.weeks])
        assert change.papers_before == 10 * change.weeks
        share = change.before / change.papers_before
        higher = count / 10 > share
        assert higher == (change.direction is not Direction.FALLING)


def test_only_twelve_empty_weeks_make_a_theme_new() -> None:
    """Four empty weeks may only mean that it rests; two papers are the fewest."""
    empty = dict.fromkeys(range(1, 13), 0)
    assert directions(3, empty) == {(Direction.RISING, 4), (Direction.NEW, 12)}
    assert directions(2, empty) == {(Direction.NEW, 12)}


def test_one_paper_is_no_trend_however_rare_its_theme() -> None:
    earlier: list[tuple[Issue, dict[int, tuple[str, ...]]]] = [
        (an_issue(ago, papers=40), {}) for ago in range(1, 13)
    ]
    (found,) = count_themes(an_issue(0, papers=1), {1: ("agents",)}, earlier)
    assert found.changes == ()


@pytest.mark.parametrize(("count", "before"), [(6, 1), (0, 6)])
def test_the_chance_is_that_of_the_exact_binomial_test(count: int, before: int) -> None:
    """One-sided, the share as the module's rule says, recomputed here in fractions."""
    found = trend(count, dict.fromkeys(range(1, 13), before))
    assert found is not None
    (change,) = [one for one in found.changes if one.weeks == 12]
    share = Fraction(24 * before + 1, 2 * 121)
    tail = range(count, 11) if change.direction is Direction.RISING else range(count + 1)
    chance = sum(math.comb(10, k) * share**k * (1 - share) ** (10 - k) for k in tail)
    assert change.chance == pytest.approx(float(chance), rel=1e-12)


def test_themes_come_with_the_most_papers_first_and_then_by_name() -> None:
    themes = {1: ("b", "z"), 2: ("z",), 3: ("a",)}
    assert [one.theme_id for one in count_themes(an_issue(0), themes, [])] == ["z", "a", "b"]


def test_the_fourth_and_the_twelfth_week_still_belong_to_their_windows() -> None:
    stored = [(an_issue(ago), agents(0)) for ago in (4, 5, 12, 13)]
    assert count_stored(an_issue(0), stored) == ((4, 1), (12, 3))
