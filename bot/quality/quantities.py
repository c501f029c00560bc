"""Numbers of a text as values: 18B, 18 billion and 180억 are the same; GPT-4 holds none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import islice

from bot.model.language import Language
from bot.quality.english import MAGNITUDES
from bot.quality.units import CURRENCY, LEADING_DEVICE, UNITS

MAXIMUM = 200  # numbers of one text; an abstract with more is a table
# Of a longer run of digits the beginning counts: what looks for a unit behind it starts anew at
# every digit.
DIGITS = r"\d{1,3}(?:,\d{3}){1,12}(?:\.\d{1,40})?|\d{1,40}(?:\.\d{1,40})?|\.\d{1,40}"
# A digit behind a letter, or behind a letter and a hyphen, belongs to a name: GPT-4, o1, top-1.
_CORE = re.compile(
    rf"(?:(?<![A-Za-z0-9_.@])|(?<=\d[x×]))"
    rf"(?:(?<![A-Za-z]-)|(?<=\d[BMKTkx]-)|(?<=\b(?:[Mm]id|[Pp]re|[Ss]ub|[Tt]op)-)|(?<=\b(?:[Pp]ost|[Ll]ate)-))"
    rf"(?<![A-Za-z0-9],)({DIGITS})"
)
SCALE = re.compile(
    r"(?:[ -]?((?i:hundred|thousand|million|billion|trillion))s?|(bn|mn|[kKMBT]))(?![A-Za-z])"
)
_SMALL_SCALE = re.compile(r"m(?![A-Za-z0-9])")  # 30m: metres, minutes, or million
_ALWAYS_OPEN = re.compile(r"24/7(?!\d)")
_REST = re.compile(r"\d{1,4}(?![\d.,])")
_SHARED = re.compile(
    r"\s(?:to|and)\s\$?\d[\d.,]*[ -](hundred|thousand|million|billion|trillion)s?\b"
)  # 7 to 70 billion
# 1.7, 8, and 32 billion; 1-3B
_LISTED = re.compile(
    r"(?:(?:,\s\d[\d.]*){0,6},?\s(?:and|or)\s|\s?(?:--?|–|~)\s?)\$?\d[\d.,]*"
    r"(?:[ -](?=[a-z]{2}))?(million(?=s?\b)|billion(?=s?\b)|trillion(?=s?\b)|[kKMBT](?![A-Za-z]))"
)
_ORDINAL = re.compile(r"(?:st|nd|rd|th)(?![A-Za-z])")
_SUFFIX = re.compile(
    r"(?:px|[GMTK]i?B|[GMk]?Hz|fps|[nmck]m|kg|h|min|bit)(?![A-Za-z])|[x×](?:\s?\d|[A-Z])"
)
_GLUED = re.compile(r"[A-Za-z]")
_DECADE = re.compile(r"(?:19|20)\d0")
_SPLIT = re.compile(r"(\d0)[/:–-](\d0)(?![\d.,%])")  # 80/20 is 8:2
_DECADES = re.compile(r"[\s-]decades?\b")
_CENTURIES = re.compile(r"[\s-]centur(?:y|ies)\b")
_DOZEN = re.compile(r"\sdozen\b")
_RANGE_APART = re.compile(r"\d[%xXkKMBT]?\s\Z")  # 125M -7B
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text.

    Attributes:
        values: What it may be worth; 3만 is 30,000, or "only 3".
        span: Its place, unit and sign not included.
        text: As it stands.
        unit: "percent", "times", "hours" and the like, None where none is known.
        negative: A minus sign that is not a range or a hyphen stands before it.
        spelled: Written as a word ("two", 두).
    """

    values: tuple[Decimal, ...]
    span: tuple[int, int]
    text: str
    unit: str | None = None
    negative: bool = False
    spelled: bool = False


