"""The bell rings at the start and then on time, one tick at a time, and stops when asked."""

from __future__ import annotations

import os
import signal
import threading
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.config import Schedule, Settings
from bot.schedule import due_at, keep_schedule, stop_on_signals

EVERY = timedelta(minutes=30)


@given(st.integers(min_value=0, max_value=4_102_444_800))
def test_ticks_within_one_period_count_as_one(second: int) -> None:
    now = datetime.fromtimestamp(second, tz=UTC)
    due = due_at(now, EVERY)
    assert timedelta(0) <= now - due < EVERY
    assert due_at(due + EVERY - timedelta(seconds=1), EVERY) == due


def settings() -> Settings:
    return Settings(schedule=Schedule(check_every_minutes=0.001, jitter_seconds=0))


def test_it_ticks_at_the_start_and_again_until_stopped() -> None:
    stop, ticks = threading.Event(), []

    def tick() -> None:
        ticks.append(threading.get_ident())
        if len(ticks) == 3:
            stop.set()

    keep_schedule(settings(), tick, stop=stop, clock=lambda: datetime.now(UTC))
    assert len(ticks) >= 3


def test_a_failing_tick_does_not_end_the_schedule() -> None:
    stop, ticks = threading.Event(), []

    def tick() -> None:
        ticks.append(1)
        if len(ticks) == 2:
            stop.set()
        raise RuntimeError("the source is down")

    keep_schedule(settings(), tick, stop=stop, clock=lambda: datetime.now(UTC))
    assert len(ticks) >= 2


def test_sigterm_asks_for_an_orderly_end() -> None:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    stop = threading.Event()
    try:
        stop_on_signals(stop)
        os.kill(os.getpid(), signal.SIGTERM)
        assert stop.wait(5)
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
