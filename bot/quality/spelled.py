"""Numbers that English text writes as words: two million, one and a half, a hundred, halves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from bot.quality.english import IMPLIED, MAGNITUDES, NUMBERS
from bot.quality.quantities import DIGITS, MAXIMUM, SCALE, Quantity, in_larger, worth
from bot.quality.units import UNITS

_SPELLED = re.compile(
    rf"\b({'|'.join(NUMBERS)})(?:-({'|'.join(list(NUMBERS)[:9])}))?"
    r"(?:[ -](hundred|thousand|million|billion|trillion)s?)?(?:\b|(?=fold\b))",
    re.IGNORECASE,
)
# A Million Experts; half a million is another number.
_SINGLE = re.compile(
    r"(?<!half\s)(?<!quarter\sof\s)(?<!quarters\sof\s)(?<!thirds\sof\s)"
    r"\ban?\s(hundred|thousand|million|billion|trillion)\b(?!\s(?:of|times|or)\b)",
    re.IGNORECASE,
)
_AND_A_HALF = re.compile(
    r"(?:[\s-]\w+)?[\s-]and[\s-]a[\s-]half\b(?:\s(hundred|thousand|million|billion|trillion)\b)?"
)
_PART_OF_ONE = re.compile(
    r"\b(half|quarter\sof|(?:three|3)[\s-]quarters\sof|third\sof|(?:two|2)[\s-]thirds\sof)\s"
    r"an?\s(hundred|thousand|million|billion|trillion)\b",
    re.IGNORECASE,
)
_PARTS = {"half": (1, 2), "quarter": (1, 4), "quarters": (3, 4), "third": (1, 3), "thirds": (2, 3)}
_HYPHENED = re.compile(r"-(?:shot|hot|hop|fifty)\b", re.IGNORECASE)
_HALF = Decimal("0.5")
_WORD = re.compile(r"[A-Za-z]+")
_PREFIX = re.compile(r"(?:sub|super|near|non)(?=[a-z]{5})")  # subquadratic
_SHOTS = re.compile(rf"\b({'|'.join(NUMBERS)})-(?:shot|hop|hot|way)\b", re.IGNORECASE)


def spelled_quantities(text: str, *, ones: bool = False) -> Iterator[Quantity]:
    """Yield the numbers that English text writes as words, n-shot and mostly "one" left out.

    >>> [(str(found.values[0]), found.text) for found in spelled_quantities("one of two million")]
    [('2000000', 'two million')]

    ``ones`` keeps "one" where a unit follows.
    """
    for match in islice(_SPELLED.finditer(text), MAXIMUM):
        tens, digit, scale = match.groups()
        value = NUMBERS[tens.lower()] + (NUMBERS[digit.lower()] if digit else 0)
        unit = next((name for name, sign in UNITS.items() if sign.match(text, match.end())), None)
        alone = value == 1 and not scale and not (ones and unit)
        alone = alone and not _AND_A_HALF.match(text, match.end())
        even = text[max(0, match.start() - 6) : match.start()].lower() == "fifty-"  # fifty-fifty
        if alone or even or _HYPHENED.match(text, match.end()):
            continue
        number = Decimal(value * MAGNITUDES.get(scale.lower() if scale else "", 1))
        half = _and_a_half(number, text, match.end())
        values = (*half, *worth(number, unit), *in_larger(number, text, match.end()))
        yield Quantity(values, match.span(), match.group(), unit, spelled=True)
    for match in islice(_SINGLE.finditer(text), MAXIMUM):
        number = Decimal(MAGNITUDES[match[1].lower()])
        yield Quantity((number,), match.span(), match.group(), spelled=True)


def _and_a_half(value: Decimal, text: str, end: int) -> tuple[Decimal, ...]:
    """2.5 for two and a half, 1,500,000 for one and a half million."""
    match = _AND_A_HALF.match(text, end)
    return ((value + _HALF) * MAGNITUDES.get(match[1] or "", 1),) if match else ()


def implied_values(text: str) -> set[Decimal]:
    """Give the values that a translation may write in digits although the source does not.

    >>> sorted(map(str, implied_values("In January it halved")))
    ['0', '0.5', '1', '2', '50']
    """
    values = {Decimal(0), Decimal(1)}
    for word in {match.group().lower() for match in _WORD.finditer(text)}:
        values.update(IMPLIED.get(word) or IMPLIED.get(_PREFIX.sub("", word)) or ())
    values.update(Decimal(NUMBERS[match[1].lower()]) for match in _SHOTS.finditer(text))
    for match in _PART_OF_ONE.finditer(text):  # half a million
        part, whole = _PARTS[re.split(r"[\s-]", match[1].lower().removesuffix(" of"))[-1]]
        values.add(Decimal(MAGNITUDES[match[2].lower()]) * part / whole)
    for match in re.finditer(DIGITS, text):  # 32 is no rendering of $32K, but one of Vicuna-32K
        glued = text[max(0, match.start() - 2) : match.start()].strip("-").isalpha()
        if glued or not SCALE.match(text, match.end()):
            values.add(Decimal(match.group().replace(",", "")))
    return values
