"""Units of numbers (MQM accuracy/number): 12% is not 12배, and 20 minutes are no 20 hours."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from bot.model.finding import ErrorType, Finding, Severity
from bot.quality.number_words import target_numbers
from bot.quality.quantities import Quantity, source_quantities, target_quantities
from bot.quality.spelled import spelled_quantities
from bot.quality.subject import Subject

_NUMBER = ErrorType.NUMBER
# Units whose loss misleads; "5 hours" may well be 다섯 시간.
_STRICT_UNITS = frozenset({"percent", "times", "dollars", "euros"})
# "by 5%" of a score is often said in points.
# 10x smaller is 10분의 1, but a tenth is not 10배.
_ALSO = {"percent": {"points"}, "times": {"fraction"}}
_TENTH = 10
# Units that a number without one cannot have taken on.
_NEW_UNITS = frozenset(
    {"bits", "bytes", "kilobytes", "megabytes", "gigabytes", "terabytes", "dollars", "euros"}
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
        if quantity.unit == "percent" and quantity.values[0] == _TENTH:
            right.add("fraction")  # 10% is 10분의 1
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


def stray_units(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding for a number whose unit is another one in a second place.

    >>> from bot.model.language import Language
    >>> from bot.model.lexicon import Lexicon
    >>> from bot.quality.subject import pair_of
    >>> korean = Language("ko", "한국어", lexicon=Lexicon(units={"times": ("배",)}))
    >>> pair = pair_of("3.6x faster: a 3.6x speedup", "3.6배 빠름: 3.6% 향상", korean)
    >>> [finding.message for finding in stray_units(pair)]
    ['3.6 is percent in the target only']

    Only where every mention in the source has a unit, of another kind than this one.
    """
    sources = [*source_quantities(subject.words), *spelled_quantities(subject.words)]
    targets = target_numbers(subject.text, subject.language)
    for found in targets:
        same = [one for one in sources if one.values[0] == found.values[0]]
        right = {unit for one in same for unit in (one.unit, *_ALSO.get(one.unit or "", ()))}
        wrong = same and found.unit in _STRICT_UNITS and not {found.unit, None} & right
        known = [one for one in targets if one is not found and one.values[0] in _values(same)]
        elsewhere = any(one.unit in right or one.values[0] != found.values[0] for one in known)
        if wrong and elsewhere:
            yield subject.finding(
                "stray_units",
                _NUMBER,
                Severity.MAJOR,
                f"{found.text} is {found.unit} in the target only",
                span=found.span,
            )


def _values(quantities: list[Quantity]) -> set[Decimal]:
    return {value for quantity in quantities for value in quantity.values}


def _in_range(subject: Subject, found: list[Quantity]) -> bool:
    """The first number of a range or list carries no unit of its own: 2~4배, 10에서 20%."""
    joints = tuple(subject.language.lexicon.joints)
    rests = (subject.text[one.span[1] :].lstrip() for one in found)
    return any(rest.startswith((*"-~–∼/,:×xX", *joints)) for rest in rests)
