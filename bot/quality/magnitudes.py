"""Numbers without digits, and ranges (MQM accuracy/number): tens of thousands, 10-40x, half."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from bot.model.finding import ErrorType, Finding, Severity
from bot.quality.english import NUMBERS
from bot.quality.number_words import target_number_words
from bot.quality.quantities import Quantity, source_quantities, target_quantities
from bot.quality.spelled import implied_values, spelled_quantities
from bot.quality.subject import Subject
from bot.quality.vague import find_vague, vague_values

_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_RANGE = re.compile(
    rf"(?<![\w.,-])(?P<low>{_NUMBER})\s?[xX%]?\s?(?:-{{1,2}}|[–—~]|to)\s?"
    rf"(?P<high>{_NUMBER})(?=\s?(?:[xX%]|times|percent)(?![\w-]))"
)

_STEP = re.compile(
    rf"(?P<from>\bfrom\s)?(?<![\w.,-])(?P<low>{_NUMBER})\s?(?:%|[xX]\b|percent)?(?:\sto\s|\s*→\s*)"
    rf"(?P<high>{_NUMBER})(?:(?=\s?(?:%|[xX]\b|percent))|(?(from)(?![\w-])|(?!)))"
)
_COURSE = re.compile(
    r"\bfrom\s(?:about\s|around\s|just\s|only\s|~|\$)?(?P<low>\d[\d,]*(?:\.\d+)?)"
    r"(?:[^.;:]|\.\d){1,80}?\s(?:up\s|down\s)?to\s(?:about\s|around\s|just\s|only\s|~|\$)?"
    r"(?P<high>\d[\d,]*(?:\.\d+)?)"
)
_GOES = re.compile(r"(?:\s(?!to\b)[a-z]+)?(?:\sto\s|\s?(?:→|->)\s?)\$?")
_WHOLES = {"third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_FRACTION_WORDS = re.compile(
    r"(?P<by>\bby\s(?:about\s|nearly\s|over\s|up to\s)?)?"
    rf"\b(?P<part>a|{'|'.join(list(NUMBERS)[:9])})[\s-](?P<whole>{'|'.join(_WHOLES)})s?\b",
    re.I,
)
_TILDE = re.compile(r"\s?%?\s?[~∼–-]\s?")
_CLOSE = 6  # letters between two numbers that belong together


def changed_magnitudes(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding where thousands have become millions.

    >>> from bot.model.language import Language
    >>> from bot.model.lexicon import Lexicon
    >>> from bot.quality.subject import pair_of
    >>> vague = {"수만": Decimal(10**4), "수천": Decimal(1000)}
    >>> korean = Language("ko", "한국어", lexicon=Lexicon(vague=vague))
    >>> pair = pair_of("tens of thousands of samples", "샘플 수천 개", korean)
    >>> [finding.evidence for finding in changed_magnitudes(pair)]
    ['수천']

    Only where the source has such words of its own; 다수 for thousands is no matter of this check.
    """
    wanted = set(vague_values(subject.words))
    if not wanted:
        return
    found = list(find_vague(subject.text, subject.language.lexicon.vague))
    if wanted & {value for _, value in found}:
        return
    known = implied_values(subject.source)
    known |= {value for one in spelled_quantities(subject.words) for value in one.values}
    strange = [
        one.span
        for one in target_number_words(subject.text, subject.language)
        if one.values[0] > 2 and not known.intersection(one.values)
    ]
    for span in [*(span for span, _ in found), *strange][:1]:
        yield subject.finding(
            "changed_magnitudes",
            ErrorType.NUMBER,
            Severity.MAJOR,
            f"the source has another order of magnitude ({min(wanted):,})",
            span=span,
        )


