"""Pages in every form the source has used, with words of our own."""

from __future__ import annotations

from datetime import date

import pytest

from bot.errors import ParseError
from bot.model.issue import Issue, Link, Page, Paper
from bot.parsing.page import parse_page
from bot.parsing.week import parse_week

HEADING = "## Top ML Papers of the Week (January 29 - February 4) - 2024"
TABLE = "| **Paper**  | **Links** |\n| ------------- | ------------- |"


def a_page(*rows: str, heading: str = HEADING) -> str:
    return "\n".join(["# Papers", "", heading, TABLE, *rows, ""])


def only_issue(page: Page) -> Issue:
    (issue,) = page.issues
    return issue


def only_paper(*rows: str) -> Paper:
    page = parse_page(a_page(*rows))
    assert page.problems == ()
    (paper,) = only_issue(page).papers
    return paper


@pytest.mark.parametrize(
    "row",
    [
        "| 3) **Sieve** - sorts numbers | [Paper](https://a.example/1) |",
        "| 3 ) **Sieve** - sorts numbers | [Paper](https://a.example/1) |",
        "| 3. **Sieve** - sorts numbers | [Paper](https://a.example/1) |",
        "| 3). **Sieve** -- sorts numbers | [Paper](https://a.example/1) |",
        "| **3). Sieve** - sorts numbers | [Paper](https://a.example/1) |",
        "|**3) Sieve** – sorts numbers|[Paper](https://a.example/1)|",
        "| **3).**  **Sieve** - sorts numbers | [Paper](https://a.example/1) |",
        "| **3).**  **Sieve -** sorts numbers | [Paper](https://a.example/1) |",
        "| **3).**  **Sieve - sorts** numbers | [Paper](https://a.example/1) |",
        "| 3) ****Sieve**** - - sorts numbers | [Paper](https://a.example/1) |",
        "| 3)  **Sieve**  -sorts numbers | [Paper](https://a.example/1) |",
        "| 3) ** Sieve ** sorts numbers | [Paper](https://a.example/1) |",
        "| 3) *Sieve** - sorts numbers | [Paper](https://a.example/1) |",
        "| 3) **Sieve - sorts numbers | [Paper](https://a.example/1) |",
        "| 3) **Sieve:** sorts numbers | [Paper](https://a.example/1) |",
        "| 3) __Sieve__ - sorts numbers | [Paper](https://a.example/1) |",
        "| 3) [Sieve](https://a.example) - sorts numbers | [Paper](https://a.example/1) |",
        "| 3) **Sieve** - Sieve - sorts numbers | [Paper](https://a.example/1) |",
        "| 3) Sieve  sorts numbers | [Paper](https://a.example/1) |",
        "| 3) Sieve - sorts numbers | [Paper](https://a.example/1) |",
        "| 3) Sieve: sorts numbers | [Paper](https://a.example/1) |",
        "| 3) **Sieve** - sorts numbers | [Paper](https://a.example/1)",
        "3) **Sieve** - sorts numbers | [Paper](https://a.example/1) |",
        "| 3) **Sieve** - sorts numbers  [Paper](https://a.example/1)  |",
        "| 3) **Sieve** - sorts numbers || [Paper](https://a.example/1) ||",
        "| 3) **Sieve** - sorts\n numbers | [Paper](https://a.example/1) |",
        "| 3) **Sieve** - sorts numbers\n\n| [Paper](https://a.example/1) |",
        "| 3) **Sieve** - sorts numbers"
        + " " * 400
        + "| [Paper](https://a.example/1)"
        + " " * 90
        + "|",
    ],
)
def test_a_row_is_read_however_it_is_written(row: str) -> None:
    paper = only_paper(row)
    assert (paper.rank, paper.name) == (3, "Sieve")
    assert paper.summary.split() == ["sorts", "numbers"]
    assert paper.links == (Link("Paper", "https://a.example/1"),)


