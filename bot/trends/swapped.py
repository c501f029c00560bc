"""Two results of one paper that changed places: A gains 14% and B 26%, or the reverse.

Judged only where the source tells the two in different parts of a sentence, and where what each
number is said of stands in just one of these parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from bot.model.commentary import PaperText
from bot.quality.quantities import Quantity
from bot.trends.clauses import Clause, Item
from bot.trends.told import RESULTS, Told, read_parts

_MOST = 6
"""Results in one sentence; more are a table."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A result, what stands before it in its part of the sentence, and of which papers."""

    number: Quantity
    items: tuple[Item, ...]
    papers: tuple[PaperText, ...]


def find_swapped(clauses: Sequence[Clause]) -> Iterator[str]:
    """Reasons why results stand with each other's words, one line each."""
    said = [one for clause in clauses for one in _read(clause)][:_MOST]
    for one, other in combinations(said, 2):
        if one.papers == other.papers and one.number.values != other.number.values:
            parts = [part for paper in one.papers for part in read_parts(paper)]
            if _crosses(one, other, parts) and _crosses(other, one, parts):
                yield f"{one.number.text} and {other.number.text} stand in each other's place"


def _read(clause: Clause) -> Iterator[_Said]:
    """Words stand before their number, behind the number before it."""
    start = 0
    for number in clause.numbers:
        if number.unit in RESULTS:
            items = [item for item in clause.items if start <= item.start < number.span[0]]
            yield _Said(number, tuple(items), clause.papers)
        start = number.span[1]


def _crosses(one: _Said, other: _Said, parts: Sequence[Told]) -> bool:
    """Something of the one stands only where the other's number stands, and nothing at home."""
    own, foreign = set(one.number.values), set(other.number.values)
    home = [part.text for part in parts if part.values & own and not part.values & foreign]
    away = [part.text for part in parts if part.values & foreign and not part.values & own]
    if not home or not away:
        return False
    telling = [item for item in one.items if _stands(item, home) != _stands(item, away)]
    return bool(telling) and all(_stands(item, away) for item in telling)


def _stands(item: Item, texts: Sequence[str]) -> bool:
    return any(item.stands_in(text) for text in texts)
