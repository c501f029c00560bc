"""Text on its way between languages: Segment, Translation, and the pair of both."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a Segment is part of; titles may end in a noun, everything else is 합니다체."""

    TITLE = "title"
    INTRODUCTION = "introduction"
    ABSTRACT = "abstract"


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of source text that is translated as one; key ``<issue>/<rank>/<kind>/<place>``."""

    key: str
    source: str
    kind: Kind = Kind.INTRODUCTION


class Origin(StrEnum):
    """Who wrote a target."""

    MODEL = "model"
    FALLBACK_MODEL = "fallback-model"
    MEMORY = "memory"
    HUMAN = "human"


@dataclass(frozen=True, slots=True)
class Translation:
    """A Segment's rendering; ``target`` is None where the English has to stand, marked."""

    key: str
    target: str | None
    origin: Origin = Origin.MODEL
    model: str = ""


@dataclass(frozen=True, slots=True)
class Bilingual:
    """Original and translation side by side; they never share a field.

    ``target`` is None where no translation may be shown; readers then get the source, marked.
    """

    source: str
    target: str | None
