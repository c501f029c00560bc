"""Accuracy of names (MQM accuracy/entity): each is there, and in its own case."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.model.finding import ErrorType, Finding, Severity
from bot.quality.called import is_called_so
from bot.quality.english import EXPANDED, ORDINARY_NAMES
from bot.quality.kept import core, find_lacking, find_other_case
from bot.quality.misspelt import is_misspelt
from bot.quality.names import Certainty, Name, find_names, find_tokens, stem
from bot.quality.subject import Subject
from bot.quality.transliteration import find_transliteration

_SHORT_ACRONYM = re.compile(r"[A-Z]{2,3}")
# Units and substances have names in every language.
_UNIT = re.compile(r"[kKMGTPmnµ]?(?:B|Hz|L|g|m|s|W|Wh|V|A|J|dB|bit|bps)|CO2|H2O|O2")

_GLOSS = re.compile(r"(?<=[^\W\d_A-Za-z])\([a-z]+(?:[ -][a-z]+)*\)")
_PART_OF_A_YEAR = re.compile(r"Q[1-4]|H[12]")  # 3분기, 하반기

# GPT-4o mini, Gemini 1.5 Pro, Claude 3.5 Sonnet: another model than the one without it
_VARIANT = re.compile(
    r"(?<![\w-])(?P<name>[A-Za-z][A-Za-z]*(?:[- ]?\d[\w.]*))[- ]"
    r"(?P<variant>[Mm]ini|[Nn]ano|[Tt]urbo|Pro|Flash|Ultra|Lite|Haiku|Sonnet|Opus|[Pp]review|Zero)(?![\w])"
)


def missing_names(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding for every name of the source that the target lacks.

    >>> from bot.model.language import Language
    >>> from bot.quality.subject import pair_of
    >>> pair = pair_of("OLMo beats GPT-4.", "OLMo가 더 낫습니다.", Language("ko", "한국어"))
    >>> [(found.evidence, str(found.severity)) for found in missing_names(pair)]
    [('GPT-4', 'major')]

    A capitalised word of a longer title, or a unit, is minor: it may have been translated. One in
    another case or in the target's own script is the matter of the next two checks.
    """
    for name in find_lacking(subject):
        if find_other_case(subject, name) or find_transliteration(subject, name):
            continue
        if name.certainty is Certainty.CAPITALISED or _spelled_out(subject, name):
            continue
        sure = name.certainty is Certainty.SURE and not _may_be_spelled_out(subject, name)
        sure = sure or is_called_so(subject, name) or _is_known_entity(subject, name)
        sure = sure and not is_misspelt(subject, stem(name.text))
        yield subject.finding(
            "missing_names",
            ErrorType.ENTITY,
            Severity.MAJOR if sure else Severity.MINOR,
            f"{name.text} of the source is missing in the target",
            evidence=name.text,
        )


