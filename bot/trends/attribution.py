"""Who a clause speaks of: what is true of another of the cited papers is not said of this one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.trends.clauses import Clause, Item
from bot.trends.told import read

_FEW = 2
"""So many words that only another paper has are no accident."""


def find_misattributed(clauses: Sequence[Clause], evidence: Mapping[int, str]) -> Iterator[str]:
    """Reasons why a sentence on several papers mixes them up, one line each.

    Args:
        clauses: Of the sentence.
        evidence: What may be said of each cited paper, in English, by rank.
    """
    for clause in clauses:
        own = [paper.rank for paper in clause.papers]
        others = [rank for rank in evidence if rank not in own]
        if not others:
            continue
        here = "\n".join(evidence[rank] for rank in own)
        there = "\n".join(evidence[rank] for rank in others)
        names = ", ".join(paper.name for paper in clause.papers)
        for taken in _find_taken(clause, here, there):
            yield f"says of {names} what only another cited paper says: {taken}"


def _find_taken(clause: Clause, here: str, there: str) -> Iterator[str]:
    """What the other papers have and these have not; single everyday words aside."""
    taken = [item for item in clause.items if _is_only_in(item, there, here)]
    yield from (item.shown for item in taken if item.kind == "name")
    values, strange = read(here).values, read(there).values
    for number in clause.numbers:
        if not values & set(number.values) and strange & set(number.values):
            yield clause.text[slice(*number.span)]
    said = [item.shown for item in taken if item.kind != "name"]
    borne_out = any(item.stands_in(here) for item in clause.items)
    if len(said) >= _FEW or (not borne_out and any(item.kind == "term" for item in taken)):
        yield ", ".join(said)


def _is_only_in(item: Item, there: str, here: str) -> bool:
    return item.stands_in(there) and not item.stands_in(here)
