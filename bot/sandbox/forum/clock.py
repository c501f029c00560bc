"""The forum's own time: an outside server has its own clock, tests move one by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]


def server_clock() -> datetime:
    """Now, in UTC. The forum stands for a machine elsewhere, so jubo's clock is not its own."""
    return datetime.now(UTC)


class ManualClock:
    """A clock that only moves when told."""

    def __init__(self, start: datetime = datetime(2024, 2, 5, 1, tzinfo=UTC)) -> None:
        self.time = start

    def __call__(self) -> datetime:
        """The time it was set to."""
        return self.time

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.time += timedelta(seconds=seconds)
