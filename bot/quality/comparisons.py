"""Comparisons at a number (MQM accuracy/mistranslation): 10x smaller is not ten times larger."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.model.finding import ErrorType, Finding, Severity
from bot.quality.number_words import target_numbers
from bot.quality.quantities import Quantity, source_quantities, target_quantities
from bot.quality.spelled import spelled_quantities
from bot.quality.subject import Subject

_SIDES = {
    "down": r"smaller|less|fewer|lower|cheaper|shorter|slower|lighter",
    "up": r"larger|bigger|more|higher|longer|greater",
    "fast": r"faster|quicker",
}
_SAID = {name: re.compile(rf"[^.;:,()\d]{{0,12}}\b(?:{words})\b") for name, words in _SIDES.items()}
_OF = {
    "down": ("smaller", "fewer", "lower", "decrease", "slower", "shorter"),
    "up": ("larger", "more", "higher", "increase"),
    "fast": ("faster",),
}
_AGAINST = {"down": ("up",), "up": ("down",), "fast": ("down",)}
_TO = re.compile(
    r"\b(?:cut|reduc|drop|lower|fall|fell|decreas|compress|shrink|shrank|trim|prun"
    r"|bring\w* down)\w*\s"
    r"(?!.*\bfrom\b)(?:[^.;:]|\.(?=\d)){0,80}"
    r"(?<!up )(?<!compared )(?<!relative )(?<!close )(?<!due )(?<!by )(?<![\d%x] )\bto\s"
    r"(?:just\s|only\s|about\s|around\s)?\Z",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:cut|reduc|drop|lower|fall|fell|decreas|compress|shrink|shrank|trim)\w*\s"
    r"(?:[^.;:]|\.(?=\d)){0,80}\bby\s(?:about\s|around\s|over\s|nearly\s)?\Z",
    re.IGNORECASE,
)
# "using only 55.8% of the FLOPs" is no reduction by as much.
_USED = re.compile(
    r"\b(?:us(?:e|es|ed|ing)|requir(?:e|es|ed|ing)|need(?:s|ed|ing)?|with|consum(?:e|es|ing))\s"
    r"(?:only|just|merely)\s(?:about\s|around\s|roughly\s|~)?\Z",
    re.IGNORECASE,
)
# "in 10% of the time", "at a mere 10% of its cost": what is left, not what is saved.
_LEFT = (
    re.compile(
        r"\b(?:in|at|for|with|us(?:e|es|ed|ing)|requir(?:e|es|ed|ing)|tak(?:e|es|ing)|cost(?:s|ing)?"
        r"|within|need(?:s|ed|ing)?|consum(?:e|es|ing))\s(?:a mere\s|as little as\s|less than\s"
        r"|under\s|only\s|just\s|merely\s|about\s|around\s|roughly\s|approximately\s|nearly\s|~){0,2}\Z",
        re.IGNORECASE,
    ),
    re.compile(r"\s?(?:%|percent)?\sof\s(?:the|its|their|that|those|what)\b"),
)
_LESS = ("decrease", "smaller", "fewer", "lower", "shorter", "faster")
_NEAR = 14


def reversed_at_numbers(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding where the words at a number point the other way.

    >>> from bot.model.language import Language
    >>> from bot.model.lexicon import Lexicon
    >>> from bot.quality.subject import pair_of
    >>> lexicon = Lexicon(directions={"smaller": ("작",), "larger": ("큰", "큼")})
    >>> pair = pair_of("10x smaller", "10배 더 큼에도", Language("ko", "", lexicon=lexicon))
    >>> [finding.evidence for finding in reversed_at_numbers(pair)]
    ['10배 더 큼에도']
    """
    if not subject.language.lexicon.directions:
        return
    targets = target_numbers(subject.text, subject.language)
    for quantity in (*source_quantities(subject.words), *spelled_quantities(subject.words)):
        side = _side(subject.words, quantity)
        same = [one for one in targets if quantity.values[0] == one.values[0]]
        if side is None or not same or not _is_one_sided(subject.words, quantity, side):
            continue
        nears = [_near(subject.text, one) for one in same]
        if any(_says(subject, near, (side,)) for near in nears):
            continue
        against = [
            place for place, near in enumerate(nears) if _says(subject, near, _AGAINST[side])
        ]
        if against:
            near, (start, end) = nears[against[0]], same[against[0]].span
            yield subject.finding(
                "reversed_at_numbers",
                ErrorType.MISTRANSLATION,
                Severity.MAJOR,
                f"{quantity.text} has a comparison of the other direction in the source",
                span=(start, end + len(near.rstrip())),
            )


