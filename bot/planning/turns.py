"""Issues wait for each other: one topic a look, one in 20 hours, the newest of several."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.model.decision import KnownIssue, Policy, State, Verdict
from bot.planning.judgement import Judgement, hold_as_backlog

_AT_ONCE = timedelta(hours=24)


def give_turns(
    seen: Mapping[str, KnownIssue],
    judgements: Mapping[str, Judgement],
    policy: Policy,
    now: datetime,
) -> dict[str, Judgement]:
    """The judgements, with at most one to publish left and the others waiting or backlog.

    Issues first seen within a day of each other came at once: the newest goes first, and once
    it is on its way the older ones are backlog. One that came later than a newer issue waits a
    day to see whether it came alone. An issue a moderator approved goes before all.
    """
    result = dict(judgements)
    gap = timedelta(hours=policy.hours_between_topics)
    reach = max(_AT_ONCE, gap)
    _set_aside(seen, result, reach, now)
    turn_at = last + gap if (last := _last_topic_at(seen)) else now
    key = _next(seen, result)
    if key and now >= turn_at:
        result[key] = replace(result[key], state=State.BUILDING, ready=False, pending=False)
        _set_aside(seen, result, reach, now)
        turn_at = now + gap
    for waiting in [name for name, judgement in result.items() if judgement.ready]:
        why = "approved" if seen[waiting].approved else "complete"
        reason = f"{why}; waits: one topic in {policy.hours_between_topics:g} hours"
        result[waiting] = _delay(result[waiting], reason, turn_at)
    return result


def _set_aside(
    seen: Mapping[str, KnownIssue], result: dict[str, Judgement], reach: timedelta, now: datetime
) -> None:
    """Hold as backlog, or let wait, what came together with others or after a newer one."""
    for key in [key for key, judgement in result.items() if judgement.pending]:
        one = seen[key]
        if one.approved:
            continue
        others = [
            name
            for name, other in seen.items()
            if name != key and abs(other.first_seen - one.first_seen) <= reach
        ]
        newer = [name for name in others if seen[name].week > one.week]
        late = any(
            other.week > one.week and other.first_seen < one.first_seen for other in seen.values()
        )
        if any(_is_on_its_way(seen[name], result[name]) for name in newer) or (late and others):
            result[key] = hold_as_backlog()
        elif first := next((name for name in newer if result[name].pending), None):
            result[key] = _delay(result[key], f"complete; waits: {first} is newer and goes first")
        elif late and now < one.first_seen + reach:
            reason = "complete; came after a newer issue, so waits a day whether more follow"
            result[key] = _delay(result[key], reason, one.first_seen + reach)


def _delay(judgement: Judgement, reason: str, *due: datetime) -> Judgement:
    due = (*judgement.due, *due)
    return replace(judgement, verdict=Verdict.HOLD, reason=reason, ready=False, due=due)


def _is_on_its_way(one: KnownIssue, judgement: Judgement) -> bool:
    decided = {State.BUILDING, State.REVIEW, State.QUEUED}
    return one.published_at is not None or one.state in decided or judgement.state in decided


def _last_topic_at(seen: Mapping[str, KnownIssue]) -> datetime | None:
    moments = [moment for one in seen.values() for moment in (one.started_at, one.published_at)]
    return max((moment for moment in moments if moment), default=None)


def _next(seen: Mapping[str, KnownIssue], result: Mapping[str, Judgement]) -> str | None:
    """Whose turn it is: an approved one, else the oldest that waits for no newer one."""
    ready = [key for key, judgement in result.items() if judgement.ready]
    return min(ready, key=lambda key: (not seen[key].approved, seen[key].week), default=None)
