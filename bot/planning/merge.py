"""The same week from the repository's page and from the newsletter: one Issue, and why so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.model.issue import Issue, Link, Paper
from bot.parsing.links import is_http
from bot.planning.completeness import find_gaps
from bot.planning.marks import (
    Marks,
    are_same_papers,
    is_placeholder,
    mark,
    mark_rows,
    overlap_days,
)

_FEW_ROWS = 3
_MOST_NAMED = 5


def merge_sources(
    pages: Sequence[Issue], letters: Sequence[Issue], *, papers: int = 10
) -> tuple[Issue, ...]:
    """One Issue a week, newest first; ``notes`` say which source was believed where they differ.

    The repository's page is believed where it is complete; what it lacks, a row or part of one,
    comes from the newsletter. A week that only one of them has stands as it is. Every page Issue
    stays, even two under one heading: which of them counts is for the decision.

    Args:
        pages: Issues of the repository.
        letters: Issues of the newsletter.
        papers: How many a complete Issue has.
    """
    left = list(letters)
    merged: list[Issue] = []
    for page in pages:
        letter = _find_same(page, left)
        if letter:
            left.remove(letter)
        merged.append(merge_issue(page, letter, papers=papers) if letter else page)
    alone = [_note(letter, "only the newsletter has this week so far") for letter in left]
    return tuple(sorted([*merged, *alone], key=lambda issue: issue.week, reverse=True))


def merge_issue(page: Issue, letter: Issue, *, papers: int = 10) -> Issue:
    """The page's Issue with the newsletter's address, and with its rows where the page has gaps."""
    page = replace(page, newsletter_url=page.newsletter_url or letter.newsletter_url)
    page_marks, letter_marks = mark_rows(page.papers), mark_rows(letter.papers)
    if not letter_marks:
        return page
    if page_marks and not _agree(page_marks, letter_marks):
        return _note(page, "the repository was believed: the newsletter lists other papers")
    gaps = find_gaps(page, papers)
    if not gaps:
        differing = _differences(page.papers, letter.papers)
        why = f"the repository was believed, it is complete; the newsletter differs in {differing}"
        return _note(page, why) if differing else page
    filled = _fill(page.papers, letter.papers)
    if filled == page.papers:
        return _note(page, f"the repository was believed; the newsletter lacks this too: {gaps}")
    return _note(
        replace(page, papers=filled), f"filled in from the newsletter, as in the repository {gaps}"
    )


def _find_same(page: Issue, letters: Sequence[Issue]) -> Issue | None:
    """The newsletter's Issue of the same days, or of the same papers within a few days."""
    marks = mark_rows(page.papers)
    for letter in letters:
        shorter = min(_days(page), _days(letter))
        if 2 * overlap_days(page.week, letter.week) > shorter:
            return letter
    for letter in letters:
        near = abs((page.week.last - letter.week.last).days) <= 2 * _days(page)
        if near and are_same_papers(marks, mark_rows(letter.papers)):
            return letter
    return None


def _days(issue: Issue) -> int:
    return (issue.week.last - issue.week.first).days + 1


def _agree(one: Marks, other: Marks) -> bool:
    """Same papers; a list of one or two rows agrees where all of them are known."""
    if min(len(one), len(other)) >= _FEW_ROWS:
        return are_same_papers(one, other)
    seen = {item for marks in max(one, other, key=len) for item in marks}
    return all(not seen.isdisjoint(marks) for marks in min(one, other, key=len))


def _fill(rows: Sequence[Paper], others: Sequence[Paper]) -> tuple[Paper, ...]:
    """The rows, parts they lack from the same paper of the others, then ranks they lack."""
    placed = {item for row in rows for item in mark(row)}
    filled = [_complete(row, _counterpart(row, others)) for row in rows]
    ranks = {row.rank for row in rows}
    new = [other for other in others if other.rank not in ranks and placed.isdisjoint(mark(other))]
    return tuple(sorted([*filled, *new], key=lambda row: row.rank))


def _counterpart(row: Paper, others: Sequence[Paper]) -> Paper | None:
    """The other source's row of this paper; by rank where the row is still a template."""
    marks = set(mark(row))
    for other in others:
        if not marks.isdisjoint(mark(other)):
            return other
    if marks:
        return None
    return next((other for other in others if other.rank == row.rank), None)


def _complete(row: Paper, other: Paper | None) -> Paper:
    if other is None:
        return row
    return Paper(
        rank=row.rank,
        name=other.name if is_placeholder(row.name) else row.name,
        summary=other.summary if is_placeholder(row.summary) else row.summary,
        links=_links(row.links, other.links),
        arxiv_id=row.arxiv_id or other.arxiv_id,
    )


def _links(own: Sequence[Link], others: Sequence[Link]) -> tuple[Link, ...]:
    """The row's links where one of them leads somewhere, else the newsletter's."""
    return tuple(own if any(is_http(link.url) for link in own) else others or own)


def _differences(rows: Sequence[Paper], others: Sequence[Paper]) -> str:
    """What the newsletter says otherwise, for people: "rank 3 (name), rank 5 (missing)"."""
    by_rank = {other.rank: other for other in others}
    found = [
        f"rank {row.rank} ({why})"
        for row in rows
        if (why := _difference(row, by_rank.get(row.rank)))
    ]
    more = len(found) - _MOST_NAMED
    return ", ".join(found[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _difference(row: Paper, other: Paper | None) -> str:
    if other is None:
        return "missing there"
    if row.arxiv_id != other.arxiv_id and row.arxiv_id and other.arxiv_id:
        return f"link, there {other.arxiv_id}"
    if set(mark(row)).isdisjoint(mark(other)):
        return f"another paper there: {other.name[:60]}"
    return ""


def _note(issue: Issue, note: str) -> Issue:
    if note in issue.notes:
        return issue
    return replace(issue, notes=(*issue.notes, note))
