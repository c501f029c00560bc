"""When to look again: as planned, as the service asks, or later after each failure."""

from __future__ import annotations

from datetime import datetime, timedelta

_FIRST_RETRY = timedelta(minutes=5)
_LONGEST_BACK_OFF = timedelta(hours=6)
_LONGEST_WAIT = timedelta(days=1)
_MOST_DOUBLINGS = 12


def next_check(
    now: datetime, *, every: timedelta, failures: int = 0, retry_after: float | None = None
) -> datetime:
    """The time of the next look; it always comes.

    >>> now, hourly = datetime(2026, 1, 5), timedelta(hours=1)
    >>> [str(next_check(now, every=hourly, failures=n) - now) for n in (0, 1, 2, 3, 9)]
    ['1:00:00', '0:05:00', '0:10:00', '0:20:00', '6:00:00']
    >>> str(next_check(now, every=hourly, retry_after=7200) - now)
    '2:00:00'

    Args:
        now: When the last look ended.
        every: The usual interval.
        failures: How many looks failed in a row, 0 after a good one.
        retry_after: Seconds a service asked to wait; obeyed up to a day.
    """
    wait = every
    if failures > 0:
        first = min(every, _FIRST_RETRY)
        doubled = first * 2 ** min(failures - 1, _MOST_DOUBLINGS)
        wait = min(doubled, max(every, _LONGEST_BACK_OFF))
    if retry_after is not None:
        asked = timedelta(seconds=min(max(retry_after, 0.0), _LONGEST_WAIT.total_seconds()))
        wait = max(wait, asked)
    return now + wait
