"""The decision folded over a history: what would have been done, and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.model.decision import Decision, KnownIssue, Outcome, Policy, Verdict
from bot.model.issue import Issue
from bot.planning.issues import decide
from bot.planning.known import confirm_published, confirm_updated

AFTERMATH = timedelta(days=2)  # what a last commit leads to: quiet time, a turn, a question
_CLOSING_STEP = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the source shows from a commit on; None where its pages could not be read."""

    commit: str
    at: datetime
    issues: tuple[Issue, ...] | None


@dataclass(frozen=True, slots=True)
class Event:
    """A decision that changed, and the commit that the source stood at."""

    decision: Decision
    commit: str


@dataclass(slots=True)
class Summary:
    """Looks taken and decisions made; ``known`` is how every issue stands in the end."""

    ticks: int = 0
    verdicts: Counter[Verdict] = field(default_factory=Counter)
    known: dict[str, KnownIssue] = field(default_factory=dict)


def replay(
    history: Sequence[Snapshot],
    policy: Policy,
    summary: Summary,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    every: timedelta | None = None,
) -> Iterator[Event]:
    """Yield every decision that changes while the history passes by; ``summary`` is filled in.

    Looks fall at ``since``, ``since + every``, … and see the last commit at or before them;
    without ``every`` they fall at each commit. Looks between which neither the source nor the
    clock can change a decision are counted but not computed: the result is that of all looks.
    After the last commit it goes on until ``until``, by default two days longer, so that what
    is waiting comes to an end; without ``every`` those looks are not counted as ticks.
    """
    if not history:
        return
    start = since or history[0].at
    end = until or max(history[-1].at, start) + AFTERMATH
    fold = _Fold(policy, summary)
    if every is None:
        yield from _at_commits(history, fold, start, end)
    else:
        yield from _at_intervals(history, fold, start, end, every)


def _at_commits(
    history: Sequence[Snapshot], fold: _Fold, start: datetime, end: datetime
) -> Iterator[Event]:
    commits = [snapshot for snapshot in history if start <= snapshot.at <= end]
    for snapshot in commits:
        fold.summary.ticks += 1
        yield from fold.look(snapshot, snapshot.at)
    at = commits[-1].at if commits else end
    while fold.due_at and (at := max(fold.due_at, at + _CLOSING_STEP)) <= end:
        yield from fold.look(commits[-1], at)


def _at_intervals(
    history: Sequence[Snapshot], fold: _Fold, start: datetime, end: datetime, every: timedelta
) -> Iterator[Event]:
    at, position = start, -1
    while at <= end:
        fold.summary.ticks += 1
        before = position
        while position + 1 < len(history) and history[position + 1].at <= at:
            position += 1
        if position >= 0 and (position != before or fold.is_due(at)):
            yield from fold.look(history[position], at)
        at += every


class _Fold:
    """What is known so far; each look goes through the same decision as in production."""

    def __init__(self, policy: Policy, summary: Summary) -> None:
        self.summary = summary
        self.due_at: datetime | None = None
        self._policy = policy
        self._issues: tuple[Issue, ...] = ()

    def is_due(self, at: datetime) -> bool:
        return self.due_at is not None and self.due_at <= at

    def look(self, snapshot: Snapshot, at: datetime) -> Iterator[Event]:
        if snapshot.issues is not None:
            self._issues = snapshot.issues
        outcome = decide(self.summary.known, self._issues, self._policy, at)
        self.due_at = outcome.due_at
        self.summary.known = _carry_out(outcome, at)
        for decision in outcome.decisions:
            self.summary.verdicts[decision.verdict] += 1
            yield Event(decision, snapshot.commit)


def _carry_out(outcome: Outcome, at: datetime) -> dict[str, KnownIssue]:
    """Everything decided succeeds at once; proposals stay proposals."""
    known = dict(outcome.known)
    for decision in outcome.decisions:
        if decision.verdict is Verdict.PUBLISH:
            known = confirm_published(known, decision.key, at)
        elif decision.verdict is Verdict.UPDATE and decision.automatic:
            known = confirm_updated(known, decision.key, outcome.issues[decision.key])
    return known
