"""Grammar (MQM linguistic/grammar): particles, where the language has rules for them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.model.finding import ErrorType, Finding, Severity
from bot.quality.subject import Subject
from bot.translation.glossary import find_rendering
from bot.translation.particles import Fit, choose_particle, find_particle, fit

_GRAMMAR = ErrorType.GRAMMAR
_NAME = re.compile(
    r"(?<![A-Za-z0-9.,+-])(?:[A-Za-z][\w.+-]{0,40}|\d[\d.,]{0,20}[%A-Za-z]{0,10})(?<![.,-])(?=[가-힣])",
    re.ASCII,
)
# Forms that are particles for certain at the end of a word: 를 and 와 follow no consonant, and
# 을 and 으로 no vowel, except in the words of the lexicon. What may follow 와 and 으로 changes
# nothing; but 과도 is also the end of 효과도, so that 과 with a tail is looked for behind known
# nouns alone.
_HANGUL_PARTICLE = re.compile(
    r"(?<![가-힣])([가-힣]+?)"
    r"(를|을|와(?:의|는|도|만)?|으로(?:(?:서|써|부터)?(?:의|는|도)?|만|만은|까지|까지도))(?![가-힣])"
)
_UNSURE_PARTICLE = re.compile(r"(?<![가-힣])([가-힣]+)(로|과)(?![가-힣])")
_TWICE = frozenset({"과와", "이가", "가이"})
_HANGUL = re.compile(r"[가-힣]")


def doubled_particles(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding for every pair of particles where one belongs: 을를, 은는, 을(를).

    >>> from bot.model.language import Language
    >>> from bot.model.lexicon import Lexicon
    >>> from bot.quality.subject import pair_of
    >>> korean = Language("ko", "", particles=True, lexicon=Lexicon(doubled_particles=("을를",)))
    >>> [found.evidence for found in doubled_particles(pair_of("…", "모델을를 씁니다.", korean))]
    ['을를']
    """
    for double in subject.language.lexicon.doubled_particles:
        pattern = rf"(?<=[\w)*`]){re.escape(double)}(?![가-힣(])"
        for match in re.finditer(pattern, subject.text):
            yield subject.finding(
                "doubled_particles",
                _GRAMMAR,
                Severity.MAJOR,
                "two particles stand where one belongs",
                span=match.span(),
                suggestion=_single(subject.text[: match.start()], double),
            )
    if subject.language.particles:
        yield from _doubled_behind_nouns(subject)


def wrong_particles(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding for every particle that does not suit the word before it.

    >>> from bot.model.language import Language
    >>> from bot.quality.subject import pair_of
    >>> korean = Language("ko", "한국어", particles=True)
    >>> pair = pair_of("…", "데이터을 LLM는 모델로 씁니다.", korean)
    >>> [(found.evidence, found.suggestion, str(found.severity)) for found in wrong_particles(pair)]
    [('데이터을', '데이터를', 'major'), ('LLM는', 'LLM은', 'minor')]

    Major behind Hangul, minor behind Latin letters and digits, which people read differently.
    """
    lexicon = subject.language.lexicon
    if not subject.language.particles:
        return
    for match in _HANGUL_PARTICLE.finditer(subject.text):
        word, form = match.groups()
        verb = lexicon.like_object and re.fullmatch(lexicon.like_object, match.group())
        if verb or match.group() in lexicon.like_particles:
            continue
        if fit(word, form) is Fit.WRONG:
            yield _wrong(subject, match.span(), word, form, Severity.MAJOR)
    for match in _UNSURE_PARTICLE.finditer(subject.text):
        word, form = match.groups()
        if not match.group().endswith(lexicon.like_particles) and fit(word, form) is Fit.WRONG:
            yield _wrong(subject, match.span(), word, form, Severity.MINOR)
    seen = {match.span() for match in _HANGUL_PARTICLE.finditer(subject.text)}
    for start, end in _nouns(subject):
        particle = find_particle(subject.text, end)
        if particle is None or (start, particle[1]) in seen or particle[0] != end:
            continue
        word, form = subject.text[start:end], subject.text[slice(*particle)]
        if fit(word, form) is Fit.WRONG:
            yield _wrong(subject, (start, particle[1]), word, form, Severity.MINOR)


def _doubled_behind_nouns(subject: Subject) -> Iterator[Finding]:
    """결과와 is right and 모델과와 is not: such pairs are doubled only behind a whole noun."""
    for _, end in sorted(set(_nouns(subject))):
        double = subject.text[end : end + 2]
        if double in _TWICE and not _HANGUL.match(subject.text, end + 2):
            yield subject.finding(
                "doubled_particles",
                _GRAMMAR,
                Severity.MAJOR,
                "two particles stand where one belongs",
                span=(end, end + 2),
                suggestion=_single(subject.text[:end], double),
            )


def _nouns(subject: Subject) -> Iterator[tuple[int, int]]:
    """Names and numbers, and the renderings of the source's terms: nouns for certain."""
    for match in _NAME.finditer(subject.text):
        yield match.span()
    for term in dict.fromkeys(match.term for match in subject.terms):
        for rendering in term.accepted:
            if not rendering.isascii():
                yield from find_rendering(subject.text, rendering, subject.language)


def _wrong(
    subject: Subject, span: tuple[int, int], word: str, form: str, severity: Severity
) -> Finding:
    right = choose_particle(word, form)
    message = f"{form} does not follow {word}; {right} does"
    return subject.finding(
        "wrong_particles", _GRAMMAR, severity, message, span=span, suggestion=word + right
    )


def _single(before: str, double: str) -> str | None:
    try:
        return choose_particle(before[-40:], double[0])
    except KeyError:
        return None
