"""A model's reply → values; tolerant of code fences and of talk around the JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors import ParseError

MAX_CHARACTERS = 400_000
_MAX_STARTS = 200
_THOUGHT = "</think>"

Shape = TypeVar("Shape", bound=BaseModel)


class _Lenient(BaseModel):
    """Additional fields are passed over: the strict schema forbade them, a plain server may not."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)


class _Piece(_Lenient):
    id: str
    target: str


class _TranslationShape(_Lenient):
    segments: list[_Piece]
    summary_line: str | None = None


class ReviewError(_Lenient):
    """One error a reviewer names; ``type`` is an MQM path, not yet believed."""

    type: str
    severity: str
    evidence: str = ""
    message: str = ""


class _Judged(_Lenient):
    id: str
    errors: list[ReviewError] = Field(default_factory=list)


class _ReviewShape(_Lenient):
    segments: list[_Judged]


@dataclass(frozen=True, slots=True)
class Aligned:
    """Every id once: targets by id, in no particular order."""

    targets: dict[str, str]
    summary_line: str | None


@dataclass(frozen=True, slots=True)
class Misaligned:
    """A reply that does not answer what was asked; its texts may stand at the wrong id."""

    missing: tuple[str, ...]
    unexpected: tuple[str, ...]
    doubled: tuple[str, ...]


def parse_translation(text: str, ids: Sequence[str]) -> Aligned | Misaligned:
    """Read a translation reply and hold it against the ids that were asked.

    >>> parse_translation('```json\\n{"segments": [{"id": "1", "target": "가"}]}\\n```', ["1"])
    Aligned(targets={'1': '가'}, summary_line=None)
    >>> parse_translation('{"segments": [{"id": "3", "target": "가"}]}', ["1"])
    Misaligned(missing=('1',), unexpected=('3',), doubled=())

    An empty target counts as missing.

    Raises:
        ParseError: No JSON object of that shape in the reply (cut short, chatter, another task).
    """
    reply = parse_reply(text, _TranslationShape)
    counts = Counter(piece.id for piece in reply.segments)
    targets = {piece.id: piece.target for piece in reply.segments if piece.target.strip()}
    missing = tuple(each for each in ids if each not in targets)
    unexpected = tuple(each for each in counts if each not in ids)
    doubled = tuple(each for each, count in counts.items() if count > 1)
    if missing or unexpected or doubled:
        return Misaligned(missing, unexpected, doubled)
    return Aligned(targets, reply.summary_line)


def parse_review(text: str) -> dict[str, list[ReviewError]]:
    """The errors a reviewer named, by id.

    Raises:
        ParseError: No JSON object of that shape in the reply.
    """
    return {judged.id: judged.errors for judged in parse_reply(text, _ReviewShape).segments}


def parse_reply(text: str, shape: type[Shape]) -> Shape:
    """The first JSON object in ``text`` that has the given shape.

    Raises:
        ParseError: There is none; the message says whether it looks cut short.
    """
    if len(text) > MAX_CHARACTERS:
        raise ParseError(f"model: a reply of {len(text)} characters; ask for less at once")
    problem = "no JSON object"
    for value in (value for answer in _answers(text) for value in _objects(answer)):
        try:
            return shape.model_validate(value)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            place = ".".join(str(part) for part in first["loc"])
            problem = f"another shape ({place}: {first['msg']})"
    cut = " that stops in the middle" if _looks_cut(text) else ""
    raise ParseError(f"model: a reply with {problem}{cut}; ask again")


def _answers(text: str) -> Iterator[str]:
    """Yield what may be the answer of a model that thinks aloud: past the thoughts, then whole.

    Thoughts hold drafts, so what follows them goes first; but the tag may also stand in the
    answer itself, where a paper is about it.
    """
    last, first = text.rpartition(_THOUGHT)[2], text.partition(_THOUGHT)[2]
    yield from dict.fromkeys(each for each in (last, first, text) if each)


def _objects(text: str) -> Iterator[object]:
    """Yield every JSON object that can be read at some ``{``, outermost first."""
    decoder = json.JSONDecoder(strict=False)
    at = text.find("{")
    for _ in range(_MAX_STARTS):
        if at == -1:
            return
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            end = at + 1
        else:
            yield value
        at = text.find("{", end)


def _looks_cut(text: str) -> bool:
    return text.count("{") > text.count("}")
