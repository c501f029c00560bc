"""Accuracy of numbers (MQM accuracy/number): values and signs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bot.model.finding import ErrorType, Finding, Severity
from bot.quality.derived import follows, parts_of_source, parts_of_target, says_same
from bot.quality.number_words import (
    and_a_half,
    target_number_words,
    target_numbers,
    values_in_words,
)
from bot.quality.quantities import Quantity, source_quantities, target_quantities
from bot.quality.spelled import implied_values, spelled_quantities
from bot.quality.subject import Subject

_NUMBER = ErrorType.NUMBER
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")  # O(n²)
_RANKS = re.compile(
    r"\b(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:nd|rd|th))\b",
    re.IGNORECASE,
)
_MORE_RANKS = re.compile(r"\b(?:next|another|other|last|final|latter|then|finally|\d)\b", re.I)
_SCALE_FROM = re.compile(r"[01]\s?(?:to|-|–|and)\s?(?:5|7|10|100)\b")  # 7점 척도, 10점 만점
_NEAR = 20
_SELDOM_DROPPED = 3


def missing_numbers(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding for every number of the source that the target lacks.

    >>> from bot.model.language import Language
    >>> from bot.quality.subject import pair_of
    >>> pair = pair_of("17.8% of 1,200 tasks", "작업의 17.8%", Language("ko", "한국어"))
    >>> [(finding.evidence, str(finding.severity)) for finding in missing_numbers(pair)]
    [('1,200', 'major')]

    Digits are certain (major). A number up to three that is written as a word is major only where
    the target has another number in its place, minor otherwise: "these two" may well be 이들.
    """
    targets = target_numbers(subject.text, subject.language)
    there = {value for found in targets for value in found.values}
    plain = subject.text.translate(_SUPERSCRIPTS)
    there |= {Decimal(text) for text in re.findall(r"\d+(?:\.\d+)?", plain)}
    known = _source_values(subject)
    there |= values_in_words(subject.text, subject.language)
    strange = any(_is_strange(found, known) for found in targets)
    for quantity in (*source_quantities(subject.words), *spelled_quantities(subject.words)):
        if there.intersection(quantity.values):
            continue
        sure = not quantity.spelled or strange or quantity.values[0] > _SELDOM_DROPPED
        sure = sure and not _SCALE_FROM.match(subject.words, quantity.span[0])
        reworded = _is_a_part(subject, quantity) or any(
            says_same(quantity, found) for found in targets
        )
        yield _missing(
            subject, quantity, Severity.MAJOR if sure and not reworded else Severity.MINOR
        )


