"""Vague large numbers of a commentary: thousands (수천) of dollars are no hundreds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from bot.quality.quantities import source_quantities
from bot.quality.spelled import spelled_quantities
from bot.quality.vague import find_vague, vague_values

_YEAR = re.compile(r"(?:19|20)\d\d")


def find_false_magnitudes(text: str, cited: str, vague: Mapping[str, Decimal]) -> Iterator[str]:
    """Reasons why "thousands of" cannot stand: the cited English has no number so large."""
    for (start, end), least in find_vague(text, vague):
        if not any(least <= value < 10 * least for value in _values(cited)):
            yield f"{text[start:end]!r} is what no cited paper has so many of"


@lru_cache(maxsize=64)
def _values(cited: str) -> tuple[Decimal, ...]:
    found = (*source_quantities(cited), *spelled_quantities(cited))
    exact = [value for one in found if not _YEAR.fullmatch(one.text) for value in one.values]
    return (*exact, *vague_values(cited))
