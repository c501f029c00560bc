"""What the translation memory remembers, and under which key."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from bot.model.translation import Origin


@dataclass(frozen=True, slots=True)
class MemoryKey:
    """Everything a translation depends on.

    ``rules`` is a digest of the fixed prompt, ``glossary`` one of the terms that occur in the
    source, ``model`` the configured model that was asked first, also where another one wrote
    the text in the end.
    """

    source: str
    language: str
    rules: str
    glossary: str
    model: str

    @property
    def id(self) -> str:
        """A hash of all five: the row of a model's translation."""
        return _hash(self.source, self.language, self.rules, self.glossary, self.model)

    @property
    def human_id(self) -> str:
        """A hash of source and language: a person's correction holds whatever else changes."""
        return _hash(self.source, self.language)


@dataclass(frozen=True, slots=True)
class Remembered:
    """A target that was accepted before, and who wrote it.

    ``refused`` names the models that were asked in vain where it is the best of what they gave
    and the checks refused it, "" where it was accepted.
    """

    target: str
    origin: Origin = Origin.MODEL
    model: str = ""
    refused: str = ""


def _hash(*parts: str) -> str:
    text = "\x1f".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
