"""Glossary terms in a source, and their renderings in a target, particles and spacing aside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.model.language import Glossary, Language, Term
from bot.translation import particles

_WORD = re.compile(r"[A-Za-z0-9]+")
_JOINT = re.compile(r"(?:\s|-){1,3}\Z")
_GAP = re.compile(r"[\s-]+")
_LETTER = re.compile(r"[^\W\d_]")
_KATAKANA = re.compile(r"[ァ-ヺー]")
_LATIN = re.compile(r"[A-Za-z0-9]")
Tokens = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A Term in a text: ``span`` in code points, ``text`` as it stands there."""

    term: Term
    span: tuple[int, int]
    text: str


class Matcher:
    """The terms of a Glossary, ready to be looked up; building one costs a few milliseconds."""

    def __init__(self, glossary: Glossary) -> None:
        self._forms: dict[str, list[tuple[Tokens, Tokens, Term]]] = {}
        for term in glossary.terms:
            for form in forms(term):
                lower = _lower(form)
                self._forms.setdefault(lower[0], []).append((lower, form, term))
        for entries in self._forms.values():
            entries.sort(key=lambda entry: len(entry[0]), reverse=True)

    def find(self, source: str) -> list[Match]:
        """Give the terms of ``source`` from left to right, the longest at each place.

        >>> term, longer = Term("learning", "학습"), Term("reinforcement learning", "강화 학습")
        >>> matcher = Matcher(Glossary((term, longer)))
        >>> [match.text for match in matcher.find("Learning by Reinforcement-Learning")]
        ['Learning', 'Reinforcement-Learning']
        """
        words = [(match.group(), *match.span()) for match in _WORD.finditer(source)]
        found: list[Match] = []
        place = 0
        while place < len(words):
            match = self._at(source, words, place)
            if match is None:
                place += 1
                continue
            term, count = match
            span = (words[place][1], words[place + count - 1][2])
            found.append(Match(term, span, source[slice(*span)]))
            place += count
        return found

    def _at(
        self, source: str, words: Sequence[tuple[str, int, int]], place: int
    ) -> tuple[Term, int] | None:
        for lower, form, term in self._forms.get(words[place][0].lower(), ()):
            there = words[place : place + len(lower)]
            if tuple(word.lower() for word, _, _ in there) != lower:
                continue
            if not _same_case(form, [word for word, _, _ in there]):
                continue
            gaps = pairwise(there)
            if all(_JOINT.fullmatch(source[left[2] : right[1]]) for left, right in gaps):
                return term, len(lower)
        return None


def forms(term: Term) -> Iterator[Tokens]:
    """Yield the English forms of a term as words: as listed, and in the plural.

    >>> list(forms(Term("neural network", "신경망")))
    [('neural', 'network'), ('neural', 'networks')]
    """
    for text in (term.source, *term.inflections):
        words = tuple(_WORD.findall(text))
        if words:
            yield words
            yield (*words[:-1], _plural(words[-1]))


def find_terms(source: str, glossary: Glossary) -> list[Match]:
    """Give the glossary terms that ``source`` uses; see Matcher.find.

    >>> glossary = Glossary((Term("survey", "서베이"),))
    >>> [match.term.target for match in find_terms("A survey", glossary)]
    ['서베이']
    """
    return Matcher(glossary).find(source)


def find_rendering(target: str, rendering: str, language: Language) -> list[tuple[int, int]]:
    """Give the places where ``target`` uses ``rendering``, whatever its spacing and particle.

    >>> korean = Language("ko", "한국어", particles=True)
    >>> find_rendering("강화학습을, 강화 학습은", "강화 학습", korean)
    [(0, 4), (7, 12)]
    >>> find_rendering("LLM은", "LLM", korean), find_rendering("래그타임", "래그", korean)
    ([(0, 3)], [])

    A rendering counts as a whole word: no letter of its script before it, and behind it either
    none or a particle. Without particle rules (Japanese) any occurrence counts, except inside a
    longer word in katakana: ラマ is not in プログラマー.
    """
    if not _may_stand(target, rendering):
        return []
    spans = [match.span() for match in _pattern(rendering).finditer(target)]
    whole = _is_word if language.particles else _is_run
    return [span for span in spans if whole(target, *span)]


def uses(target: str, rendering: str) -> bool:
    """Say whether ``rendering`` stands anywhere in ``target``, inside a compound as well.

    >>> uses("사전학습된 모델", "사전 학습"), uses("다단계", "단계")
    (True, True)
    """
    return find_use(target, rendering) is not None


