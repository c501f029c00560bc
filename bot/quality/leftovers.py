"""Single English words left in a target (MQM accuracy/untranslated).

Good translations leave hardly any: in 570 good pairs, seven small-lettered words stand outside
parentheses and quotation marks, all of them names of functions, commands and models.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.model.finding import ErrorType, Finding, Severity
from bot.model.translation import Kind
from bot.quality.english import words
from bot.quality.subject import Subject

PARENTHESES = re.compile(
    r"\([^()]*\)|(?<!\w)'(?:[^'\n]|(?<=\w)'(?=\w)){1,160}'|[\"“‘「『][^\"”’」』]{1,120}[\"”’」』]"
)
"""What may hold English: parentheses and quotation marks."""

# reduce toxicity하며: English that Korean endings hang on
_INFLECTED = re.compile(r"(?<![\w-])(?:[a-z]{3,}\s){1,4}[a-z]{3,}(?=[하한할합했해되된될됩됐시])")
# WE는, 위(We): a pronoun taken for a name
_PRONOUN = re.compile(
    r"(?<![\w-])(?:[Ww]e|WE|[Oo]ur|OUR|[Tt]hey|THEY|[Tt]heir|[Tt]hese|[Tt]hose|[Ii]ts)(?=[가-힣])"
    r"|(?:Our|We|Their|Its)(?=\s[가-힣])"
    r"|(?<=[가-힣]\()(?:[Ww]e|WE|[Oo]urs?|[Tt]hey|[Tt]his|[Ii]t)(?=\))"
)
_ALONE = re.compile(r"(?<![\w./@:<#\\_-])[a-z]{3,}(?![\w./@:>(\\_-]*[A-Za-z0-9_(>])")
_PHRASE = re.compile(
    r"(?<![\w./@:<#\\_-])[a-z]{3,}(?:-[a-z]+)*(?:\s[a-z]{2,}(?:-[a-z]+)*){1,2}"
    r"(?![\w./@:>(\\_-]*[A-Za-z0-9_(>])"
)
_NAMING = re.compile(
    r"\b(?:called|named|dubbed|termed|coined|known as|as)(?:\sthe|\san?)?\s[\"“'‘]?\Z"
)
_LATIN_BEFORE = re.compile(r"[A-Za-z0-9.%]\S*\s\Z")
_LATIN_AFTER = re.compile(r"\s\S*[A-Za-z0-9]")
# Functions, commands, formats and sizes of models, which stay as they are.
_STAY = words("""
    the softmax sigmoid tanh relu argmax argmin grep bash git pip npm curl vim emacs json yaml
    html xml csv regex stdin stdout stderr foo bar baz think step mini nano micro turbo base
    large small medium instruct chat max min log exp sin cos true false null none self main init
    print import return async await diff patch commit python java rust julia numpy pandas torch
    pytest docker sed awk cat find kernel cron make eval exec goto var let const void int float
    bool char str list dict tuple set user assistant system token via autograd einsum matmul vmap
    jit malloc kubectl ffmpeg sqlite nginx redis webpack tmux
""")
_OF_TITLES = words("""
    comprehensive overview survey review systematic study empirical evaluation investigation
    introduction perspective roadmap tutorial approach approaches towards toward rethinking
    understanding exploring improving investigating evaluating advances challenges opportunities
    guide methods method with and for from using via beyond without
""")
_CAPITALISED = re.compile(r"(?<![\w./@-])[A-Z][a-z]+(?:\s[A-Z]?[a-z]+)*(?![\w./@-]*[A-Za-z0-9])")


def leftover_words(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding for every English word of the source that the target just repeats.

    >>> from bot.model.language import Language
    >>> from bot.quality.subject import pair_of
    >>> pair = pair_of("a novel way", "novel 방식입니다.", Language("ko", "한국어"))
    >>> [found.evidence for found in leftover_words(pair)]
    ['novel']

    Minor where the word is a term of the field. In titles, which capitalise, only words of
    scholarly titles are certain: Overview is left over, Segment Anything is a name.
    """
    text = PARENTHESES.sub(lambda match: " " * len(match.group()), subject.text)
    if not re.search(r"[^\W\d_A-Za-z]", text):
        return
    lower = set(re.findall(r"(?<![\w./@-])[a-z]{3,}(?![\w./@-]*\w)", subject.words))
    for match in _ALONE.finditer(text):
        word = match.group()
        if word in _STAY or word not in lower or _beside_latin(text, match.span()):
            continue
        yield _leftover(subject, match.span(), sure=not _is_term(subject, word))
    yield from _phrases(subject, text)
    if subject.kind is Kind.TITLE:
        yield from _of_title(subject, text)


def _phrases(subject: Subject, text: str) -> Iterator[Finding]:
    """Two or three small words in a row, just as the source has them once.

    What the source says again, or gives as a name ("called goldfish loss"), may be one.
    """
    for match in _PHRASE.finditer(text):
        parts = match.group().split()
        phrase = rf"(?<![\w-]){re.escape(match.group())}(?![\w-])"
        said = [found.start() for found in re.finditer(phrase, subject.words)]
        if not said or _beside_latin(text, match.span()) or not _STAY.isdisjoint(parts):
            continue
        named = len(said) > 1 or _NAMING.search(subject.words[max(0, said[0] - 30) : said[0]])
        terms = [_is_term(subject, word) for word in parts]
        yield _leftover(subject, match.span(), sure=not named and not all(terms))


def inflected_english(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding for English words that the target's endings hang on.

    >>> from bot.model.language import Language
    >>> from bot.quality.subject import pair_of
    >>> pair = pair_of("…", "reduce toxicity하며 좋아집니다.", Language("ko", "한국어"))
    >>> [found.evidence for found in inflected_english(pair)]
    ['reduce toxicity']
    >>> pair = pair_of("We win.", "WE는 이깁니다.", Language("ko", "한국어"))
    >>> [found.evidence for found in inflected_english(pair)]
    ['WE']
    """
    for match in (*_INFLECTED.finditer(subject.text), *_PRONOUN.finditer(subject.text)):
        yield _leftover(subject, match.span(), sure=True, check="inflected_english")


def _of_title(subject: Subject, text: str) -> Iterator[Finding]:
    name = re.match(r"[^:가-힣]+:", text)  # Study Buddy: 튜터
    for match in _CAPITALISED.finditer(text, name.end() if name else 0):
        telling = any(word.lower() in _OF_TITLES for word in match.group().split())
        if telling and match.group() in subject.words:
            yield _leftover(subject, match.span(), sure=True)


def _beside_latin(text: str, span: tuple[int, int]) -> bool:
    """Beside a name or number, the word may be part of a longer name: o1 mini, 100 tokens."""
    before, after = text[max(0, span[0] - 30) : span[0]], text[span[1] : span[1] + 30]
    return bool(_LATIN_BEFORE.search(before) or _LATIN_AFTER.match(after))


def _is_term(subject: Subject, word: str) -> bool:
    """A term of the field; a word of general use is one only where English is a rendering of it."""
    return any(
        word in match.text.lower().split() and (not match.term.free or word in match.term.known)
        for match in subject.terms
    )


def _leftover(
    subject: Subject, span: tuple[int, int], *, sure: bool, check: str = "leftover_words"
) -> Finding:
    return subject.finding(
        check,
        ErrorType.UNTRANSLATED,
        Severity.MAJOR if sure else Severity.MINOR,
        "English text is left over",
        span=span,
    )
