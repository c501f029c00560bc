"""Characters (MQM design/character): invisible, broken or of a script that does not belong."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from bot.model.finding import ErrorType, Finding, Severity
from bot.quality.english import words
from bot.quality.subject import Subject

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0\U000e0000-\U000e007f]+"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]+")
_BROKEN = re.compile(
    "\ufffd+|[\ue000-\uf8ff]+|(?:Ã.|â€.){2,}|(?:[Ã-ï][\x80-\xbf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{1,2}){2,}"
)
_EMOJI_JOINT = re.compile("(?<=[\u2190-\U0001faff\ufe0f])[\u200d\ufe0e]$")
_STOPS = re.compile("[\u3001\u3002\uff61\uff64\uff0c\uff0e\uff1a\uff1b\uff01\uff1f]+")
_MARKED = re.compile(
    "(?<![A-Za-z])[A-Za-z]*[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff][A-Za-z\u00c0-\u024f\u1e00-\u1eff]*"
)
_FULL_WIDTH = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+")
_ALWAYS = words("""
    LATIN GREEK COMMON MICRO MASCULINE FEMININE MATHEMATICAL DOUBLE-STRUCK SCRIPT BLACK-LETTER
    ANGSTROM OHM KELVIN PLANCK INFORMATION
""")
# First words of Unicode names, by the script they stand for in language.yml.
_SCRIPT = {
    "HANGUL": "Hangul",
    "CJK": "Han",
    "IDEOGRAPHIC": "Han",
    "HIRAGANA": "Kana",
    "KATAKANA": "Kana",
    "KATAKANA-HIRAGANA": "Kana",
}
_JAMO = re.compile("[\u1100-\u11ff\u3131-\u318e\ua960-\ua97c\ud7b0-\ud7fb]+")


def invisible_characters(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding for zero-width, bidirectional, control and broken characters.

    >>> from bot.model.language import Language
    >>> from bot.quality.subject import pair_of
    >>> pair = pair_of("text", "글\\u200b자\\u202e\\ufffd", Language("ko", "", scripts=("Hangul",)))
    >>> [found.message for found in invisible_characters(pair)]
    ['invisible U+200B', 'invisible U+202E', 'broken U+FFFD']

    It does not matter whether the source has them too: the translation carries none further.
    """
    for pattern, what in ((_INVISIBLE, "invisible"), (_CONTROL, "control"), (_BROKEN, "broken")):
        for match in pattern.finditer(subject.target):
            if what == "invisible" and _joins_emoji(subject.target, match):
                continue
            codes = " ".join(f"U+{ord(sign):04X}" for sign in match.group()[:4])
            yield subject.finding(
                "invisible_characters",
                ErrorType.CHARACTER,
                Severity.MAJOR,
                f"{what} {codes}",
                span=match.span(),
                suggestion=subject.target[: match.start()] + subject.target[match.end() :],
            )


def foreign_scripts(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding for letters of a script that neither language uses, and not in the source.

    >>> from bot.model.language import Language
    >>> from bot.quality.subject import pair_of
    >>> pair = pair_of("large model", "大규모 модель", Language("ko", "", scripts=("Hangul",)))
    >>> [found.evidence for found in foreign_scripts(pair)]
    ['大', 'модель']
    """
    yield from _foreign_stops(subject)
    yield from _foreign_words(subject)
    text = subject.text
    if not subject.language.scripts:
        return
    run_start: int | None = None
    for place, sign in enumerate([*text, " "]):
        strange = _strange(subject, sign)
        if strange and run_start is None:
            run_start = place
        elif not strange and run_start is not None:
            yield subject.finding(
                "foreign_scripts",
                ErrorType.CHARACTER,
                Severity.MAJOR,
                f"{_script(text[run_start])} letters do not belong here",
                span=(run_start, place),
            )
            run_start = None


def odd_letters(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding for single Korean letters (ㅋㅋ), full-width Latin and decomposed Hangul.

    >>> from bot.model.language import Language
    >>> from bot.quality.subject import pair_of
    >>> pair = pair_of("LLM", "ＬＬＭ 좋음 ㅎㅎ", Language("ko", "", scripts=("Hangul",)))
    >>> [(found.evidence, str(found.severity)) for found in odd_letters(pair)]
    [('ㅎㅎ', 'major'), ('ＬＬＭ', 'minor')]
    """
    text = subject.target
    if unicodedata.normalize("NFC", text) != text:
        span = _decomposed(text)
        yield subject.finding(
            "odd_letters",
            ErrorType.CHARACTER,
            Severity.MINOR,
            "the text is not in Unicode normal form C",
            span=span,
            suggestion=unicodedata.normalize("NFC", text[slice(*span)]),
        )
        return
    for pattern, severity in ((_JAMO, Severity.MAJOR), (_FULL_WIDTH, Severity.MINOR)):
        for match in pattern.finditer(text):
            if match.group() not in subject.source:
                yield subject.finding(
                    "odd_letters",
                    ErrorType.CHARACTER,
                    severity,
                    "letters that running text does not use",
                    span=match.span(),
                    suggestion=unicodedata.normalize("NFKC", match.group()),
                )


def _decomposed(text: str) -> tuple[int, int]:
    """From the first letter that is not in normal form C to the last."""
    whole = unicodedata.normalize("NFC", text)
    start = _common(text, whole)
    return start, max(start + 1, len(text) - _common(text[:start:-1], whole[:start:-1]))


def _common(one: str, other: str) -> int:
    """How many letters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _foreign_stops(subject: Subject) -> Iterator[Finding]:
    if not subject.language.scripts or "Kana" in subject.language.scripts:
        return
    for match in _STOPS.finditer(subject.text):
        yield subject.finding(
            "foreign_scripts",
            ErrorType.CHARACTER,
            Severity.MAJOR,
            "a full stop or comma of another script",
            span=match.span(),
        )


def _foreign_words(subject: Subject) -> Iterator[Finding]:
    """Latin letters with marks, có sẵn, which neither English nor the source has."""
    for match in _MARKED.finditer(subject.text):
        if match.group() not in subject.source:
            yield subject.finding(
                "foreign_scripts",
                ErrorType.CHARACTER,
                Severity.MAJOR,
                "a word of another language",
                span=match.span(),
            )


def _strange(subject: Subject, sign: str) -> bool:
    if sign.isascii() or not sign.isalpha():
        return False
    script = _script(sign)
    return script not in {*_ALWAYS, *subject.language.scripts} and sign not in subject.source


@lru_cache(maxsize=8192)
def _script(sign: str) -> str:
    words = unicodedata.name(sign, "COMMON").split()
    first = (
        words[1] if words[0] in {"HALFWIDTH", "FULLWIDTH", "MODIFIER"} and words[1:] else words[0]
    )
    return _SCRIPT.get(first, first if first != "LETTER" else "COMMON")


def _joins_emoji(text: str, match: re.Match[str]) -> bool:
    return _EMOJI_JOINT.search(text[max(0, match.start() - 1) : match.end()]) is not None
