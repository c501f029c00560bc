"""Names, companies and people that the source does not have (MQM accuracy/entity)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import islice

from bot.model.finding import ErrorType, Finding, Severity
from bot.quality.misspelt import is_mended, is_near_miss
from bot.quality.names import Certainty, Name, find_names, find_tokens, stem
from bot.quality.pronounced import spells
from bot.quality.subject import Subject
from bot.translation.glossary import find_rendering
from bot.translation.particles import ends_word

_TITLES = re.compile(
    r"\b(?:prof|dr\b|doctor|ph\.?d|president|chair|ceo|founder|faculty|lecturer|scholar|academic)",
    re.IGNORECASE,
)
# 교수 is teaching, too: where the source teaches, a title has a particle or a full stop behind it
# and a Korean family name before it.
_TEACHES = re.compile(
    r"\b(?:teach|taught|pedagog|tutor|instruct(?!ion[- ](?:tun|follow))|educat|didactic)",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[A-Za-z]+")
_TEX = re.compile(r"\\text\w*|\\emph|[${}]")  # $\textit{s}$1 is s1
_PREFIX = 5
_EXPANSION = re.compile(r"(?P<short>[A-Z][A-Za-z]{1,7})\s?\((?P<words>[A-Za-z][A-Za-z -]{3,80})\)")
_MOST_EXPANSIONS = 40
_LONG = 5  # letters of a name that no ordinary word begins with
_SHORT = 2
_ACRONYM = re.compile(
    r"\b(?:MIT|CSAIL|CMU|U[CIWT][A-Z]{0,4}|UPenn|NYU|ETHZ?|EPFL|KAIST|POSTECH|UNIST|G?IST|HKU(?:ST)?"
    r"|CUHK|NUS|NTU|SNU|SJTU|THU|PKU|USTC|KAUST|MBZUAI|BAIR|FAIR)\b"
)
_LEAST = 4  # letters of a misspelt name without capitals
_TOKENS = re.compile(r"[a-z0-9]+")
# What may differ between a word of the source and the target's form of it: tokenizer, tokenization.
_INFLECTION = re.compile(
    r"(?:|e|s|es|ed|d|er|ers|or|ors|ing|ion|ions|tion|ation|ations|ization|isation|al|ive|ly|y|ity|ment|able|ness|ic|ism|ist|ize|ized)"
)
_FUNCTION_WORDS = frozenset({"a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on"})
_FUNCTION_WORDS |= {"or", "the", "to", "via", "with"}


def added_names(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding for every name in Latin letters that the source does not have.

    >>> from bot.model.language import Language
    >>> from bot.quality.subject import pair_of
    >>> pair = pair_of("Our model wins.", "Google의 모델이 이깁니다.", Language("ko", "한국어"))
    >>> [found.evidence for found in added_names(pair)]
    ['Google']

    An acronym of words of the source is not new: RL for reinforcement learning.
    """
    source = f"{subject.source}\n{_TEX.sub('', subject.source)}".lower()
    words = [word.lower() for word in _WORDS.findall(source)]
    initials = "".join(word[0] for word in words if word not in _FUNCTION_WORDS)
    initials += " " + "".join(word[0] for word in words)
    expanded = _expansions(subject)
    names = {stem(name.text) for name in find_names(subject.words)}
    kept = {term.source for term in subject.language.glossary.terms if term.keep}
    for name in (*find_names(subject.text), *_beheaded(subject, names)):
        bare = stem(name.text)
        if _is_rendering(subject, bare) or _is_word(bare, source):
            continue
        wrong = is_near_miss(bare, names) and bare not in kept
        if not wrong and _in_source(bare, source, words):
            continue
        if not wrong and (_is_acronym(bare, initials) or _expands(name, expanded)):
            continue
        yield subject.finding(
            "added_names",
            ErrorType.ENTITY,
            Severity.MINOR if bare in kept or is_mended(subject, bare) else Severity.MAJOR,
            f"{name.text} is not in the source",
            span=name.span,
        )


