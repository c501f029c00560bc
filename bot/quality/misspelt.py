"""Names misspelt: by a source that the translation mends (Whispter), or by the translation."""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.quality.names import find_names, stem
from bot.quality.subject import Subject

_SHORTEST = 3
_ENDS = re.compile(r"[sdr0-9+-]")  # GANs, fine-tuned; no misspelling
_HEAD = re.compile(r"[A-Za-z]+")


def is_mended(subject: Subject, name: str) -> bool:
    """Say whether the name is a known one that stands, with one letter too many, in the source.

    >>> from bot.model.language import Language
    >>> from bot.model.lexicon import Lexicon
    >>> from bot.quality.subject import pair_of
    >>> korean = Language("ko", "한국어", lexicon=Lexicon(names={"위스퍼": ("Whisper",)}))
    >>> pair = pair_of("uses Whispter-v3", "Whisper-v3을 씁니다", korean)
    >>> is_mended(pair, "Whisper-v3"), is_mended(pair, "Wisper-v3")
    (True, False)
    """
    return _is_known(subject, name) and any(
        _has_one_more(stem(other.text), name) and not _is_known(subject, stem(other.text))
        for other in find_names(subject.words)
    )


def is_misspelt(subject: Subject, name: str) -> bool:
    """Say whether the target writes this name of the source as a known one: Whispter."""
    return not _is_known(subject, name) and any(
        _has_one_more(name, stem(other.text)) and _is_known(subject, stem(other.text))
        for other in find_names(subject.text)
    )


def is_near_miss(name: str, names: Collection[str]) -> bool:
    """Say whether the name is one of ``names`` but for one letter, or for their order.

    >>> is_near_miss("Qwne", {"Qwen"}), is_near_miss("HTM", {"HTML"}), is_near_miss("HRI", {"HIR"})
    (True, True, True)
    >>> is_near_miss("LLMs", {"LLM"}), is_near_miss("Qwen2", {"Qwen3"}), is_near_miss("LM", {"MM"})
    (False, False, False)

    Digits are no spelling, nor are capitals and a plural; two letters say too little.
    """
    return any(_is_near(name, other) for other in names)


def _is_near(name: str, other: str) -> bool:
    one, two = name.lower(), other.lower()
    if one == two or min(len(one), len(two)) < 2 or max(len(one), len(two)) < _SHORTEST:
        return False
    if re.sub(r"[^\d]", "", one) != re.sub(r"[^\d]", "", two):
        return False
    if name.isupper() and len(one) == len(two) and sorted(one) == sorted(two):
        return True  # an acronym in another order
    if len(one) == len(two):
        apart = [place for place, pair in enumerate(zip(one, two, strict=True)) if len({*pair}) > 1]
        swapped = len(apart) == 2 and apart[1] == apart[0] + 1
        swapped = swapped and one[apart[0]] == two[apart[1]] and one[apart[1]] == two[apart[0]]
        return swapped or (len(apart) == 1 and len(one) > _SHORTEST)
    long, short = sorted((one, two), key=len, reverse=True)
    return _has_one_more(long, short) and not _ENDS.fullmatch(long.removeprefix(short))


def _has_one_more(long: str, short: str) -> bool:
    return len(long) == len(short) + 1 and any(
        long[:place] + long[place + 1 :] == short for place in range(len(long))
    )


def _is_known(subject: Subject, name: str) -> bool:
    head = _HEAD.match(name)
    return head is not None and any(
        head.group() in latin for latin in subject.language.lexicon.names.values()
    )
