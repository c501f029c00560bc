"""Accuracy of names (MQM accuracy/entity): each is there, and in its own case."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.model.finding import ErrorType, Finding, Severity
from bot.quality.kept import core, find_lacking, find_other_case
from bot.quality.names import Certainty, Name, find_names, find_tokens, stem
from bot.quality.subject import Subject
from bot.quality.transliteration import find_transliteration

_SHORT_ACRONYM = re.compile(r"[A-Z]{2,3}")
# Units and substances have names in every language.
_UNIT = re.compile(r"[kKMGTPmnµ]?(?:B|Hz|L|g|m|s|W|Wh|V|A|J|dB|bit|bps)|CO2|H2O|O2")


def missing_names(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding for every name of the source that the target lacks.

    >>> from bot.model.language import Language
    >>> from bot.quality.subject import pair_of
    >>> pair = pair_of("OLMo beats GPT-4.", "OLMo가 더 낫습니다.", Language("ko", "한국어"))
    >>> [(found.evidence, str(found.severity)) for found in missing_names(pair)]
    [('GPT-4', 'major')]

    A merely capitalised word, or a unit, is minor: it may have been translated. One that stands in
    another case or in the target's own script is the matter of the next two checks.
    """
    for name in find_lacking(subject):
        if find_other_case(subject, name) or find_transliteration(subject, name):
            continue
        if name.certainty is Certainty.CAPITALISED or _spelled_out(subject, name):
            continue
        # a short acronym may have been spelled out in the language
        word = stem(name.text)
        sure = name.certainty is Certainty.SURE and not _SHORT_ACRONYM.fullmatch(word)
        sure = sure and not _UNIT.fullmatch(word)
        yield subject.finding(
            "missing_names",
            ErrorType.ENTITY,
            Severity.MAJOR if sure else Severity.MINOR,
            f"{name.text} of the source is missing in the target",
            evidence=name.text,
        )


def changed_case(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding for every name whose capitals have changed.

    >>> from bot.model.language import Language
    >>> from bot.quality.subject import pair_of
    >>> pair = pair_of("We release OLMo.", "olmo를 공개합니다.", Language("ko", "한국어"))
    >>> [(found.evidence, found.suggestion) for found in changed_case(pair)]
    [('olmo', 'OLMo를 공개합니다.')]
    """
    written = {stem(name.text) for name in find_names(subject.words)}
    tokens = {stem(token) for token in find_tokens(subject.words)}
    forms = {one.lower(): name for name in find_names(subject.words) for one in _cores(name)}
    for token, (start, end) in find_tokens(subject.text).items():
        bare = stem(token)
        name = forms.get(bare.lower())
        if name is None or bare in written or bare in tokens or _is_word_form(subject, name, bare):
            continue
        unsure = name.certainty is Certainty.CAPITALISED and not _known(subject, name.text)
        yield subject.finding(
            "changed_case",
            ErrorType.ENTITY,
            Severity.MINOR if unsure else Severity.MAJOR,
            f"{name.text} is written {token}",
            span=(start, end),
            suggestion=subject.target[:start] + stem(name.text) + subject.target[end:],
        )


def _cores(name: Name) -> tuple[str, ...]:
    return name.text, stem(name.text), core(stem(name.text))


def _is_word_form(subject: Subject, name: Name, bare: str) -> bool:
    """A glossary term that may be written so, or a word that is no name within a longer one."""
    if bare in _cores(name):
        return True
    for match in subject.terms:
        if match.span[0] <= name.span[0] < match.span[1]:
            if bare in match.term.accepted:
                return True
            return name.certainty < Certainty.SURE and not match.term.keep
    return bare in name.text.split("-") and bare != name.text


def _known(subject: Subject, name: str) -> bool:
    return any(name in latins for latins in subject.language.lexicon.names.values())


def _spelled_out(subject: Subject, name: Name) -> bool:
    """Part of an expansion in parentheses that is glossed anyway, "Low-Rank Adaptation (LoRA)"."""
    return name.certainty is Certainty.NAME and bool(
        re.match(r"(?:[-\s]\w+){0,4}\s?\([A-Z]", subject.words[name.span[1] : name.span[1] + 60])
    )
