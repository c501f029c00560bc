"""Names that should have stayed in Latin letters (MQM accuracy/entity)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.model.finding import ErrorType, Finding, Severity
from bot.model.translation import Kind
from bot.quality.called import is_called_so, is_effect, is_exonym, stands_alone
from bot.quality.english import COUNTED
from bot.quality.hearing import sounds_like
from bot.quality.kept import find_lacking
from bot.quality.names import Certainty, Name, begins_sentence, find_names, stem
from bot.quality.pronounced import spells
from bot.quality.subject import Subject
from bot.translation.glossary import find_rendering, swap_term
from bot.translation.particles import ends_word

_HANGUL_WORD = re.compile(r"(?<![가-힣])[가-힣]{2,12}(?![가-힣])")
_HANGUL_AND_LATIN = re.compile(
    r"(?<![\w-])(?P<hangul>[가-힣]{2,8})[- ]?(?P<latin>[A-Za-z]{0,3}\d[\w.]*(?<!\.))(?![A-Za-z])",
    re.ASCII,
)
_LATIN_AND_HANGUL = re.compile(
    r"(?<![\w.-])(?P<latin>[A-Za-z][\w.-]*)-(?P<hangul>[가-힣]{2,4}?)(?=의|를|을|는|은|가|이|와|과|로|에|\b)",
    re.ASCII,
)
_ARTICLE = re.compile(r"\b(?:an?|the)\s\Z", re.IGNORECASE)
_NOUN_ENDS = re.compile(r"[?!.,;:]|\Z|\s(?:of|in|on|for|or|and|to|from|with|at|by|without|that)\b")
_HEAD = re.compile(r"[A-Za-z]+")
_MIXED = re.compile(r"(?=.*[a-z]{3})(?=.*[A-Z])[A-Za-z]{5,}")  # DreamBooth, not SoTA
_SAYABLE = re.compile(r"(?=[A-Z]*[AEIOUY])[A-Z]{4,}")  # ALMA
_SMALL = re.compile(r"(?<![A-Za-z])[a-z]{3,}(?![A-Z])")
_ABSTRACT = re.compile(r"(?:ings?|tions?|ity|ments?|ness|isms?)\Z")


def transliterated_names(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding for every name that should have stayed in Latin letters.

    >>> from bot.model.language import Language
    >>> from bot.model.lexicon import Lexicon
    >>> from bot.quality.subject import pair_of
    >>> lexicon = Lexicon(names={"라마": ("Llama",)})
    >>> korean = Language("ko", "한국어", particles=True, lexicon=lexicon)
    >>> pair = pair_of("It uses Llama 2.", "라마 2를 사용합니다.", korean)
    >>> [(found.evidence, found.suggestion) for found in transliterated_names(pair)]
    [('라마', 'Llama 2를 사용합니다.')]

    Names that the lexicon knows are certain, as are those with inner capitals or digits; for
    others a Hangul word that shares their consonants is a suspicion: 로봇 is no name. One that
    spells a capital amid small letters, vowels and all, is certain: 누가 for "Meta's Nougat is".
    """
    yield from _said_once(subject)
    yield from _said_again(subject)
    yield from _half_written(subject)
    for name in find_lacking(subject):
        known = find_transliteration(subject, name)
        found = known or _find_alike(subject, name)
        if found is None:
            continue
        span, latin = found
        sure = known is not None or _is_sure(subject, name, subject.text[slice(*span)])
        yield subject.finding(
            "transliterated_names",
            ErrorType.ENTITY,
            Severity.MAJOR if sure else Severity.MINOR,
            f"{latin} stays in Latin letters",
            span=span,
            # a suspicion is not carried out: 시스템 sounds like System, in a title no name
            suggestion=swap_term(subject.target, span, latin, subject.language) if sure else None,
        )


def _said_once(subject: Subject) -> Iterator[Finding]:
    """Lion is there, and further on 사자 in its place."""
    lexicon = subject.language.lexicon
    rows = lexicon.everyday_names
    for name in {name.text: name for name in find_names(subject.words)}.values():
        word = re.search(rf"\b{re.escape(name.text.lower())}", subject.words)
        if name.text not in subject.text or word or name.certainty < Certainty.NAME:
            continue
        found = [text for text, latins in rows.items() if name.text in latins]
        for rendering in (text for text in found if text not in lexicon.homonyms):
            for span in find_rendering(subject.text, rendering, subject.language)[:1]:
                if _is_glossed(subject.text, span[1], name.text):
                    continue
                yield subject.finding(
                    "transliterated_names",
                    ErrorType.ENTITY,
                    Severity.MAJOR,
                    f"{name.text} stays in Latin letters",
                    span=span,
                    suggestion=swap_term(subject.target, span, name.text, subject.language),
                )


def _said_again(subject: Subject) -> Iterator[Finding]:
    """Llama 2 is there, and further on 라마 2 in its place."""
    if "Hangul" not in subject.language.scripts:
        return
    for name in {stem(one.text): one for one in find_names(subject.words)}.values():
        latin = stem(name.text)
        if name.certainty < Certainty.NAME or latin not in subject.text:
            continue
        for span in _repeated(subject, name):
            if not _is_glossed(subject.text, span[1], latin):
                yield subject.finding(
                    "transliterated_names",
                    ErrorType.ENTITY,
                    Severity.MAJOR,
                    f"{latin} stays in Latin letters",
                    span=span,
                    suggestion=swap_term(subject.target, span, latin, subject.language),
                )
                break