def missing_variants(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding for every size or variant behind a name that the target lacks.

    >>> from bot.model.language import Language
    >>> from bot.quality.subject import pair_of
    >>> pair = pair_of("It beats o3-mini.", "o3를 이깁니다.", Language("ko", "한국어"))
    >>> [found.evidence for found in missing_variants(pair)]
    ['o3-mini']

    Only where the name itself stands there; a rendering in the target's script (미니) is enough.
    """
    entities = subject.language.lexicon.variants
    for match in {one["variant"].lower(): one for one in _VARIANT.finditer(subject.words)}.values():
        variant = match["variant"].lower()
        there = (variant, *entities.get(variant, ()))
        if match["name"] in subject.text and not any(
            text in subject.text.lower() for text in there
        ):
            yield subject.finding(
                "missing_variants",
                ErrorType.ENTITY,
                Severity.MAJOR,
                f"{match.group()} of the source is {match['name']} in the target",
                evidence=match.group(),
            )


def changed_case(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding for every name whose capitals have changed.

    >>> from bot.model.language import Language
    >>> from bot.quality.subject import pair_of
    >>> pair = pair_of("We release OLMo.", "olmo를 공개합니다.", Language("ko", "한국어"))
    >>> [(found.evidence, found.suggestion) for found in changed_case(pair)]
    [('olmo', 'OLMo를 공개합니다.')]

    A capital that may only begin a sentence is none of the word's own where the word glosses a
    rendering: "Budget forcing: …" is 예산 강제(budget forcing).
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
        if unsure and _is_gloss(subject.text, start):
            continue
        yield subject.finding(
            "changed_case",
            ErrorType.ENTITY,
            Severity.MINOR if unsure else Severity.MAJOR,
            f"{name.text} is written {token}",
            span=(start, end),
            suggestion=subject.target[:start] + stem(name.text) + subject.target[end:],
        )


def _is_gloss(text: str, at: int) -> bool:
    """Whether plain words stand there in parentheses behind a word of another script."""
    return any(found.start() <= at < found.end() for found in _GLOSS.finditer(text))


def _is_known_entity(subject: Subject, name: Name) -> bool:
    """A company, person or place that the lexicon knows, no ordinary word: Cohere, not Scale."""
    bare = stem(name.text)
    if name.certainty is not Certainty.NAME or bare.lower() in ORDINARY_NAMES:
        return False
    lexicon = subject.language.lexicon
    return bare not in lexicon.exonyms and any(bare in row for row in lexicon.entities.values())


def _may_be_spelled_out(subject: Subject, name: Name) -> bool:
    """A unit, a known acronym, or one that only glosses the words before it: "… Loss (RL)"."""
    word = stem(name.text)
    if _UNIT.fullmatch(word) or word in EXPANDED or _PART_OF_A_YEAR.fullmatch(word):
        return True
    if _SHORT_ACRONYM.fullmatch(word) and _is_spelled_out_in(subject.words, word):
        return True
    start, end = name.span
    before, after = subject.words[max(0, start - 80) : start], subject.words[end : end + 2]
    if not (_SHORT_ACRONYM.fullmatch(word) and before.endswith("(") and ")" in after):
        return False
    initials = "".join(re.findall(r"(?<![A-Za-z])[A-Za-z]", before)).upper()
    return initials.endswith(word) and subject.words.count(word) == 1


def _is_spelled_out_in(text: str, acronym: str) -> bool:
    """MLE beside "machine learning engineering", in small letters: no name of its own."""
    words = r"[\s-]".join(rf"{letter}[a-z]+" for letter in acronym.lower())
    return re.search(rf"(?<![A-Za-z-]){words}(?![A-Za-z])", text) is not None


def _cores(name: Name) -> tuple[str, ...]:
    return name.text, stem(name.text), core(stem(name.text))


def _is_word_form(subject: Subject, name: Name, bare: str) -> bool:
    """A glossary term that may be written so, or a word that is no name within a longer one."""
    if bare in _cores(name) or _same_but_for_words(bare, name.text):
        return True
    for match in subject.terms:
        if match.span[0] <= name.span[0] < match.span[1]:
            if bare in match.term.known:
                return True
            return name.certainty < Certainty.SURE and not match.term.keep
    return bare in name.text.split("-") and bare != name.text


def _same_but_for_words(bare: str, name: str) -> bool:
    """Text-to-SQL and text-to-SQL differ in an ordinary word only."""
    parts = list(zip(re.split(r"[-/]", bare), re.split(r"[-/]", name), strict=False))
    same = [one for one, other in parts if one == other]
    differ = [part for pair in parts if pair[0] != pair[1] for part in pair]
    return any(one.isupper() for one in same) and all(_is_plain(part) for part in differ)


def _is_plain(word: str) -> bool:
    return re.fullmatch(r"[A-Za-z][a-z]{2,}", word) is not None


def _known(subject: Subject, name: str) -> bool:
    return any(name in latins for latins in subject.language.lexicon.names.values())


def _spelled_out(subject: Subject, name: Name) -> bool:
    """Part of an expansion in parentheses that is glossed anyway, "Low-Rank Adaptation (LoRA)"."""
    return name.certainty is Certainty.NAME and bool(
        re.match(r"(?:[-\s]\w+){0,4}\s?\([A-Z]", subject.words[name.span[1] : name.span[1] + 60])
    )
