"""Looking at the sources and deciding: what they show now, what to do about each issue."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.errors import BotError, ServiceError
from bot.model.check import Looked
from bot.model.decision import Decision, KnownIssue, State
from bot.model.issue import Issue
from bot.planning.issues import decide
from bot.planning.polling import next_check
from bot.source.read import SourceRead, remember
from bot.workflow.services import Services

_log = logging.getLogger(__name__)

AT_WORK = (State.BUILDING, State.REVIEW, State.QUEUED)
"""States in which an issue has something left to be done for it."""


def look(services: Services, outlets: Sequence[str]) -> Looked:
    """Read, decide for every outlet, remember; what failed leaves everything as it was.

    The order makes it safe to stop anywhere: the issues are kept before what is known of them,
    and the validators last, so that a look that did not end is made again in full.
    """
    now = services.clock()
    try:
        read = services.read_sources(services.notes("validator"), _last_shown(services))
    except BotError as error:
        return _bear(services, error, now)
    shown = _shown(services, read)
    decisions = tuple(
        (outlet, decision)
        for outlet in outlets
        for decision in _decide(services, outlet, shown, now, changed=not read.unchanged)
    )
    remember(read, services.notes("validator"))
    next_at = next_check(now, every=every(services), retry_after=read.retry_after)
    failures = [str(failure) for failure in read.failures]
    problems = [f"line {problem.line}: {problem.reason}" for problem in read.problems]
    looked = Looked(
        None if read.unchanged else len(shown),
        decisions,
        (*failures, *problems),
        next_at=next_at,
    )
    _note(services, now, looked, failures=0)
    return looked


def every(services: Services) -> timedelta:
    """The usual time between two looks."""
    return timedelta(minutes=services.settings.schedule.check_every_minutes)


def find_work(services: Services, outlet: str) -> list[str]:
    """Keys of issues with something left to do, oldest first."""
    known: Mapping[str, KnownIssue] = services.issues.known(outlet)
    return sorted(key for key, one in known.items() if one.state in AT_WORK)


def change(
    services: Services,
    outlet: str,
    act: Callable[[Mapping[str, KnownIssue]], Mapping[str, KnownIssue]],
) -> None:
    """Apply one of bot.planning.known's functions to what is known of an outlet's issues.

    The next look decides anew, also where the source shows nothing new.
    """
    before: Mapping[str, KnownIssue] = services.issues.known(outlet)
    after = act(before)
    changed = [(key, one) for key, one in after.items() if before.get(key) != one]
    services.issues.put_known(outlet, changed)
    services.notes("due").put(outlet, services.clock())


def set_state(services: Services, outlet: str, key: str, state: State, reason: str) -> None:
    """Say where an issue stands now, and why; for ``jubo status``."""

    def act(known: Mapping[str, KnownIssue]) -> Mapping[str, KnownIssue]:
        if key not in known:
            return known
        return {**known, key: replace(known[key], state=state, reason=reason)}

    change(services, outlet, act)


def _shown(services: Services, read: SourceRead) -> tuple[Issue, ...]:
    """What the source shows now; an unchanged one shows what it last did."""
    if read.unchanged:
        return _last_shown(services)
    services.notes("shown").put(services.settings.sources.name, read.issues)
    return read.issues


def _last_shown(services: Services) -> tuple[Issue, ...]:
    last: tuple[Issue, ...] | None = services.notes("shown").get(services.settings.sources.name)
    return last or ()


def _decide(
    services: Services, outlet: str, shown: tuple[Issue, ...], now: datetime, *, changed: bool
) -> Iterator[Decision]:
    """New decisions; none is looked for while neither source nor time can have changed any."""
    known: Mapping[str, KnownIssue] = services.issues.known(outlet)
    notes = services.notes("due")
    due_at: datetime | None = notes.get(outlet)
    if known and not changed and (due_at is None or now < due_at):
        return
    if not shown:
        return
    outcome = decide(known, shown, services.settings.policy, now)
    for issue in outcome.issues.values():
        services.issues.put(issue)
    services.issues.put_known(outlet, outcome.known.items())
    notes.put(outlet, outcome.due_at)
    yield from outcome.decisions


def _bear(services: Services, error: BotError, now: datetime) -> Looked:
    failures = int((services.notes("check").get("last") or {}).get("failures", 0)) + 1
    wait = error.retry_after if isinstance(error, ServiceError) else None
    next_at = next_check(now, every=every(services), failures=failures, retry_after=wait)
    _log.warning("%s; the last good state is kept", error)
    looked = Looked(failure=str(error), next_at=next_at)
    _note(services, now, looked, failures=failures)
    return looked


def _note(services: Services, now: datetime, looked: Looked, *, failures: int) -> None:
    services.notes("check").put(
        "last",
        {
            "at": now,
            "next_at": looked.next_at,
            "failures": failures,
            "failure": looked.failure,
            "problems": looked.problems,
        },
    )
