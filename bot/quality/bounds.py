"""Qualifiers of numbers: about, up to, at least, more than, less than (MQM accuracy/number)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from bot.model.finding import ErrorType, Finding, Severity
from bot.quality.number_words import target_numbers
from bot.quality.quantities import Quantity, source_quantities
from bot.quality.spelled import spelled_quantities
from bot.quality.subject import Subject

_NOT_MORE = r"(?<!no )(?<!not )(?<!nor )more than"
_NOT_LESS = r"(?<!no )(?<!not )(?:less|fewer) than"
_BEFORE = {
    "approximate": r"~|≈|∼|about|around|approximately|approx\.?|roughly|nearly|almost|circa"
    r"|close to",
    "at_most": r"≤|<=|up to|at most|no more than|not more than|as much as|as many as"
    r"|(?:a )?maximum of",
    "at_least": r"≥|>=|at least|no less than|no fewer than|(?:a )?minimum of",
    "over": rf">|over|{_NOT_MORE}|exceeding|exceeds?|above|greater than|higher than|larger than"
    r"|beyond|surpass(?:es|ing)?",
    "under": rf"<|{_NOT_LESS}|under|below|lower than|smaller than|within|sub-?",
}
_AFTER = {
    "at_least": r"\+|or more\b|or higher\b|or greater\b|plus\b"
    r"|and (?:even )?(?:above|later|newer|up|beyond)\b|and (?:even )?more(?=\s*(?:[.,;:)]|\Z))",
    "at_most": r"or less\b|or fewer\b|or lower\b|and below\b",
}
_ARTICLE = r"(?:(?:an?|the|additional|just)\s)?"
_HEAD = {
    name: re.compile(rf"(?:(?<![A-Za-z])(?:{words}))\s?{_ARTICLE}[$€]?\s?\Z", re.IGNORECASE)
    for name, words in _BEFORE.items()
}
# "No model exceeds 40%" is 40% 이하, "no work covers more than 6" 많아야 6개.
_DENIED = re.compile(
    r"(?:\b(?:no|none|neither|nor|never|not|cannot)\b|n't\b)"
    r"(?:(?!\b(?:and|but|while|yet|that|which)\b)[^.;,]){0,30}"
    r"\b(?:exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|above|below|beyond|over|at\s(?:least|most)|up\sto"
    r"|(?:more|less|fewer|higher|lower|larger|smaller|longer|greater)\sthan)\s\$?\Z",
    re.IGNORECASE,
)
_PLAIN_DENIED = re.compile(r"\b(?:no|not|nor)\s(?:more|less|fewer)\sthan\s\$?\Z", re.IGNORECASE)
_TAIL = {
    name: re.compile(rf"\s?(?:%|percent|x)?\s?(?:\w+,?\s)?(?:{words})")
    for name, words in _AFTER.items()
}
# Losing one of these changes the claim for certain; "over five data sets" may mean "across".
_FIRM = re.compile(
    r"up to|at most|at least|no more than|no less than|more than|less than|fewer than|[≤≥<>]"
)
_COMPATIBLE = {
    "approximate": {"approximate"},
    "at_most": {"at_most", "under"},
    "at_least": {"at_least", "over"},
    "over": {"over", "at_least"},
    "under": {"under", "at_most"},
}
_CONTRARY = {
    "approximate": {"at_most", "at_least"},
    "at_most": {"at_least", "over"},
    "at_least": {"at_most", "under"},
    "over": {"at_most", "under"},
    "under": {"at_least", "over"},
}
# Words that let the target use a qualifier although none stands before the number itself.
_CUES = {
    "approximate": r"~|≈|about|around|approx|rough|near|almost|close|some\b|circa|estimated|-ish"
    r"|magnitude",
    "at_most": r"≤|<|up to|most|max|much as|many as|high|best|peak|top|large|long|great|limit"
    r"|within|no more|under|below|less|fewer|upper|exceed|to\b.*\d",
    "at_least": r"≥|>|\+|least|min|or more|more than|over|above|exceed|beyond|low|fewest|small"
    r"|plus|from \S+ (?:\w+ )?on\b|and up|higher|greater",
    "over": r">|≥|\+|over|more|exceed|above|beyond|surpass|greater|higher|larger|least|plus"
    r"|outperform|thousands|hundreds|dozens|longer|past",
    "under": r"<|≤|under|less|fewer|below|within|lower|smaller|only|just|sub-|most|limited|merely"
    r"|shorter",
}
_CUE = {name: re.compile(words, re.I) for name, words in _CUES.items()}
_NEAR_BEFORE, _NEAR_AFTER, _FAR = 8, 16, 24
_MOST = 20  # places of one number; a text with more is a table


def changed_bounds(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding for every "about", "up to", "at least", "over" or "under" that changed.

    >>> from bot.model.language import Language
    >>> from bot.model.lexicon import Lexicon
    >>> from bot.quality.subject import pair_of
    >>> words = {"approximate": ("약",), "at_most": ("최대",)}
    >>> korean = Language("ko", "한국어", lexicon=Lexicon(before=words))
    >>> pair = pair_of("a speed-up of ~3x", "최대 3배의 속도 향상", korean)
    >>> [(finding.evidence, finding.message) for finding in changed_bounds(pair)]
    [('최대 3', '3: approximate in the source, at_most in the target')]

    Another qualifier in its place is major, as is a new one that nothing in the source suggests;
    a lost "about" is minor.
    """
    if not subject.language.lexicon.before:
        return
    targets = target_numbers(subject.text, subject.language)
    for quantity in (
        *source_quantities(subject.words),
        *spelled_quantities(subject.words, ones=True),
    ):
        same = [
            found
            for found in targets
            if set(found.values) & set(quantity.values) and not _upside_down(quantity, found)
        ]
        if same:
            yield from _compare(subject, quantity, same[:_MOST])


