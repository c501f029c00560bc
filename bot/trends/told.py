"""What the papers tell in English, sentence by sentence, with the numbers of each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from bot.model.commentary import PaperText
from bot.quality.quantities import source_quantities
from bot.quality.sentences import split
from bot.quality.spelled import spelled_quantities

RESULTS = frozenset({"times", "percent", "points", "fraction"})
"""Units of what was measured, as against sizes and counts."""

_PART = re.compile(r"[,;:]\s(?:and\s|while\s|but\s)?|\s(?:and|while|but)\s")


@dataclass(frozen=True, slots=True)
class Told:
    """An English sentence or part of one, all its numbers, and those of them that are results."""

    text: str
    values: frozenset[Decimal]
    results: frozenset[Decimal]


@lru_cache(maxsize=256)
def read_sentences(paper: PaperText) -> tuple[Told, ...]:
    """The title and the sentences of a paper."""
    return tuple(read(text) for text in (paper.title, *(one.text for one in split(paper.text))))


@lru_cache(maxsize=256)
def read_parts(paper: PaperText) -> tuple[Told, ...]:
    """The sentences cut where a list or another clause goes on ("2.27x inference", "1.41x …")."""
    parts = (part for one in split(paper.text) for part in _PART.split(one.text))
    return tuple(read(part) for part in parts if part.strip())


def read(text: str) -> Told:
    """A text with its numbers, in digits and in words."""
    found = (*source_quantities(text), *spelled_quantities(text))
    results = (value for one in found if one.unit in RESULTS for value in one.values)
    return Told(text, frozenset(value for one in found for value in one.values), frozenset(results))
