"""The same week from two sources: one Issue, and a note where they disagree."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.model.issue import Issue, Link, Paper, Week
from bot.planning.completeness import find_gaps
from bot.planning.merge import merge_sources

FIRST = date(2024, 1, 29)
LETTER_URL = "https://letter.example.org/p/week"


def paper(rank: int, *, name: str = "", week: date = FIRST) -> Paper:
    arxiv_id = f"{week:%y%m}.{week.day:02}{rank:03}"
    link = Link("Paper", f"https://arxiv.org/abs/{arxiv_id}")
    return Paper(rank, name or f"Name {week:%m%d} {rank}", f"Text {rank}", (link,), arxiv_id)


def page(ranks: range = range(1, 11), *, first: date = FIRST, **changes: object) -> Issue:
    issue = Issue(
        key=first.isoformat(),
        week=Week(first, first + timedelta(days=6)),
        title="Top AI Papers of the Week",
        papers=tuple(paper(rank, week=first) for rank in ranks),
        url="https://pages.example.org/years/2024.md#week",
    )
    return replace(issue, **changes)  # type: ignore[arg-type]  # any field


def letter(ranks: range = range(1, 11), *, first: date = FIRST, **changes: object) -> Issue:
    changed = {"url": None, "newsletter_url": LETTER_URL, **changes}
    return page(ranks, first=first, **changed)


def merge_one(one: Issue, other: Issue) -> Issue:
    (issue,) = merge_sources([one], [other])
    return issue


def test_where_both_agree_the_page_stands_with_the_newsletter_s_address() -> None:
    assert merge_one(page(), letter()) == page(newsletter_url=LETTER_URL)


def test_rewritten_texts_are_no_disagreement() -> None:
    other = letter(papers=tuple(replace(row, summary="Otherwise") for row in page().papers))
    assert merge_one(page(), other).notes == ()
    assert merge_one(page(), other).papers == page().papers


def test_a_complete_page_is_believed_and_the_difference_named() -> None:
    others = list(page().papers)
    others[2] = paper(77, week=FIRST)
    others[2] = replace(others[2], rank=3, name="Another")
    del others[9]
    issue = merge_one(page(), letter(papers=tuple(others)))
    assert issue.papers == page().papers
    assert issue.notes == (
        "the repository was believed, it is complete; the newsletter differs in "
        "rank 3 (link, there 2401.29077), rank 10 (missing there)",
    )


def test_many_differences_are_counted_not_listed() -> None:
    issue = merge_one(page(), letter(range(1, 4)))
    assert issue.notes[0].endswith("rank 8 (missing there) and 2 more")


def test_rows_the_page_lacks_come_from_the_newsletter() -> None:
    issue = merge_one(page(range(1, 9)), letter())
    assert [row.rank for row in issue.papers] == list(range(1, 11))
    assert issue.notes == (
        "filled in from the newsletter, as in the repository ranks 9, 10 are missing",
    )


def test_parts_the_page_lacks_come_from_the_newsletter() -> None:
    """A template row is filled by rank; a named one keeps what it has."""
    rows = list(page().papers)
    rows[3] = Paper(4, "xxx", "xxxx", (Link("Paper", ""),))
    rows[4] = replace(rows[4], name="Own name", summary="")
    issue = merge_one(page(papers=tuple(rows)), letter())
    assert issue.papers[3] == paper(4)
    assert (issue.papers[4].name, issue.papers[4].summary) == ("Own name", "Text 5")
    assert not find_gaps(issue, 10)


def test_a_paper_that_stands_at_another_rank_is_not_doubled() -> None:
    rows = (*page(range(1, 9)).papers, replace(paper(10), rank=9))
    issue = merge_one(page(papers=rows), letter())
    assert [row.arxiv_id for row in issue.papers].count("2401.29010") == 1


def test_other_papers_under_the_same_days_are_not_mixed() -> None:
    """Last week's heading over this week's rows has stood for a minute, six times."""
    rows = page(range(1, 8), first=FIRST + timedelta(days=7)).papers
    issue = merge_one(page(papers=rows), letter())
    assert issue.papers == rows
    assert issue.notes == ("the repository was believed: the newsletter lists other papers",)


def test_one_row_that_both_have_is_agreement_enough() -> None:
    assert len(merge_one(page(range(2, 3)), letter()).papers) == 10


def test_a_newsletter_without_readable_papers_still_gives_its_address() -> None:
    issue = merge_one(page(range(1, 5)), letter(papers=()))
    assert issue == page(range(1, 5), newsletter_url=LETTER_URL)


def test_a_gap_that_both_have_is_said() -> None:
    issue = merge_one(page(range(1, 10)), letter(range(1, 10)))
    assert issue.notes == (
        "the repository was believed; the newsletter lacks this too: rank 10 is missing",
    )


def test_days_that_differ_by_one_are_the_same_week() -> None:
    other = letter(
        week=Week(FIRST + timedelta(days=1), FIRST + timedelta(days=7)), key="2024-01-30"
    )
    issue = merge_one(page(), other)
    assert (issue.key, issue.week) == ("2024-01-29", page().week)


def test_the_same_papers_under_other_days_are_the_same_week() -> None:
    other = letter(week=Week(FIRST + timedelta(days=6), FIRST + timedelta(days=12)))
    assert merge_one(page(), other).key == "2024-01-29"


def test_a_week_of_one_source_alone_stands() -> None:
    next_week = FIRST + timedelta(days=7)
    issues = merge_sources([page()], [letter(first=next_week)])
    assert [issue.key for issue in issues] == ["2024-02-05", "2024-01-29"]
    assert issues[0].notes == ("only the newsletter has this week so far",)
    assert issues[1] == page()


def test_two_tables_under_one_heading_both_stay() -> None:
    """Which of them counts is for the decision, which holds."""
    rows = page(first=FIRST + timedelta(days=7)).papers
    issues = merge_sources([page(), page(papers=rows)], [letter()])
    assert len(issues) == 2


@given(
    st.lists(st.integers(0, 8), unique=True, max_size=6),
    st.lists(st.integers(0, 8), unique=True, max_size=6),
    st.integers(0, 10),
)
def test_every_week_of_either_source_is_there_once(
    here: list[int], there: list[int], most: int
) -> None:
    def day(place: int) -> date:
        return FIRST + timedelta(days=7 * place)

    pages = [page(first=day(place)) for place in here]
    letters = [letter(range(1, most + 1), first=day(place)) for place in there]
    keys = [issue.key for issue in merge_sources(pages, letters)]
    expected = {day(place).isoformat() for place in {*here, *there}}
    assert keys == sorted(expected, reverse=True)
