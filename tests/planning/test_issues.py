"""The decision: what is published, when, and what waits for whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.config import Policy
from bot.errors import NeedsPerson
from bot.model.decision import State, Verdict
from bot.model.issue import Link, Week
from bot.planning.known import approve, confirm_updated, decline_update, release, skip
from tests.planning.weeks import DAY, HOUR, NOW, Desk, a_week, key, rewritten, started, with_paper

MINUTE = timedelta(minutes=1)


def test_a_complete_issue_is_published_once_it_was_quiet() -> None:
    desk = Desk()

    assert (
        desk.look(a_week())[key()].reason == "complete; waits until it is unchanged for 30 minutes"
    )
    assert desk.look(a_week(), after=29 * MINUTE) == {}
    assert desk.look(a_week(), after=1 * MINUTE)[key()].verdict is Verdict.PUBLISH
    desk.settle(a_week(), hours=24 * 60)

    assert desk.published == [key()]


def test_a_growing_issue_waits_and_its_quiet_time_begins_anew() -> None:
    desk = Desk()
    for papers in (0, 9, 10):
        desk.look(a_week(papers=papers), after=20 * MINUTE)
    desk.look(a_week(), after=29 * MINUTE)
    assert desk.published == []

    desk.look(a_week(), after=MINUTE)

    assert desk.published == [key()]
    assert [one.papers for one in desk.log] == [0, 9, 10, 10]


@pytest.mark.parametrize(
    ("rank", "change", "gap"),
    [
        (6, {"name": "xxxx"}, "rank 6 has no name"),
        (6, {"name": "XXX", "summary": "XXX"}, "rank 6 has no name and no text"),
        (3, {"summary": ""}, "rank 3 has no text"),
        (3, {"summary": "Content Cell"}, "rank 3 has no text"),
        (9, {"links": (Link("Paper", ""), Link("Tweet", "XXX"))}, "rank 9 has no link"),
        (9, {"rank": 8}, "rank 9 is missing; rank 8 stands twice"),
        (10, {"rank": 11}, "rank 10 is missing; rank 11 is one too many"),
    ],
)
def test_what_is_missing_is_said(rank: int, change: dict[str, object], gap: str) -> None:
    desk = Desk()
    desk.look(with_paper(a_week(), rank, **change))
    assert desk.reason(key()) == f"hold: incomplete: {gap}; waits for the source"


def test_an_incomplete_issue_asks_after_a_day_and_is_old_after_three_weeks() -> None:
    """One row kept ``xxxx`` for seven months; its week is never published by itself."""
    template = with_paper(a_week(), 5, name="xxxx")
    desk = Desk()
    desk.settle(template, hours=24)
    assert desk.known[key()].state is State.WAITING
    desk.look(template, after=HOUR)
    assert desk.reason(key()) == "hold: incomplete: rank 5 has no name; approve or skip it"
    assert desk.known[key()].state is State.HELD

    desk.settle(template, hours=24 * 30)
    assert "and it ended over 21 days ago" in desk.reason(key())
    desk.settle(a_week(), hours=24)

    assert desk.reason(key()) == "hold: backlog: it ended over 21 days ago; approve or skip it"
    assert desk.published == []


def test_on_first_start_only_the_newest_is_a_candidate() -> None:
    desk = Desk()
    desk.look(a_week(0), a_week(-1), a_week(-2))
    assert [desk.known[key(week)].state for week in (0, -1, -2)] == [
        State.WAITING,
        State.IGNORED,
        State.IGNORED,
    ]

    desk.settle(a_week(0), a_week(-1), a_week(-2))

    assert desk.published == [key(0)]
    assert desk.reason(key(-1)) == "ignore: older than the newest issue at the first start"


def test_a_source_that_shows_nothing_yet_is_no_first_start() -> None:
    desk = Desk()
    desk.look()
    desk.settle(a_week(0), a_week(-1))
    assert desk.published == [key(0)]


def test_four_issues_in_one_commit_give_one_topic_and_three_backlogs() -> None:
    desk = started(a_week(-3))
    desk.at = NOW + 8 * DAY
    desk.settle(*(a_week(week) for week in (1, 0, -1, -2, -3)), hours=24 * 20)

    assert desk.published == [key(1)]
    for week in (0, -1):
        assert desk.reason(key(week)).startswith("hold: backlog: a newer issue came")


@pytest.mark.parametrize("looks", [1, 2, 5, 30])
def test_five_issues_in_twenty_minutes_give_one_topic(looks: int) -> None:
    """However often the bot looks meanwhile, the newest is published and the others are held."""
    desk = started(a_week(-2))
    desk.at = NOW + 4 * 7 * DAY - 12 * HOUR
    weeks = [a_week(week) for week in range(-2, 4)]
    for count in range(2, 7):
        for _ in range(max(1, looks // 5)):
            desk.look(*weeks[:count], after=20 * MINUTE / looks)
    desk.settle(*weeks, hours=24 * 5)

    assert desk.published == [key(3)]


def test_an_older_week_that_turns_up_hours_after_a_newer_one_is_backlog() -> None:
    desk = started(a_week(-1))
    desk.settle(a_week(1), a_week(-1), hours=3)
    desk.settle(a_week(1), a_week(0), a_week(-1))

    assert desk.published == [key(1)]
    assert desk.reason(key(0)).startswith("hold: backlog")


def test_a_week_added_days_late_and_alone_is_still_published() -> None:
    """A day later, when it is clear that it does not lead a procession of old ones."""
    desk = started(a_week(-1))
    desk.settle(a_week(1), a_week(-1), hours=60)
    desk.settle(a_week(1), a_week(0), a_week(-1), hours=24)
    assert desk.published == [key(1)]
    desk.settle(a_week(1), a_week(0), a_week(-1), hours=3)
    assert desk.published == [key(1), key(0)]


@pytest.mark.parametrize("hours", [1, 5, 20])
def test_old_weeks_added_one_after_the_other_are_all_backlog(hours: int) -> None:
    weeks = [a_week(1)]
    desk = started(a_week(1))
    for number in (0, -1, -2):
        weeks.append(a_week(number))
        desk.settle(*weeks, hours=hours)
    desk.settle(*weeks, hours=24 * 5)
    assert desk.published == []


def test_topics_keep_twenty_hours_between_them() -> None:
    desk = started(a_week(-1))
    desk.settle(a_week(0), a_week(-1), hours=2)
    first = desk.log[-1].at
    desk.settle(a_week(1), a_week(0), a_week(-1), hours=10)
    assert desk.reason(key(1)) == "hold: complete; waits: one topic in 20 hours"
    assert desk.outcome.due_at == first + 20 * HOUR

    desk.settle(a_week(1), a_week(0), a_week(-1), hours=12)

    assert desk.published == [key(0), key(1)]
    assert desk.log[-1].at - first == 20 * HOUR


def test_an_issue_older_than_the_policy_allows_is_backlog() -> None:
    desk = Desk(at=NOW + 22 * DAY)
    desk.settle(a_week())
    assert desk.reason(key()) == "hold: backlog: it ended over 21 days ago; approve or skip it"


def test_a_week_that_has_not_begun_waits() -> None:
    """A year mistyped must not bring next year's week today."""
    desk = Desk()
    desk.settle(a_week(2), hours=5)
    assert desk.reason(key(2)).startswith("hold: its week begins on 2024-03-18 only")
    desk.settle(a_week(2), hours=24 * 7)
    assert desk.published == [key(2)]


