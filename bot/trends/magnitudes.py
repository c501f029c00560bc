"""Vague large numbers: thousands (수천) of dollars are no hundreds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.model.commentary import CommentaryWords
from bot.quality.quantities import source_quantities
from bot.quality.spelled import spelled_quantities

_WORTH = {
    "ten": 10,
    "dozen": 10,
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
_WORDS = "|".join(_WORTH)
_YEAR = re.compile(r"(?:19|20)\d\d")
_VAGUE = re.compile(rf"\b({_WORDS})s?\b(?: of ({_WORDS})s?\b)?", re.IGNORECASE)


def find_false_magnitudes(text: str, cited: str, words: CommentaryWords) -> Iterator[str]:
    """Reasons why "thousands of" cannot stand: the cited English has no number so large."""
    for word, least in words.vague.items():
        match = re.search(rf"(?<![가-힣\d]){word}", text)
        if match and not any(least <= value < 10 * least for value in _values(cited)):
            yield f"{match[0]!r} is what no cited paper has so many of"


@lru_cache(maxsize=64)
def _values(cited: str) -> tuple[float, ...]:
    found = (*source_quantities(cited), *spelled_quantities(cited))
    exact = [float(value) for one in found if not _YEAR.fullmatch(one.text) for value in one.values]
    vague = [
        float(_WORTH[match[1].lower()] * _WORTH.get((match[2] or "").lower(), 1))
        for match in _VAGUE.finditer(cited)
    ]
    return (*exact, *vague)
