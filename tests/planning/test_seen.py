"""A paper of an earlier week is recognised, by what stands for the paper itself."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from bot.model.issue import Issue, Link, Paper, Week
from bot.parsing.page import parse_page
from bot.planning.seen import find_seen_before

FIRST = date(2024, 1, 1)


def issue(week: int, *papers: Paper) -> Issue:
    first = FIRST + timedelta(days=7 * week)
    days = Week(first, first + timedelta(days=6))
    return Issue(first.isoformat(), days, "Papers of the Week", papers)


def on_arxiv(rank: int, arxiv_id: str) -> Paper:
    return Paper(rank, f"Name {rank}", "Text", (), arxiv_id)


def elsewhere(rank: int, *links: tuple[str, str]) -> Paper:
    return Paper(rank, f"Name {rank}", "Text", tuple(Link(*link) for link in links))


def test_the_same_id_is_the_same_paper_and_the_last_week_is_named() -> None:
    earlier = [issue(1, on_arxiv(3, "2401.00001")), issue(0, on_arxiv(7, "2401.00001"))]
    now = issue(2, on_arxiv(1, "2401.00002"), on_arxiv(2, "2401.00001"))
    assert find_seen_before(now, earlier) == {2: "2024-01-08/3"}


def test_the_same_address_is_the_same_paper_outside_arxiv() -> None:
    one = elsewhere(3, ("Paper", "https://lab.example.org/report?utm_source=x"))
    two = elsewhere(1, ("Paper", "https://www.lab.example.org/report/"))
    assert find_seen_before(issue(1, two), [issue(0, one)]) == {1: "2024-01-01/3"}


def test_a_shared_tweet_or_repository_makes_no_paper() -> None:
    one = elsewhere(3, ("Paper", "https://a.example.org/1"), ("Code", "https://c.example.org/x"))
    two = elsewhere(1, ("Paper", "https://a.example.org/2"), ("Code", "https://c.example.org/x"))
    three = elsewhere(2, ("Code", "https://c.example.org/x"))
    assert find_seen_before(issue(1, two, three), [issue(0, one, three)]) == {}


def test_the_issue_itself_and_later_ones_do_not_count() -> None:
    now = issue(1, on_arxiv(1, "2401.00001"))
    assert find_seen_before(now, [now, issue(2, on_arxiv(1, "2401.00001"))]) == {}


def test_the_real_pages_repeat_few_papers(shared: Path) -> None:
    """A paper comes back now and then; a mark shared by many would show here."""
    issues = [
        issue
        for year in (2023, 2024, 2026)
        for issue in parse_page(
            (shared / f"data/dair/snapshot/years/{year}.md").read_text(encoding="utf-8"),
            url=f"years/{year}.md",
        ).issues
    ]
    repeated = sum(len(find_seen_before(one, issues)) for one in issues)
    assert repeated == 3
