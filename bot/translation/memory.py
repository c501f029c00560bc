"""The translation memory as the core sees it: the same text is never paid for twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.model.language import Language, Term
from bot.model.memory import MemoryKey, Remembered
from bot.translation.prompt import Prompts, glossary_digest


class TranslationMemory(Protocol):
    """Accepted targets, across runs, issues and forums.

    ``find`` is asked once per paper, before any call; where calls are durable steps it must be one
    too, so that a replay sees what the first run saw.
    """

    def find(self, keys: Sequence[MemoryKey]) -> list[Remembered | None]:
        """For each key a person's correction (``human_id``), else the target under ``id``."""
        ...

    def put(self, entries: Mapping[MemoryKey, Remembered]) -> None:
        """Remember; the same key again replaces a model's target and never a person's."""
        ...


class NoMemory:
    """Remembers nothing: for commands that must not change the store."""

    def find(self, keys: Sequence[MemoryKey]) -> list[Remembered | None]:
        """None for each."""
        return [None] * len(keys)

    def put(self, entries: Mapping[MemoryKey, Remembered]) -> None:
        """Nothing."""


def memory_key(
    source: str, terms: Sequence[Term], *, language: Language, prompts: Prompts, model: str
) -> MemoryKey:
    """The key of a text; ``terms`` are the glossary's that occur in it."""
    return MemoryKey(
        source=source,
        language=language.code,
        rules=prompts.rules_version(language),
        glossary=glossary_digest(terms),
        model=model,
    )
