"""One pair made ready for the checks: what is protected is masked, terms are found once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.model.finding import ErrorType, Finding, Severity
from bot.model.language import Language
from bot.model.translation import Kind, Segment, Translation
from bot.translation.addresses import BARE_ADDRESS
from bot.translation.glossary import Match, Matcher

# Pandoc's rule: no space inside the dollars, no digit behind them; "$5 and $10" is money.
FORMULA = re.compile(
    r"\$\$[^$]{1,2000}?\$\$|(?<![\\$A-Z0-9])\$(?![\s$])[^$\n]{1,500}?(?<![\s\\])\$(?![\d$])"
)
# What only looks like a formula: $26$, $\sim3x$, $\textbf{WRAP}$. It is read as text.
READABLE = re.compile(
    r"\$(?=[^$]*(?:\d|\\text))"
    r"(?:[\d\s.,%~+×-]|(?<=\d)[xkKMB]|\\(?:sim|approx|times|%)|\\text\w*\{[^{}]*\})+\$"
)
_TEX_WORD = re.compile(r"\\text\w*\{|\\(?:sim|approx)|\\times|[\\${}]")
# TeX writes quotation marks as ``…'' or ``…": no code.
CODE = re.compile(
    r"(?<!`)(`|```)(?!`)[^`]{1,2000}?(?<!`)\1(?!`)|(?<!`)``(?!`)(?:(?!''|\")[^`]){1,500}``(?!`)"
)
URL = re.compile(
    r"(?:https?|ftp)://[^\s<>()\[\]{}\"'`가-힣ぁ-ヿ一-鿿]+|\bwww\.[a-z0-9.-]+\.[a-z]{2,}\S*"
    rf"|{BARE_ADDRESS}",
    re.I,
)
_REFERENCE = re.compile(r"\\(?:cite[a-z]*|ref|eqref|label)\*?\{[^{}]*\}")
_MAXIMUM_CHARACTERS = 12_000
_MASK = "\ufffc"


@dataclass(frozen=True, slots=True)
class Pair:
    """A Segment and its Translation; pairs of one ``post`` keep one rendering of each term."""

    segment: Segment
    translation: Translation
    post: str | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What a check looks at.

    Attributes:
        source: The source as it is.
        target: The target as it is; never None.
        words: The source with formulas, code and addresses masked, places kept.
        text: The target, masked likewise.
        terms: Glossary terms of the source.
    """

    key: str
    kind: Kind
    source: str
    target: str
    words: str
    text: str
    terms: Sequence[Match]
    language: Language
    post: str | None = None

    def finding(
        self,
        check: str,
        error: ErrorType,
        severity: Severity,
        message: str,
        *,
        span: tuple[int, int] | None = None,
        evidence: str | None = None,
        suggestion: str | None = None,
    ) -> Finding:
        """A Finding about this pair; the evidence is what stands at ``span`` unless given."""
        if evidence is None:
            evidence = self.target[slice(*span)] if span else ""
        return Finding(
            key=self.key,
            type=error,
            severity=severity,
            evidence=evidence,
            check=check,
            span=span,
            message=message,
            suggestion=suggestion,
        )


def prepare(pair: Pair, language: Language, matcher: Matcher | None = None) -> Subject | None:
    """Make a Subject; None where the translation has no target and the English stands.

    >>> subject = pair_of("Costs `2 s` or $5", "`2 s` 또는 5달러", Language("ko", "한국어"))
    >>> subject.words.count(_MASK), len(subject.words) == len(subject.source)
    (5, True)
    """
    if pair.translation.target is None:
        return None
    source = pair.segment.source[:_MAXIMUM_CHARACTERS]
    target = pair.translation.target[:_MAXIMUM_CHARACTERS]
    words = _REFERENCE.sub(lambda match: " " * len(match.group()), mask(source))
    matcher = matcher or Matcher(language.glossary)
    return Subject(
        key=pair.segment.key,
        kind=pair.segment.kind,
        source=source,
        target=target,
        words=words,
        text=mask(target),
        terms=matcher.find(words),
        language=language,
        post=pair.post,
    )


def pair_of(
    source: str, target: str, language: Language, kind: Kind = Kind.INTRODUCTION
) -> Subject:
    """A Subject of two texts, for examples and tests."""
    subject = prepare(Pair(Segment("pair", source, kind), Translation("pair", target)), language)
    assert subject is not None
    return subject


def mask(text: str) -> str:
    """Replace formulas, code and addresses by as many U+FFFC, so that places stay true."""
    for pattern in (CODE, FORMULA, URL):
        text = pattern.sub(_masked, text)
    return text


def _masked(match: re.Match[str]) -> str:
    span = match.group()
    if READABLE.fullmatch(span):
        return _TEX_WORD.sub(lambda word: _plain(word.group()).rjust(len(word.group())), span)
    return _MASK * len(span)


def _plain(tex: str) -> str:
    return {"\\sim": "~", "\\approx": "~", "\\times": "x"}.get(tex, "")
