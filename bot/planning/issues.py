"""When an issue is published, updated, held or left alone: one pure decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.model.decision import Decision, KnownIssue, Outcome, Policy, State, Verdict
from bot.model.issue import Issue
from bot.planning.identity import Matching, is_open, match_issues
from bot.planning.judgement import Judgement, judge, judge_published, judge_rival
from bot.planning.known import see
from bot.planning.marks import digest, mark_rows
from bot.planning.turns import give_turns

_OUT_OF_REACH = {State.BUILDING, State.REVIEW, State.QUEUED}


def decide(
    known: Mapping[str, KnownIssue], shown: Sequence[Issue], policy: Policy, now: datetime
) -> Outcome:
    """What to do about every issue, from what is known and what the source shows now.

    Call it only after a successful read; an empty ``shown`` means that the source shows nothing.
    At most one decision is to publish, and that issue counts as being built from then on: keep
    ``known`` of the outcome before acting, confirm with ``known.confirm_published``. The first
    call, with nothing known, makes the newest issue a candidate and leaves the others alone.

    Args:
        known: By key, as the last outcome left it.
        shown: All issues of all pages (and the feed), in any order.
        policy: The configuration's.
        now: Aware, UTC.
    """
    matching = match_issues(known, shown)
    _adopt(known, matching, policy, now)
    seen = {key: _observe(known[key], matching, now) for key in known}
    seen |= _meet(matching, now, first_start=not known)
    issues = {key: replace(issue, key=key) for key, issue in (matching.same | matching.new).items()}
    judgements = {
        key: _judge(one, issues.get(key), matching, policy, now) for key, one in seen.items()
    }
    outcome = _conclude(seen, give_turns(seen, judgements, policy, now), issues, policy, now)
    return outcome if outcome.known == known else replace(outcome, due_at=now)


def _adopt(
    known: Mapping[str, KnownIssue], matching: Matching, policy: Policy, now: datetime
) -> None:
    """Other papers that stayed under an unpublished issue's heading are its papers now."""
    patience = timedelta(hours=policy.ask_after_hours)
    for key, rival in list(matching.rivals.items()):
        one = known.get(key)
        since = one.rival_since if one and is_open(one) else None
        if rival.issue and since and now - since >= patience:
            matching.same[key] = rival.issue
            del matching.rivals[key]


def _observe(one: KnownIssue, matching: Matching, now: datetime) -> KnownIssue:
    """Take in what the source shows of a known issue; a rival's papers are not taken in."""
    if one.key in matching.rivals:
        return replace(one, shown=True, rival_since=one.rival_since or now)
    issue = matching.same.get(one.key)
    if issue is None:
        return replace(one, shown=False, rival_since=None)
    content = digest(issue.week, issue.papers)
    changed = content != one.content
    return replace(
        one,
        shown=True,
        rival_since=None,
        week=issue.week,
        title=issue.title,
        rows=len(issue.papers),
        content=content,
        changed_at=now if changed or not one.shown else one.changed_at,
        marks=() if one.key in matching.copies else mark_rows(issue.papers),
        rewrites=one.rewrites + (changed and one.state is State.IGNORED),
    )


def _meet(matching: Matching, now: datetime, *, first_start: bool) -> dict[str, KnownIssue]:
    """What to remember of issues nobody knew; on the first start only the newest is new."""
    newest = max((issue.week for issue in matching.new.values()), default=None)
    met = {}
    for key, issue in matching.new.items():
        is_old = first_start and issue.week != newest
        one = see(key, issue, State.IGNORED if is_old else State.NEW, now)
        rival = key in matching.rivals
        whose = () if rival or key in matching.copies else one.marks  # not known to be its own
        met[key] = replace(
            one,
            marks=whose,
            rival_since=now if rival else None,
        )
    return met


def _judge(
    one: KnownIssue, issue: Issue | None, matching: Matching, policy: Policy, now: datetime
) -> Judgement:
    if one.state is State.SKIPPED:
        return Judgement(Verdict.IGNORE, "skipped by a moderator")
    if one.state in _OUT_OF_REACH:
        return Judgement(Verdict.PUBLISH, one.reason)
    rival = matching.rivals.get(one.key)
    if rival and not (one.approved and issue):
        return judge_rival(one, rival.reason, policy)
    if one.state is State.IGNORED:
        reason = "older than the newest issue at the first start"
        changed = "; rewritten upstream since" if one.rewrites else ""
        return Judgement(Verdict.IGNORE, reason + changed)
    if one.published_at:
        return judge_published(one, issue, policy, now)
    return judge(one, issue, matching.doubts.get(one.key), policy, now)


def _conclude(
    seen: Mapping[str, KnownIssue],
    judgements: Mapping[str, Judgement],
    issues: Mapping[str, Issue],
    policy: Policy,
    now: datetime,
) -> Outcome:
    decisions = [
        Decision(
            key,
            judgement.verdict,
            judgement.reason,
            now,
            seen[key].rows,
            judgement.changes,
            judgement.automatic,
        )
        for key, judgement in sorted(judgements.items())
        if (judgement.verdict, judgement.reason) != (seen[key].verdict, seen[key].reason)
    ]
    known = {
        key: _remember(one, judgements[key], issues.get(key), policy, now)
        for key, one in seen.items()
    }
    due = [at for judgement in judgements.values() for at in judgement.due if at > now]
    return Outcome(tuple(decisions), known, issues, min(due, default=None))


def _remember(
    one: KnownIssue, judgement: Judgement, issue: Issue | None, policy: Policy, now: datetime
) -> KnownIssue:
    counts = judgement.left_alone and one.content != one.left_alone
    is_settled = one.published_at and now - one.published_at > timedelta(days=policy.edit_days)
    one = replace(
        one,
        verdict=judgement.verdict,
        reason=judgement.reason,
        state=judgement.state or one.state,
        backlog=one.backlog or judgement.backlog,
        rewrites=one.rewrites + counts,
        left_alone=one.content if counts else one.left_alone,
        base=() if is_settled else one.base,
    )
    if judgement.state is not State.BUILDING or issue is None:
        return one
    return replace(
        one,
        started_at=now,
        base=issue.papers,
        base_week=issue.week,
        base_content=one.content,
    )
