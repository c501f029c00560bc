"""What one issue's own state leads to, before issues wait for each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.model.decision import KnownIssue, Policy, State, Verdict
from bot.model.issue import Issue
from bot.planning.changes import Change, find_changes
from bot.planning.completeness import find_gaps, find_odd_days

_EARLY = timedelta(days=3)
_CHANGES_IN_REASON = 3


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict in the making.

    Attributes:
        verdict: Publish means: as soon as it is this issue's turn.
        reason: For a moderator.
        state: The state it leads to, None to keep the present one.
        ready: It may be published now.
        pending: Complete and in time: ready now, or once it has been quiet for long enough.
        backlog: Held for good because a newer issue came at the same time.
        left_alone: A change upstream that nobody will be asked about.
        changes: Lines for a moderator.
        automatic: The policy lets the update be applied unasked.
        due: Moments at which the verdict may change by itself.
    """

    verdict: Verdict
    reason: str
    state: State | None = None
    ready: bool = False
    pending: bool = False
    backlog: bool = False
    left_alone: bool = False
    changes: tuple[str, ...] = ()
    automatic: bool = False
    due: tuple[datetime, ...] = ()


def judge(
    one: KnownIssue, issue: Issue | None, doubt: str | None, policy: Policy, now: datetime
) -> Judgement:
    """Judge an issue that has no topic: complete, in time, quiet; or approved by a moderator."""
    if issue is None:
        return _judge_absent(one)
    if one.approved:
        reason = "approved by a moderator"
        return Judgement(Verdict.PUBLISH, reason, State.HELD, ready=True, pending=True)
    if one.backlog:
        return hold_as_backlog()
    if gaps := find_gaps(issue, policy.papers):
        return _judge_incomplete(one, gaps, policy, now)
    if doubt := doubt or find_odd_days(issue.week):
        return Judgement(Verdict.HOLD, f"in doubt: {doubt}; approve or skip it", State.HELD)
    return _judge_complete(one, policy, now)


def judge_rival(one: KnownIssue, reason: str, policy: Policy) -> Judgement:
    """Judge an issue whose heading stands over other papers: never published, never updated."""
    asks_at = one.rival_since and one.rival_since + timedelta(hours=policy.ask_after_hours)
    is_open = one.published_at is None and one.state is not State.IGNORED
    return Judgement(
        Verdict.HOLD,
        f"{reason}; waits for the source to correct it",
        State.HELD if is_open else None,
        due=(asks_at,) if asks_at else (),
    )


def judge_published(
    one: KnownIssue, issue: Issue | None, policy: Policy, now: datetime
) -> Judgement:
    """Judge an edit upstream after publication: propose it, apply it, or leave it alone."""
    if issue is None or one.base_content == one.content:
        return _judge_unchanged(one, issue)
    settled_at = (one.published_at or now) + timedelta(days=policy.edit_days)
    if now > settled_at:
        reason = f"changed upstream over {policy.edit_days} days after publication; left alone"
        return Judgement(Verdict.IGNORE, reason, left_alone=True)
    quiet_at = one.changed_at + timedelta(minutes=policy.quiet_minutes)
    due = (quiet_at, settled_at + timedelta(microseconds=1))
    if one.declined == one.content:
        return Judgement(Verdict.IGNORE, "a moderator declined the change upstream", due=due)
    if gaps := find_gaps(issue, policy.papers):
        reason = f"incomplete upstream now ({gaps}); the topic stays as it is"
        return Judgement(Verdict.IGNORE, reason, due=due)
    if now < quiet_at:
        return Judgement(one.verdict or Verdict.PUBLISH, one.reason, due=due)
    changes = find_changes(one.base, issue.papers, one.base_week or issue.week, issue.week)
    return _propose(changes, policy, due)


def _judge_absent(one: KnownIssue) -> Judgement:
    """What is held for a moderator stays so, with its reason; anything else waits."""
    if one.state is State.HELD and one.verdict is Verdict.HOLD and not one.approved:
        return Judgement(Verdict.HOLD, one.reason)
    return Judgement(Verdict.HOLD, "the source no longer shows it", State.WAITING)


def _judge_unchanged(one: KnownIssue, issue: Issue | None) -> Judgement:
    if issue is None or one.verdict is Verdict.PUBLISH:
        return Judgement(one.verdict or Verdict.PUBLISH, one.reason)
    return Judgement(Verdict.IGNORE, "as published; nothing to do")


def _propose(changes: Sequence[Change], policy: Policy, due: tuple[datetime, ...]) -> Judgement:
    size = sum(change.characters for change in changes)
    automatic = policy.apply_small_updates and size <= policy.small_update_characters
    lines = tuple(change.text for change in changes)
    more = len(lines) - _CHANGES_IN_REASON
    summary = "; ".join(lines[:_CHANGES_IN_REASON]) + (f"; and {more} more" if more > 0 else "")
    ending = "small, applied unasked" if automatic else "apply or decline it"
    reason = f"changed upstream: {summary or 'order or white space'}; {ending}"
    return Judgement(Verdict.UPDATE, reason, changes=lines, automatic=automatic, due=due)


def _judge_incomplete(one: KnownIssue, gaps: str, policy: Policy, now: datetime) -> Judgement:
    asks_at = one.first_seen + timedelta(hours=policy.ask_after_hours)
    old_at = _old_at(one, policy)
    if now < asks_at and now < old_at:
        reason = f"incomplete: {gaps}; waits for the source"
        return Judgement(Verdict.HOLD, reason, State.WAITING, due=(asks_at, old_at))
    old = f", and it ended over {policy.max_age_days} days ago" if now >= old_at else ""
    reason = f"incomplete: {gaps}{old}; approve or skip it"
    return Judgement(Verdict.HOLD, reason, State.HELD, due=(old_at,))


def _judge_complete(one: KnownIssue, policy: Policy, now: datetime) -> Judgement:
    old_at = _old_at(one, policy)
    begins_at = _midnight(one.week.first, timedelta()) - _EARLY
    quiet_at = one.changed_at + timedelta(minutes=policy.quiet_minutes)
    due = (begins_at, quiet_at, old_at)
    if now >= old_at:
        reason = f"backlog: it ended over {policy.max_age_days} days ago; approve or skip it"
        return Judgement(Verdict.HOLD, reason, State.HELD)
    if now < begins_at:
        reason = f"its week begins on {one.week.first} only; waits for it or for a correction"
        return Judgement(Verdict.HOLD, reason, State.WAITING, due=due)
    quiet = f"{policy.quiet_minutes:g} minutes"
    if now < quiet_at:
        reason = f"complete; waits until it is unchanged for {quiet}"
        return Judgement(Verdict.HOLD, reason, State.WAITING, pending=True, due=due)
    reason = f"complete and unchanged for {quiet}"
    return Judgement(Verdict.PUBLISH, reason, State.WAITING, ready=True, pending=True, due=due)


def hold_as_backlog() -> Judgement:
    """Hold an issue for good because a newer one came at the same time."""
    reason = "backlog: a newer issue came at the same time; approve or skip it"
    return Judgement(Verdict.HOLD, reason, State.HELD, backlog=True)


def _old_at(one: KnownIssue, policy: Policy) -> datetime:
    return _midnight(one.week.last, timedelta(days=policy.max_age_days + 1))


def _midnight(day: date, later: timedelta) -> datetime:
    """UTC; a day at the end of the calendar stays there."""
    try:
        return datetime.combine(day, time(), UTC) + later
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)