@pytest.mark.parametrize(
    ("cell", "name", "text"),
    [
        (
            "**Sieve: Sorting at Scale** - Big Sieve - sorts",
            "Sieve: Sorting at Scale",
            "Big Sieve - sorts",
        ),
        ("**Q\\&A Nets** - answers R\\&D questions", "Q&A Nets", "answers R&D questions"),
        ("**Sieve models**: a catalog** - lists models", "Sieve models: a catalog", "lists models"),
        ("**Sieve models**: a catalog**", "Sieve models: a catalog", ""),
        ("A Short Tour of Sieves. A fine overview.", "A Short Tour of Sieves", "A fine overview."),
        (
            "s1: Simple Sieves  A team - of two - shows",
            "s1: Simple Sieves",
            "A team - of two - shows",
        ),
        ("Sieves vs. Nets - compares", "Sieves vs. Nets", "compares"),
        ("Sieve <br>● fast", "Sieve", "- fast"),
        (
            "**Sieve** - finds a tool called **Net** in texts",
            "Sieve",
            "finds a tool called **Net** in texts",
        ),
        ("**Sieve** | shows p(a | b) | c", "Sieve", "| shows p(a | b) | c"),
        ("**A* Search** - finds paths", "A* Search", "finds paths"),
        ("Sieves", "Sieves", ""),
        ("sorts " + "and sorts " * 20, "", "sorts " + "and sorts " * 20),
    ],
)
def test_name_and_text_are_parted(cell: str, name: str, text: str) -> None:
    page = parse_page(a_page(f"| 3) {cell} | [Paper](https://a.example/1) |"))
    (paper,) = only_issue(page).papers
    assert (paper.name, paper.summary) == (name, text.strip())


def test_bullets_become_markdown_lines_and_keep_case_and_links() -> None:
    paper = only_paper(
        "| 1) **OLMo** - Trains LLMs; see [the code](https://a.example/code).  <br>● Data: the Pile"
        "  <br>● ~3x faster<br/>than RAG<BR>• $26$ `a\\|b` | [Paper](https://a.example/1) |"
    )
    assert paper.summary.splitlines() == [
        "Trains LLMs; see [the code](https://a.example/code).",
        "- Data: the Pile",
        "- ~3x faster than RAG",
        "- $26$ `a|b`",
    ]


def test_a_break_without_a_bullet_begins_a_paragraph() -> None:
    paper = only_paper("| 1) **S** - one<br>two<br>- three | [P](https://a.example) |")
    assert paper.summary == "one\n\ntwo\n- three"


ONE, TWO = "https://a.example/1", "https://a.example/2"


@pytest.mark.parametrize(
    ("cell", "links"),
    [
        (f"[Paper]({ONE}) , [Tweet]()", [("Paper", ONE), ("Tweet", "")]),
        (f"[System Card]({ONE}_(b)),[Tweet](X)", [("System Card", f"{ONE}_(b)"), ("Tweet", "X")]),
        (f"[Paper] ({ONE})[Code]({TWO})", [("Paper", ONE), ("Code", TWO)]),
        (f"[Paper].({ONE})", [("Paper", ONE)]),
        (f"[Paper][{ONE}], [Tweet][({TWO})", [("Paper", ONE), ("Tweet", TWO)]),
        (f"[Paper]([XXX]({ONE})), [Tweet](({TWO})", [("Paper", ONE), ("Tweet", TWO)]),
        (f"[Paper]({ONE}, [Tweet]({TWO})", [("Paper", ONE), ("Tweet", TWO)]),
        (f"[Paper]({ONE})), [Tweet)]({TWO})", [("Paper", ONE), ("Tweet)", TWO)]),
        (f"Project({ONE}) [Paper](<{TWO}>)", [("Project", ONE), ("Paper", TWO)]),
        (ONE, [("", ONE)]),
        (f"[Paper]({ONE}) | [tweet]({TWO}?s=20)_", [("Paper", ONE), ("tweet", f"{TWO}?s=20")]),
        (f"[Tweet]({ONE}\\_a)]({ONE}\\_a), [Code]({TWO})", [("Tweet", f"{ONE}_a"), ("Code", TWO)]),
        (f'[Paper]({ONE} "title")', [("Paper", ONE)]),
    ],
)
def test_every_link_of_the_last_column_is_kept(cell: str, links: list[tuple[str, str]]) -> None:
    paper = only_paper(f"| 1) **Sieve** - see [it](https://a.example/in) | {cell} |")
    assert [(link.label, link.url) for link in paper.links] == links
    assert paper.summary == "see [it](https://a.example/in)"


def test_a_placeholder_cell_is_no_link_and_no_text() -> None:
    page = parse_page(a_page("| 6) **XXX** - XXX | Content Cell |"))
    (paper,) = only_issue(page).papers
    assert (paper.name, paper.summary, paper.links) == ("XXX", "XXX", ())
    assert [problem.reason for problem in page.problems] == ["rank 6 has no link"]


