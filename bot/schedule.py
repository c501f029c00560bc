"""When to look: APScheduler rings the bell; what a tick does is decided elsewhere.

The defaults of APScheduler 3 would lose ticks: a misfire grace of one second, and a memory store
that forgets everything at a restart. Here the grace is explicit, missed ticks are one tick
(coalesce), one runs at a time, and a tick at the start catches up.
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from types import FrameType
from zoneinfo import ZoneInfo

from apscheduler.events import EVENT_JOB_MISSED, JobExecutionEvent
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.config import Settings

_log = logging.getLogger(__name__)


def due_at(now: datetime, every: timedelta) -> datetime:
    """The time for which a tick counts: the last multiple of ``every`` since the epoch.

    Two machines that tick a little apart give the same time, and so the same workflow id.

    >>> from datetime import UTC
    >>> due_at(datetime(2026, 6, 29, 15, 7, 31, tzinfo=UTC), timedelta(minutes=30)).isoformat()
    '2026-06-29T15:00:00+00:00'
    """
    seconds = int(every.total_seconds())
    return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, tz=now.tzinfo)


def keep_schedule(
    settings: Settings,
    tick: Callable[[], None],
    *,
    stop: threading.Event,
    clock: Callable[[], datetime],
) -> None:
    """Tick at once and then on schedule, until ``stop`` is set; a tick in hand is finished."""
    scheduler = BackgroundScheduler(
        timezone=ZoneInfo(settings.timezone),
        job_defaults={
            "coalesce": True,
            "max_instances": 1,
            "misfire_grace_time": settings.schedule.misfire_grace_seconds,
        },
    )
    scheduler.add_listener(_tell_missed, EVENT_JOB_MISSED)
    trigger = IntervalTrigger(
        minutes=settings.schedule.check_every_minutes,
        timezone=ZoneInfo(settings.timezone),
        jitter=settings.schedule.jitter_seconds or None,
    )
    scheduler.add_job(tick, trigger, id="check", next_run_time=clock())
    scheduler.start()
    try:
        stop.wait()
    finally:
        scheduler.shutdown(wait=True)


def stop_on_signals(stop: threading.Event) -> None:
    """SIGTERM and SIGINT set ``stop``; a second one ends the process as usual."""

    def handle(number: int, _frame: FrameType | None) -> None:
        _log.info("%s: finishing the step in hand", signal.Signals(number).name)
        stop.set()
        signal.signal(number, signal.SIG_DFL)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, handle)


def _tell_missed(event: JobExecutionEvent) -> None:
    _log.warning("a check due at %s was missed; the next one catches up", event.scheduled_run_time)
