"""A row and the Record its link leads to: one paper or two."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.model.finding import ErrorType, Severity
from bot.model.issue import Issue, Link, Paper, Record, Week
from bot.parsing.page import parse_page
from bot.quality.row import THRESHOLD, check_rows, likeness
from tests.records import read_abstracts

TOPICS = {
    1: "sparse retrieval of legal contracts with learned term weights and inverted indexes",
    2: "photorealistic rendering of indoor scenes from procedural geometry and light probes",
    3: "speech recognition for rare dialects through phoneme alignment and noisy subtitles",
    4: "protein folding with equivariant attention over backbone torsion angles",
    5: "robot grasping learned from wrist cameras and tactile sensors in cluttered bins",
}
WEEK = Week(date(2024, 8, 12), date(2024, 8, 18))


def row(rank: int, topic: int | None = None) -> Paper:
    text = f"Explains {TOPICS[topic or rank]}; released with checkpoints."
    arxiv_id = f"2408.0000{rank}"
    return Paper(rank, f"Name{topic or rank}", text, (Link("Paper", arxiv_id),), arxiv_id)


def record(number: int, topic: int | None = None) -> Record:
    words = TOPICS[topic or number]
    return Record(f"2408.0000{number}", f"Towards {words}", f"We study {words} at scale.")


RECORDS = {record(number).arxiv_id: record(number) for number in TOPICS}


def issue(*papers: Paper) -> Issue:
    return Issue("2024-08-12", WEEK, "Top AI Papers of the Week", papers)


def test_rows_that_fit_give_no_finding() -> None:
    assert check_rows(issue(*map(row, TOPICS)), RECORDS) == []


def test_a_row_with_another_paper_s_link_is_a_major_finding() -> None:
    (finding,) = check_rows(issue(row(1), replace(row(2), arxiv_id="2408.00005")), RECORDS)
    assert (finding.key, finding.check) == ("2024-08-12/2", "row_paper")
    assert (finding.type, finding.severity) == (ErrorType.SOURCE, Severity.MAJOR)
    assert finding.evidence == "2408.00005"
    assert "shares too little" in finding.message


def test_of_two_rows_with_one_id_the_one_it_fits_keeps_it() -> None:
    """2024-08-12: rank 8 has rank 10's id."""
    papers = (row(1), replace(row(2), arxiv_id="2408.00003"), row(3))
    (finding,) = check_rows(issue(*papers), RECORDS)
    assert finding.key == "2024-08-12/2"
    assert finding.severity is Severity.MAJOR
    assert "is linked by ranks 2 and 3" in finding.message


def test_where_the_record_is_unknown_both_rows_with_one_id_are_doubted() -> None:
    papers = (replace(row(2), arxiv_id="2408.00003"), row(3))
    findings = check_rows(issue(*papers), {})
    assert [finding.key for finding in findings] == ["2024-08-12/2", "2024-08-12/3"]


def test_where_both_rows_fit_the_record_neither_is_believed() -> None:
    papers = (row(3), replace(row(3), rank=4))
    assert len(check_rows(issue(*papers), RECORDS)) == 2


def test_where_most_records_do_not_fit_it_is_the_comparison_that_does_not() -> None:
    """Nothing is left out then, but it is told."""
    shifted = {f"2408.0000{n}": record(n, topic=n % 5 + 1) for n in TOPICS}
    findings = check_rows(issue(*map(row, TOPICS)), shifted)
    assert [finding.severity for finding in findings] == [Severity.MINOR] * 5


def test_too_few_words_prove_nothing() -> None:
    short = replace(row(1), name="Owl", summary="An owl.")
    assert check_rows(issue(short), RECORDS) == []
    bare = {"2408.00001": Record("2408.00001", "Owls", "")}
    assert check_rows(issue(row(1)), bare) == []
    assert check_rows(issue(replace(row(1), arxiv_id=None)), RECORDS) == []


def test_nothing_has_nothing_in_common() -> None:
    assert likeness(Paper(1, "", ""), Record("2408.00001", "", "")) == 0


def test_the_real_pairs_stand_apart_from_shuffled_ones(shared: Path) -> None:
    """The table in the module's docstring, measured again."""
    page = shared / "data" / "dair" / "snapshot" / "years" / "2023.md"
    issues = parse_page(page.read_text(encoding="utf-8"), url="years/2023.md").issues
    abstracts = {id_: Record(id_, "", text) for id_, text in read_abstracts(shared).items()}
    low, found, shuffled = [], 0, 0
    for one in issues:
        known = [paper for paper in one.papers if paper.arxiv_id in abstracts]
        for paper in known:
            for other in known:
                score = likeness(paper, abstracts[str(other.arxiv_id)])
                if paper is other:
                    low += [f"{one.key}/{paper.rank}"] if score < THRESHOLD else []
                else:
                    found += score < THRESHOLD
                    shuffled += 1
    assert low == ["2023-06-12/7"]
    assert shuffled == 700
    assert found / shuffled > 0.94


def test_the_real_row_with_another_row_s_id_is_found(shared: Path) -> None:
    page = shared / "data" / "dair" / "snapshot" / "years" / "2024.md"
    issues = parse_page(page.read_text(encoding="utf-8"), url="years/2024.md").issues
    (one,) = [issue for issue in issues if issue.key == "2024-08-12"]
    assert {finding.key for finding in check_rows(one, {})} == {"2024-08-12/8", "2024-08-12/10"}
