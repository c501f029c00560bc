"""What a model says beside the translation: chatter, its prompt, stand-ins for a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.model.finding import ErrorType, Finding, Severity
from bot.quality.subject import Subject

_ENGLISH_CHATTER = re.compile(
    r"\b(?:here(?:'s| is| are) (?:the|a|your|my)|sure[,!]|certainly[,!]|of course[,!]|as an ai\b"
    r"|i(?:'m| am) sorry|i (?:cannot|can't|can not) (?:help|assist|translate)|i hope this helps"
    r"|let me know if"
    r"|translation:|translated text:|note:|korean:|japanese:|output:|translator'?s note)",
    re.IGNORECASE,
)
_ENGLISH_LEAKS = re.compile(
    r"you are (?:a|an) [^.]{0,40}translator|translate the following|system prompt"
    r"|<\|[^|>\n]{1,40}\|>|\[/?INST\]"
    r"|<</?SYS>>|###\s?(?:instruction|input|response|system|user|assistant)|\"[a-z_]{2,20}\"\s?:"
    r"|^\s*(?:system|user|assistant)\s?:|response_format|json schema|glossary:|target language:"
    r"|\\u[0-9a-f]{4}|\\[nt](?![a-z])|\\\""
    r"|</?(?:think|thinking|source|target|translation|glossary|instructions?)>",
    re.IGNORECASE | re.MULTILINE,
)
_ENGLISH_STAND_INS = re.compile(
    r"\bTODO\b|\bTBD\b|\bFIXME\b|\bxxx{1,}\b|lorem ipsum"
    r"|\[(?:translation|placeholder|insert|text|name|title)[^\]]{0,30}\]"
    r"|<(?:placeholder|insert|translation)[^>]{0,30}>|translation (?:pending|unavailable|failed)"
    r"|\bundefined\b|\bNaN\b|\bnull\b|\bN/A\b|\bNone\b",
    re.IGNORECASE,
)
_OF_TRANSLATION = re.compile(
    r"translat|multilingual|wording|proofread|\b(?:choos|choice|select|pick)"
    r"|\b(?:confirm|verify|check|review)\b",
    re.IGNORECASE,
)
_NEAR_AN_END = 60


def model_chatter(subject: Subject) -> Iterator[Finding]:
    """Yield a critical Finding for what the model says around its translation.

    >>> from bot.model.language import Language
    >>> from bot.model.lexicon import Lexicon
    >>> from bot.quality.subject import pair_of
    >>> korean = Language("ko", "한국어", lexicon=Lexicon(chatter=("물론입니다",)))
    >>> pair = pair_of("A model.", "물론입니다! 모델입니다. Here is the translation.", korean)
    >>> [found.evidence for found in model_chatter(pair)]
    ['물론입니다', 'Here is the']

    Looked for near the beginning and the end, and where a sentence begins.
    """
    for phrase in subject.language.lexicon.chatter:
        if phrase in subject.text and _excused(subject, phrase):
            continue
        edge = r"(?<!\w)" if phrase[0].isalnum() else ""
        for match in re.finditer(edge + re.escape(phrase), subject.text):
            anywhere = not edge or _at_an_end(subject.text, match.start())
            if anywhere or _starts(subject.text, match.start()):
                yield _finding(subject, "model_chatter", match.span(), "this is the model speaking")
                break
    yield from _english(subject, "model_chatter", _ENGLISH_CHATTER, "this is the model speaking")


def prompt_leaks(subject: Subject) -> Iterator[Finding]:
    """Yield a critical Finding for what belongs to the prompt or the reply's frame.

    >>> from bot.model.language import Language
    >>> from bot.quality.subject import pair_of
    >>> pair = pair_of("A model.", '{"target": "모델입니다."}', Language("ko", "한국어"))
    >>> [found.evidence for found in prompt_leaks(pair)]
    ['"target":']
    """
    message = "this belongs to the prompt, not to the translation"
    for phrase in subject.language.lexicon.prompt_leaks:
        at = subject.text.find(phrase)
        if at >= 0:
            yield _finding(subject, "prompt_leaks", (at, at + len(phrase)), message)
    if subject.language.lexicon.note:
        for match in re.finditer(subject.language.lexicon.note, subject.text):
            if not _excused(subject, match.group()):
                yield _finding(subject, "prompt_leaks", match.span(), message)
    if subject.language.lexicon.remark and not _OF_TRANSLATION.search(subject.words):
        for match in re.finditer(subject.language.lexicon.remark, subject.text):
            yield _finding(subject, "prompt_leaks", match.span(), message)
    yield from _labels(subject, message)
    yield from _english(subject, "prompt_leaks", _ENGLISH_LEAKS, message)


def placeholders(subject: Subject) -> Iterator[Finding]:
    """Yield a critical Finding for what stands where a translation should be.

    >>> from bot.model.language import Language
    >>> from bot.quality.subject import pair_of
    >>> [found.evidence for found in placeholders(pair_of("A model.", "TODO", Language("ko", "")))]
    ['TODO']
    """
    message = "a stand-in for a translation"
    for phrase in subject.language.lexicon.placeholders:
        at = subject.text.find(phrase)
        if at >= 0:
            yield _finding(subject, "placeholders", (at, at + len(phrase)), message)
    yield from _english(subject, "placeholders", _ENGLISH_STAND_INS, message)


def _excused(subject: Subject, phrase: str) -> bool:
    """참고: for the "Note:" of the source."""
    return any(
        re.search(rf"\b{re.escape(english)}\b[^.:\n]{{0,12}}:", subject.words, re.IGNORECASE)
        for word, many in subject.language.lexicon.notes.items()
        for english in many
        if word in phrase
    )


def _labels(subject: Subject, message: str) -> Iterator[Finding]:
    """제목: at the beginning, where the source has fewer colons."""
    if subject.text.count(":") <= subject.words.count(":"):
        return
    for label in subject.language.lexicon.field_labels:
        match = re.match(rf"[\s*\[(]*{re.escape(label)}[\])]?\s?[*]*\s?:", subject.text)
        if match:
            yield _finding(subject, "prompt_leaks", match.span(), message)


def _english(
    subject: Subject, check: str, pattern: re.Pattern[str], message: str
) -> Iterator[Finding]:
    source = subject.source.lower()
    for match in pattern.finditer(subject.text):
        if match.group().lower().strip(" :,!") not in source:
            yield _finding(subject, check, match.span(), message)


def _finding(subject: Subject, check: str, span: tuple[int, int], message: str) -> Finding:
    return subject.finding(check, ErrorType.CHATTER, Severity.CRITICAL, message, span=span)


def _at_an_end(text: str, place: int) -> bool:
    return place < 4 or place > len(text) - _NEAR_AN_END


def _starts(text: str, place: int) -> bool:
    return re.search(r"(?:[.!?。]\s*|\n\s*)\Z", text[:place]) is not None