def _upside_down(quantity: Quantity, found: Quantity) -> bool:
    """절반 이하 for "over 2x less", 10분의 1 미만 for "over 10x smaller"."""
    half = found.values[0] < 1 < quantity.values[0]
    return quantity.unit == "times" and (half or found.unit == "fraction")


def _compare(subject: Subject, quantity: Quantity, same: list[Quantity]) -> Iterator[Finding]:
    wanted = _of_source(subject.words, quantity)
    if wanted is None:
        return
    found = {kind: one for one in same for kind in _of_target(subject, one)}
    fitting = set().union(*(_COMPATIBLE[kind] for kind in wanted)) if wanted else set()
    if wanted and not fitting & found.keys():
        contrary = set().union(*(_CONTRARY[kind] for kind in wanted)) - fitting
        if contrary & found.keys():
            yield _changed(subject, quantity, wanted, found)
            return
        turned = next((one for one in same if _turned(subject, one, contrary)), None)
        if turned:
            yield _lost(subject, quantity, wanted, turned, firm=True)
            return
        if any(_weakly(subject, one, fitting) for one in same):
            return
        if found:
            yield _changed(subject, quantity, wanted, found)
        else:
            yield _lost(subject, quantity, wanted, same[0])
    elif not wanted:
        new = {kind: one for kind, one in found.items() if not _CUE[kind].search(subject.words)}
        if new and len(new) == len(found):
            yield _changed(subject, quantity, wanted, new)


def _changed(
    subject: Subject, quantity: Quantity, wanted: set[str], found: Mapping[str, Quantity]
) -> Finding:
    kind = min(found)
    said = " or ".join(sorted(wanted)) or "without a qualifier"
    number = found[kind]
    return subject.finding(
        "changed_bounds",
        ErrorType.NUMBER,
        Severity.MAJOR,
        f"{quantity.text}: {said} in the source, {kind} in the target",
        span=_with_qualifier(subject, number, kind),
    )


def _turned(subject: Subject, number: Quantity, contrary: Iterable[str]) -> bool:
    """10억 개에 조금 못 미치는, for "over 1 billion"."""
    tail = re.split(r"[.,;:。、]|\d", subject.text[number.span[1] : number.span[1] + _NEAR_AFTER])[
        0
    ]
    words = subject.language.lexicon.turned
    return any(word in tail for kind in contrary for word in words.get(kind, ()))