@pytest.mark.parametrize(
    ("url", "arxiv_id"),
    [
        ("https://arxiv.org/abs/2401.00001v3", "2401.00001"),
        ("https://www.arxiv.org/abs//2401.00001", "2401.00001"),
        ("http://arxiv.org/pdf/2401.00001.pdf", "2401.00001"),
        ("https://arxiv.org/abs/cs.CL/0112017", "cs.cl/0112017"),
        ("https://huggingface.co/papers/2401.00001", "2401.00001"),
        ("https://doi.org/10.48550/arXiv.2401.00001", "2401.00001"),
        ("https://example.org/abs/2401.00001", None),
        ("https://notarxiv.example/abs/2401.00001", None),
        ("", None),
    ],
)
def test_the_arxiv_id_comes_from_the_rows_own_links(url: str, arxiv_id: str | None) -> None:
    text, code = "[see](https://arxiv.org/abs/2312.99999) it", "[Code](https://a.example)"
    row = f"| 1) **S** - {text} | {code}, [Paper]({url}) |"
    assert only_issue(parse_page(a_page(row))).papers[0].arxiv_id == arxiv_id


def test_the_link_called_paper_tells_the_id() -> None:
    paper = only_paper(
        "| 1) **S** - t | [Data](https://arxiv.org/abs/2301.00001),"
        " [Paper](https://arxiv.org/abs/2401.00002) |"
    )
    assert paper.arxiv_id == "2401.00002"


@pytest.mark.parametrize(
    ("heading", "first", "last"),
    [
        (
            "## Top ML Papers of the Week (January 29 - February 4) - 2024",
            "2024-01-29",
            "2024-02-04",
        ),
        ("### Top AI Papers of the Week (March4 - March 10) - 2024", "2024-03-04", "2024-03-10"),
        (
            "## Top AI Papers of the Week (December 29 - January 4) - 2026",
            "2025-12-29",
            "2026-01-04",
        ),
        ("## Papers of the Week (Dec. 29, 2025 – Jan 4, 2026)", "2025-12-29", "2026-01-04"),
        ("## Papers of the Week (Dec 29, 2025 - Jan 4)", "2025-12-29", "2026-01-04"),
        ("## Papers of the Week: June 21st to June 28th, 2026", "2026-06-21", "2026-06-28"),
        ("**Papers of the Week (Jan 1-8) - 2023:**", "2023-01-01", "2023-01-08"),
    ],
)
def test_headings_give_their_days(heading: str, first: str, last: str) -> None:
    issue = only_issue(
        parse_page(a_page("| 1) **S** - t | [P](https://a.example) |", heading=heading))
    )
    assert (str(issue.week.first), str(issue.week.last), issue.key) == (first, last, first)
    assert len(issue.papers) == 1


@pytest.mark.parametrize(
    ("heading", "reason"),
    [
        ("## Papers of the Week (February 24 - February 30) - 2024", "the calendar does not have"),
        ("## Papers of the Week (March 10 - March 4) - 2024", "cannot be a week"),
        ("## Papers of the Week (March 99 - April 4) - 2024", "the calendar does not have"),
    ],
)
def test_days_that_cannot_be_are_reported_and_the_rest_is_read(heading: str, reason: str) -> None:
    row = "| 1) **S** - t | [P](https://a.example) |"
    page = parse_page(a_page(row, heading=heading) + a_page(row))
    assert [issue.key for issue in page.issues] == ["2024-01-29"]
    (problem,) = page.problems
    assert problem.line == 3
    assert reason in problem.reason


def test_a_heading_without_days_is_an_error_of_its_own() -> None:
    with pytest.raises(ParseError, match="without a range of days: Papers"):
        parse_week("Papers of the Week", 2024)
    with pytest.raises(ParseError, match="without a year"):
        parse_week("(May 1 - May 7)", None)


def dates(*headings: str, title: str = "# Papers", url: str | None = None) -> list[date]:
    page = parse_page("\n".join([title, *(f"## Week ({heading}" for heading in headings)]), url=url)
    return [issue.week.last for issue in page.issues]


def test_undated_headings_take_the_year_of_their_dated_neighbours() -> None:
    assert dates("Jan 6 - Jan 12) - 2025", "Jan 1 - Jan 5)", "Dec 23 - Dec 29)", "Jan 2-8)") == [
        date(2025, 1, 12),
        date(2025, 1, 5),
        date(2024, 12, 29),
        date(2024, 1, 8),
    ]
    assert dates("Jan 6 - Jan 12)", "Dec 23 - Dec 29) - 2024")[0] == date(2025, 1, 12)


def test_a_page_without_any_year_ends_in_january_2023() -> None:
    """The series began then; the clock has no say, and the page runs on into the next year."""
    days = dates("January 1 - January 7)", "Dec 25 - Dec 31)", "June 5 - June 11)", "Jan 1-8)")
    assert [day.year for day in days] == [2024, 2023, 2023, 2023]


