"""Completeness (MQM accuracy/omission, addition, untranslated): nothing lost, nothing made up."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.model.finding import ErrorType, Finding, Severity
from bot.model.translation import Kind
from bot.quality.anchors import find_anchors
from bot.quality.leftovers import PARENTHESES
from bot.quality.sentences import Sentence, bullets, split
from bot.quality.subject import MAXIMUM_CHARACTERS, Pair, Subject

_LONG_ENOUGH = 80
_ENGLISH_RUN = re.compile(
    r"(?<![\w'’-])(?:[A-Za-z][A-Za-z'’-]{0,30}[,;:]?\s{1,3}){3,60}[A-Za-z][A-Za-z'’-]{0,30}[.!?]?"
)
_LOWER = re.compile(r"\b[a-z]{2,}\b")
_ORDINARY = re.compile(r"(?<![\w-])[A-Z]?[a-z]+(?![\w-])")
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-z]")


def empty_target(subject: Subject) -> Iterator[Finding]:
    """Yield a critical Finding where nothing was translated at all.

    >>> from bot.model.language import Language
    >>> from bot.quality.subject import pair_of
    >>> [str(found.type) for found in empty_target(pair_of("Text", " ", Language("ko", "")))]
    ['accuracy/omission']
    """
    if subject.source.strip() and not subject.target.strip():
        yield subject.finding(
            "empty_target",
            ErrorType.OMISSION,
            Severity.CRITICAL,
            "the target is empty",
            evidence=subject.source[:200],
        )


def unread_text(pair: Pair) -> Iterator[Finding]:
    """Yield a critical Finding where a text is longer than what the checks read.

    >>> from bot.model.translation import Segment, Translation
    >>> long = "아주 긴 글입니다. " * 2_000
    >>> [found.span for found in unread_text(Pair(Segment("a", "…"), Translation("a", long)))]
    [(20000, 20200)]
    """
    target = pair.translation.target or ""
    for text, where in ((pair.segment.source, "source"), (target, "target")):
        if len(text) <= MAXIMUM_CHARACTERS:
            continue
        span = (MAXIMUM_CHARACTERS, min(len(text), MAXIMUM_CHARACTERS + 200))
        yield Finding(
            pair.segment.key,
            ErrorType.SOURCE if where == "source" else ErrorType.ADDITION,
            Severity.CRITICAL,
            evidence=text[slice(*span)],
            check="unread_text",
            span=span if where == "target" else None,
            message=f"the {where} is not checked from character {MAXIMUM_CHARACTERS:,} on",
        )


def unusual_length(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding where the target is far too short or too long for its source.

    >>> from decimal import Decimal
    >>> from bot.model.language import Language
    >>> from bot.model.lexicon import Lexicon
    >>> from bot.quality.subject import pair_of
    >>> korean = Language("ko", "", lexicon=Lexicon(length=(Decimal("0.22"), Decimal("1.1"))))
    >>> [str(found.type) for found in unusual_length(pair_of("word " * 40, "짧습니다.", korean))]
    ['accuracy/omission']
    """
    limits = subject.language.lexicon.length
    if limits is None or len(subject.source) < _LONG_ENOUGH or not subject.target.strip():
        return
    ratio = len(subject.target) / len(subject.source)
    low, high = map(float, limits)
    if ratio < low:
        severity = Severity.CRITICAL if ratio < low / 2 else Severity.MAJOR
        yield subject.finding(
            "unusual_length",
            ErrorType.OMISSION,
            severity,
            f"the target has {ratio:.0%} of the source's length; at least {low:.0%} is usual",
            evidence=subject.source[:200],
        )
    elif ratio > high:
        yield subject.finding(
            "unusual_length",
            ErrorType.ADDITION,
            Severity.MAJOR,
            f"the target has {ratio:.0%} of the source's length; at most {high:.0%} is usual",
            span=(0, len(subject.target)),
        )


