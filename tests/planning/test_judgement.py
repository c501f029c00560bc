"""One issue judged alone: to the minute, and with the moments at which to look again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.config import Policy
from bot.model.decision import KnownIssue, State, Verdict
from bot.model.issue import Issue, Week
from bot.planning.judgement import Judgement, judge, judge_published, judge_rival
from bot.planning.known import see
from bot.planning.turns import give_turns
from tests.planning.weeks import DAY, HOUR, NOW, a_week, key, with_paper

POLICY = Policy()
QUIET = timedelta(minutes=30)
INSTANT = timedelta(microseconds=1)
BEGINS = datetime(2024, 3, 1, tzinfo=UTC)
OLD = datetime(2024, 4, 1, tzinfo=UTC)


def known(issue: Issue | None = None, at: datetime = NOW, **changes: Any) -> KnownIssue:
    one = see(key(), issue or a_week(), State.NEW, at)
    return replace(one, **changes)


def published(shown: Issue, at: datetime = NOW, **changes: Any) -> KnownIssue:
    """A week published as a_week() that the source now shows otherwise."""
    base = {"base": a_week().papers, "base_week": a_week().week, "base_content": "published"}
    return known(shown, published_at=at, **{**base, **changes})


def test_what_a_moderator_approved_is_ready_whatever_it_lacks() -> None:
    result = judge(known(approved=True), a_week(papers=3), "a doubt", POLICY, NOW)
    assert (result.verdict, result.state) == (Verdict.PUBLISH, State.HELD)
    assert result.ready
    assert result.pending


@pytest.mark.parametrize(
    ("at", "state", "verdict"),
    [
        (BEGINS - INSTANT, State.WAITING, Verdict.HOLD),
        (BEGINS, State.WAITING, Verdict.PUBLISH),
        (OLD - INSTANT, State.WAITING, Verdict.PUBLISH),
        (OLD, State.HELD, Verdict.HOLD),
    ],
)
def test_a_complete_week_has_three_weeks_from_three_days_before_it(
    at: datetime, state: State, verdict: Verdict
) -> None:
    result = judge(known(at=at - QUIET), a_week(), None, POLICY, at)
    assert (result.state, result.verdict) == (state, verdict)
    assert result.due == (() if at == OLD else (BEGINS, at, OLD))


def test_an_incomplete_week_says_when_it_will_ask_and_when_it_is_old() -> None:
    result = judge(known(), a_week(papers=9), None, POLICY, NOW)
    assert (result.state, result.due) == (State.WAITING, (NOW + DAY, OLD))
    result = judge(known(at=OLD - HOUR), a_week(papers=9), None, POLICY, OLD)
    assert "and it ended over 21 days ago" in result.reason
    assert (result.state, result.due) == (State.HELD, (OLD,))


def test_a_doubt_is_a_moderators_to_resolve() -> None:
    result = judge(known(), a_week(), "its papers are another week's", POLICY, NOW + DAY)
    assert (result.verdict, result.state) == (Verdict.HOLD, State.HELD)
    assert "another week's" in result.reason


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"state": State.HELD, "verdict": Verdict.HOLD}, None),
        ({"state": State.HELD, "verdict": Verdict.HOLD, "approved": True}, State.WAITING),
        ({"state": State.HELD, "verdict": Verdict.PUBLISH}, State.WAITING),
        ({"state": State.WAITING, "verdict": Verdict.HOLD}, State.WAITING),
    ],
)
def test_only_what_waits_for_a_moderator_keeps_its_reason_when_it_vanishes(
    changes: dict[str, Any], state: State | None
) -> None:
    result = judge(known(reason="as before", **changes), None, None, POLICY, NOW)
    assert (result.verdict, result.state) == (Verdict.HOLD, state)
    assert (result.reason == "as before") == (state is None)


@pytest.mark.parametrize(
    ("changes", "state"),
    [({}, State.HELD), ({"published_at": NOW}, None), ({"state": State.IGNORED}, None)],
)
def test_other_papers_under_a_heading_are_held_and_asked_about_a_day_later(
    changes: dict[str, Any], state: State | None
) -> None:
    result = judge_rival(known(rival_since=NOW, **changes), "other papers", POLICY)
    assert (result.verdict, result.state, result.due) == (Verdict.HOLD, state, (NOW + DAY,))
    assert judge_rival(known(**changes), "other papers", POLICY).due == ()


def test_an_edit_is_proposed_from_the_end_of_its_quiet_time_to_the_thirtieth_day() -> None:
    edited = with_paper(a_week(), 2, summary="other words")
    one = published(edited, verdict=Verdict.IGNORE, reason="as before")
    due = (NOW + QUIET, NOW + 30 * DAY + INSTANT)

    early = judge_published(one, edited, POLICY, NOW + QUIET - INSTANT)
    assert (early.verdict, early.reason, early.due) == (Verdict.IGNORE, "as before", due)
    for at in (NOW + QUIET, NOW + 30 * DAY):
        result = judge_published(one, edited, POLICY, at)
        assert (result.verdict, result.due) == (Verdict.UPDATE, due)
    assert judge_published(one, edited, POLICY, due[1]).left_alone


def test_a_declined_or_incomplete_edit_is_looked_at_again_when_it_may_change() -> None:
    edited = a_week(papers=9)
    one = published(edited)
    assert judge_published(one, edited, POLICY, NOW + HOUR).due
    assert judge_published(replace(one, declined=one.content), edited, POLICY, NOW + HOUR).due


@pytest.mark.parametrize(
    ("edits", "ending"), [(0, "order or white space"), (3, "go"), (4, "; and 1 more")]
)
def test_three_changes_are_told_and_the_others_counted(edits: int, ending: str) -> None:
    edited = a_week()
    for rank in range(1, edits + 1):
        edited = with_paper(edited, rank, summary="other words")
    result = judge_published(published(edited), edited, POLICY, NOW + HOUR)
    assert result.reason.endswith(f"{ending}; apply or decline it")
    assert len(result.changes) == edits


@pytest.mark.parametrize(("limit", "automatic"), [(5, True), (4, False)])
def test_an_edit_is_small_up_to_the_limit_itself(limit: int, automatic: bool) -> None:
    edited = with_paper(a_week(), 2, summary="sorts w0 in 2 steps again")
    policy = Policy(apply_small_updates=True, small_update_characters=limit)
    result = judge_published(published(edited), edited, policy, NOW + HOUR)
    assert result.changes == ("rank 2: text, 5 characters come or go",)
    assert result.automatic is automatic
    assert result.reason.endswith("applied unasked" if automatic else "apply or decline it")


def test_a_week_at_the_end_of_the_calendar_waits_and_breaks_nothing() -> None:
    last = replace(a_week(), week=Week(date(9999, 12, 25), date.max))
    assert judge(known(last), last, None, POLICY, NOW).state is State.WAITING


READY = Judgement(Verdict.PUBLISH, "complete", State.WAITING, ready=True, pending=True)


@pytest.mark.parametrize(
    "changes",
    [
        {"state": State.BUILDING},
        {"state": State.REVIEW},
        {"state": State.QUEUED},
        {"published_at": NOW - DAY},
    ],
)
def test_beside_a_newer_week_on_its_way_an_older_one_is_backlog(
    changes: dict[str, Any],
) -> None:
    newer = replace(see(key(1), a_week(1), State.NEW, NOW), **changes)
    idle = Judgement(Verdict.PUBLISH, "being built")
    judgements = {key(0): READY, key(1): idle}
    result = give_turns({key(0): known(), key(1): newer}, judgements, POLICY, NOW)
    assert result[key(0)].backlog
    assert result[key(1)] == idle


def test_an_approved_week_goes_before_an_older_complete_one() -> None:
    newer = replace(see(key(1), a_week(1), State.NEW, NOW + 9 * DAY), approved=True)
    result = give_turns(
        {key(0): known(), key(1): newer}, {key(0): READY, key(1): READY}, POLICY, NOW + 9 * DAY
    )
    assert result[key(1)].state is State.BUILDING
    assert result[key(0)].reason == "complete; waits: one topic in 20 hours"
    assert result[key(0)].due == (NOW + 9 * DAY + 20 * HOUR,)


def test_a_week_that_came_after_a_newer_one_waits_exactly_a_day() -> None:
    newer = see(key(1), a_week(1), State.IGNORED, NOW - 5 * DAY)
    seen = {key(0): known(), key(1): newer}
    judgements = {key(0): READY, key(1): Judgement(Verdict.IGNORE, "left alone")}
    waits = give_turns(seen, judgements, POLICY, NOW + DAY - INSTANT)[key(0)]
    assert (waits.verdict, waits.due) == (Verdict.HOLD, (NOW + DAY,))
    turn = give_turns(seen, judgements, POLICY, NOW + DAY)[key(0)]
    assert (turn.verdict, turn.state) == (Verdict.PUBLISH, State.BUILDING)
