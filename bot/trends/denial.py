"""What the source denies is not affirmed: "no reinforcement learning is involved".

Only where the source speaks of a thing in no other way; that a sentence denies what the source
affirms can be right in too many ways (frozen weights are not updated) to be judged by words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.trends.clauses import Clause, Item
from bot.trends.told import read_parts

_DENIAL = re.compile(
    r"\b(?:no|not|never|without|nothing|nor|avoid\w*|instead of|rather than)\b|n't\b",
    re.IGNORECASE,
)
_REACH = 3
"""So many words behind a denial belong to it ("no reinforcement learning is involved")."""


def find_affirmed(clauses: Sequence[Clause], denies: str) -> Iterator[str]:
    """Reasons why a clause cannot affirm what its papers deny, one line each.

    Args:
        clauses: Of the sentence.
        denies: Regular expression for any sign of a denial in the sentence's language; a clause
            with one is let be. Empty: nothing is checked.
    """
    for clause in clauses:
        if not denies or re.search(denies, clause.text):
            continue
        parts = [part.text for paper in clause.papers for part in read_parts(paper)]
        titles = "\n".join(f"{paper.name}\n{paper.title}" for paper in clause.papers)
        for item in clause.items:
            if not item.stands_in(titles) and _is_denied(item, parts):
                yield f"{item.shown!r} is what the source denies"


def _is_denied(item: Item, parts: Sequence[str]) -> bool:
    """True where every part that has the item denies it."""
    told = [part for part in parts if item.stands_in(part)]
    return bool(told) and all(_denies(part, item) for part in told)


def _denies(part: str, item: Item) -> bool:
    scopes = (part[match.end() :].split()[:_REACH] for match in _DENIAL.finditer(part))
    return any(item.stands_in(" ".join(scope)) for scope in scopes)