def added_numbers(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding for every number in digits that the source does not have.

    >>> from bot.model.language import Language
    >>> from bot.quality.subject import pair_of
    >>> pair = pair_of("two of the 30 tasks", "작업 30개 중 2개에서 95%", Language("ko", "한국어"))
    >>> [finding.evidence for finding in added_numbers(pair)]
    ['95']

    Minor where it follows from the source: "from 12 to 48" may be 4배. Of numbers in words, those
    that count times or give a rank (세 배, 두 번째) are looked at.
    """
    known = _source_values(subject)
    sources = [*source_quantities(subject.words), *spelled_quantities(subject.words, ones=True)]
    found = target_quantities(subject.text, subject.language)
    more = and_a_half(found, subject.text, subject.language)
    halves = {one.span for one in more if known.intersection(one.values)}
    for quantity in found:
        if not known.intersection(quantity.values) and quantity.span not in halves:
            reworded = _states_a_part(subject, quantity) or any(
                says_same(one, quantity) for one in sources
            )
            yield subject.finding(
                "added_numbers",
                _NUMBER,
                Severity.MINOR if reworded or follows(quantity, sources) else Severity.MAJOR,
                f"{quantity.text} is not in the source",
                span=quantity.span,
            )
    for quantity in target_number_words(subject.text, subject.language):
        if _counts(subject, quantity) and _is_strange(quantity, known):
            yield subject.finding(
                "added_numbers",
                _NUMBER,
                Severity.MINOR if follows(quantity, sources) else Severity.MAJOR,
                f"{quantity.text} is not in the source",
                span=quantity.span,
            )


def changed_signs(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding for every minus sign that is lost or new.

    >>> from bot.model.language import Language
    >>> from bot.quality.subject import pair_of
    >>> pair = pair_of("a change of -3.5 points", "3.5점의 변화", Language("ko", "한국어"))
    >>> [finding.evidence for finding in changed_signs(pair)]
    ['3.5']

    A lost one is right where words behind the number say so (1.7점 낮습니다, 3% 감소).
    """
    targets = target_quantities(subject.text, subject.language)
    directions = subject.language.lexicon.directions
    falls = (*directions.get("decrease", ()), *directions.get("lower", ()))
    for quantity in source_quantities(subject.words):
        same = [found for found in targets if set(found.values) & set(quantity.values)]
        if not same or any(found.negative == quantity.negative for found in same):
            continue
        worded = quantity.negative and any(_says(subject.text, one, falls) for one in same)
        if not worded:
            message = (
                f"{quantity.text} has {'lost its' if quantity.negative else 'a new'} minus sign"
            )
            yield subject.finding(
                "changed_signs", _NUMBER, Severity.MAJOR, message, span=same[0].span
            )


def _is_strange(found: Quantity, known: set[Decimal]) -> bool:
    """A certain number that the source does not have; 서너 may be "a few"."""
    return len(found.values) == 1 and found.values[0] > 1 and found.values[0] not in known


def _counts(subject: Subject, quantity: Quantity) -> bool:
    """세 배; 두 번째 where the source has ranks of its own, for "another" may be a second one."""
    rest = subject.text[quantity.span[1] :].lstrip()
    lexicon = subject.language.lexicon
    if lexicon.rank and rest.startswith(lexicon.rank):
        return bool(_RANKS.search(subject.words)) and not _MORE_RANKS.search(subject.words)
    return bool(lexicon.times) and rest.startswith(lexicon.times)


def _is_a_part(subject: Subject, quantity: Quantity) -> bool:
    """1 in 20 said as 5%, or 60% as 5분의 3: the share is there, in other numbers."""
    there = parts_of_target(subject.text, subject.language.lexicon.fraction)
    if quantity.unit == "percent":
        words = subject.language.lexicon.shares.get(f"{quantity.values[0]:f}", ())
        return quantity.values[0] / 100 in there or any(word in subject.text for word in words)
    start, end = quantity.span
    return bool(parts_of_source(subject.words[max(0, start - 24) : end + 24]) & there)


def _states_a_part(subject: Subject, quantity: Quantity) -> bool:
    start, end = quantity.span
    fraction = subject.language.lexicon.fraction
    near = subject.text[start : end + (8 if quantity.unit == "fraction" else 1)]
    if fraction and subject.text[:start].rstrip().endswith(fraction):
        near = subject.text[max(0, start - 8) : end]  # the 3 of 4분의 3
    said = parts_of_target(near, fraction)
    known = parts_of_source(subject.words)
    known |= {
        one.values[0] / 100 for one in source_quantities(subject.words) if one.unit == "percent"
    }
    return bool(said & known)


def _says(text: str, number: Quantity, words: tuple[str, ...]) -> bool:
    near = text[number.span[1] : number.span[1] + _NEAR]
    return any(word in near for word in words)


def _missing(subject: Subject, quantity: Quantity, severity: Severity) -> Finding:
    message = f"{quantity.text} of the source is missing in the target"
    return subject.finding("missing_numbers", _NUMBER, severity, message, evidence=quantity.text)


def _source_values(subject: Subject) -> set[Decimal]:
    values = implied_values(subject.source)
    for quantity in (*source_quantities(subject.words), *spelled_quantities(subject.words)):
        values.update(quantity.values)
        if quantity.unit == "percent":
            values.update(value / 100 for value in quantity.values)
    return values
