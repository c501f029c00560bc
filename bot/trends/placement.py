"""Where a result stands: 2.6x is said of what the source says it of.

A number of a result (percent, times, points) is looked up with the words around it: its English
sentence, or its part of a list, must have some of them. That finds what crossed from one sentence
or item of a list to another, not what changed places within one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.quality.quantities import Quantity
from bot.trends.clauses import Clause, Item
from bot.trends.told import RESULTS, Told, read_parts, read_sentences

_FEW = 2
"""So many words away from their number are no accident."""


def find_misplaced(clauses: Sequence[Clause]) -> Iterator[str]:
    """Reasons why a result stands with the wrong words, one line each."""
    for clause in clauses:
        titles = "\n".join(f"{paper.name}\n{paper.title}" for paper in clause.papers)
        items = [item for item in clause.items if not item.stands_in(titles)]
        for number in clause.numbers:
            away = _find_away(number, clause, items) if number.unit in RESULTS else []
            if away:
                shown = clause.text[number.span[0] : number.span[1] + 1]
                yield f"{shown} stands with {', '.join(away)}, the source has it elsewhere"


def _find_away(number: Quantity, clause: Clause, items: Sequence[Item]) -> list[str]:
    """Words of the clause that the source has, but not where it has the number."""
    sentences = [one for paper in clause.papers for one in read_sentences(paper)[1:]]
    parts = [one for paper in clause.papers for one in read_parts(paper)]
    near, away = _divide(number, clause, items, sentences)
    rivals = [one for one in _others(clause, sentences) if one.results]
    drawn = [item for item in away if item.kind == "name" and _any_has(item, rivals)]
    if drawn or (len(away) >= _FEW and len(away) > len(near)):
        return [item.shown for item in drawn or away]
    near, away = _divide(number, clause, items, parts)
    rivals = [one for one in _others(clause, parts) if one.results]
    return [] if near else [item.shown for item in away if _any_has(item, rivals)]


def _divide(
    number: Quantity, clause: Clause, items: Sequence[Item], told: Sequence[Told]
) -> tuple[list[Item], list[Item]]:
    """Items that stand where the number stands, and those that stand only elsewhere."""
    here = [one for one in told if one.values & set(number.values)]
    near = [item for item in items if _any_has(item, here)]
    rest = _others(clause, told) if here else []
    return near, [item for item in items if item not in near and _any_has(item, rest)]


def _others(clause: Clause, told: Sequence[Told]) -> list[Told]:
    """What has no number of the clause."""
    stated = {value for number in clause.numbers for value in number.values}
    return [one for one in told if not one.values & stated]


def _any_has(item: Item, told: Sequence[Told]) -> bool:
    return any(item.stands_in(one.text) for one in told)