def added_entities(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding for every company or person, in the target's script, that is invented.

    >>> from bot.model.language import Language
    >>> from bot.model.lexicon import Lexicon
    >>> from bot.quality.subject import pair_of
    >>> lexicon = Lexicon(entities={"유니티": ("Unity",)})
    >>> korean = Language("ko", "한국어", particles=True, lexicon=lexicon)
    >>> pair = pair_of("Our approach", "유니티의 접근 방식", korean)
    >>> [found.evidence for found in added_entities(pair)]
    ['유니티']
    """
    lexicon = subject.language.lexicon
    for rendering, names in lexicon.entities.items():
        if rendering not in subject.text or any(_says(subject.source, name) for name in names):
            continue
        if any(rendering in match.term.known for match in subject.terms):
            continue  # 퍼플렉시티 is a measure, too
        spans = find_rendering(subject.text, rendering, subject.language)
        if len(rendering) >= _LONG and not spans:  # 서울대학교병원
            start = subject.text.find(rendering)
            before = subject.text[start - 1 : start]
            spans = [] if before.isalpha() else [(start, start + len(rendering))]
        if spans:
            yield _invented(subject, spans[0])
    yield from _institutions(subject)
    if lexicon.person_titles and not _TITLES.search(subject.source):
        match = _person(lexicon.person_titles).search(subject.text)
        teaching = _TEACHES.search(subject.source) is not None
        if match and not (teaching and not _is_person(subject, match.start())):
            yield _invented(subject, match.span())


def _institutions(subject: Subject) -> Iterator[Finding]:
    """카롤리나대학교 where the source has no university, college, campus, or capitals like MIT."""
    for ending, calls in subject.language.lexicon.institutions.items():
        called = rf"\b(?:{'|'.join(calls)})"
        if ending not in subject.text or re.search(called, subject.source, re.IGNORECASE):
            continue
        for match in re.finditer(rf"(?<![가-힣])([가-힣]{{2,10}})\s?{ending}", subject.text):
            if ends_word(subject.text, match.end()) and not _is_said(subject, match[1]):
                yield _invented(subject, match.span())


def _is_said(subject: Subject, institution: str) -> bool:
    """Fudan alone may be 푸단대학교, and MIT 매사추세츠공과대학교."""
    entities = subject.language.lexicon.entities
    if _ACRONYM.search(subject.source) or any(institution.startswith(one) for one in entities):
        return True  # of those that the lexicon knows, added_entities speaks
    return any(spells(institution, stem(name.text)) for name in find_names(subject.words))


def _invented(subject: Subject, span: tuple[int, int]) -> Finding:
    message = f"{subject.target[slice(*span)]} is not in the source"
    return subject.finding("added_entities", ErrorType.ENTITY, Severity.MAJOR, message, span=span)


def _beheaded(subject: Subject, names: Collection[str]) -> Iterator[Name]:
    """The lama of Llama: in small letters no name, were it not for the one it misspells."""
    for token, span in find_tokens(subject.text).items():
        if token.islower() and len(token) >= _LEAST and is_near_miss(token, names):
            yield Name(token, span, Certainty.NAME)


def _is_word(name: str, source: str) -> bool:
    lower = re.escape(name.lower())
    return re.search(rf"(?<![a-z0-9]){lower}s?(?![a-z0-9])", source) is not None


def _in_source(name: str, source: str, words: list[str]) -> bool:
    lower = name.lower()
    if lower.replace("-", "") in source.replace("-", "").replace(" ", ""):
        return not lower[-1].isdigit() or _ends_there(lower, source)
    if len(lower) > _PREFIX and any(_is_form(lower, word) for word in words):
        return True
    if "+" in name[1:-1] and lower.replace("+", "-") in source:
        return False  # Ctrl+G is another thing than Ctrl-G
    parts = [part for part in re.split(r"[-/.+_@]", lower) if part]
    return len(parts) > 1 and set(parts) <= set(_TOKENS.findall(source))


def _ends_there(name: str, source: str) -> bool:
    """GPT4 for GPT-4 or GPT 4, not for GPT-4V."""
    letters = r"[-\s]?".join(map(re.escape, name.replace("-", "")))
    return re.search(rf"{letters}(?![a-z0-9])", source) is not None


def _is_form(name: str, word: str) -> bool:
    """Perlmuter is no form of Perlmutter, tokenizer is one of tokenize."""
    common = next(
        (place for place, (one, other) in enumerate(zip(name, word, strict=False)) if one != other),
        min(len(name), len(word)),
    )
    rests = (name[common:], word[common:])
    return common >= _PREFIX and all(_INFLECTION.fullmatch(rest) for rest in rests)


def _expansions(subject: Subject) -> list[tuple[int, int]]:
    """Where acronyms of the source are spelled out: KTO(Kahneman-Tversky Optimization)."""
    return [
        match.span()
        for match in islice(_EXPANSION.finditer(subject.text), _MOST_EXPANSIONS)
        if _initials(match["words"]) == match["short"].upper() and match["short"] in subject.source
    ]


def _initials(words: str) -> str:
    return "".join(re.findall(r"(?<![A-Za-z])[A-Za-z]", words)).upper()


def _expands(name: Name, expansions: list[tuple[int, int]]) -> bool:
    return any(start <= name.span[0] and name.span[1] <= end for start, end in expansions)


def _is_acronym(name: str, initials: str) -> bool:
    """RL for reinforcement learning, HVAC past its "and", NeRF for neural radiance fields."""
    capitals = re.sub(r"[^A-Z]", "", name)
    if not name.isupper() and len(capitals) < 3:
        return False
    return capitals.lower() in initials


def _is_rendering(subject: Subject, name: str) -> bool:
    return any(
        name in re.split(r"[\s()]", text)
        for match in subject.terms
        for text in match.term.known
        if name in text
    )


def _says(source: str, name: str) -> bool:
    """Whether the source has the name; "us" is not the US."""
    flags = re.NOFLAG if name.isupper() and len(name) <= _SHORT else re.IGNORECASE
    return re.search(rf"(?<![A-Za-z]){re.escape(name)}(?![a-z])", source, flags) is not None


def _is_person(subject: Subject, at: int) -> bool:
    """A family name, a given name and a title with a particle or a full stop behind it."""
    families = subject.language.lexicon.family_names
    return bool(families) and _full_name(families).match(subject.text, at) is not None


@lru_cache(maxsize=32)
def _full_name(families: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(
        rf"(?:{'|'.join(map(re.escape, families))})[가-힣]{{1,2}}\s[가-힣]+"
        r"(?=(?:가|는|은|의|와|과|께서|팀)(?![가-힣])|\s?(?:연구|팀)|[.,;:)]|\Z)"
    )


@lru_cache(maxsize=32)
def _person(titles: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![가-힣])[가-힣]{{2,6}}\s(?:{'|'.join(map(re.escape, titles))})(?![가-힣]{{2}})"
    )
