"""The pace: so many calls a minute, never more."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.forum.pace import Pace


@given(st.integers(1, 5), st.lists(st.floats(0, 40), max_size=30))
def test_no_minute_sees_more_calls_than_allowed(per_minute: int, gaps: list[float]) -> None:
    now = [0.0]
    calls: list[float] = []

    def sleep(seconds: float) -> None:
        now[0] += seconds

    pace = Pace(per_minute, clock=lambda: now[0], sleep=sleep)
    for gap in gaps:
        now[0] += gap
        pace()
        calls.append(now[0])
    for start in calls:
        assert sum(start <= call < start + 59.999 for call in calls) <= per_minute
