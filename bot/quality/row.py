"""Whether the paper a row links to is the paper it tells of.

Real rows carry another paper's link: 2024-08-12, rank 8 has rank 10's arXiv id, 2023-06-12, rank 7
tells of knowledge graphs and links to a generator of 3D scenes. Title and abstract of such a
Record must not stand under the row's name, so what a row and a Record have in common is measured:
the cosine of their sets of telling words, the words of the row's name counted twice.

Measured on the 2023 page of the snapshot with the 192 rows whose abstract is known (titles are
not, so real Records fit better than these). "Alarms" are rows that do fit and were called wrong;
"found" are rows given the abstract of another row of their issue (700 pairs), or of any paper:

    threshold   alarms of 191   found, same issue   found, any paper
    0.08        0               85 %                85 %
    0.10        0               93 %                93 %
    0.105       0               95 %                94 %
    0.12        3               96 %                97 %
    0.15        3               99 %                99 %

The one row below every threshold, 2023-06-12 rank 7, is truly wrong.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import sqrt

from bot.model.finding import ErrorType, Finding, Severity
from bot.model.issue import Issue, Paper, Record

THRESHOLD = 0.105
_CLEARLY = 1.5
_MOST_WRONG = 3
_FEW_WORDS = 8
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ed", "es", "s", "ly")
_SHORTEST_STEM = 4
_FUNCTION_WORDS = """
    a an the of and or to in for on with by from that this these those is are was were be been
    being as at it its we our they their which can also into using use used uses than more most
    such via new based between both only not but have has had will while when where how what who
    over under up out across per all any each other some several many one two three
"""
_TRADE_WORDS = """
    model models language large llm llms method methods paper approach training data results
    performance show shows propose proposes proposed present presents introduce introduces task
    tasks learning framework work improves improve improved achieve achieves state-of-the-art
"""
_TELL_NOTHING = frozenset(_FUNCTION_WORDS.split()) | frozenset(_TRADE_WORDS.split())


def check_rows(issue: Issue, records: Mapping[str, Record]) -> list[Finding]:
    """A Finding for each row whose link leads to another paper than the one it tells of.

    Major: the link stays, the Record's title and abstract are left out until a person decides.
    The key is the row's, "2024-08-12/8". Wrong links come singly; where more than three Records
    of an issue do not fit, it is the comparison that does not, and the Findings are minor.

    Args:
        records: By bare arXiv id; rows without one are not checked.
    """
    doubles = list(_check_doubles(issue, records))
    doubted = {finding.key for finding in doubles}
    strangers = [
        paper
        for paper in issue.papers
        if _key(issue, paper) not in doubted
        and _is_strange(paper, records.get(paper.arxiv_id or ""))
    ]
    severity = Severity.MAJOR if len(strangers) <= _MOST_WRONG else Severity.MINOR
    findings = [
        _finding(
            _key(issue, paper),
            severity,
            records[paper.arxiv_id or ""],
            "shares too little with the row's name and text",
        )
        for paper in strangers
    ]
    return doubles + findings


def likeness(paper: Paper, record: Record) -> float:
    """How much a row and a Record have in common, 0 to 1.

    >>> row = Paper(1, "Sieve", "Sieve sorts documents by topic before pretraining.")
    >>> fits = Record("2401.00001", "Sieve", "Sieve sorts pretraining documents by their topics.")
    >>> likeness(row, fits) > 0.8 > likeness(row, Record("2401.00002", "Owl", "Owls see at night."))
    True
    """
    name, row = _tell(paper.name), _tell(f"{paper.name} {paper.summary}")
    known = _tell(f"{record.title} {record.abstract}")
    size = (len(row) + len(name)) * len(known)
    return min((len(row & known) + len(name & known)) / sqrt(size), 1.0) if size else 0.0


def _check_doubles(issue: Issue, records: Mapping[str, Record]) -> Iterator[Finding]:
    """Rows that share an id, except the one the Record clearly belongs to."""
    counts = Counter(paper.arxiv_id for paper in issue.papers if paper.arxiv_id)
    for arxiv_id, count in counts.items():
        if count < 2:
            continue
        rows = [paper for paper in issue.papers if paper.arxiv_id == arxiv_id]
        record = records.get(arxiv_id)
        owner = _find_owner(rows, record) if record else None
        for paper in rows:
            if paper is not owner:
                ranks = " and ".join(str(row.rank) for row in rows)
                reason = f"is linked by ranks {ranks}"
                known = record or Record(arxiv_id, "", "")
                yield _finding(_key(issue, paper), Severity.MAJOR, known, reason)


def _find_owner(rows: Sequence[Paper], record: Record) -> Paper | None:
    best, *others = sorted(rows, key=lambda row: likeness(row, record), reverse=True)
    score = likeness(best, record)
    second = likeness(others[0], record)
    return best if score >= THRESHOLD and score >= _CLEARLY * second else None


def _is_strange(paper: Paper, record: Record | None) -> bool:
    """False also where there are too few words on either side to tell."""
    if record is None or not record.abstract:
        return False
    row, known = _tell(f"{paper.name} {paper.summary}"), _tell(record.abstract)
    enough = min(len(row), len(known)) >= _FEW_WORDS
    return enough and likeness(paper, record) < THRESHOLD


def _finding(key: str, severity: Severity, record: Record, reason: str) -> Finding:
    title = f" ({record.title[:120]})" if record.title else ""
    return Finding(
        key=key,
        type=ErrorType.SOURCE,
        severity=severity,
        evidence=record.arxiv_id,
        check="row_paper",
        message=f"{record.arxiv_id}{title} {reason}; look whether the link is right",
    )


def _key(issue: Issue, paper: Paper) -> str:
    return f"{issue.key}/{paper.rank}"


def _tell(text: str) -> frozenset[str]:
    """The words that tell one paper from another, without their endings."""
    words = set[str]()
    for match in _WORD.finditer(text.lower()):
        words.update((match[0], *match[0].split("-")))
    telling = words - _TELL_NOTHING
    return frozenset(_stem(word) for word in telling if len(word) > 1)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word
