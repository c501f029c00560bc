"""Which names of a source stand in its translation, in whatever right form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.model.translation import Kind
from bot.quality.names import Certainty, Name, begins_sentence, find_names, stem
from bot.quality.subject import Subject
from bot.translation.glossary import uses

_APOSTROPHES = ("'", "’")
_APART = re.compile(r"[A-Za-z]-\d[\w.]*-[A-Z\d]")
_WITH_SIZE = re.compile(r"[A-Za-z][\w.]*-[A-Za-z]{1,2}/\d{1,2}")  # ViT-H/16 is no GPT-3.5/4
_PART = re.compile(r"[^-/]+")
_JOINING = re.compile(r"-(?:as|to|of|in|for|with|the|an?|and)-")


def find_lacking(subject: Subject) -> Iterator[Name]:
    """Names of the source that neither stand in the target nor have a right rendering there."""
    seen: set[str] = set()
    for name in find_names(subject.words):
        if name.text in seen:
            continue
        seen.add(name.text)
        name = Name(name.text, name.span, _certainty(subject, name))
        cased = subject.kind is Kind.TITLE or begins_sentence(subject.words, name.span[0])
        # a surname keeps its s: Dettmers' is of Dettmers
        surname = (
            name.certainty is Certainty.NAME and subject.words[name.span[1] :][:1] in _APOSTROPHES
        )
        if _stands(subject.text, name, cased=cased, plural=not surname) or _accepted(subject, name):
            continue
        yield name


def _certainty(subject: Subject, name: Name) -> Certainty:
    """The names of the lexicon are sure; a capitalised word of a title may be any word."""
    bare = stem(name.text)
    # Mini-Gemini is no less a name than Gemini
    parts = {bare, *bare.split("-")}
    if any(not parts.isdisjoint(latin) for latin in subject.language.lexicon.names.values()):
        return Certainty.SURE
    if subject.kind is Kind.TITLE and name.certainty is Certainty.NAME:
        return Certainty.CAPITALISED
    return name.certainty


def find_other_case(subject: Subject, name: Name) -> tuple[int, int] | None:
    """The place where the name stands with other capitals; None where there is none."""
    match = _token(stem(name.text), ignore_case=True).search(subject.text)
    return match.span() if match else None


def core(name: str) -> str:
    """Without ordinary words at its ends: GPT-4-based, LLM-as-a-judge, non-LLM."""
    parts = name.split("-")
    while len(parts) > 1 and parts[-1].islower() and parts[-1].isalpha():
        parts.pop()
    while len(parts) > 1 and parts[0].islower():
        parts.pop(0)
    bare = "-".join(parts)
    # text-davinci-003, turbo-16k: numbers are no name
    return name if re.fullmatch(r"[\d.]+[A-Za-z]?|[^A-Za-z]+", bare) else bare


def _stands(text: str, name: Name, *, cased: bool, plural: bool) -> bool:
    """As it is, or in parts: LLM-based as LLM 기반, CNN-Transformer as CNN 트랜스포머.

    A part that is only digits belongs to the one before it: GPT-4-based is GPT-4.
    """
    bare = stem(name.text)
    if _token(bare).search(text) or _token(core(bare)).search(text):
        return True
    if _APART.search(bare) and re.search(rf"(?<![A-Za-z0-9]){_spaced(bare)}(?![A-Za-z0-9])", text):
        return True
    if plural and bare.endswith("s") and _token(bare[:-1]).search(text):
        return True  # ConvNets, PaLMs
    # tool/API is API, but GPT-4o is more than GPT
    parts = [part for part in re.split(r"[-/]", bare) if not (part.islower() and part.isalpha())]
    phrase = _JOINING.search(bare) is not None  # LLM-as-Agent
    if (cased or phrase) and len(parts) > 1:  # Consumer-GPU, RLHF-Tuned: capitals that say nothing
        parts = [part for part in parts if not re.fullmatch(r"[A-Z][a-z]+", part)] or parts
    if _WITH_SIZE.fullmatch(bare):
        return bool(re.search(rf"{re.escape(bare.split('/')[0])}[-\s/]?{parts[-1]}(?!\d)", text))
    if any(part.isdigit() for part in parts):
        parts = bare.split("/")
    if not any(re.search(r"[A-Z]|\d.*[a-z].*\d|[a-z]{2}", part) for part in parts):
        return False  # turbo-16k is more than 16k
    return (
        bool(parts) and parts != [bare] and all(_token(stem(part)).search(text) for part in parts)
    )


def _spaced(name: str) -> str:
    """Llama 3 8B is Llama-3-8B."""
    return re.escape(name).replace(r"\-", r"[-\s]")


def _accepted(subject: Subject, name: Name) -> bool:
    start, end = name.span
    for match in subject.terms:
        if match.span[0] < end and start < match.span[1]:
            if name.certainty < Certainty.SURE:
                return True
            if not (match.span[0] <= start and end <= match.span[1]):
                continue  # OCR is not all of DeepSeek-OCR
            # a forbidden rendering is the matter of forbidden_terms
            if any(uses(subject.text, text) for text in (*match.term.known, *match.term.forbidden)):
                return True
    bare = stem(name.text)
    if _accepted_in_parts(subject, name):
        return True
    return any(
        rendering in subject.text and any(bare in latin.split() or bare == latin for latin in names)
        for rendering, names in subject.language.lexicon.entities.items()
        if rendering not in subject.language.lexicon.names  # people stay in Latin letters
    )


def _accepted_in_parts(subject: Subject, name: Name) -> bool:
    """CNN/Transformer as CNN/트랜스포머: each part stands there, or its term's rendering does.

    The ordinary word of ML-driven may be said in any way, that of turbo-16k not.
    """
    parts = list(_PART.finditer(name.text))
    if len(parts) < 2 or any(part.group().isdigit() for part in parts):
        return False
    if any(part.group().isupper() and part.group().isalpha() for part in parts):
        parts = [part for part in parts if not re.fullmatch(r"[a-z]+", part.group())]
    start = name.span[0]
    return all(
        _token(stem(part.group())).search(subject.text)
        or _rendered(subject, (start + part.start(), start + part.end()))
        for part in parts
    )


def _rendered(subject: Subject, span: tuple[int, int]) -> bool:
    """Whether a glossary term that lies within these letters has a rendering in the target."""
    return any(
        span[0] <= match.span[0]
        and match.span[1] <= span[1]
        and any(uses(subject.text, text) for text in match.term.known)
        for match in subject.terms
    )


@lru_cache(maxsize=4096)
def _token(name: str, *, ignore_case: bool = False) -> re.Pattern[str]:
    flags = re.IGNORECASE if ignore_case else 0
    before = r"(?:(?<![A-Za-z0-9])|(?<=\d[xX]))"  # 8xA100
    after = "" if name.endswith("+") else r"(?:s(?![A-Za-z]))?(?![A-Za-z0-9])"  # C++20
    return re.compile(rf"{before}{re.escape(name)}{after}", flags)