def _repeated(subject: Subject, name: Name) -> Iterator[tuple[int, int]]:
    """Where the target has a name in Hangul that no small word of the source asks for."""
    latin, lexicon = stem(name.text), subject.language.lexicon
    head = _HEAD.match(latin)
    known = head.group() if head else latin
    for rendering, latins in lexicon.names.items():
        if known in latins and len(rendering) > 1 and rendering not in lexicon.homonyms:
            for span in _places(subject, rendering):
                if not _asked_for(subject, rendering):
                    yield span
    mixed = name.certainty is Certainty.SURE and _MIXED.fullmatch(latin)
    # ALMA may be heard in an ordinary word: only where the target
    # lacks one of the names, and two syllables where a sentence begins with them
    lost = _SAYABLE.fullmatch(latin) and subject.words.count(latin) > subject.text.count(latin)
    if not (mixed or lost) or is_exonym(subject, name):
        return
    for span in _spelled(subject, latin):
        word = subject.text[slice(*span)]
        if lost and len(word) < 3 and not begins_sentence(subject.text, span[0]):
            continue
        if word not in lexicon.entities and not _asked_for(subject, word):
            yield span


def _asked_for(subject: Subject, word: str) -> bool:
    """모델 for "models": a small word of the source, or a term, is heard in the Hangul."""
    small = {match.group() for match in _SMALL.finditer(subject.words)}
    terms = {text for match in subject.terms for text in match.term.known}
    return word in terms or any(sounds_like(word, one) or spells(word, one) for one in small)


def _is_sure(subject: Subject, name: Name, word: str) -> bool:
    """Whether a word that sounds like the name can only be the name."""
    if name.certainty is Certainty.SURE or is_called_so(subject, name):
        return True
    alone = name.text.lower() not in COUNTED and stands_alone(subject, name)
    return alone and spells(word, stem(name.text)) and not _asked_for(subject, word)


def _spelled(subject: Subject, latin: str) -> Iterator[tuple[int, int]]:
    for match in _HANGUL_WORD.finditer(subject.text):
        for end in range(max(match.start() + 2, match.end() - 2), match.end() + 1):
            word = subject.text[match.start() : end]
            if spells(word, latin) and ends_word(subject.text, end):
                yield match.start(), end


def _is_glossed(text: str, end: int, name: str) -> bool:
    """바벨 피시(Babel Fish): the original stands in parentheses behind its rendering."""
    return re.match(rf"[^.()]{{0,12}}\([^()]{{0,20}}{re.escape(name)}", text[end:]) is not None


def _half_written(subject: Subject) -> Iterator[Finding]:
    """드리머V3 beside DreamerV3, gpt-3.5-터보: half of a name in the target's own script."""
    if "Hangul" not in subject.language.scripts:
        return
    halves = (*_HANGUL_AND_LATIN.finditer(subject.text), *_LATIN_AND_HANGUL.finditer(subject.text))
    if not halves:
        return
    names = {stem(name.text) for name in find_names(subject.words)}
    for match in halves:
        for name in sorted(names):
            rest = name.removesuffix(match["latin"]).removeprefix(match["latin"])
            if rest and rest != name and _is_said(subject, match["hangul"], rest.strip("-")):
                yield subject.finding(
                    "transliterated_names",
                    ErrorType.ENTITY,
                    Severity.MAJOR,
                    f"{name} stays in Latin letters",
                    span=match.span(),
                )


def _is_said(subject: Subject, word: str, latin: str) -> bool:
    """드리머 for Dreamer; 터보 is too short to tell by its sounds."""
    return word in subject.language.lexicon.variants.get(latin.lower(), ()) or sounds_like(
        word, latin
    )


def find_transliteration(subject: Subject, name: Name) -> tuple[tuple[int, int], str] | None:
    """The place of a transliteration that the lexicon knows, and the name as it is written."""
    lexicon = subject.language.lexicon
    common = _is_common_noun(subject, name) or is_effect(subject, name)
    everyday = () if common else lexicon.everyday_names.items()
    for rendering, latins in (*lexicon.names.items(), *everyday):
        for latin in latins:
            end = name.span[0] + len(latin)
            if not subject.words.startswith(latin, name.span[0]):
                continue
            if subject.words[end : end + 1].islower():
                continue
            for span in _places(subject, rendering):
                return span, latin
    return None


def _is_common_noun(subject: Subject, name: Name) -> bool:
    """A capital that only the title asks for: Is It a Mirage? In the Eye of the Lion."""
    start, end = name.span
    article = _ARTICLE.search(subject.words[max(0, start - 5) : start])
    after = _NOUN_ENDS.match(subject.words, end)
    return subject.kind is Kind.TITLE and bool(article and after)


def _find_alike(subject: Subject, name: Name) -> tuple[tuple[int, int], str] | None:
    """A Hangul word that sounds like the name, its particle left out."""
    ordinary = name.certainty is not Certainty.SURE and (
        _ABSTRACT.search(name.text) or is_exonym(subject, name)
    )
    if "Hangul" not in subject.language.scripts or ordinary:
        return None
    for match in _HANGUL_WORD.finditer(subject.text):
        for end in range(max(match.start() + 2, match.end() - 2), match.end() + 1):
            word = subject.text[match.start() : end]
            alike = sounds_like(word, name.text) or spells(word, stem(name.text))
            if alike and ends_word(subject.text, end):
                return (match.start(), end), stem(name.text)
    return None


def _places(subject: Subject, rendering: str) -> list[tuple[int, int]]:
    spans = find_rendering(subject.text, rendering, subject.language)
    if spans:
        return spans
    if rendering not in subject.text:
        return []
    # 라마2, 라마-2: digits and hyphens behind a transliteration are part of the name
    return [
        match.span() for match in re.finditer(rf"{re.escape(rendering)}(?=[-\d])", subject.text)
    ]
