"""Numbers that say the same in another way: 5% is 1 in 20, 24 hours a day, 12 to 48 4 times."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import permutations

from bot.quality.english import NUMBERS
from bot.quality.quantities import Quantity

_HUNDRED = Decimal(100)
_AMOUNT = r"(\d[\d,]{0,40}|[A-Za-z]+)"
_PART_OF = re.compile(rf"\b{_AMOUNT}\s(?:(?:out\s)?of|in)(?:\severy)?\s(?:the\s)?{_AMOUNT}\b")
_PERCENT = re.compile(r"(?<!\d)(\d{1,40}(?:\.\d{1,40})?)\s?[%％]")
_PARTS_OF = {"days": 24, "years": 12, "weeks": 7, "hours": 60, "minutes": 60, "seconds": 1000}
_WHOLE = {"hours": "days", "months": "years", "days": "weeks", "minutes": "hours"}
_WHOLE |= {"seconds": "minutes", "milliseconds": "seconds"}
_MOST = 40  # numbers of one text; more are a table, of which everything can be derived
_TOLERANCE = Decimal("0.02")


def says_same(source: Quantity, target: Quantity) -> bool:
    """Say whether the target's number is the source's in other words.

    >>> from bot.model.language import Language
    >>> percent, times = Quantity((Decimal(5),), (0, 1), "5", "percent"), (Decimal(20),)
    >>> says_same(percent, Quantity(times, (0, 2), "20", "fraction"))
    True
    >>> says_same(Quantity((Decimal(24),), (0, 2), "24", "hours"),
    ...     Quantity((Decimal(1),), (0, 1), "1", "days"))
    True
    """
    said, value = source.values[0], target.values[0]
    if source.unit == "percent":
        return value in _of_percent(said, target.unit)
    if target.unit in {"percent", "points"} and 0 < said <= _HUNDRED:
        return value in {_HUNDRED / said, said * _HUNDRED}  # 1 in 20, 0.05
    return value == _in_unit(said, source.unit, target.unit)


def parts_of_source(text: str) -> set[Decimal]:
    """The shares that English states as "1 in 20", "nine of ten", "two thirds".

    >>> sorted(parts_of_source("99 of 100, or one in five"))
    [Decimal('0.2'), Decimal('0.99')]
    """
    shares = set()
    for match in _PART_OF.finditer(text):
        part, whole = _number(match[1]), _number(match[2])
        if part is not None and whole and part <= whole:
            shares.add(part / whole)
    return shares


def parts_of_target(text: str, fraction: str) -> set[Decimal]:
    """The shares that a target states as percent, or as 5분의 3.

    >>> sorted(parts_of_target("60%, 4분의 3", "분의"))
    [Decimal('0.6'), Decimal('0.75')]
    """
    shares = {Decimal(found) / _HUNDRED for found in _PERCENT.findall(text)}
    if fraction:
        pairs = re.findall(rf"(?<!\d)(\d{{1,40}})\s?{re.escape(fraction)}\s?(\d{{1,40}})", text)
        shares |= {Decimal(part) / Decimal(whole) for whole, part in pairs if int(whole)}
    return shares


def _number(text: str) -> Decimal | None:
    value = NUMBERS.get(text.lower()) if text.isalpha() else text.replace(",", "")
    return None if value is None else Decimal(value)


def follows(target: Quantity, sources: Sequence[Quantity]) -> bool:
    """Say whether the target's number is how two numbers of the source compare.

    >>> low, high = (Quantity((Decimal(n),), (0, 2), str(n)) for n in (12, 48))
    >>> follows(Quantity((Decimal(4),), (0, 1), "4", "times"), [low, high])
    True

    A ratio where the target says how many times, a difference where both count the same.
    """
    if target.unit not in {"times", "fraction"} or len(sources) > _MOST:
        return False
    values = {source.values[0] for source in sources if source.values[0] > 0}
    return any(
        abs(large / small - target.values[0]) <= _TOLERANCE * target.values[0]
        for large, small in permutations(values, 2)
        if large > small
    )


def _of_percent(said: Decimal, unit: str | None) -> set[Decimal]:
    if unit == "percent":
        return {_HUNDRED - said}
    if unit in {"times", "fraction"} and said:
        return {1 + said / _HUNDRED, _HUNDRED / said, _HUNDRED / max(_HUNDRED - said, Decimal(1))}
    return {said / _HUNDRED}


def _in_unit(said: Decimal, unit: str | None, other: str | None) -> Decimal | None:
    """The value in the next larger or smaller unit of time; None where there is none."""
    if unit is None or other is None:
        return None
    if _WHOLE.get(unit) == other:
        return said / _PARTS_OF[other]
    if _WHOLE.get(other) == unit:
        return said * _PARTS_OF[unit]
    return None