def test_days_that_are_no_week_are_in_doubt() -> None:
    issue = replace(a_week(), week=Week(a_week().week.first, a_week(1).week.last))
    desk = Desk()
    desk.settle(issue)
    assert "in doubt: its heading covers 14 days" in desk.reason(key())


def test_a_moderator_gets_a_backlog_or_incomplete_issue_published() -> None:
    weeks = a_week(1), with_paper(a_week(0), 4, summary=""), a_week(-1)
    desk = started(a_week(-1))
    desk.settle(*weeks, hours=48)
    desk.known = approve(desk.known, key(0))
    desk.look(*weeks, after=MINUTE)

    assert desk.published == [key(1), key(0)]
    with pytest.raises(NeedsPerson, match="published"):
        approve(desk.known, key(0))
    with pytest.raises(NeedsPerson, match="remove its topic"):
        skip(desk.known, key(0))


def test_approved_issues_still_come_one_at_a_time() -> None:
    weeks = [a_week(week) for week in (1, 0, -1, -2)]
    desk = started(a_week(-2))
    desk.settle(*weeks, hours=40)
    desk.known = approve(approve(desk.known, key(0)), key(-1))
    desk.look(*weeks, after=MINUTE)
    assert desk.published == [key(1), key(-1)]
    assert desk.reason(key(0)) == "hold: approved; waits: one topic in 20 hours"
    desk.settle(*weeks, hours=21)
    assert desk.published == [key(1), key(-1), key(0)]


def test_a_skipped_issue_stays_skipped_until_approved() -> None:
    desk = Desk()
    desk.look(a_week())
    desk.known = skip(desk.known, key())
    desk.settle(rewritten(a_week()))
    assert desk.published == []
    assert desk.reason(key()) == "ignore: skipped by a moderator"

    desk.known = approve(desk.known, key())
    desk.look(a_week())

    assert desk.published == [key()]


