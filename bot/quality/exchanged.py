"""Numbers that changed places (MQM accuracy/number): A gains 3% and B 9%, or the reverse."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations

from bot.model.finding import ErrorType, Finding, Severity
from bot.quality.names import Certainty, find_names, stem
from bot.quality.quantities import Quantity, source_quantities, target_quantities
from bot.quality.subject import Subject
from bot.translation.glossary import find_rendering

_SOURCE_BREAK = re.compile(r"[,;:]\s|[.!?]\s|\n|\s(?:and|while|but|whereas|versus|vs\.?)\s")
_BOUND = re.compile(
    r"(?<![\w.+-])([A-Za-z][\w.+-]{0,60}(?:\s\d[\w.]{0,20})?)\s?\("
    r"[^\d()\[\],;]{0,30}(\d[\d.,]{0,20}%?)(?=[);,\s])"
)
_MOST = 12  # numbers; more are a table


def exchanged_numbers(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding for every two numbers that stand with each other's names.

    >>> from bot.model.language import Language
    >>> from bot.quality.subject import pair_of
    >>> korean = Language("ko", "한국어")
    >>> source = "It beats GPT-4 by 3.8%, and reaches 9.9% on SQuAD."
    >>> pair = pair_of(source, "GPT-4를 9.9% 앞서고, SQuAD에서 3.8%에 도달합니다.", korean)
    >>> [found.evidence for found in exchanged_numbers(pair)]
    ['9.9']

    Only where each number and each name or term stands once, with a break between the two pairs
    on both sides; "30% and 40%, respectively" is no matter of this check.
    """
    yield from _in_parentheses(subject)
    there = _once(target_quantities(subject.text, subject.language))
    sources = _once(source_quantities(subject.words))
    values = [value for value in sources if value in there]
    if not 2 <= len(values) <= _MOST:
        return
    source = _parts(subject.words, _SOURCE_BREAK)
    target = _parts(subject.text, _target_break(subject))
    names = [
        (_part(source, here), at) for here, at in _name_places(subject) | _term_places(subject)
    ]
    for one, other in combinations(values, 2):
        homes = [_part(source, sources[value].span[0]) for value in (one, other)]
        seats = [_part(target, there[value].span[0]) for value in (one, other)]
        if homes[0] == homes[1] or seats[0] == seats[1]:
            continue
        moved = [
            {_part(target, at) for home, at in names if home == homes[index]} for index in (0, 1)
        ]
        if moved[0] == {seats[1]} and moved[1] == {seats[0]}:
            yield subject.finding(
                "exchanged_numbers",
                ErrorType.NUMBER,
                Severity.MAJOR,
                f"{there[one].text} and {there[other].text} have changed places",
                span=there[other].span,
            )


def _in_parentheses(subject: Subject) -> Iterator[Finding]:
    """GPT-4 (86%) and GPT-4(79%), Ada (width 768) and Ada(너비 512): the number of another name."""
    said, now = (dict(_BOUND.findall(text)) for text in (subject.words, subject.text))
    for name, value in now.items():
        others = {said[other] for other in said if other != name}
        if name in said and said[name] != value and value in others:
            yield subject.finding(
                "exchanged_numbers",
                ErrorType.NUMBER,
                Severity.MAJOR,
                f"{name} has {said[name]} in the source",
                evidence=value,
            )


def _once(found: Sequence[Quantity]) -> Mapping[Decimal, Quantity]:
    """By value; what a text says twice has no one place."""
    values = [one.values[0] for one in found]
    return {one.values[0]: one for one in found if values.count(one.values[0]) == 1}


def _name_places(subject: Subject) -> set[tuple[int, int]]:
    """Where source and target have each name that both say once."""
    found = [
        (stem(name.text), name.span[0])
        for name in find_names(subject.words)
        if name.certainty >= Certainty.NAME
    ]
    names = [name for name, _ in found]
    places: set[tuple[int, int]] = set()
    for name, here in found:
        whole = rf"(?<![A-Za-z0-9-]){re.escape(name)}(?![A-Za-z0-9])"
        there = [match.start() for match in re.finditer(whole, subject.text)]
        if len(there) == names.count(name) == 1:
            places.add((here, there[0]))
    return places


def _term_places(subject: Subject) -> set[tuple[int, int]]:
    """The same for the terms of the glossary; words of general use are no anchor."""
    terms = [match.term for match in subject.terms]
    places: set[tuple[int, int]] = set()
    for match in subject.terms:
        if match.term.free or terms.count(match.term) > 1:
            continue
        there = {
            span
            for text in match.term.accepted
            for span in find_rendering(subject.text, text, subject.language)
        }
        if len(there) == 1:
            places.add((match.span[0], there.pop()[0]))
    return places


def _target_break(subject: Subject) -> re.Pattern[str]:
    joints = "|".join(map(re.escape, subject.language.lexicon.clause_ends))
    return re.compile(rf"[,;:]\s|[.!?]\s|\n|[、。]|(?:{joints or '(?!)'})\s")


def _parts(text: str, pattern: re.Pattern[str]) -> list[int]:
    return [0, *(match.end() for match in pattern.finditer(text))]


def _part(starts: Sequence[int], at: int) -> int:
    """Which part holds the place: the number of the last one that begins there or before."""
    return sum(start <= at for start in starts)
