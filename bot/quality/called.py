"""Capitalised words that those around them make a name: the Spider benchmark, Pearl is a …"""

from __future__ import annotations

import re

from bot.quality.english import COUNTED
from bot.quality.names import Certainty, Name, find_names, stem
from bot.quality.subject import Subject

_CALLED = re.compile(
    r"\s(?:\d|(?:benchmark|dataset|corpus|model|family|framework|library|toolkit|architecture)s?\b)"
)
_CALLING = re.compile(
    r"\b(?:(?:introduc|propos|present|releas|call|nam|unveil|open-sourc)(?:es|s|e|ed|ing)|dubbed"
    r"|termed|nicknamed)\s\Z"
)
_IS_SYSTEM = re.compile(
    r"\sis\s(?:an?|the|our)\s(?:[\w-]+,?\s){0,6}?(?:framework|model|system|benchmark|dataset|library"
    r"|toolkit|package|suite|architecture|platform|corpus|LLM|VLM|transformer|agent|simulator"
    r"|chatbot|assistant|compiler|optimizer|tokenizer|encoder)\b"
)
_EFFECT = re.compile(
    r"\s(?:effect|problem|hypothes[ie]s|paradox|dilemma|principle|law|curse|trick|phenomenon|analogy"
    r"|metaphor|fallacy|syndrome)s?\b"
)
_ABSTRACT = re.compile(r"(?:ings?|tions?|ity|ments?|ness|isms?)\Z")
_LISTING = re.compile(r",\s(?:and\s|or\s)?|\s(?:and|or)\s")


def is_called_so(subject: Subject, name: Name) -> bool:
    """A capitalised word that is a name for certain: "the Spider benchmark", "Composer 2"."""
    start, end = name.span
    called = _CALLED.match(subject.words, end)
    calling = _CALLING.search(subject.words[max(0, start - 30) : start])
    system = _IS_SYSTEM.match(subject.words, end) and not _ABSTRACT.search(name.text)
    ordinary = name.text.lower() in COUNTED or is_effect(subject, name)
    if ordinary or not stands_alone(subject, name):
        return False
    return bool(called or calling or system) or _is_listed(subject, name)


def is_exonym(subject: Subject, name: Name) -> bool:
    """A word, perhaps in the plural, that the language writes in its own script: Robots."""
    bare, exonyms = stem(name.text), subject.language.lexicon.exonyms
    return bare in exonyms or (bare.endswith("s") and bare[:-1] in exonyms)


def is_effect(subject: Subject, name: Name) -> bool:
    """The Hydra effect, the Pandora problem: translated, whatever else is called so."""
    return _EFFECT.match(subject.words, name.span[1]) is not None


def _is_listed(subject: Subject, name: Name) -> bool:
    """Reflexion in "Reflexion, AgentVerse, and MAS-GPT": what stands beside it is a name."""
    start, end = name.span
    return any(
        _LISTING.fullmatch(subject.words[other.span[1] : start])
        or _LISTING.fullmatch(subject.words[end : other.span[0]])
        for other in find_names(subject.words)
        if other.certainty is Certainty.SURE and not other.text.isupper()
    )


def stands_alone(subject: Subject, name: Name) -> bool:
    """Capitalised amid small letters, "the Molmo family": a name, not a word of a longer title.

    False for words that the language writes in its own script (Bayesian, Python).
    """
    if name.certainty is not Certainty.NAME or is_exonym(subject, name):
        return False
    # Meta's Pearl; AgentVerse, Reflexion
    before = re.search(r"(\S+)(?<!['’]s)(?<![,;:])\s\Z", subject.words[: name.span[0]])
    after = re.match(r"[-\s]([A-Za-z]\S*)", subject.words[name.span[1] :])
    neighbours = [match[1] for match in (before, after) if match]
    return not any(word.strip("\"'(“‘*_[")[:1].isupper() for word in neighbours)
