"""Shares (MQM accuracy/number): 25 of 30 tasks are no 30 of 25."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.model.finding import ErrorType, Finding, Severity
from bot.quality.subject import Subject

_SHARE = re.compile(
    r"(?<![\w.,])(\d[\d,]*)\s(?:out\s)?of\s(?:the\s|all\s)?(\d[\d,]*)(?![\w.]*\d|[%xX])"
)


def turned_shares(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding where part and whole of "25 of 30" have changed places.

    >>> from bot.model.language import Language
    >>> from bot.model.lexicon import Lexicon
    >>> from bot.quality.subject import pair_of
    >>> korean = Language("ko", "한국어", lexicon=Lexicon(among=("중",)))
    >>> pair = pair_of("solves 25 of 30 problems", "문제 25개 중 30개를 풉니다", korean)
    >>> [finding.evidence for finding in turned_shares(pair)]
    ['25개 중 30']
    """
    among = "|".join(map(re.escape, subject.language.lexicon.among))
    said = {(_bare(match[1]), _bare(match[2])) for match in _SHARE.finditer(subject.words)}
    if not among or not said:
        return
    share = re.compile(
        rf"(?<![\d.,])(\d[\d,]*)\s?[^\s\d.,]{{0,4}}\s?(?:{among})(?:에서)?\s(\d[\d,]*)"
    )
    for match in share.finditer(subject.text):
        whole, part = _bare(match[1]), _bare(match[2])
        if (whole, part) in said and (part, whole) not in said and whole != part:
            yield subject.finding(
                "turned_shares",
                ErrorType.NUMBER,
                Severity.MAJOR,
                f"the source says {whole} of {part}",
                span=match.span(),
            )


def _bare(digits: str) -> str:
    return digits.replace(",", "")
