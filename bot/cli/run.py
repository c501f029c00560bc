"""``jubo run``: the schedule, until SIGTERM."""

from __future__ import annotations

import logging
import threading

import typer

from bot.cli.common import Invocation

_DRAIN_SECONDS = 240.0
_log = logging.getLogger(__name__)


def run(context: typer.Context) -> None:
    """Keep to the schedule until SIGTERM; the step in hand is finished first."""
    from datetime import timedelta

    from bot.app import App, utc_now
    from bot.cli.check import describe
    from bot.schedule import due_at, keep_schedule, stop_on_signals
    from bot.workflow.check import check

    invocation: Invocation = context.obj
    settings = invocation.settings()
    outlets = [invocation.outlet_name(settings)] if invocation.outlet else list(settings.outlets)
    if not outlets:
        invocation.outlet_name(settings)
    every = timedelta(minutes=settings.schedule.check_every_minutes)
    stop = threading.Event()
    stop_on_signals(stop)
    app = App(settings, outlet=invocation.outlet)
    with app.work(_log_progress, drain_seconds=_DRAIN_SECONDS) as services:

        def tick() -> None:
            last = services.notes("check").get("last") or {}
            next_at = last.get("next_at")
            if next_at is not None and last.get("failures") and utc_now() < next_at:
                return
            checked = check(outlets, due_at(utc_now(), every))
            _log.info("checked: %s", describe(checked))

        keep_schedule(settings, tick, stop=stop, clock=utc_now)
    _log.info("stopped; what is unfinished goes on at the next start")


def _log_progress(progress: object) -> None:
    _log.info("%s", progress)