def to_and_by(subject: Subject) -> Iterator[Finding]:
    """Yield a Finding where "cut to 4.1%" has become "cut by 4.1%".

    >>> from bot.model.language import Language
    >>> from bot.model.lexicon import Lexicon
    >>> from bot.quality.subject import pair_of
    >>> korean = Language("ko", "", lexicon=Lexicon(directions={"decrease": ("낮춥",)}))
    >>> pair = pair_of("cuts the error rate to 4.1%.", "오류율을 4.1% 낮춥니다.", korean)
    >>> [finding.evidence for finding in to_and_by(pair)]
    ['4.1% 낮춥']

    And the reverse: 40%로 줄입니다 for "cut by 40%".
    """
    verbs = subject.language.lexicon.directions.get("decrease", ())
    if not verbs:
        return
    targets = target_quantities(subject.text, subject.language)
    yield from _by_and_to(subject, targets, verbs)
    behind = re.compile(rf"\s?[%％]?\s(?:{'|'.join(map(re.escape, verbs))})")
    less = _less(subject)
    for quantity in source_quantities(subject.words):
        before = subject.words[: quantity.span[0]]
        used = quantity.unit == "percent" and _USED.search(before)
        left = _is_left(subject.words, quantity)
        if not _TO.search(before) and not used and not left:
            continue
        same = [one for one in targets if one.values[0] == quantity.values[0]]
        pattern = less if left else behind
        match = pattern.match(subject.text, same[0].span[1]) if len(same) == 1 else None
        if match:
            yield subject.finding(
                "to_and_by",
                ErrorType.MISTRANSLATION,
                Severity.MAJOR,
                f"the source goes to {quantity.text}, the target by as much",
                span=(same[0].span[0], match.end()),
            )


def _by_and_to(
    subject: Subject, targets: Sequence[Quantity], verbs: tuple[str, ...]
) -> Iterator[Finding]:
    towards = "|".join(map(re.escape, subject.language.lexicon.towards))
    if not towards:
        return
    behind = re.compile(rf"\s?[%％]?\s?(?:{towards})\s(?:{'|'.join(map(re.escape, verbs))})")
    for quantity in source_quantities(subject.words):
        if not _BY.search(subject.words[: quantity.span[0]]):
            continue
        same = [one for one in targets if one.values[0] == quantity.values[0]]
        match = behind.match(subject.text, same[0].span[1]) if len(same) == 1 else None
        if match and quantity.unit == "percent":
            yield subject.finding(
                "to_and_by",
                ErrorType.MISTRANSLATION,
                Severity.MAJOR,
                f"the source goes by {quantity.text}, the target to it",
                span=(same[0].span[0], match.end()),
            )


def _is_left(text: str, quantity: Quantity) -> bool:
    """10% of the time is what remains; of one half, as much is gone."""
    before, after = _LEFT
    half = quantity.values[0] == 50
    start, end = quantity.span
    return bool(
        quantity.unit == "percent"
        and not half
        and before.search(text[:start])
        and after.match(text, end)
    )


def _less(subject: Subject) -> re.Pattern[str]:
    """What says behind a number that something is less by it: 10% 짧은, 10%가량 더 적은."""
    lexicon = subject.language.lexicon
    words = [word.strip() for name in _LESS for word in lexicon.directions.get(name, ())]
    about = "|".join(map(re.escape, lexicon.after.get("approximate", ()))) or "(?!)"
    return re.compile(
        rf"\s?[%％]?(?:\s?(?:{about}))?\s(?:더\s)?(?:{'|'.join(map(re.escape, words))})"
    )


def _is_one_sided(text: str, quantity: Quantity, side: str) -> bool:
    """Every mention of the number that points anywhere points the same way."""
    sides = {
        _side(text, one)
        for one in (*source_quantities(text), *spelled_quantities(text))
        if one.values[0] == quantity.values[0]
    }
    return sides <= {side, None}


def _near(text: str, number: Quantity) -> str:
    end = number.span[1]
    return re.split(r"[.,;:()。、]|\d", text[end : end + _NEAR])[0]


def _side(text: str, quantity: Quantity) -> str | None:
    """The way that the words behind the number point; None where they say nothing clear."""
    if quantity.unit not in {"times", "percent"}:
        return None
    after = text[quantity.span[1] : quantity.span[1] + 30]
    return next((name for name, pattern in _SAID.items() if pattern.match(after)), None)


def _says(subject: Subject, near: str, sides: tuple[str, ...]) -> bool:
    directions = subject.language.lexicon.directions
    words = (word for side in sides for name in _OF[side] for word in directions.get(name, ()))
    return any(word in near for word in words)
