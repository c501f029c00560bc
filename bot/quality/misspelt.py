"""Misspelt names of a source that a translation writes right: Whispter for Whisper."""

from __future__ import annotations

import re

from bot.quality.names import find_names, stem
from bot.quality.subject import Subject

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


def _has_one_more(long: str, short: str) -> bool:
    return len(long) == len(short) + 1 and any(
        long[:place] + long[place + 1 :] == short for place in range(len(long))
    )


def _is_known(subject: Subject, name: str) -> bool:
    head = _HEAD.match(name)
    return head is not None and any(
        head.group() in latin for latin in subject.language.lexicon.names.values()
    )