@pytest.mark.parametrize(
    ("heading", "last"),
    [
        ("December 29 - January 4) - 2025", date(2026, 1, 4)),
        ("January 5 - January 11) - 2025", date(2026, 1, 11)),
        ("February 24 - February 29) - 2024", date(2024, 2, 29)),
        ("June 1 - June 7) - 2025", date(2025, 6, 7)),
    ],
)
def test_last_years_number_in_january_is_a_slip(heading: str, last: date) -> None:
    """What stands below shows it; the reader of the preview is told."""
    text = f"## Week ({heading}\n## Week (December 22 - December 28) - 2025\n"
    issue = parse_page(text).issues[0 if last.year == 2026 else 1]
    assert issue.week.last == last
    assert bool(issue.notes) == (last.year == 2026)


@pytest.mark.parametrize(
    ("title", "url"),
    [("# Papers — 2025", None), ("# Papers", "https://a.example/blob/main/years/2025.md")],
)
def test_a_pages_own_year_counts_for_its_headings(title: str, url: str | None) -> None:
    days = dates("Dec 29 - Jan 4)", "Dec 22 - Dec 28)", "Jan 6 - Jan 12)", title=title, url=url)
    assert days == [date(2026, 1, 4), date(2025, 12, 28), date(2025, 1, 12)]


def test_issues_come_newest_first_and_point_at_their_heading() -> None:
    text = (
        f"{HEADING.replace('29', '28')}\n{HEADING}\n## Top ML Papers of the Week "
        f"(March 4 - March 10) - 2024\n{HEADING}\n## 👋 About *us*!\n"
    )
    issues = parse_page(text, url="https://a.example/years/2024.md").issues
    anchors = [(issue.url or "").partition("#")[2] for issue in issues]
    assert anchors == [
        "top-ml-papers-of-the-week-march-4---march-10---2024",
        "top-ml-papers-of-the-week-january-29---february-4---2024",
        "top-ml-papers-of-the-week-january-29---february-4---2024-1",
        "top-ml-papers-of-the-week-january-28---february-4---2024",
    ]
    assert issues[0].title == "Top ML Papers of the Week (March 4 - March 10) - 2024"
    assert issues[0].papers == ()
    assert only_issue(parse_page(HEADING)).url is None


def test_an_index_and_other_headings_are_no_issues() -> None:
    text = (
        "# AI Papers of the Week\n## 2026\n"
        "- [Top AI Papers of the Week (June 1 - June 7)](years/2026.md#x)\n"
        "## About the week of June 1 - June 7\n## Contact (May 1-7)\ntext\n"
    )
    page = parse_page(text)
    assert [issue.title for issue in page.issues] == ["About the week of June 1 - June 7"]


def test_what_cannot_be_read_is_reported_with_its_line() -> None:
    page = parse_page(
        a_page(
            "| 1) **S** - t | [P](https://a.example) |",
            "| A row without a rank | [P](https://a.example) |",
            "| 2) **T** - " + "t" * 100_001 + " | [P](https://a.example) |",
            "| 3) **U** - t | |",
            "We use tools to pick the papers.",
        )
        + "## A heading of no week\n| 1) **S** - t | [P](https://a.example) |\n"
    )
    assert [paper.rank for paper in only_issue(page).papers] == [1, 3]
    assert [(problem.line, problem.reason[:40]) for problem in page.problems] == [
        (7, "table row without a rank"),
        (8, "row of 100041 characters is not read"),
        (9, "rank 3 has no link"),
        (11, "1 rows under the heading 'A heading of n"),
    ]


def test_rows_before_any_heading_are_reported() -> None:
    page = parse_page("| 1) **S** - t | [P](https://a.example) |\n# Papers\n")
    assert page.issues == ()
    assert page.problems[0].reason == "1 rows under no heading, which tells no week"


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html><html><body><h1>502</h1></body></html>",
        "\ufeff \n<html>\n",
        '<?xml version="1.0"?>\n<html/>',
        "",
        "404: Not Found",
        '{"message": "Bad credentials"}',
    ],
)
def test_an_error_page_is_no_page(text: str) -> None:
    with pytest.raises(ParseError, match="is kept"):
        parse_page(text, url="https://a.example/README.md")


def test_line_ends_and_byte_order_marks_do_not_matter() -> None:
    text = a_page("| 1) **S** - t | [P](https://a.example) |")
    assert parse_page("\ufeff" + text.replace("\n", "\r\n")) == parse_page(text)
