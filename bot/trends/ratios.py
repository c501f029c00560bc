"""Parts of a whole: a quarter (4분의 1), one in ten (열에 하나), half, and the shares of the table.

A commentary rounds: 24% is a quarter. What is borne out here needs no check as a number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from bot.model.commentary import CommentaryWords
from bot.quality.quantities import Quantity, source_quantities
from bot.quality.spelled import spelled_quantities
from bot.trends.numerals import number_pattern, read_number
from bot.trends.tally import Stated, counts_papers

_NEAR = 0.03
"""A share may be rounded so far: 22% is one in five."""
_PARTS = {"half": 0.5, "third": 1 / 3, "quarter": 0.25, "fifth": 0.2, "tenth": 0.1}
_PART = re.compile(
    rf"(?:\b(two|three|four)[ -])?\b({'|'.join(_PARTS)})s?\b|\bhal(?:v|f)", re.IGNORECASE
)
_OUT_OF = re.compile(r"\b(\d{1,6}) ?(?:/|(?:out )?of(?: the)?) ?(\d{1,6})\b")
_SPELLED = re.compile(r"\bone (?:in|out of|of) (?:every )?(two|three|four|five|six|ten)\b")
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}
_PERCENT = r"(\d{1,3}(?:\.\d+)?)\s?(?:%|퍼센트)(?!\s?(?:p|포인트))"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Ratio:
    """A part of a whole as the text has it."""

    span: Span
    part: int
    whole: int

    @property
    def value(self) -> float:
        """Between 0 and 1."""
        return self.part / self.whole


def find_borne_out(
    text: str, cited: str, stated_at: Callable[[int], Stated], words: CommentaryWords
) -> Iterator[Span]:
    """Places of ratios that the cited English or the stated counts bear out, with their numbers.

    Args:
        text: The sentence.
        cited: The English of the papers that it cites.
        stated_at: The counts it may state at a place.
        words: For numbers as words, and for the ways to say a ratio (``ratios``, ``shares``).
    """
    for ratio in find_worded(text, words):
        stated = _stated_of(text, ratio.span[0], stated_at, words)
        of_papers = counts_papers(text[slice(*ratio.span)], words)
        if _is_counted(ratio.value, stated) or (not of_papers and _is_told(ratio.value, cited)):
            yield ratio.span
    for match in re.finditer(_PERCENT, text):
        stated = _stated_of(text, match.start(), stated_at, words)
        if _is_counted(float(match[1]) / 100, stated, near=0.006):
            yield match.span()
    for word, (least, largest) in words.shares.items():
        told = [share for share in _told_shares(cited) if least <= share <= largest]
        if told:
            yield from (match.span() for match in re.finditer(word, text))


def find_false_ratios(
    text: str, borne_out: Collection[Span], cited: str, words: CommentaryWords
) -> Iterator[str]:
    """Reasons why a ratio cannot stand, one line each; those of papers are judged as counts."""
    values = {value for one in _quantities(cited) for value in one.values}
    for ratio in find_worded(text, words):
        shown = text[slice(*ratio.span)]
        literal = {Decimal(ratio.part), Decimal(ratio.whole)} <= values
        if ratio.span not in borne_out and not literal and not counts_papers(shown, words):
            yield f"{shown!r} is a share that no cited paper and no declared count has"


def blank(text: str, spans: Iterable[Span]) -> str:
    """The text, blanks at the places."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def find_worded(text: str, words: CommentaryWords) -> Iterator[Ratio]:
    """Ratios from left to right for each way to say one."""
    numerals = {**words.numerals, **words.counted_alone}
    for pattern in words.ratios:
        for name in ("whole", "part"):
            pattern = pattern.replace(f"{{{name}}}", number_pattern(name, numerals))
        for match in re.finditer(pattern, text):
            whole, part = (read_number(match[name], numerals) for name in ("whole", "part"))
            if 0 < part < whole:
                yield Ratio(match.span(), part, whole)


def _stated_of(
    text: str, place: int, stated_at: Callable[[int], Stated], words: CommentaryWords
) -> Stated:
    """What may be counted there; "40% of all of them" goes on about what was counted before."""
    of_all = words.whole and re.search(rf"(?:{words.whole})\S{{0,2}}\s$", text[:place])
    return stated_at(0 if of_all else place)


def _is_told(share: float, cited: str) -> bool:
    return any(abs(share - told) <= min(_NEAR, 0.2 * told) for told in _told_shares(cited))


def _is_counted(share: float, stated: Stated, near: float = 0.015) -> bool:
    """A part of the week's papers, or of those of the weeks before."""
    pairs = [(count, stated.total) for count in stated.now]
    pairs += [(part, whole) for part in stated.before for whole in stated.before]
    return any(part < whole and abs(share - part / whole) <= near for part, whole in pairs)


@lru_cache(maxsize=64)
def _told_shares(cited: str) -> tuple[float, ...]:
    """Every part of a whole that the English speaks of; "4x fewer" leaves a quarter."""
    shares: list[float] = []
    for one in _quantities(cited):
        value = float(one.values[0])
        if one.unit == "percent":
            shares.append(value / 100)
        elif one.unit == "times" and value > 1:
            shares.append(1 / value)
    for match in _PART.finditer(cited):
        count = _NUMBERS.get((match[1] or "").lower(), 1)
        shares.append(count * _PARTS[(match[2] or "half").lower()])
    shares += [int(part) / int(whole) for part, whole in _OUT_OF.findall(cited) if int(whole)]
    shares += [1 / _NUMBERS[match[1].lower()] for match in _SPELLED.finditer(cited)]
    return tuple(share for share in shares if 0 < share < 1)


def _quantities(cited: str) -> tuple[Quantity, ...]:
    return (*source_quantities(cited), *spelled_quantities(cited, ones=True))
