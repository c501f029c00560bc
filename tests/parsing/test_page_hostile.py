"""Pages that mean harm, or were cut: bounded time, no crash, no invention."""

from __future__ import annotations

import contextlib
import random
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.errors import ParseError
from bot.model.issue import Page
from bot.parsing.bullets import parse_summary
from bot.parsing.links import find_links
from bot.parsing.name import parse_name
from bot.parsing.page import parse_page
from bot.parsing.row import find_paper
from bot.parsing.week import parse_week

HEADING = "## Papers of the Week (January 29 - February 4) - 2024\n"
ROW = (
    "| 3) **Sieve: Sort** - sorts [it](https://a.example) <br>● well "
    "| [Paper](https://arxiv.org/abs/2401.00003), [Tweet]() |\n"
)
PAGE = "# Papers — 2024\n" + HEADING + ROW * 4 + HEADING.replace("29", "22") + ROW * 2
PIECES = st.sampled_from(
    ["|", "**", "*", "#", "## ", "- ", "[", "](", ")", "(", "<br>", "●", "\n", "\r", " ", "  ",
     "\t", "1)", "10).", "January", "Feb 30", " - ", "2024", "https://", "\\", "`", "$", "\x00",
     "\u2028", "\u0085", "한국어", "xxx", HEADING, ROW]
)  # fmt: skip


def parse(text: str) -> Page | None:
    try:
        return parse_page(text, url="https://a.example/years/2024.md")
    except ParseError:
        return None


@settings(deadline=None, max_examples=300)
@given(st.one_of(st.text(), st.lists(PIECES, max_size=60).map("".join)))
@example("# a\n## Week (Jan 1-8) - 0000")
@example("# a\n## Week (Dec 31 - Jan 1)")
def test_any_text_is_read_or_refused(text: str) -> None:
    page = parse(text)
    if page:
        assert page.issues == tuple(sorted(page.issues, key=lambda one: one.week, reverse=True))


@settings(deadline=None, max_examples=200)
@given(st.integers(0, len(PAGE)), st.integers(0, 40), st.lists(PIECES, max_size=5).map("".join))
def test_a_damaged_page_gives_no_paper_that_it_does_not_show(
    place: int, cut: int, piece: str
) -> None:
    damaged = PAGE[:place] + piece + PAGE[place + cut :]
    page = parse(damaged)
    for issue in page.issues if page else ():
        for paper in issue.papers:
            assert str(paper.rank) in damaged
            assert all(
                link.url.replace("\\", "") in damaged.replace("\\", "") for link in paper.links
            )


@settings(deadline=None)
@given(st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join)))
def test_the_parts_of_a_row_take_any_text(text: str) -> None:
    find_links(text)
    parse_summary(text)
    parse_name(text)
    find_paper(text)
    with contextlib.suppress(ParseError):
        parse_week(text, 2024)


@pytest.mark.parametrize(
    "unit",
    ["|", "-", "| ", "* ", "**", "[", "](", "[a](", "(", "# ", " ", "\t", "<br", "1) ", "\n1)",
     "\n| 1) a", "[a](https://a.example)", "(https://", "a ", "\\|", "| | 1)", "\n● a", "Feb ",
     "`", "1) **a", "\n" + HEADING, "\n- \n|x", "January 1 - ", "__", "\n# a"],
)  # fmt: skip
def test_a_megabyte_of_anything_takes_seconds(unit: str) -> None:
    body = unit * (1_000_000 // len(unit))
    for text in (
        HEADING + body,
        HEADING + "| 1) **S** - t\n" + body,
        f"# {body}",
        f"{HEADING}| 1) {body[:99_000]}",
    ):
        begin = time.process_time()
        parse(text)
        assert time.process_time() - begin < 5


def test_a_page_of_thousands_of_issues_is_cut_and_says_so() -> None:
    headings = "\n".join(
        f"## Week (January {day % 28 + 1} - January {day % 28 + 2}) - {2000 + day % 99}"
        for day in range(1_200)
    )
    page = parse_page(f"# P\n{headings}\n" + "| 1) a\n" * 150)
    assert len(page.issues) == 1_000
    assert page.problems[-1].reason == "200 issues too many for one page"

    page = parse_page(HEADING + ROW * 150)
    assert len(page.issues[0].papers) == 100
    assert page.problems[-1].reason == "50 rows too many for one issue"


def test_a_cut_page_loses_only_what_was_cut() -> None:
    whole = parse_page(PAGE).issues
    for place in random.Random(3).sample(range(len(HEADING) + 20, len(PAGE)), 60):
        page = parse_page(PAGE[:place])
        assert page.issues[-1].week in {issue.week for issue in whole} or place < 80
        assert len(page.issues) <= 2
