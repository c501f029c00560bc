"""Magnitudes without a number: tens of thousands in English, 수만 in the language of the target."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from bot.quality.english import MAGNITUDES

_VAGUE = re.compile(
    r"\b(?:(?P<of>tens|dozens|hundreds|thousands|millions)\sof\s)?"
    r"(?P<many>dozens|tens|hundreds|thousands|millions|billions|trillions"
    r"|(?:thousand|million|billion|trillion)(?=-))\b"
    r"|\b(?:few|several|many|some)\s(?P<few>dozen|hundred|thousand|million|billion)\b",
    re.IGNORECASE,
)
_WORTH = {"ten": 10, "dozen": 10, **MAGNITUDES}


def vague_values(text: str) -> Iterator[Decimal]:
    """Yield the least that each vague number of English text can mean.

    >>> [int(value) for value in vague_values("tens of thousands, a few hundred")]
    [10000, 100]
    """
    for match in _VAGUE.finditer(text):
        factor = _worth(match["of"]) if match["of"] else 1
        yield Decimal(factor * _worth(match["many"] or match["few"]))


def find_vague(
    text: str, vague: Mapping[str, Decimal]
) -> Iterator[tuple[tuple[int, int], Decimal]]:
    """Yield where the lexicon's ``vague`` words stand, and what each means; 수천만 is not 수천."""
    if not vague:
        return
    longest = "|".join(sorted(map(re.escape, vague), key=len, reverse=True))
    for match in re.finditer(rf"(?<!\w)(?:{longest})", text):
        yield match.span(), vague[match.group()]


def _worth(word: str) -> int:
    return _WORTH[word.lower().removesuffix("s")]
