"""Numbers of a commentary in digits or as the language's words, within regular expressions."""

from __future__ import annotations

import re
from collections.abc import Mapping


def number_pattern(name: str, numerals: Mapping[str, int]) -> str:
    """A group of that name for a number of at most four digits, or one of the words."""
    longest = sorted((re.escape(word.strip()) for word in numerals), key=len, reverse=True)
    choices = "|".join((r"\d{1,4}", *longest))
    return f"(?P<{name}>{choices})"


def read_number(number: str, numerals: Mapping[str, int]) -> int:
    """What a match of ``number_pattern`` is worth.

    >>> read_number("120", {}), read_number("한", {"한 ": 1})
    (120, 1)
    """
    if number.isdigit():
        return int(number)
    return next(value for word, value in numerals.items() if word.strip() == number)
