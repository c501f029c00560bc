"""More or less, better or worse: the source's sentence must say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.trends.clauses import Clause
from bot.trends.support import stands_in
from bot.trends.told import Told, read_sentences


def find_turned(
    clauses: Sequence[Clause], directions: Mapping[str, Sequence[str]], negated: str
) -> Iterator[str]:
    """Reasons why a clause says the reverse, one line each.

    Args:
        clauses: Of the sentence.
        directions: Regular expressions for a direction, and the beginnings of English words of
            which one must stand where the source tells of it.
        negated: Regular expression for what denies a direction right behind it; those are let be.
    """
    for clause in clauses:
        for word, english in directions.items():
            said = re.search(rf"(?:{word})(?!{negated})" if negated else word, clause.text)
            told = _find_told(clause) if said else []
            borne_out = any(stands_in(one, each.text.lower()) for one in english for each in told)
            if said and told and not borne_out:
                yield f"{said[0]!r} is not what the source says: {told[0].text[:120]}"


def _find_told(clause: Clause) -> list[Told]:
    """The English sentences that the clause words: those with its numbers, then those with as many
    of its items as the best one has, but for one, as a source tells the same twice."""
    sentences = [one for paper in clause.papers for one in read_sentences(paper)]
    values = {value for number in clause.numbers for value in number.values}
    with_numbers = [one for one in sentences if values & one.values]
    shared = [sum(item.stands_in(one.text) for item in clause.items) for one in sentences]
    least = max(1, max(shared, default=0) - 1)
    pairs = zip(sentences, shared, strict=True)
    return [*with_numbers, *(one for one, count in pairs if count >= least)]
