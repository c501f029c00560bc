"""Numbers that a target writes as words of its own: 두, 스물두, 하루, 절반."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from bot.model.language import Language
from bot.quality.quantities import Quantity, target_quantities, with_unit


def target_numbers(text: str, language: Language) -> list[Quantity]:
    """Give every number of the target: those in digits, then those that are words."""
    return [*target_quantities(text, language), *target_number_words(text, language)]


def target_number_words(text: str, language: Language) -> list[Quantity]:
    """Give the numbers that the target writes as words of their own.

    >>> from bot.model.lexicon import Lexicon
    >>> korean = Language("ko", "한국어", lexicon=Lexicon(number_words={"두": Decimal(2)}))
    >>> [found.text for found in target_number_words("두 모델이 모두", korean)]
    ['두']
    """
    words = _number_words(language)
    if not words:
        return []
    pattern = _any_word(tuple(words), language.lexicon.counters, language.lexicon.spaces)
    units = {word: unit for unit, many in language.lexicon.number_units.items() for word in many}
    found = (
        Quantity(
            (words[match.group()],),
            match.span(),
            match.group(),
            units.get(match.group()),
            spelled=True,
        )
        for match in pattern.finditer(text)
    )
    return [with_unit(quantity, text, language) for quantity in found]


def _number_words(language: Language) -> Mapping[str, Decimal]:
    """The words of the lexicon and its tens with ones behind them: 스물 and 두 make 스물두."""
    words = language.lexicon.number_words
    tens = language.lexicon.number_tens
    ones = {word: value for word, value in words.items() if 1 <= value < 10}
    made = {f"{ten}{one}": tens[ten] + ones[one] for ten in tens for one in ones}
    return {**made, **tens, **words}


@lru_cache(maxsize=32)
def _any_word(words: tuple[str, ...], counters: tuple[str, ...], spaces: bool) -> re.Pattern[str]:
    longest = sorted(map(re.escape, words), key=len, reverse=True)
    if not spaces:
        return re.compile("|".join(longest))
    behind = "|".join([r"\W", "$", *map(re.escape, counters)])
    whole = rf"(?:{'|'.join(longest)})(?={behind})"
    # a word of two letters is one with a particle behind it as well: 절반으로, 열흘에
    long = [word for word in longest if len(word) > 1] or [r"(?!)"]
    inflected = rf"(?:{'|'.join(long)})(?=\w{{1,2}}\b)"
    return re.compile(rf"(?<!\w)(?:{whole}|{inflected})")
