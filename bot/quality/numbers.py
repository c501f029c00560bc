"""Accuracy of numbers (MQM accuracy/number): values, units, signs, approximations and bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bot.model.finding import ErrorType, Finding, Severity
from bot.quality.derived import follows, parts_of_source, parts_of_target, says_same
from bot.quality.number_words import target_number_words, target_numbers, values_in_words
from bot.quality.quantities import (
    Quantity,
    implied_values,
    source_quantities,
    spelled_quantities,
    target_quantities,
)
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
# Units whose loss misleads; "5 hours" may well be 다섯 시간.
_STRICT_UNITS = frozenset({"percent", "times", "dollars", "euros"})
# "by 5%" of a score is often said in points.
# 10x smaller is 10분의 1, but a tenth is not 10배.
_ALSO = {"percent": {"points"}, "times": {"fraction"}}
# Units that a number without one cannot have taken on.
_NEW_UNITS = frozenset(
    {"bits", "bytes", "kilobytes", "megabytes", "gigabytes", "terabytes", "dollars", "euros"}
)


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
    for quantity in target_quantities(subject.text, subject.language):
        if not known.intersection(quantity.values):
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


def changed_units(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding for every number whose unit has become another or is lost.

    >>> from bot.model.language import Language
    >>> from bot.quality.subject import pair_of
    >>> from bot.model.lexicon import Lexicon
    >>> units = {"percent": ("%",), "times": ("배",)}
    >>> korean = Language("ko", "한국어", lexicon=Lexicon(units=units))
    >>> pair = pair_of("12% faster", "12배 빠릅니다", korean)
    >>> [finding.message for finding in changed_units(pair)]
    ['12 is percent in the source and times in the target']
    """
    language = subject.language
    targets = target_numbers(subject.text, subject.language)
    for quantity in (*source_quantities(subject.words), *spelled_quantities(subject.words)):
        if quantity.unit not in {*language.lexicon.units, "fraction"}:
            continue
        same = [found for found in targets if set(found.values) & set(quantity.values)]
        if quantity.unit == "orders":  # 두 배 is wrong, 100배 is right
            same = [one for one in same if one.unit == "times"] or same
            if any(one.values[0] != quantity.values[0] for one in same):
                continue
        units = {found.unit for found in same}
        if all(one.values[0] != quantity.values[0] for one in same):
            continue  # 절반 for 2x: said in another way
        right = {quantity.unit, *_ALSO.get(quantity.unit or "", ())}
        if not same or right & units or _in_range(subject, same):
            continue
        other = next((unit for unit in sorted(filter(None, units))), None)
        if other is None and (quantity.spelled or quantity.unit not in _STRICT_UNITS):
            continue
        is_now = f"and {other} in the target" if other else "in the source only"
        where = "in the source " if other else ""
        yield subject.finding(
            "changed_units",
            _NUMBER,
            Severity.MAJOR,
            f"{quantity.text} is {quantity.unit} {where}{is_now}",
            span=same[0].span,
        )


def added_units(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding for every bare number that has become bytes or money.

    >>> from bot.model.language import Language
    >>> from bot.model.lexicon import Lexicon
    >>> from bot.quality.subject import pair_of
    >>> korean = Language("ko", "한국어", lexicon=Lexicon(units={"kilobytes": ("킬로바이트",)}))
    >>> pair = pair_of("131 kilobases long", "131킬로바이트 길이", korean)
    >>> [finding.message for finding in added_units(pair)]
    ['131 has become kilobytes']
    """
    sources = [*source_quantities(subject.words), *spelled_quantities(subject.words)]
    known = {quantity.unit for quantity in sources}
    for found in target_quantities(subject.text, subject.language):
        same = [one for one in sources if set(one.values) & set(found.values)]
        if found.unit in _NEW_UNITS - known and same and all(one.unit is None for one in same):
            yield subject.finding(
                "added_units",
                _NUMBER,
                Severity.MAJOR,
                f"{found.text} has become {found.unit}",
                span=found.span,
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
        return quantity.values[0] / 100 in there
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


def _in_range(subject: Subject, found: list[Quantity]) -> bool:
    """The first number of a range or list carries no unit of its own: 2~4배, 10에서 20%."""
    joints = tuple(subject.language.lexicon.joints)
    rests = (subject.text[one.span[1] :].lstrip() for one in found)
    return any(rest.startswith((*"-~–∼/,:×xX", *joints)) for rest in rests)
