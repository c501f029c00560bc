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
# Numbers in relation, $61\%\to70\%$ and $\geq 0.9$: what they say may be said in words.
RELATION = re.compile(
    r"\$(?=[^$]*\d)(?:[\d\s.,%~+×<>=-]|\\(?:%|(?:long)?rightarrow|to|geq?|leq?|pm|sim|approx|times)(?![a-z]))+\$"
)
# A word with formatted letters, set as formulas in a formula: $\textit{Si$\textbf{g}$n}$.
_NESTED = re.compile(r"\$\\text\w*\{(?=[^{}$]*\$\\text)(?:[^{}$]|\$\\text\w*\{[^{}$]*\}\$)*\}\$")
_TEX_WORD = re.compile(
    r"\\text\w*\{|\\(?:sim|approx|times|(?:long)?rightarrow|to|geq?|leq?|pm)(?![a-z])|[\\${}]"
)
# `…' on one line, the quotation marks of TeX; print('x') within backticks has its own.
QUOTED = r"(?<!`)`(?=[A-Za-z0-9])[^`'\"\n]{1,80}(?<=\w)'(?![\w`'])"
# TeX writes quotation marks as `…', ``…'' or ``…": no code.
CODE = re.compile(
    rf"(?!{QUOTED})"
    r"(?<!`)(`|```)(?!`)[^`]{1,2000}?(?<!`)\1(?!`)|(?<!`)``(?!`)(?:(?!''|\")[^`]){1,500}``(?!`)"
)
URL = re.compile(
    r"(?<![A-Za-z0-9])(?:https?|ftp)://[^\s<>()\[\]{}\"'`가-힣ぁ-ヿ一-鿿]+|\bwww\.[a-z0-9.-]+\.[a-z]{2,}\S*"
    rf"|{BARE_ADDRESS}",
    re.I,
)
_REFERENCE = re.compile(r"\\(?:cite[a-z]*|ref|eqref|label)\*?\{[^{}]*\}")
_PLAIN = {"\\sim": "~", "\\approx": "~", "\\times": "x", "\\pm": "±"}
_PLAIN |= dict.fromkeys(("\\to", "\\rightarrow", "\\longrightarrow"), "→")
_PLAIN |= dict.fromkeys(("\\ge", "\\geq"), "≥") | dict.fromkeys(("\\le", "\\leq"), "≤")
MAXIMUM_CHARACTERS = 20_000
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
        """A Finding about this pair.

        The evidence is what stands at ``span``; where none is given, words of the source.
        """
        evidence = self.target[slice(*span)] if span else self._of_source(evidence or "")
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

    def _of_source(self, text: str) -> str:
        """What the checks read in ``words``, as the source has it."""
        at = -1 if text in self.source else self.words.find(text)
        return text if at < 0 else self.source[at : at + len(text)]


def prepare(pair: Pair, language: Language, matcher: Matcher | None = None) -> Subject | None:
    """Make a Subject; None where the translation has no target and the English stands.

    >>> subject = pair_of("Costs `2 s` or $5", "`2 s` 또는 5달러", Language("ko", "한국어"))
    >>> subject.words.count(_MASK), len(subject.words) == len(subject.source)
    (5, True)
    """
    if pair.translation.target is None:
        return None
    source = pair.segment.source[:MAXIMUM_CHARACTERS]
    target = pair.translation.target[:MAXIMUM_CHARACTERS]
    words = _REFERENCE.sub(lambda match: " " * len(match.group()), mask(source))
    matcher = matcher or Matcher(language.glossary)
    return Subject(
        key=pair.segment.key,
        kind=pair.segment.kind,
        source=source,
        target=target,
        words=words,
        text=mask(_read_as_quoted(source, target)),
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
    text = _NESTED.sub(lambda match: _MASK * len(match.group()), text)
    for pattern in (CODE, FORMULA, URL):
        text = pattern.sub(_masked, text)
    return text


def _read_as_quoted(source: str, target: str) -> str:
    """The target with `…' of the source in quotation marks, should it stand as code: no code."""
    for quoted in dict.fromkeys(match.group()[1:-1] for match in re.finditer(QUOTED, source)):
        target = target.replace(f"`{quoted}`", f"'{quoted}'")
    return target


def is_readable(span: str) -> bool:
    r"""Say whether what is set as a formula can be said without one.

    >>> is_readable("$26$"), is_readable(r"$61\%\to70\%$"), is_readable("$k=5$")
    (True, True, False)
    """
    return any(one.fullmatch(span) for one in (READABLE, RELATION, _NESTED))


def without_nested(text: str) -> str:
    r"""The text, blank where words of nested formatting stand: their dollars have no partners.

    >>> without_nested(r"a $\textit{Si$\textbf{g}$n}$ b").split()
    ['a', 'b']
    """
    return _NESTED.sub(lambda match: " " * len(match.group()), text)


def _masked(match: re.Match[str]) -> str:
    span = match.group()
    if READABLE.fullmatch(span) or RELATION.fullmatch(span):
        return _TEX_WORD.sub(lambda word: _plain(word.group()).rjust(len(word.group())), span)
    return _MASK * len(span)


def _plain(tex: str) -> str:
    return _PLAIN.get(tex, "")
