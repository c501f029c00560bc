"""Formulas beside dollars (MQM markup/span): O(d_emb) without them, O(1)$O(1)$ with and without."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.model.finding import ErrorType, Finding, Severity
from bot.quality.subject import FORMULA, Subject

# d_emb, O(n^2), x^k: mathematics without dollars.
_BARE_MATH = re.compile(
    r"(?<![\w\\{/.@-])(?:[A-Za-z]\w*_\{?\w+|[A-Za-z]\w{0,3}\^\{?\w+"
    r"|[OΘΩ]\((?:[^()\n]|\([^()\n]*\)){1,40}\))"
)
# man:woman::king:queen, in any script
_PROPORTION = re.compile(r"(?<!\w)\w++(?::{1,2}\w++)*?::\w+(?::{1,2}\w+)*")
_POWERS = str.maketrans(
    {"²": "^2", "³": "^3", "{": "", "}": "", "\\": "", " ": "", "*": "", "·": ""}
)


def bare_formulas(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding for every formula without dollars that has changed, and every one set twice.

    >>> from bot.model.language import Language
    >>> from bot.quality.subject import pair_of
    >>> pair = pair_of("O(d_emb) more", "O(demb)개 추가", Language("ko", "한국어"))
    >>> [found.evidence for found in bare_formulas(pair)]
    ['O(d_emb)']

    Spaces, braces and ² for ^2 make no difference.
    """
    yield from _lost_mathematics(subject)
    yield from _lost_proportions(subject)
    yield from _set_twice(subject)


def _lost_mathematics(subject: Subject) -> Iterator[Finding]:
    target = subject.target.translate(_POWERS)
    for text in sorted({match.group() for match in _BARE_MATH.finditer(subject.words)}):
        if text.translate(_POWERS) not in target:
            yield subject.finding(
                "bare_formulas",
                ErrorType.SPAN,
                Severity.MAJOR,
                "a formula without dollars is missing or changed",
                evidence=text,
                suggestion=text,
            )


def _lost_proportions(subject: Subject) -> Iterator[Finding]:
    shapes = {re.sub(r"\w+", "", match.group()) for match in _PROPORTION.finditer(subject.text)}
    for match in _PROPORTION.finditer(subject.words):
        if re.sub(r"\w+", "", match.group()) not in shapes:
            yield subject.finding(
                "bare_formulas",
                ErrorType.SPAN,
                Severity.MAJOR,
                "a proportion or path is missing or changed",
                evidence=match.group(),
            )


def _set_twice(subject: Subject) -> Iterator[Finding]:
    """O(1)$O(1)$, as copied from a page that shows a formula and its source."""
    for match in FORMULA.finditer(subject.target):
        body = match.group().strip("$ ")
        start = match.start() - len(body)
        before = start >= 0 and subject.target.startswith(body, start)
        if len(body) > 1 and (before or subject.target.startswith(body, match.end())):
            span = (start, match.end()) if before else (match.start(), match.end() + len(body))
            if subject.target[slice(*span)] not in subject.source:
                yield subject.finding(
                    "bare_formulas",
                    ErrorType.SPAN,
                    Severity.MAJOR,
                    "the formula stands there twice",
                    span=span,
                )
