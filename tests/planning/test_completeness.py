"""What is missing is named rank by rank, and days that are no week's are not taken for one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model.issue import Week
from bot.planning.completeness import find_gaps, find_odd_days
from tests.planning.weeks import MONDAY, a_paper, a_week


@pytest.mark.parametrize(
    ("ranks", "gap"),
    [
        ((1, 2, 3, 4, 5), ""),
        ((2, 3, 4, 5), "rank 1 is missing"),
        ((1, 2, 3), "ranks 4, 5 are missing"),
        ((1, 5), "ranks 2 to 4 are missing"),
        ((), "ranks 1 to 5 are missing"),
        ((2, 4), "ranks 1, 3, 5 are missing"),
        ((3, 4), "ranks 1, 2, 5 are missing"),
        ((0, 1, 2, 3, 4, 5), "rank 0 is one too many"),
        ((1, 2, 3, 4, 5, 6, 7), "ranks 6, 7 are too many"),
        ((1, 1, 2, 2, 3, 4, 5), "ranks 1, 2 stand twice"),
    ],
)
def test_ranks_are_named_one_by_one_or_as_an_unbroken_range(
    ranks: tuple[int, ...], gap: str
) -> None:
    issue = replace(a_week(), papers=tuple(a_paper(rank) for rank in ranks))
    assert find_gaps(issue, 5) == gap


@pytest.mark.parametrize(("days", "odd"), [(2, True), (3, False), (10, False), (11, True)])
def test_three_to_ten_days_may_be_a_week(days: int, odd: bool) -> None:
    found = find_odd_days(Week(MONDAY, MONDAY + timedelta(days=days - 1)))
    assert found.startswith(f"its heading covers {days} days") if odd else found == ""
