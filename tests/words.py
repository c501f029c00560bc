"""Content words as the commentary's gate gets them, found in this process by the real analyser."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from kiwipiepy import Kiwi

from bot.model.commentary import ContentWord
from bot.morphology.kiwi import list_words, open_kiwi


def find_words(texts: Sequence[str]) -> list[tuple[ContentWord, ...]]:
    """The words of each text."""
    return [_find(text) for text in texts]


@cache
def _find(text: str) -> tuple[ContentWord, ...]:
    return tuple(ContentWord(*word) for word in list_words(_kiwi(), text))


@cache
def _kiwi() -> Kiwi:
    return open_kiwi()
