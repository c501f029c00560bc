"""Identity: whatever the source does to a heading, a file or a text, one week has one topic."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.decision import State, Verdict
from bot.model.issue import Issue, Link, Paper, Week
from bot.planning.changes import find_changes
from bot.planning.completeness import find_gaps
from bot.planning.identity import match_issues
from bot.planning.known import approve
from bot.planning.marks import mark, overlap_days
from tests.planning.weeks import (
    DAY,
    HOUR,
    MONDAY,
    NOW,
    Desk,
    a_week,
    key,
    moved,
    rewritten,
    started,
    with_paper,
)

MINUTE = timedelta(minutes=1)


def test_a_heading_corrected_a_week_later_keeps_the_key_and_proposes_the_days() -> None:
    """ "January 1 - January 5" became "December 30 - January 5"."""
    desk = started(a_week())
    desk.at += 5 * DAY
    corrected = moved(a_week(), -2)
    desk.settle(corrected, hours=3)

    assert list(desk.known) == [key()]
    assert desk.log[-1].verdict is Verdict.UPDATE
    assert desk.log[-1].changes == (
        "days: 2024-03-04 to 2024-03-10 became 2024-03-02 to 2024-03-10",
    )
    assert desk.outcome.issues[key()].week == corrected.week


def test_a_heading_corrected_before_publication_is_published_once() -> None:
    desk = Desk()
    desk.look(a_week())
    desk.settle(moved(a_week(), -1))
    assert desk.published == [key()]


def test_a_mistyped_year_is_held_and_publishes_once_corrected() -> None:
    week = a_week(1).week
    wrong = replace(a_week(1), week=Week(week.first - 364 * DAY, week.last - 364 * DAY))
    desk = started(a_week(0))
    desk.settle(wrong, a_week(0), hours=5)
    assert desk.reason("2023-03-13").startswith("hold: backlog: it ended")

    desk.settle(a_week(1), a_week(0), hours=24 * 8)

    assert desk.published == ["2023-03-13"]
    assert desk.outcome.issues["2023-03-13"].week == a_week(1).week


def test_renaming_the_series_and_moving_the_file_changes_nothing() -> None:
    desk = started(a_week(0), a_week(-1))
    for issue in (a_week(0), a_week(-1)):
        assert issue.key in desk.known
    renamed = [
        replace(issue, title=f"Top AI {issue.title}", url="https://example.org/years/2024.md#x")
        for issue in (a_week(-1), a_week(0))
    ]
    desk.settle(*renamed)
    assert desk.log == []


def test_a_new_table_under_last_weeks_heading_is_held_and_then_its_own_issue() -> None:
    """It stood so for a minute, six times."""
    wrong = replace(a_week(1), key=key(0), week=a_week(0).week)
    desk = started(a_week(0))
    desk.at += 5 * DAY
    desk.settle(wrong, a_week(0), hours=2)
    assert desk.reason(key(0)).startswith("hold: two headings say 2024-03-04 to 2024-03-10")

    desk.settle(a_week(1), a_week(0), hours=24 * 3)

    assert desk.published == [key(1)]
    assert desk.outcome.issues[key(1)].papers == a_week(1).papers
    assert desk.reason(key(0)) == "ignore: as published; nothing to do"


def test_two_new_tables_under_one_heading_get_their_own_keys_once_corrected() -> None:
    wrong = replace(a_week(2), key=key(1), week=a_week(1).week)
    desk = started(a_week(0))
    desk.at += 13 * DAY
    desk.settle(wrong, a_week(1), a_week(0), hours=3)
    assert desk.reason(key(1)).startswith("hold: two headings say")

    desk.settle(a_week(2), a_week(1), a_week(0), hours=24 * 3)

    assert sorted(desk.known) == [key(0), key(1), key(2)]
    assert desk.outcome.issues[key(1)].papers == a_week(1).papers
    assert desk.outcome.issues[key(2)].papers == a_week(2).papers
    assert desk.published == [key(2)]


def test_other_papers_under_a_published_heading_are_held_never_an_update() -> None:
    desk = started(a_week(0))
    desk.settle(a_week(0, tag="other"), hours=24 * 10)
    assert {one.verdict for one in desk.log} == {Verdict.HOLD}
    assert desk.reason(key()).startswith("hold: other papers than before stand under")
    assert desk.known[key()].state is State.PUBLISHED
    desk.settle(a_week(0))
    assert desk.reason(key()) == "ignore: as published; nothing to do"


def test_other_papers_that_stay_under_an_unpublished_heading_are_taken_after_a_day() -> None:
    """Nothing is lost for good because a first table was the wrong one."""
    desk = Desk()
    desk.look(a_week(0, tag="wrong"))
    desk.settle(a_week(0), hours=24)
    assert desk.published == []
    desk.settle(a_week(0), hours=4)
    assert desk.published == [key()]
    assert desk.outcome.issues[key()].papers == a_week(0).papers


def test_last_weeks_rows_as_a_template_under_a_new_heading_are_not_published() -> None:
    template = a_week(1, tag="w0")
    desk = started(a_week(0))
    desk.at += 5 * DAY
    desk.settle(template, a_week(0), hours=5)
    assert "in doubt: its papers are those of 2024-03-04" in desk.reason(key(1))

    half = replace(template, papers=a_week(1).papers[:5] + template.papers[5:])
    desk.settle(half, a_week(0), hours=3)
    assert desk.published == []
    desk.settle(a_week(1), a_week(0), hours=3)

    assert desk.published == [key(1)]


def test_an_issue_that_vanishes_and_returns_is_not_published_twice() -> None:
    desk = started(a_week(0), a_week(-1))
    for shown in ([], [a_week(-1)], [a_week(0)], [rewritten(a_week(0)), a_week(-1)], []):
        desk.settle(*shown, hours=30)
    assert desk.published == []
    assert desk.known[key(0)].published_at


def test_an_unpublished_issue_that_vanishes_waits_for_its_return() -> None:
    desk = Desk()
    desk.look(a_week())
    desk.settle(hours=30)
    assert desk.reason(key()) == "hold: the source no longer shows it"
    desk.look(a_week(), after=HOUR)
    assert desk.published == []
    desk.look(a_week(), after=HOUR)
    assert desk.published == [key()]


def test_a_held_issue_that_vanishes_keeps_its_reason() -> None:
    desk = started(a_week(-1))
    weeks = a_week(1), a_week(0), a_week(-1)
    desk.settle(*weeks, hours=30)
    reason = desk.reason(key(0))
    assert reason.startswith("hold: backlog")
    desk.settle(hours=30)
    assert desk.reason(key(0)) == reason
    desk.known = approve(desk.known, key(0))
    desk.settle(hours=3)
    assert desk.reason(key(0)) == "hold: the source no longer shows it"
    desk.settle(*weeks, hours=3)
    assert desk.published == [key(1), key(0)]


def test_weeks_that_overlap_by_a_day_are_two() -> None:
    desk = started(a_week(0))
    desk.at += 5 * DAY
    desk.settle(moved(a_week(1), -1), a_week(0), hours=3)
    assert desk.published == ["2024-03-10"]


def test_days_that_mostly_overlap_with_other_papers_are_in_doubt() -> None:
    desk = started(a_week(0))
    desk.settle(moved(a_week(0, tag="other"), 1), a_week(0), hours=60)
    assert desk.published == []
    assert "its days are mostly those of 2024-03-04" in desk.reason("2024-03-05")


def test_a_key_taken_by_a_corrected_heading_is_not_given_again() -> None:
    """Week 1 was first shown as week 2; then the real week 2 comes."""
    wrong = replace(a_week(1), key=key(2), week=a_week(2).week)
    desk = started(a_week(0))
    desk.at += 12 * DAY
    desk.settle(wrong, a_week(0), hours=3)
    assert desk.published == [key(2)]
    desk.settle(a_week(1), a_week(0), hours=24 * 6)
    desk.settle(a_week(2), a_week(1), a_week(0), hours=24)

    assert sorted(desk.known) == [key(0), key(2), "2024-03-19"]
    assert desk.published == [key(2), "2024-03-19"]
    assert desk.outcome.issues["2024-03-19"].papers == a_week(2).papers


def test_one_week_in_two_files_is_one_issue() -> None:
    """While the layout changes, README and years/ both show it."""
    desk = started(a_week(0))
    desk.at += 6 * DAY
    desk.settle(a_week(1), a_week(0), rewritten(a_week(1)), rewritten(a_week(0)), hours=3)
    assert desk.published == [key(1)]
    assert "two headings" not in " ".join(one.reason for one in desk.log)


def test_the_great_day_publishes_the_one_new_week() -> None:
    """Rename of all, forty old weeks added, another layout, every introduction rewritten."""
    old = [a_week(-week) for week in range(1, 81) if week % 2]
    desk = started(a_week(0), *old)
    desk.at = NOW + 6 * DAY
    added = [a_week(-week) for week in range(2, 82, 2)]
    after = [rewritten(issue) for issue in [a_week(1), a_week(0), *old, *added]]
    steps = [
        [replace(issue, title="Top AI") for issue in [a_week(0), *old]],
        [],
        after[2:],
        after[:1],
        after,
    ]
    for shown in steps:
        desk.settle(*shown, hours=2)
    desk.settle(*after, hours=24 * 3)

    assert desk.published == [key(1)]
    held = [one for one in desk.known.values() if one.verdict is Verdict.HOLD]
    assert {one.key for one in held} == {issue.key for issue in added}


def test_rows_are_known_by_id_address_or_name() -> None:
    paper = Paper(1, "Q*: Search!", "", (Link("Blog", "https://www.Example.org/Post/?s=20"),))
    assert mark(paper) == ("example.org/post?", "name:qsearch")
    assert mark(Paper(1, "xxx", "", (Link("Paper", "XXX"), Link("Site", "https://x.org/")))) == ()


def test_the_days_of_two_weeks_that_do_not_meet_do_not_overlap() -> None:
    assert overlap_days(a_week(0).week, a_week(0).week) == 7
    assert overlap_days(a_week(0).week, moved(a_week(1), -1).week) == 1
    assert overlap_days(a_week(0).week, a_week(1).week) == 0


def test_very_long_texts_are_compared_within_bounds() -> None:
    long = with_paper(a_week(), 1, summary="word " * 200_000)
    longer = with_paper(a_week(), 1, summary="word " * 200_000 + "end")
    (change,) = find_changes(long.papers, longer.papers, long.week, longer.week)
    assert change.characters == 3


_EDITS = ("grow", "swap", "vanish", "move", "rewrite", "copy", "shift_days", "blank")


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_whatever_the_source_does_no_week_gets_two_topics(data: st.DataObject) -> None:
    """Each key once, complete when published, and no two topics with the same papers."""
    weeks = {number: a_week(number) for number in range(-3, 1)}
    shown = dict(weeks)
    desk = Desk()
    topics: dict[str, Issue] = {}
    for step in range(data.draw(st.integers(3, 14))):
        number = data.draw(st.integers(-3, 3))
        shown[number] = _edit(data, shown, number)
        pages = [issue for issue in shown.values() if issue.papers is not None]
        hidden = data.draw(st.sampled_from((None, number)))
        visible = [issue for name, issue in shown.items() if name != hidden]
        after = timedelta(minutes=data.draw(st.sampled_from((5, 31, 60, 60 * 25, 60 * 24 * 9))))
        for decision in desk.look(*visible, after=after).values():
            if decision.verdict is Verdict.PUBLISH:
                assert decision.key not in topics, f"twice at step {step} of {len(pages)}"
                topics[decision.key] = desk.outcome.issues[decision.key]
    assert all(not find_gaps(issue, 10) for issue in topics.values())
    rows = [frozenset(paper.arxiv_id for paper in issue.papers) for issue in topics.values()]
    for place, own in enumerate(rows):
        assert all(len(own & other) <= 5 for other in rows[:place])


def _edit(data: st.DataObject, shown: dict[int, Issue], number: int) -> Issue:
    issue = shown.get(number, a_week(number))
    match data.draw(st.sampled_from(_EDITS)):
        case "grow":
            return a_week(number, papers=data.draw(st.integers(0, 10)))
        case "swap":
            return a_week(number, tag=f"swap{data.draw(st.integers(0, 2))}{number}")
        case "move":
            return moved(issue, data.draw(st.integers(-3, 3)))
        case "rewrite":
            return rewritten(issue)
        case "copy":
            return replace(a_week(number), papers=shown.get(number - 1, issue).papers)
        case "shift_days":
            return replace(issue, week=a_week(data.draw(st.integers(-3, 3))).week)
        case "blank":
            return with_paper(issue, data.draw(st.integers(1, 10)), name="xxxx")
        case _:
            return a_week(number)


def test_matching_needs_no_known_issue() -> None:
    matching = match_issues({}, [a_week(0), a_week(1)])
    assert sorted(matching.new) == [MONDAY.isoformat(), key(1)]
