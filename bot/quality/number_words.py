"""Numbers that a target writes as words of its own: 두, 스물두, 서너, 하루, 절반, 백만, 1년 반."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from bot.model.language import Language
from bot.model.lexicon import Lexicon
from bot.quality.quantities import Quantity, target_quantities, with_unit

_HALF = Decimal("0.5")
Words = Mapping[str, tuple[Decimal, ...]]


def target_numbers(text: str, language: Language) -> list[Quantity]:
    """Give every number of the target: those in digits, then those that are words.

    >>> from bot.model.lexicon import Lexicon
    >>> lexicon = Lexicon(units={"years": ("년",)}, half="반")
    >>> found = target_numbers("1년 반", Language("ko", "한국어", lexicon=lexicon))
    >>> [str(quantity.values[0]) for quantity in found]
    ['1', '1.5']
    """
    found = [*target_quantities(text, language), *target_number_words(text, language)]
    return [*found, *and_a_half(found, text, language)]


def target_number_words(text: str, language: Language) -> list[Quantity]:
    """Give the numbers that the target writes as words of their own; 서너 is three or four.

    >>> from bot.model.lexicon import Lexicon
    >>> korean = Language("ko", "한국어", lexicon=Lexicon(number_words={"두": Decimal(2)}))
    >>> [found.text for found in target_number_words("두 모델이 모두", korean)]
    ['두']
    """
    words = _number_words(language.lexicon)
    if not words:
        return []
    pattern = _any_word(tuple(words), language.lexicon.counters, language.lexicon.spaces)
    units = {word: unit for unit, many in language.lexicon.number_units.items() for word in many}
    found = (
        Quantity(
            words[match.group()],
            match.span(),
            match.group(),
            units.get(match.group()),
            spelled=True,
        )
        for match in pattern.finditer(text)
    )
    return [with_unit(quantity, text, language) for quantity in found]


def values_in_words(text: str, language: Language) -> set[Decimal]:
    """What words that are made of digits and magnitudes may be worth: 백만, 이백오십, 만분의.

    >>> from bot.model.lexicon import Lexicon
    >>> lexicon = Lexicon(number_digits={"오": Decimal(5)}, magnitudes={"십": 10, "만": 10**4})
    >>> sorted(values_in_words("오십 장, 십만 명", Language("ko", "한국어", lexicon=lexicon)))
    [Decimal('50'), Decimal('100000')]

    No certain sign of a number: 구조 is a structure, and nine trillion.
    """
    digits, magnitudes = language.lexicon.number_digits, language.lexicon.magnitudes
    if not digits or not magnitudes:
        return set()
    found = _in_signs(tuple(digits), tuple(magnitudes), language.lexicon.counters).findall(text)
    return {_value(word, digits, magnitudes) for word in found}


@lru_cache(maxsize=32)
def _in_signs(
    digits: tuple[str, ...], magnitudes: tuple[str, ...], counters: tuple[str, ...]
) -> re.Pattern[str]:
    """A word with a magnitude in it: 이 is "this" as well."""
    one, more = "".join(map(re.escape, digits)), "".join(map(re.escape, magnitudes))
    behind = "|".join([r"\W", "$", *map(re.escape, counters)])
    return re.compile(rf"(?<!\w)[{one}]?[{more}][{one}{more}]{{0,9}}(?={behind})")


def _value(word: str, digits: Mapping[str, Decimal], magnitudes: Mapping[str, int]) -> Decimal:
    """이백오십만: up to a thousand, magnitudes take the digit before them, above all of it."""
    total, part, digit = Decimal(0), Decimal(0), Decimal(0)
    for sign in word:
        factor = magnitudes.get(sign)
        if factor is None:
            digit = digits[sign]
        elif factor <= 1000:
            part, digit = part + (digit or 1) * factor, Decimal(0)
        else:
            total, part, digit = total + (part + digit or 1) * factor, Decimal(0), Decimal(0)
    return total + part + digit


def and_a_half(found: Sequence[Quantity], text: str, language: Language) -> Iterator[Quantity]:
    """Yield those numbers again that have a half behind them, the half added: 1년 반.

    >>> from bot.model.lexicon import Lexicon
    >>> korean = Language("ko", "한국어", lexicon=Lexicon(units={"years": ("년",)}, half="반"))
    >>> found = target_quantities("3년 반", korean)
    >>> [str(more.values[0]) for more in and_a_half(found, "3년 반", korean)]
    ['3.5']
    """
    half = language.lexicon.half
    if not half or half not in text:
        return
    counters = "|".join(map(re.escape, language.lexicon.counters)) or r"(?!)"
    behind = re.compile(rf"\s?\w{{1,2}}\s{re.escape(half)}(?:{counters})?(?!\w)")
    for one in found:
        if one.unit and behind.match(text, one.span[1]):
            yield replace(one, values=(one.values[0] + _HALF,))


@lru_cache(maxsize=8)
def _number_words(lexicon: Lexicon) -> Words:
    """The words of the lexicon and its tens with ones behind them: 스물 and 두 make 스물두."""
    words = lexicon.number_words
    tens = lexicon.number_tens
    ones = {word: value for word, value in words.items() if 1 <= value < 10}
    made = {f"{ten}{one}": tens[ten] + ones[one] for ten in tens for one in ones}
    single = {word: (value,) for word, value in {**made, **tens, **words}.items()}
    ranges = lexicon.number_ranges
    return {**single, **{word: tuple(map(Decimal, many)) for word, many in ranges.items()}}


@lru_cache(maxsize=32)
def _any_word(words: tuple[str, ...], counters: tuple[str, ...], spaces: bool) -> re.Pattern[str]:
    longest = sorted(map(re.escape, words), key=len, reverse=True)
    if not spaces:
        return re.compile("|".join(longest))
    behind = "|".join([r"\W", "$", *map(re.escape, counters)])
    whole = rf"(?:{'|'.join(longest)})(?={behind})"
    # a word of two letters is one with a particle behind it as well: 절반으로, 절반입니다
    long = [word for word in longest if len(word) > 1] or [r"(?!)"]
    inflected = rf"(?:{'|'.join(long)})(?=\w{{1,3}}\b)"
    return re.compile(rf"(?<!\w)(?:{whole}|{inflected})")
