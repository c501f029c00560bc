"""Terminology (MQM): the glossary, and one rendering of a term throughout a post."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bot.model.finding import ErrorType, Finding, Severity
from bot.model.language import Term
from bot.model.translation import Kind
from bot.quality.subject import Subject
from bot.translation.glossary import find_rendering, find_use, swap_term, uses

_BEGINNING = 2  # syllables that tell one word from another
_GLOSS = re.compile(r"\([^()]*\)")


def forbidden_terms(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding for every rendering that the glossary forbids.

    >>> from bot.model.language import Glossary, Language
    >>> from bot.quality.subject import pair_of
    >>> glossary = Glossary((Term("survey", "서베이", forbidden=("설문조사",)),))
    >>> korean = Language("ko", "한국어", particles=True, glossary=glossary)
    >>> pair = pair_of("a survey of agents", "에이전트 설문조사를 제공합니다.", korean)
    >>> [(found.evidence, found.suggestion) for found in forbidden_terms(pair)]
    [('설문조사', '에이전트 서베이를 제공합니다.')]

    The suggestion is the whole target with the term swapped and the particle mended. A rendering
    that another word of the source calls for is left alone.
    """
    for term in _terms(subject):
        for wrong in term.forbidden:
            # the rarest comes first: hardly any text has the rendering at all
            spans = find_rendering(subject.text, wrong, subject.language)
            if not spans or _called_for(subject, term, wrong):
                continue
            for span in spans:
                if _inside_right(subject, term, span):
                    continue
                yield subject.finding(
                    "forbidden_terms",
                    ErrorType.TERMINOLOGY,
                    Severity.MAJOR,
                    f"{term.source} is {term.target} here, not {wrong}",
                    span=span,
                    suggestion=swap_term(subject.target, span, term.target, subject.language),
                )


def _called_for(subject: Subject, term: Term, rendering: str) -> bool:
    """Another word of the source asks for what is wrong for this one."""
    return any(_says(subject.words, word) for word in term.unless) or _explained(
        subject, term, rendering
    )


def _inside_right(subject: Subject, term: Term, span: tuple[int, int]) -> bool:
    """밀도 is wrong for "dense", except in 밀도 높은."""
    return any(
        start <= span[0] and span[1] <= end
        for text in term.known
        for start, end in find_rendering(subject.text, text, subject.language)
    )


def missing_terms(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding for every term of the source without an accepted rendering.

    >>> from bot.model.language import Glossary, Language
    >>> from bot.quality.subject import pair_of
    >>> glossary = Glossary((Term("zero-shot", "제로샷"),))
    >>> pair = pair_of("zero-shot", "예시 없이", Language("ko", "한국어", glossary=glossary))
    >>> [found.message for found in missing_terms(pair)]
    ['zero-shot is 제로샷; no accepted rendering stands in the target']

    Minor in titles, and where the rendering at least begins as an accepted one does (어텐션 방식).
    """
    for term in _terms(subject):
        if term.free or _rendered(subject, term):
            continue
        minor = subject.kind is Kind.TITLE or _begins(subject, term)
        yield subject.finding(
            "missing_terms",
            ErrorType.TERMINOLOGY,
            Severity.MINOR if minor else Severity.MAJOR,
            f"{term.source} is {term.target}; no accepted rendering stands in the target",
            evidence=_as_written(subject, term),
            suggestion=term.target,
        )


def inconsistent_terms(subjects: Sequence[Subject]) -> Iterator[Finding]:
    """Yield a Finding for every segment of a post whose rendering differs from the usual one.

    >>> from bot.model.language import Glossary, Language
    >>> from bot.quality.subject import pair_of
    >>> glossary = Glossary((Term("fine-tuning", "미세 조정", variants=("파인튜닝",)),))
    >>> korean = Language("ko", "한국어", glossary=glossary)
    >>> texts = ("미세 조정", "파인튜닝", "미세조정 기법")
    >>> post = [pair_of("fine-tuning", text, korean) for text in texts]
    >>> [found.evidence for found in inconsistent_terms(post)]
    ['파인튜닝']

    Minor with two renderings in a post, major from three on. Spacing does not count, nor a gloss
    in parentheses, nor words of general use.
    """
    uses_of: dict[Term, list[tuple[Subject, str]]] = {}
    for subject in subjects:
        for term in _terms(subject):
            for rendering in _renderings(subject, term):
                uses_of.setdefault(term, []).append((subject, rendering))
    for term, found in uses_of.items():
        counts = Counter(rendering for _, rendering in found)
        if len(counts) < 2:
            continue
        preferred = min(counts, key=lambda text: (-counts[text], term.accepted.index(text)))
        severity = Severity.MAJOR if len(counts) > 2 else Severity.MINOR
        has_it = {id(subject) for subject, rendering in found if rendering == preferred}
        for subject, rendering in found:
            if rendering != preferred and id(subject) not in has_it:
                yield _inconsistent(subject, term, rendering, preferred, severity)


def _inconsistent(
    subject: Subject, term: Term, rendering: str, preferred: str, severity: Severity
) -> Finding:
    whole = find_rendering(subject.text, rendering, subject.language)
    span = whole[0] if whole else find_use(subject.text, rendering)
    return subject.finding(
        "inconsistent_terms",
        ErrorType.INCONSISTENT_TERM,
        severity,
        f"{term.source} is {preferred} elsewhere in this post",
        span=span,
        evidence=None if span else _as_written(subject, term),
        suggestion=swap_term(subject.target, whole[0], preferred, subject.language)
        if whole
        else preferred,
    )


def _terms(subject: Subject) -> list[Term]:
    return list(dict.fromkeys(match.term for match in subject.terms))


def _as_written(subject: Subject, term: Term) -> str:
    """The term's first occurrence in the source, in the source's own letters."""
    span = next(match.span for match in subject.terms if match.term is term)
    return subject.source[slice(*span)]


def _rendered(subject: Subject, term: Term) -> bool:
    if any(uses(subject.text, text) for text in (*term.known, *term.forbidden)):
        return True  # a forbidden rendering has its own check
    return any(_within(english.lower(), subject.text.lower()) for english in _english(term))


def _english(term: Term) -> tuple[str, ...]:
    return (term.source, *term.inflections)


def _begins(subject: Subject, term: Term) -> bool:
    return any(uses(subject.text, text[:_BEGINNING]) for text in term.known)


def _renderings(subject: Subject, term: Term) -> list[str]:
    """Accepted renderings that this segment uses for this term and for no other."""
    if term.keep or term.free or len(term.accepted) < 2:
        return []
    text = _GLOSS.sub("", subject.text)
    native = {_closed(one): one for one in reversed(term.accepted) if not one.isascii()}
    found = [
        one for one in native.values() if uses(text, one) and not _explained(subject, term, one)
    ]
    return [one for one in found if not any(one != more and _within(one, more) for more in found)]


def _explained(subject: Subject, term: Term, rendering: str) -> bool:
    """Another term of this source calls for the rendering, or for a word that contains it."""
    return any(
        _within(rendering, text)
        for other in _terms(subject)
        if other is not term
        for text in other.accepted
    )


def _within(part: str, whole: str) -> bool:
    return _closed(part) in _closed(whole)


def _closed(text: str) -> str:
    """Without spaces and hyphens, which writers set as they like."""
    return re.sub(r"[\s-]", "", text)


def _says(text: str, word: str) -> bool:
    return re.search(rf"\b{re.escape(word)}(?:e?s)?\b", text, re.IGNORECASE) is not None
