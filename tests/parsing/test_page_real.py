"""The real snapshot: every issue, every row, every link; counted a second, simpler way."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.model.issue import Issue
from bot.parsing.links import is_http
from bot.parsing.page import parse_page

pytestmark = pytest.mark.shared
_ROW = re.compile(r"^\|\s*\**\s*\d+\s*[).]")
_LINK = re.compile(r"\[[^\]]*\]\([^)]*\)")


@pytest.fixture(scope="module")
def texts(shared: Path) -> dict[str, str]:
    years = shared / "data" / "dair" / "snapshot" / "years"
    return {file.name: file.read_text(encoding="utf-8") for file in sorted(years.glob("*.md"))}


@pytest.fixture(scope="module")
def issues(texts: dict[str, str]) -> list[Issue]:
    pages = [parse_page(text, url=f"https://a.example/{name}") for name, text in texts.items()]
    assert [problem for page in pages for problem in page.problems] == []
    return [issue for page in pages for issue in page.issues]


def test_there_are_116_issues_of_ten_papers(issues: list[Issue]) -> None:
    assert len(issues) == 116
    assert len({issue.key for issue in issues}) == 116
    for issue in issues:
        assert [paper.rank for paper in issue.papers] == list(range(1, 11)), issue.key


def test_every_paper_has_a_name_a_text_and_a_link(issues: list[Issue]) -> None:
    for issue in issues:
        for paper in issue.papers:
            place = f"{issue.key}/{paper.rank}"
            assert 1 < len(paper.name) < 160, place
            assert "*" not in paper.name, place
            assert len(paper.summary) > 20, place
            assert "●" not in paper.summary, place
            assert not re.search(r"<br", paper.summary), place
            assert paper.summary[0] not in "-–*:|", place
            assert any(is_http(link.url) for link in paper.links), place


def test_every_link_of_the_last_column_is_there(issues: list[Issue], texts: dict[str, str]) -> None:
    """A second reading: the part behind the last border, and nothing but ``[…](…)``."""
    lines = [line for text in texts.values() for line in text.splitlines() if _ROW.match(line)]
    cells = [line.rstrip(" |").rpartition("|")[2] for line in lines]
    expected = [tuple(_LINK.findall(cell)) for cell in cells]
    found = [
        tuple(f"[{link.label}]({link.url})" for link in paper.links)
        for year in sorted({issue.week.last.year for issue in issues})
        for issue in issues
        if issue.week.last.year == year
        for paper in issue.papers
    ]
    assert sorted(found) == sorted(expected)
    assert sum(map(len, found)) == 2_342


def test_every_bullet_is_a_line(issues: list[Issue], texts: dict[str, str]) -> None:
    lines = [
        line for issue in issues for paper in issue.papers for line in paper.summary.split("\n")
    ]
    bullets = sum(text.count("<br>●") for text in texts.values())
    assert sum(line.startswith("- ") for line in lines) == bullets == 3_084


def test_every_word_of_the_rows_is_kept(issues: list[Issue], texts: dict[str, str]) -> None:
    """Nothing but marks, breaks and ranks gets lost between the row and the Paper."""
    source = " ".join(
        line for text in texts.values() for line in text.splitlines() if _ROW.match(line)
    )
    kept = " ".join(
        " ".join([paper.name, paper.summary, *(f"{one.label} {one.url}" for one in paper.links)])
        for issue in issues
        for paper in issue.papers
    )
    words = re.compile(r"[^\W\d_]{4,}")
    missing = set(words.findall(source)) - set(words.findall(kept))
    assert missing == set()


def test_the_anchors_are_those_of_the_index(issues: list[Issue], shared: Path) -> None:
    index = (shared / "data" / "dair" / "snapshot" / "README.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"\(years/(20(?:23|24|26)\.md#[^)]+)\)", index))
    found = {(issue.url or "").removeprefix("https://a.example/") for issue in issues}
    assert listed <= found


def test_the_index_shows_no_issue(shared: Path) -> None:
    index = (shared / "data" / "dair" / "snapshot" / "README.md").read_text(encoding="utf-8")
    assert parse_page(index).issues == ()