@lru_cache(maxsize=512)
def source_quantities(text: str) -> tuple[Quantity, ...]:
    """Give the numbers that English text writes in digits.

    >>> [(str(found.values[0]), found.unit) for found in source_quantities("1.5M of 20% in GPT-4")]
    [('1500000.0', None), ('20', 'percent')]
    """
    matches = islice(_CORE.finditer(text), MAXIMUM)
    return tuple(found for match in matches if (found := _english(text, match)))


def _tenths(text: str, match: re.Match[str]) -> tuple[Decimal, ...]:
    """8 for the 80 of an 80/20 split, and a half for each part of 50-50."""
    for split in _SPLIT.finditer(text, max(0, match.start() - 3), match.end() + 4):
        one, other = int(split[1]), int(split[2])
        if match.start() in (split.start(1), split.start(2)) and one + other == _WHOLE:
            value = Decimal(match.group())
            return (value / 10, value / _WHOLE)
    return ()


def in_larger(value: Decimal, text: str, end: int) -> tuple[Decimal, ...]:
    """Give what a number is worth in a unit that a translation may choose: 40 for four decades."""
    larger = ((_DECADES, 10), (_CENTURIES, 100), (_DOZEN, 12), (_DOZEN, 10))
    return tuple(value * factor for sign, factor in larger if sign.match(text, end))


def worth(value: Decimal, unit: str | None) -> tuple[Decimal, ...]:
    """Give what it may be worth: twice as small is half, two orders of magnitude 100 times."""
    if unit == "times" and value == 2:
        return value, Decimal("0.5")
    if unit == "orders" and 0 < value < 10:
        return value, Decimal(10) ** int(value)
    return (value,)


def target_quantities(text: str, language: Language) -> list[Quantity]:
    """Give the numbers that the target writes in digits, magnitudes of the language included.

    >>> from bot.model.lexicon import Lexicon
    >>> korean = Language("ko", "한국어", lexicon=Lexicon(magnitudes={"만": 10**4, "억": 10**8}))
    >>> found = target_quantities("180억 개와 1억 2,000만 개, 7B", korean)
    >>> [str(quantity.values[0]) for quantity in found]
    ['18000000000', '120000000', '7000000000']
    """
    found: list[Quantity] = []
    end = 0
    for match in islice(_CORE.finditer(text), MAXIMUM):
        if match.start() < end:
            continue
        quantity = _native(text, match, language) or _english(text, match)
        if quantity is not None:
            quantity = with_unit(quantity, text, language)
            found.append(quantity)
            end = quantity.span[1]
    return found


def _english(text: str, match: re.Match[str]) -> Quantity | None:
    value = Decimal(match.group().replace(",", ""))
    end = match.end()
    if _ALWAYS_OPEN.match(text, match.start()) or text[max(0, end - 4) : end] == "24/7":
        return None
    also: tuple[Decimal, ...] = ()
    scale = SCALE.match(text, end)
    if scale:
        value *= MAGNITUDES[scale[1].lower() if scale[1] else scale[2]]
        end = scale.end()
    elif shared := _SHARED.match(text, end):
        value *= MAGNITUDES[shared[1]]
    elif listed := _LISTED.match(text, end):
        also = (value * MAGNITUDES[listed[1]],)
    elif ordinal := _ORDINAL.match(text, end):
        end = ordinal.end()
    elif small := _SMALL_SCALE.match(text, end):
        also, end = (value * MAGNITUDES["M"],), small.end()
    elif _SUFFIX.match(text, end):
        pass
    elif _GLUED.match(text, end) and not any(unit.match(text, end) for unit in UNITS.values()):
        return None  # 3D, 4o, 8x7B: names
    if _DECADE.fullmatch(match.group()) and text[end : end + 1] == "s":
        end += 1  # the 2020s are no seconds
    unit = next((name for name, sign in UNITS.items() if sign.match(text, end)), None)
    before = text[max(0, match.start() - 9) : match.start()].rstrip()[-1:]
    span = (match.start(), end)
    if re.search(r"(?<![\d.])1/\Z", text[max(0, match.start() - 3) : match.start()]):
        unit = "fraction"
    return Quantity(
        values=(*worth(value, unit), *also, *in_larger(value, text, end), *_tenths(text, match)),
        span=span,
        text=text[slice(*span)],
        unit=CURRENCY.get(before, unit),
        negative=_negative(text, match.start()),
    )