def test_an_unknown_key_is_said_plainly() -> None:
    with pytest.raises(NeedsPerson, match="no issue is known as 2020-01-01"):
        approve({}, "2020-01-01")


def test_an_issue_being_built_is_not_decided_upon_again() -> None:
    """The workflow may wait for a moderator for days; the source goes on meanwhile."""
    desk = Desk()
    desk.look(a_week())
    desk.look(a_week(), after=HOUR, publishes=False)
    assert desk.known[key()].state is State.BUILDING
    for hour in range(60):
        shown = [] if hour % 7 == 3 else [rewritten(a_week())] if hour % 2 else [a_week()]
        desk.look(*shown, after=HOUR, publishes=False)
    assert desk.published == [key()]

    desk.known = release(desk.known, key())
    desk.look(a_week(), after=HOUR)
    desk.look(a_week(), after=HOUR)

    assert desk.published == [key(), key()]
    assert release(desk.known, key()) == desk.known


def test_an_edit_upstream_becomes_a_proposal_with_its_changes() -> None:
    edited = with_paper(a_week(), 2, summary="sorts w0 in 2 quick steps", name="Method W0-R2")
    desk = started(a_week())
    assert desk.look(edited, after=HOUR) == {}

    proposal = desk.look(edited, after=HOUR)[key()]

    assert proposal.verdict is Verdict.UPDATE
    assert not proposal.automatic
    assert proposal.changes == (
        "rank 2: name “Method w0r2” became “Method W0-R2”",
        "rank 2: text, 5 characters come or go",
    )
    assert proposal.reason.endswith("; apply or decline it")
    assert desk.look(edited, after=DAY) == {}


def test_a_small_edit_is_applied_where_the_policy_allows() -> None:
    edited = with_paper(a_week(), 2, summary="sorts w0 in 2 quick steps")
    desk = started(a_week(), policy=Policy(apply_small_updates=True))
    desk.look(edited, after=HOUR)
    proposal = desk.look(edited, after=HOUR)[key()]
    assert proposal.automatic
    desk.known = confirm_updated(desk.known, key(), desk.outcome.issues[key()])
    desk.look(edited, after=HOUR)
    assert desk.reason(key()) == "ignore: as published; nothing to do"

    desk.look(rewritten(edited), after=HOUR)
    assert not desk.look(rewritten(edited), after=HOUR)[key()].automatic


def test_a_declined_edit_is_not_proposed_again() -> None:
    edited = with_paper(a_week(), 2, summary="other words")
    desk = started(a_week())
    desk.settle(edited, hours=3)
    desk.known = decline_update(desk.known, key())
    desk.settle(edited, hours=3)
    assert desk.reason(key()) == "ignore: a moderator declined the change upstream"

    desk.settle(with_paper(edited, 3, summary="again other words"), hours=3)
    assert desk.known[key()].verdict is Verdict.UPDATE


def test_an_edit_that_loses_a_row_changes_no_topic() -> None:
    desk = started(a_week())
    desk.settle(a_week(papers=9), hours=3)
    assert desk.reason(key()).startswith("ignore: incomplete upstream now (rank 10 is missing)")
    desk.settle(a_week(), hours=3)
    assert desk.reason(key()) == "ignore: as published; nothing to do"


def test_rewriting_of_old_issues_is_ignored_and_counted() -> None:
    desk = started(a_week(0), a_week(-1))
    desk.at += 31 * DAY
    for issue in (rewritten(a_week(0)), with_paper(a_week(0), 1, summary="again")):
        desk.settle(issue, rewritten(a_week(-1)), hours=3)
    assert desk.reason(key(0)) == (
        "ignore: changed upstream over 30 days after publication; left alone"
    )
    assert desk.known[key(0)].rewrites == 2
    assert desk.reason(key(-1)).endswith("first start; rewritten upstream since")
    assert desk.known[key(-1)].rewrites == 1
    assert desk.known[key(0)].base == ()


def test_links_and_papers_that_change_are_named() -> None:
    edited = with_paper(
        a_week(), 1, links=(*a_week().papers[0].links, Link("Code", "https://x.y/z"))
    )
    edited = replace(edited, papers=(*edited.papers[:9], a_week(5).papers[9]))
    desk = started(a_week())
    desk.look(edited)
    proposal = desk.look(edited, after=HOUR)[key()]
    assert proposal.changes == (
        "rank 1: links, 0 gone, 1 new",
        "rank 10: another paper, “Method w0r10” became “Method w5r10”",
    )
