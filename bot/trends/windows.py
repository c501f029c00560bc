"""How many weeks a sentence looks back: 지난 12주, 직전 열두 주."""

from __future__ import annotations

import re
from collections.abc import Mapping

_DIGITS = re.compile(r"(?<!\d)(\d{1,3})\s?주")
# What may follow weeks; 주제, 주요 and 주장 are other words.
_WEEKS = r"\s?주(?:(?=[\s,.]|$)|(?=(?:간|동안|째|를|의|와|는|도|에|만|보다|치|내)))"


def weeks_named(text: str, numerals: Mapping[str, int]) -> set[int]:
    """Lengths of the windows that a sentence names, in digits or in words.

    >>> sorted(weeks_named("지난 12주, 직전 네 주와 세 주제", {"네": 4, "세": 3}))
    [4, 12]
    """
    named = {int(number) for number in _DIGITS.findall(text)}
    for word, value in numerals.items():
        if value > 1 and re.search(rf"(?<![가-힣]){re.escape(word)}{_WEEKS}", text):
            named.add(value)
    return named


def begins_weeks(text: str, end: int) -> bool:
    """True where weeks are what the number that ends here counts."""
    return re.match(_WEEKS, text[end:]) is not None