def turned_ranges(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding where "from 53% to 70%" runs the other way, or has become a range.

    >>> from bot.model.language import Language
    >>> from bot.quality.subject import pair_of
    >>> pair = pair_of("rises from 53% to 70%", "70%에서 53%로 오릅니다", Language("ko", "한국어"))
    >>> [finding.evidence for finding in turned_ranges(pair)]
    ['70%에서 53']
    """
    found = target_quantities(subject.text, subject.language)
    steps = [
        (left, right, subject.text[left.span[1] : right.span[0]]) for left, right in pairwise(found)
    ]
    for match in _STEP.finditer(subject.words):
        low, high = _value(match["low"]), _value(match["high"])
        for left, right, between in steps:
            if len(between) > _CLOSE:
                continue
            turned = (left.values[0], right.values[0]) == (high, low) and low != high
            merged = (left.values[0], right.values[0]) == (low, high)
            if turned or (match["from"] and merged and _TILDE.fullmatch(between)):
                yield subject.finding(
                    "turned_ranges",
                    ErrorType.NUMBER,
                    Severity.MAJOR,
                    f"the source goes from {match['low']} to {match['high']}",
                    span=(left.span[0], right.span[1]),
                )
    yield from _turned_amounts(subject, steps)
    yield from _turned_ends(subject, found)


def _turned_ends(subject: Subject, found: Sequence[Quantity]) -> Iterator[Finding]:
    """From 12% with one prompt to 31% with a chain, as 31%이던 것이 사슬을 쓰면 12%로 오릅니다."""
    lexicon = subject.language.lexicon
    verbs = [*lexicon.directions.get("increase", ()), *lexicon.directions.get("decrease", ())]
    towards = "|".join(map(re.escape, lexicon.towards))
    if not towards or not verbs:
        return
    arrives = re.compile(rf"\s?\S{{0,4}}?(?:{towards})\s[^.,;:\d]{{0,6}}?(?:{'|'.join(verbs)})")
    reached = {one.values[0]: one for one in found if arrives.match(subject.text, one.span[1])}
    seats = {one.values[0]: one.span[0] for one in found}
    for match in _COURSE.finditer(subject.words):
        low, high = _value(match["low"]), _value(match["high"])
        there = reached.get(low)
        if there and high not in reached and low != high and high in seats:
            yield subject.finding(
                "turned_ranges",
                ErrorType.NUMBER,
                Severity.MAJOR,
                f"the source goes from {match['low']} to {match['high']}",
                span=there.span,
            )


def _turned_amounts(
    subject: Subject, steps: list[tuple[Quantity, Quantity, str]]
) -> Iterator[Finding]:
    """14.9M to 11.5M as 1,150만 개에서 1,490만 개로."""
    joints = "|".join(map(re.escape, subject.language.lexicon.origins))
    if not joints:
        return
    source = source_quantities(subject.words)
    for one, other in pairwise(source):
        if not _GOES.fullmatch(subject.words[one.span[1] : other.span[0]]):
            continue
        for left, right, between in steps:
            turned = left.values[0] == other.values[0] and right.values[0] == one.values[0]
            joined = re.fullmatch(rf"\s?\S{{0,4}}?\s?(?:{joints})\s(?:약\s)?", between)
            if turned and joined and left.values[0] != right.values[0] and one.text != other.text:
                yield subject.finding(
                    "turned_ranges",
                    ErrorType.NUMBER,
                    Severity.MAJOR,
                    f"the source goes from {one.text} to {other.text}",
                    span=(left.span[0], right.span[1]),
                )


def odd_fractions(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding for a fraction upside down or changed: 3분의 4, 4분의 1 for three quarters.

    >>> from bot.model.language import Language
    >>> from bot.model.lexicon import Lexicon
    >>> from bot.quality.subject import pair_of
    >>> korean = Language("ko", "한국어", lexicon=Lexicon(fraction="분의"))
    >>> pair = pair_of("three-quarters of the failures", "실패의 3분의 4", korean)
    >>> [finding.evidence for finding in odd_fractions(pair)]
    ['3분의 4']
    """
    fraction = subject.language.lexicon.fraction
    if not fraction:
        return
    said = {share for match in _FRACTION_WORDS.finditer(subject.words) for share in _shares(match)}
    for match in re.finditer(
        rf"(?<![\d.,])(\d[\d,]*)\s?{re.escape(fraction)}\s?(\d+)(?![\d.,]*\d)", subject.text
    ):
        whole, part = int(match[1].replace(",", "")), int(match[2])
        wholes = {one[1] for one in said}
        if part <= whole and whole in wholes and (part, whole) not in said:
            yield subject.finding(
                "odd_fractions",
                ErrorType.NUMBER,
                Severity.MAJOR,
                "the source has another fraction",
                span=match.span(),
            )
        if part > whole:
            yield subject.finding(
                "odd_fractions",
                ErrorType.NUMBER,
                Severity.MAJOR,
                "the fraction is more than one whole",
                span=match.span(),
            )


def _shares(match: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Part and whole; what is cut by two thirds comes to one third."""
    word = match["part"].lower()
    whole = _WHOLES[match["whole"].lower()]
    part = 1 if word == "a" else NUMBERS[word]
    yield part, whole
    if match["by"]:
        yield whole - part, whole


def cut_ranges(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding for every range of which one end is lost while the other stands.

    >>> from bot.model.language import Language
    >>> from bot.quality.subject import pair_of
    >>> source, target = "10-40x cheaper, 10-40x fewer calls", "10~40배 싸고 호출은 40배 적습니다"
    >>> pair = pair_of(source, target, Language("ko", "한국어"))
    >>> [finding.evidence for finding in cut_ranges(pair)]
    ['10-40']

    A range that the source repeats may be said once.
    """
    counts = Counter(found.values[0] for found in target_quantities(subject.text, subject.language))
    ranges = Counter(
        (_value(match["low"]), _value(match["high"]), match.group())
        for match in _RANGE.finditer(subject.words)
    )
    for (low, high, text), times in ranges.items():
        least, most = sorted((counts[low], counts[high]))
        if 0 < least < times and most > least:
            yield subject.finding(
                "cut_ranges",
                ErrorType.NUMBER,
                Severity.MAJOR,
                f"{text} of the source has lost an end",
                evidence=text,
            )


def _value(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))