def omitted_sentences(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding for every sentence or bullet that has left no trace in the target.

    >>> from bot.model.language import Language
    >>> from bot.quality.subject import pair_of
    >>> pair = pair_of("A new model. It uses 40 GPUs.", "새로운 모델입니다.", Language("ko", ""))
    >>> [found.evidence for found in omitted_sentences(pair)]
    ['It uses 40 GPUs.']

    A trace is a number, a name or a glossary term. Fewer sentences than in the source is minor by
    itself: Korean may join what English separates.
    """
    source, target = split(subject.words), split(subject.text)
    lost = bullets(subject.source) - bullets(subject.target)
    if len(target) >= len(source) and lost <= 0:
        return
    traceless = [one for one in source if _traceless(subject, one)]
    for sentence in traceless:
        yield _omitted(
            subject, sentence, Severity.MAJOR, "this sentence has no trace in the target"
        )
    if traceless:
        return
    if lost > 0 and bullets(subject.target):
        yield _omitted(subject, source[-1], Severity.MAJOR, f"{lost} of the bullets are missing")
    elif len(target) < len(source):
        message = f"{len(target)} sentences for {len(source)} of the source"
        yield _omitted(subject, source[-1], Severity.MINOR, message)


def added_sentences(subject: Subject) -> Iterator[Finding]:
    """Yield a minor Finding where the target has clearly more sentences and text than expected.

    >>> from bot.model.language import Language
    >>> from bot.quality.subject import pair_of
    >>> pair = pair_of("One.", "하나입니다. 둘입니다. 셋입니다.", Language("ko", ""))
    >>> [found.evidence for found in added_sentences(pair)]
    ['셋입니다.']
    """
    target = split(subject.text)
    source = len(split(subject.words)) + subject.words.count(";")
    wordy = len(subject.target) > 0.75 * len(subject.source)
    if len(target) >= source + 2 or (len(target) > source and wordy):
        last = target[-1]
        yield subject.finding(
            "added_sentences",
            ErrorType.ADDITION,
            Severity.MINOR,
            f"{len(target)} sentences for {source} of the source",
            span=(last.start, last.end),
        )


def unchanged_text(subject: Subject) -> Iterator[Finding]:
    """Yield a critical Finding where the target is the source, or holds nothing but English.

    >>> from bot.model.language import Language
    >>> from bot.quality.subject import pair_of
    >>> pair = pair_of("a new model", "a new model", Language("ko", ""))
    >>> [str(found.type) for found in unchanged_text(pair)]
    ['accuracy/untranslated']

    A title that is only a name may stay: "GPT-4".
    """
    letters = _LETTER.findall(subject.text)
    translated = any(_LATIN.match(letter) is None for letter in letters)
    words = _ORDINARY if subject.kind is Kind.TITLE else _LOWER
    enough = 3 if subject.kind is Kind.TITLE else 1
    if letters and not translated and len(words.findall(subject.words)) >= enough:
        yield subject.finding(
            "unchanged_text",
            ErrorType.UNTRANSLATED,
            Severity.CRITICAL,
            "the target is not translated",
            span=(0, len(subject.target)),
        )


def leftover_english(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding for every run of English words, from four on, outside parentheses and quotes.

    >>> from bot.model.language import Language
    >>> from bot.quality.subject import pair_of
    >>> pair = pair_of("…", "새 모델입니다. We also release the code.", Language("ko", "한국어"))
    >>> [(found.evidence, str(found.severity)) for found in leftover_english(pair)]
    [('We also release the code.', 'major')]
    """
    if next(unchanged_text(subject), None):
        return
    text = PARENTHESES.sub(lambda match: " " + "\ufffc" * (len(match.group()) - 1), subject.text)
    for match in _ENGLISH_RUN.finditer(text):
        lower = len(_LOWER.findall(match.group()))
        if lower < 3 or lower * 2 < len(match.group().split()):
            continue
        span = match.span()
        yield subject.finding(
            "leftover_english",
            ErrorType.UNTRANSLATED,
            Severity.MAJOR if lower > 3 else Severity.MINOR,
            "English text is left over",
            span=span,
        )


def _omitted(subject: Subject, sentence: Sentence, severity: Severity, message: str) -> Finding:
    evidence = subject.source[sentence.start : sentence.end]
    return subject.finding(
        "omitted_sentences", ErrorType.OMISSION, severity, message, evidence=evidence
    )


def _traceless(subject: Subject, sentence: Sentence) -> bool:
    anchors = find_anchors(subject, sentence)
    telling = any(anchor.sure for anchor in anchors) or len(anchors) > 1
    return telling and not any(anchor.kept for anchor in anchors)