def _native(text: str, match: re.Match[str], language: Language) -> Quantity | None:
    """Read 1억 2,000만: numbers with falling magnitudes; the last may have none."""
    magnitudes = language.lexicon.magnitudes
    if not magnitudes:
        return None
    part = _chain(tuple(magnitudes))
    total, limit, place = Decimal(0), None, match.start()
    first: Decimal | None = None
    while piece := part.match(text, place):
        if _is_word(text, piece, language):
            break
        number = Decimal(piece[1].replace(",", ""))
        factor = 1
        for name in piece[2]:
            factor *= magnitudes[name]
        if limit is not None and factor * number >= limit:
            break
        total += number * factor
        first = number if first is None else first
        limit, place = factor, piece.end()
    if first is None or limit is None:
        return None
    also = (first,) if _says_only(text, place, total, first, language) else ()
    rest = _REST.match(text, place)
    if rest and place and not text[place - 1].isspace() and Decimal(rest.group()) < limit:
        total, place = total + Decimal(rest.group()), rest.end()  # 1만5000
    place = len(text[:place].rstrip())
    span = (match.start(), place)
    negative = _negative(text, match.start())
    return Quantity((total, *also), span, text[slice(*span)], negative=negative)


def _is_word(text: str, piece: re.Match[str], language: Language) -> bool:
    """Llama 2 백본 holds no 2백: a letter that follows is one of a word, not of a number."""
    if text.startswith(language.lexicon.not_magnitudes, piece.start(2)):
        return True  # Claude 2조차
    apart = piece[0][len(piece[1])].isspace()
    follows = text[piece.end() : piece.end() + 1]
    known = (*language.lexicon.magnitudes, *language.lexicon.counters)
    return apart and not piece[0][-1].isspace() and follows.isalpha() and follows not in known


def _says_only(text: str, end: int, total: Decimal, first: Decimal, language: Language) -> bool:
    """3만 may be "only 3": a whole number before a magnitude that is a particle as well."""
    sign = text[:end].rstrip()[-1:]
    factor = language.lexicon.magnitudes.get(sign)
    return sign in language.lexicon.particle_magnitudes and total == first * (factor or 0)


def with_unit(quantity: Quantity, text: str, language: Language) -> Quantity:
    """Give the number of a target with the unit that stands behind it, if any does."""
    rest = text[quantity.span[1] : quantity.span[1] + 24].lstrip(" ")
    rest = LEADING_DEVICE.sub("", rest)
    best = quantity.unit
    length = 0
    if rest.startswith(language.lexicon.fraction or "\0"):
        best, length = "fraction", len(rest)
    for name, signs in language.lexicon.units.items():
        for sign in signs:
            if len(sign) > length and rest.startswith(sign):
                best, length = name, len(sign)
    return Quantity(
        quantity.values, quantity.span, quantity.text, best, quantity.negative, quantity.spelled
    )


def _negative(text: str, start: int) -> bool:
    sign = text[start - 1 : start]
    if sign not in {"-", "−"} or re.match(r"[\w)%~\]–-]", text[start - 2 : start - 1]):
        return False
    return not _RANGE_APART.search(text[max(0, start - 12) : start - 1])


@lru_cache(maxsize=32)
def _chain(magnitudes: tuple[str, ...]) -> re.Pattern[str]:
    names = "".join(map(re.escape, magnitudes))
    return re.compile(rf"({DIGITS})\s?([{names}]{{1,2}})\s?")
