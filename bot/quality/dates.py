"""Months (MQM accuracy/number): May is 5월, and "10/14 tasks" is no day of October."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.model.finding import ErrorType, Finding, Severity
from bot.quality.english import MONTHS
from bot.quality.subject import Subject

_NAMES = "|".join(name.capitalize() for name in MONTHS if name not in {"may", "march"})
# In the middle of a sentence a capital May or March is the month; "May 2024" is one anywhere.
_MONTH = re.compile(
    rf"(?<![A-Za-z])(?<![A-Z]-)(?P<month>{_NAMES}"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?=\.?[\s-]\d)"
    r"|(?:May|March)(?=\.?,?[\s-]\d)|(?<=\d[\s-])(?:May|March)"
    r"|(?<=[a-z,]\s)(?:May|March)(?=[\s,.;:)]|\Z)"
    r"|(?<=\()(?:May|March)(?=\s[a-z]+\)))"
    rf"(?![A-Za-z])(?!-(?!{_NAMES}|May|March)[A-Za-z])(?!\s[A-Z][a-z])"
)
_NUMERIC = re.compile(r"\b\d{4}[-/.]\d{1,2}\b|\b\d{1,2}[-/.]\d{1,2}[-/.](?:\d{2}|\d{4})\b")
_OTHER_WORDS = re.compile(
    r"\b(?:month|quarter|spring|summer|autumn|fall|winter|Q[1-4]|semester|mid-year)", re.I
)


def changed_months(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding for every month that has become another one, or that nothing speaks of.

    >>> from bot.model.language import Language
    >>> from bot.model.lexicon import Lexicon
    >>> from bot.quality.subject import pair_of
    >>> korean = Language("ko", "한국어", lexicon=Lexicon(month="월"))
    >>> pair = pair_of("A in June, B in May", "A는 6월, B는 6월", korean)
    >>> [(found.evidence, found.message) for found in changed_months(pair)]
    [('May', 'May of the source is missing in the target')]

    A month in digits alone (2024-05) is there as well. Only what stands in the target's own words
    for months is compared, so a month that is left out is no matter of this check.
    """
    month = subject.language.lexicon.month
    if not month:
        return
    found = {int(match[1]): match.span() for match in _of_target(subject.text, month)}
    wanted = find_months(subject.words)
    for value, name in wanted.items():
        if found and value not in found and not _in_digits(subject.text, value):
            yield subject.finding(
                "changed_months",
                ErrorType.NUMBER,
                Severity.MAJOR,
                f"{name} of the source is missing in the target",
                evidence=name,
            )
    if wanted or _NUMERIC.search(subject.words) or _OTHER_WORDS.search(subject.words):
        return
    for span in found.values():
        yield subject.finding(
            "changed_months",
            ErrorType.NUMBER,
            Severity.MAJOR,
            "the source speaks of no month",
            span=span,
        )


def find_months(text: str) -> dict[int, str]:
    """The months that English text names, by their number; may and march are no months.

    >>> find_months("It may end in October 2023 or in May.")
    {10: 'October', 5: 'May'}
    """
    return {_value(match["month"]): match.group() for match in _MONTH.finditer(text)}


def _of_target(text: str, month: str) -> Iterator[re.Match[str]]:
    """5월, not 12개월."""
    return re.finditer(rf"(?<![\d.,])(\d{{1,2}})\s?{re.escape(month)}(?!드)", text)


def _in_digits(text: str, value: int) -> bool:
    """2024-05, 2024년 5, 5~6월"""
    return bool(
        re.search(rf"\d{{4}}\s?[-./년]\s?0?{value}(?!\d)", text)
        or re.search(rf"(?<![\w.,-])0?{value}\s?(?:[~∼–·/,.-]|와|과|및|에서|부터)\s?\d", text)
    )


def _value(name: str) -> int:
    return next(
        value for value, month in enumerate(MONTHS, 1) if month.startswith(name[:3].lower())
    )