def find_use(target: str, rendering: str) -> tuple[int, int] | None:
    """Give the first place where ``target`` has ``rendering``, inside a compound as well.

    >>> find_use("다단계 추론", "단계")
    (1, 3)
    """
    found = _pattern(rendering).search(target) if _may_stand(target, rendering) else None
    return found.span() if found else None


def swap_term(target: str, span: tuple[int, int], replacement: str, language: Language) -> str:
    """Put ``replacement`` in the place of ``span``, the particle mended where the language has one.

    >>> korean = Language("ko", "한국어", particles=True)
    >>> swap_term("설문조사를 씁니다", (0, 4), "LLM", korean)
    'LLM을 씁니다'
    """
    if language.particles:
        return particles.swap(target, span, replacement)
    return target[: span[0]] + replacement + target[span[1] :]


def find_conflicts(glossary: Glossary) -> Iterator[tuple[int, str]]:
    """Yield ``(line, problem)`` for terms that contradict each other or themselves.

    >>> terms = (Term("survey", "서베이", line=1), Term("surveys", "조사", line=2))
    >>> list(find_conflicts(Glossary(terms)))
    [(2, 'surveys is also line 1 (survey); keep one')]

    A form in small letters is found in capitals too, so ``survey`` and ``Survey`` with different
    targets contradict each other; ``RAG`` and ``Rag`` do not.
    """
    seen: dict[Tokens, list[tuple[Tokens, Term]]] = {}
    for term in glossary.terms:
        clash = _clash(term, seen)
        if clash is not None:
            yield term.line, f"{term.source} is also line {clash.line} ({clash.source}); keep one"
        for form in forms(term):
            seen.setdefault(_lower(form), []).append((form, term))
        both = {_GAP.sub("", text) for text in term.known}
        for text in term.forbidden:
            if _GAP.sub("", text) in both:
                yield term.line, f"{term.source}: {text} is both accepted and forbidden"


def _may_stand(target: str, rendering: str) -> bool:
    """False where a look at the letters tells; compiling thousands of patterns takes longer."""
    return rendering.islower() or all(part in target for part in _parts(rendering))


@lru_cache(maxsize=65_536)
def _parts(rendering: str) -> tuple[str, ...]:
    return tuple(part for part in _GAP.split(rendering) if part)


def _clash(term: Term, seen: Mapping[Tokens, list[tuple[Tokens, Term]]]) -> Term | None:
    for form in forms(term):
        for other, known in seen.get(_lower(form), ()):
            loose = _lower(form) in (form, other) and known.target != term.target
            if form == other or loose:
                return known
    return None


def _lower(form: Tokens) -> Tokens:
    return tuple(word.lower() for word in form)


@lru_cache(maxsize=8192)
def _pattern(rendering: str) -> re.Pattern[str]:
    parts = [re.escape(part) for part in _parts(rendering)]
    body = r"[\s-]{0,2}".join(parts) or r"(?!)"
    before = r"(?<![A-Za-z0-9])" if _LATIN.match(rendering) else ""
    after = r"(?:s(?![A-Za-z]))?(?![A-Za-z])" if _LATIN.match(rendering[-1:]) else ""
    return re.compile(before + body + after, re.IGNORECASE if rendering.islower() else 0)


def _is_run(text: str, start: int, end: int) -> bool:
    return not (
        (_KATAKANA.match(text, start) and start and _KATAKANA.match(text, start - 1))
        or (_KATAKANA.match(text, end - 1) and _KATAKANA.match(text, end))
    )


def _is_word(text: str, start: int, end: int) -> bool:
    script = _LATIN if _LATIN.match(text[start]) else _LETTER
    if start and script.match(text[start - 1]):
        return False
    return bool(_LATIN.match(text[end - 1])) or particles.ends_word(text, end)


def _same_case(form: Tokens, words: Sequence[str]) -> bool:
    """Capitals of a listed form must be there; the plural's s is lower-case anyway."""
    pairs: Mapping[str, str] = dict(zip(form, words, strict=True))
    return all(form.islower() or form == word for form, word in pairs.items())


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in tuple("aeiou"):
        return word[:-1] + "ies"
    if word.endswith(("s", "x", "ch", "sh", "z")):
        return word + "es"
    return word + "s"
