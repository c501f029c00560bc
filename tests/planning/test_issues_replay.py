"""Replay computes only the looks that can change something; here is every one of them."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.config import Policy
from bot.model.decision import Decision, KnownIssue, Verdict
from bot.model.issue import Issue
from bot.planning.issues import decide
from bot.planning.known import confirm_published, confirm_updated
from bot.planning.replay import Snapshot, Summary, replay
from tests.planning.weeks import DAY, NOW, a_week, moved, rewritten, with_paper

EVERY = timedelta(hours=3)
UNTIL = NOW + 45 * DAY
POLICY = Policy(apply_small_updates=True, edit_days=9, max_age_days=15)


def forms(week: int) -> st.SearchStrategy[Issue]:
    whole = a_week(week)
    return st.sampled_from(
        (
            whole,
            whole,
            a_week(week, papers=8),
            a_week(week, tag=f"other{week}"),
            moved(whole, 1),
            rewritten(whole),
            with_paper(whole, 3, summary="in a few other words"),
        )
    )


@st.composite
def histories(draw: st.DrawFn) -> list[Snapshot]:
    hours = draw(st.lists(st.integers(0, 24 * 30), min_size=1, max_size=9, unique=True))
    snapshots = []
    for hour in sorted(hours):
        weeks = draw(st.sets(st.integers(-2, 3), max_size=5))
        issues = None if draw(st.integers(0, 9)) == 0 else tuple(draw(forms(one)) for one in weeks)
        snapshots.append(Snapshot(f"c{hour}", NOW + timedelta(hours=hour), issues))
    return snapshots


@settings(max_examples=40, deadline=None)
@given(histories())
def test_looks_that_are_skipped_would_have_changed_nothing(history: list[Snapshot]) -> None:
    summary = Summary()
    events = list(replay(history, POLICY, summary, since=NOW, until=UNTIL, every=EVERY))
    assert [event.decision for event in events] == every_look(history)
    assert summary.ticks == 45 * 8 + 1


def every_look(history: list[Snapshot]) -> list[Decision]:
    known: dict[str, KnownIssue] = {}
    found: list[Decision] = []
    at: datetime = NOW
    while at <= UNTIL:
        seen = [one.issues for one in history if one.at <= at and one.issues is not None]
        outcome = decide(known, seen[-1] if seen else (), POLICY, at)
        known = dict(outcome.known)
        for decision in outcome.decisions:
            if decision.verdict is Verdict.PUBLISH:
                known = confirm_published(known, decision.key, at)
            elif decision.automatic:
                known = confirm_updated(known, decision.key, outcome.issues[decision.key])
        found += outcome.decisions
        at += EVERY
    return found
