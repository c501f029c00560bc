"""A year page, or the README that once held everything, as Issues."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from bot.errors import ParseError
from bot.model.issue import Issue, Page, Paper, Problem, Week
from bot.parsing.row import find_paper, has_links, has_rank, is_rule_or_header
from bot.parsing.week import find_range, is_dated
from bot.parsing.years import find_page_year, parse_weeks

_LINE_END = re.compile(r"\r\n|\r|\n")
_HTML = re.compile(r"\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_HEADING = re.compile(r" {0,3}#{1,6}(?!#)")
_BOLD_LINE = re.compile(r"\s*\*{2,3}([^*]{1,200})\*{2,3}\s*$")
_CUT = re.compile(r"\s*(?:-{3,}|\*{3,}|_{3,}|#{1,6})\s*$")
_CONTINUES = re.compile(r"\s*(?:[●•▪‣◦|]|[-*–]\s|<\s*br)", re.IGNORECASE)
_NOT_IN_ANCHOR = re.compile(r"[^\w\- ]")
_LONGEST_ROW = 100_000
_LONGEST_HEADING = 300
_MOST_LINES = 50_000
_MOST_LINES_A_ROW = 100
_MOST_ROWS_AN_ISSUE = 100
_MOST_ISSUES = 1_000
_find_paper = lru_cache(maxsize=4_096)(find_paper)  # two versions of a page share most rows


@dataclass(slots=True)
class _Row:
    """A row with the lines that a break in its text has parted from it."""

    line: int
    parts: list[str]
    whole: bool
    gap: bool = False

    def takes(self, line: str) -> bool:
        """Whether the line goes on with this row, which lacks its links."""
        if self.whole or len(self.parts) >= _MOST_LINES_A_ROW:
            return False
        return not self.gap or _CONTINUES.match(line) is not None or "|" in line

    def add(self, line: str) -> None:
        self.parts.append(line.strip())
        self.whole = len(line) <= _LONGEST_ROW and has_links(line)

    @property
    def text(self) -> str:
        return "\n".join(self.parts)


@dataclass(slots=True)
class _Section:
    """A heading and the table rows below it, until the next heading."""

    line: int
    heading: str
    is_dated: bool = False
    anchor: str | None = None
    rows: list[_Row] = field(default_factory=list)
    strays: list[int] = field(default_factory=list)


def parse_page(text: str, *, source: str = "dair", url: str | None = None) -> Page:
    """The Issues of a page, newest first, and every row or heading that could not be read.

    Args:
        text: Markdown of ``README.md`` or ``years/YYYY.md``; a mere index gives no Issue.
        source: The series' name in the configuration.
        url: Where people read the page; each Issue's ``url`` adds its heading's anchor. Its file
            name tells the year of headings without one.

    Raises:
        ParseError: The text is HTML, empty or without any heading, such as an error message
            sent with status 200.
    """
    text = text.removeprefix("\ufeff")
    if _HTML.match(text):
        raise ParseError(
            f"pages: {url or 'page'}: is HTML, not Markdown; the last good page is kept;"
            " open it, and mend sources.pages where it has moved"
        )
    lines = _LINE_END.split(text)
    sections = _sections(lines[:_MOST_LINES])
    if len(sections) == 1:
        raise ParseError(f"{url or 'page'}: has no heading, so it is no page; the last one is kept")
    problems = [problem for section in sections for problem in _headless(section)]
    dated = [section for section in sections if _is_issue(section)]
    if len(lines) > _MOST_LINES:
        problems.append(Problem(_MOST_LINES, f"of {len(lines)} lines the rest is not read"))
    if beyond := dated[_MOST_ISSUES:]:
        problems.append(Problem(beyond[0].line, f"{len(beyond)} issues too many for one page"))
        dated = dated[:_MOST_ISSUES]
    weeks = parse_weeks([section.heading for section in dated], find_page_year(text, url))
    issues: list[Issue] = []
    for section, week in zip(dated, weeks, strict=True):
        if isinstance(week, ParseError):
            problems.append(Problem(section.line, str(week)))
            continue
        papers, unread = _papers(section)
        problems += unread
        issues.append(_issue(section, week, papers, source, url))
    issues.sort(key=lambda issue: issue.week, reverse=True)
    return Page(tuple(issues), tuple(sorted(problems, key=lambda problem: problem.line)))


def _sections(lines: Iterable[str]) -> list[_Section]:
    current = _Section(0, "")
    sections, anchors = [current], _Anchors()
    row: _Row | None = None
    for number, line in enumerate(lines, 1):
        if heading := _find_heading(line, number, anchors):
            current, row = heading, None
            sections.append(current)
        elif _CUT.match(line) or (line.lstrip().startswith("|") and is_rule_or_header(line)):
            row = None
        else:
            row = _take(current, line, number, row)
    return sections


def _take(section: _Section, line: str, number: int, row: _Row | None) -> _Row | None:
    """Add a line to its section; gives the row that the next line may go on with."""
    in_table = line.lstrip().startswith("|")
    if not line.strip():
        if row:
            row.gap = True
        return row
    if has_rank(line) and (in_table or section.is_dated):
        row = _Row(number, [line], len(line) > _LONGEST_ROW or has_links(line))
        section.rows.append(row)
        return row
    if row and row.takes(line):
        row.add(line)
        return row
    if in_table:
        section.strays.append(number)
    return None


def _find_heading(line: str, number: int, anchors: _Anchors) -> _Section | None:
    if len(line) > _LONGEST_HEADING:
        return None
    if _HEADING.match(line):
        heading = line.strip("# \t*")
        return _Section(number, heading, find_range(heading) is not None, anchors.add(heading))
    match = _BOLD_LINE.match(line)
    if match and "week" in match[1].lower() and find_range(match[1]):
        return _Section(number, match[1].strip(), is_dated=True)
    return None


def _is_issue(section: _Section) -> bool:
    return section.is_dated and ("week" in section.heading.lower() or bool(section.rows))


def _headless(section: _Section) -> list[Problem]:
    """Rows that belong to no readable heading; one line for the section is enough."""
    if not section.rows or _is_issue(section):
        return []
    where = f"the heading {section.heading[:80]!r}" if section.heading else "no heading"
    return [
        Problem(
            section.line or section.rows[0].line,
            f"{len(section.rows)} rows under {where}, which tells no week",
        )
    ]


def _papers(section: _Section) -> tuple[tuple[Paper, ...], list[Problem]]:
    papers: list[Paper] = []
    problems = [Problem(line, "table row without a rank") for line in section.strays]
    for row in section.rows[:_MOST_ROWS_AN_ISSUE]:
        text = row.text
        paper = _find_paper(text) if len(text) <= _LONGEST_ROW else None
        if paper:
            papers.append(paper)
            problems += [Problem(row.line, reason) for reason in _lacks(paper)]
        else:
            problems.append(Problem(row.line, f"row of {len(text)} characters is not read"))
    if beyond := section.rows[_MOST_ROWS_AN_ISSUE:]:
        problems.append(Problem(beyond[0].line, f"{len(beyond)} rows too many for one issue"))
    return tuple(papers), problems


def _lacks(paper: Paper) -> list[str]:
    parts = {"name": paper.name, "text": paper.summary, "link": paper.links}
    return [f"rank {paper.rank} has no {part}" for part, value in parts.items() if not value]


def _issue(
    section: _Section, week: Week, papers: tuple[Paper, ...], source: str, url: str | None
) -> Issue:
    place = f"{url}#{section.anchor}" if url and section.anchor else url
    title = section.heading.rstrip(": ")
    notes = _note_year(title, week)
    return Issue(week.first.isoformat(), week, title, papers, source, place, notes=notes)


def _note_year(title: str, week: Week) -> tuple[str, ...]:
    if not is_dated(title) or str(week.last.year) in title:
        return ()
    return (f"the heading's year is read as {week.last.year}, which the heading below it shows",)


class _Anchors:
    """GitHub's heading anchors: lower case, spaces to hyphens, repeats numbered."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def add(self, heading: str) -> str:
        slug = _NOT_IN_ANCHOR.sub("", heading.strip().lower()).replace(" ", "-")
        count = self._seen.get(slug, 0)
        self._seen[slug] = count + 1
        return f"{slug}-{count}" if count else slug
