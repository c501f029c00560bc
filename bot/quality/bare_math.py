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
# Letters that stand for a quantity: η and the i of i-th; p=0.01, which may also be said in words,
# but not as =0.01.
_SYMBOL = re.compile(
    r"(?<![A-Za-zα-ω])([αβγδεζηθκλμνξπρστφχψω])(?![A-Za-zα-ω])|(?<![\w.-])([ijkmnt])-th\b"
)
_VALUE = re.compile(r"(?<![\w.-])([a-z])\s?=\s?[\d.]")
_NOTHING_IS = re.compile(r"(?:[(,;]|\A)\s*=\s?[\d.]")
_EQUATION = re.compile(r"(?P<left>\b[A-Za-z]{1,8}\([A-Za-z]\w?\))\s?=\s?\S")
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
    yield from _lost_symbols(subject)
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


def _lost_symbols(subject: Subject) -> Iterator[Finding]:
    """η of a formula, p of p=0.01, i of "the i-th token", a side of lr(B) = η · lr(A)."""
    for match in _SYMBOL.finditer(subject.words):
        letter = next(filter(None, match.groups()))
        names = (letter, *subject.language.lexicon.letters.get(letter, ()))
        if not any(_stands(text, subject.target) for text in names):
            yield _lost(subject, match.group())
    for match in _VALUE.finditer(subject.words):
        if not _stands(match[1], subject.target) and _NOTHING_IS.search(subject.target):
            yield _lost(subject, match.group())
    there = subject.target.translate(_POWERS)
    for match in _EQUATION.finditer(subject.words):
        left = f"{match['left']}=".translate(_POWERS)
        if match["left"] in subject.target and left not in there and "=" in there:
            yield _lost(subject, match.group())


def _stands(text: str, target: str) -> bool:
    return re.search(rf"(?<![A-Za-z]){re.escape(text)}(?![A-Za-z])", target) is not None


def _lost(subject: Subject, text: str) -> Finding:
    return subject.finding(
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