def _lost(
    subject: Subject,
    quantity: Quantity,
    wanted: set[str],
    number: Quantity,
    *,
    firm: bool = False,
) -> Finding:
    head = subject.words[max(0, quantity.span[0] - 20) : quantity.span[0]]
    firm = firm or ("approximate" not in wanted and bool(_FIRM.search(head)))
    return subject.finding(
        "changed_bounds",
        ErrorType.NUMBER,
        Severity.MAJOR if firm else Severity.MINOR,
        f"{quantity.text}: {' or '.join(sorted(wanted))} in the source, not so in the target",
        span=number.span,
    )


def _of_source(text: str, quantity: Quantity) -> set[str] | None:
    """None where the qualifier is denied: many words may say its opposite."""
    start, end = quantity.span
    head, tail = text[max(0, start - 30) : start], text[end : end + 40]
    if _DENIED.search(text[max(0, start - 60) : start]) and not _PLAIN_DENIED.search(head):
        return None
    before = {name for name, pattern in _HEAD.items() if pattern.search(head)}
    return before | {name for name, pattern in _TAIL.items() if pattern.match(tail)}


def _of_target(subject: Subject, number: Quantity) -> set[str]:
    lexicon = subject.language.lexicon
    start, end = _range(subject.text, number)
    head = subject.text[max(0, start - _NEAR_BEFORE) : start]
    tail = re.split(r"[.,;:。、]|\d", subject.text[end : end + _NEAR_AFTER])[0]
    tail = re.split(lexicon.comparing, tail)[0] if lexicon.comparing else tail
    kinds = {name for name, words in lexicon.before.items() if _head(words).search(head)}
    return kinds | {name for name, words in lexicon.after.items() if _tail(words).search(tail)}


def _weakly(subject: Subject, number: Quantity, kinds: Iterable[str]) -> bool:
    lexicon = subject.language.lexicon
    start, end = number.span
    head = re.split(r"[.;。]\s", subject.text[max(0, start - _FAR) : start])[-1]
    tail = re.split(r"[.,;。、]|\d", subject.text[end : end + _FAR])[0]
    return any(
        word in near
        for kind in kinds
        for near, words in ((head, lexicon.before), (tail, lexicon.after), (tail, lexicon.weak))
        for word in words.get(kind, ())
    )


def _with_qualifier(subject: Subject, number: Quantity, kind: str) -> tuple[int, int]:
    start, end = number.span
    head = subject.text[max(0, start - _NEAR_BEFORE) : start]
    before = _head(subject.language.lexicon.before.get(kind, ())).search(head)
    if before:
        return start - len(head) + before.start(), end
    tail = subject.text[end : end + _NEAR_AFTER]
    after = _tail(subject.language.lexicon.after.get(kind, ())).search(tail)
    return start, end + (after.end() if after else 0)


def _range(text: str, number: Quantity) -> tuple[int, int]:
    """The whole range that the number is part of: 2~4 in 최대 2~4배."""
    start, end = number.span
    head = re.search(r"\d[\d.,]*\s?\S{0,2}?\s?[-~∼–]\s?\Z", text[max(0, start - 14) : start])
    tail = re.match(r"\S{0,2}?\s?[-~∼–]\s?\d[\d.,]*", text[end : end + 14])
    if head:
        start -= len(head.group())
    return start, end + (tail.end() if tail else 0)


@lru_cache(maxsize=64)
def _head(words: tuple[str, ...]) -> re.Pattern[str]:
    if not words:
        return re.compile(r"(?!)")
    longest = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    return re.compile(rf"(?<![가-힣\d%])(?:{longest})(?:\s|$)?(?:\S\s)?[$€]?\Z")


@lru_cache(maxsize=64)
def _tail(words: tuple[str, ...]) -> re.Pattern[str]:
    if not words:
        return re.compile(r"(?!)")
    return re.compile(rf"(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})")
