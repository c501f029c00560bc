"""What holds an edition for a moderator, and which of it a moderator let pass."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.model.edition import Edition
from bot.model.finding import Finding, Severity
from bot.model.publication import Plan, PublicationState
from bot.model.topic import Action, ActionKind

_HARMLESS = (ActionKind.ADOPT, ActionKind.WAIT, ActionKind.HOLD, ActionKind.NOTHING)


def find_obstacles(edition: Edition, passed: Collection[str] = ()) -> tuple[Finding, ...]:
    """Findings that hold an edition: everything critical that no moderator let pass."""
    every = [*edition.findings, *(one for paper in edition.papers for one in paper.findings)]
    return tuple(
        finding
        for finding in every
        if finding.severity is Severity.CRITICAL and mark(finding) not in passed
    )


def mark(finding: Finding) -> str:
    """By which a finding that a moderator let pass is known again, in later revisions too."""
    return f"{finding.key} {finding.check} {finding.evidence}"


def describe_obstacles(obstacles: Sequence[Finding], key: str) -> str:
    """Why an edition is held and what a moderator can do, in one line; "" where nothing holds it.

    >>> from bot.model.finding import ErrorType
    >>> found = Finding("2024-01-29/3/title/0", ErrorType.OMISSION, Severity.CRITICAL, "7B", "x")
    >>> describe_obstacles([found], "2024-01-29").partition(";")[0]
    'critical finding: 2024-01-29/3/title/0: x'
    """
    if not obstacles:
        return ""
    first = obstacles[0]
    more = f" and {len(obstacles) - 1} more" if len(obstacles) > 1 else ""
    return (
        f"critical finding: {first.key}: {first.message or first.check}{more};"
        f" look with: jubo preview {key}, mend with jubo correct or jubo redo,"
        f" or let it pass: jubo approve {key}"
    )


def hold_back(plan: Plan, external_id: str, reason: str, *, stands: bool) -> Plan:
    """The plan without its writing where there is a ``reason`` to hold it.

    A plan that writes nothing stays as it is: what is published already is not held.

    Args:
        plan: What would be done.
        external_id: The digest's.
        reason: From ``describe_obstacles``.
        stands: Whether a topic of the digest stands.
    """
    harmless = tuple(action for action in plan.actions if action.kind in _HARMLESS)
    if not reason or harmless == plan.actions:
        return plan
    hold = Action(ActionKind.HOLD, external_id, reason)
    state = plan.state if stands else PublicationState.PLANNED
    return replace(plan, actions=(*harmless, hold), state=state, proposals=())
