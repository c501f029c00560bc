"""What a mutation is, and the list of all."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.model.finding import Severity
from tests.bench.samples import Sample

Apply = Callable[[Sample], str | None]

SPAN = re.compile(r"\$[^$]+\$|`[^`]+`|https?://[^\s)]+")
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Mutation:
    """A named way to spoil a target; ``severity`` is the least that counts as found."""

    name: str
    fault_class: str
    severity: Severity
    apply: Apply


MUTATIONS: list[Mutation] = []


def mutation(fault_class: str, severity: Severity = Severity.MAJOR) -> Callable[[Apply], Apply]:
    """Register a function as a mutation under its own name."""

    def register(apply: Apply) -> Apply:
        MUTATIONS.append(Mutation(apply.__name__, fault_class, severity, apply))
        return apply

    return register


def sentences(text: str) -> list[str]:
    """The sentences of a text, by their end marks.

    >>> sentences("정확도가 3.5점 오릅니다. 끝입니다.")
    ['정확도가 3.5점 오릅니다.', '끝입니다.']
    """
    return _SENTENCE_END.split(text)


def substitute(pattern: str, replacement: str, text: str, *, count: int = 1) -> str | None:
    """The text with the pattern replaced outside protected spans; None where it does not occur.

    >>> substitute("2", "3", "`k=2`이면 2배입니다.")
    '`k=2`이면 3배입니다.'
    """
    left = count
    parts: list[str] = []
    end = 0
    for start, stop in [*((m.start(), m.end()) for m in SPAN.finditer(text)), (len(text),) * 2]:
        piece = text[end:start]
        if left:
            piece, done = re.subn(pattern, replacement, piece, count=left)
            left -= done
        parts += [piece, text[start:stop]]
        end = stop
    return "".join(parts) if left < count else None


def substitute_first(pairs: dict[str, str], text: str, *, count: int = 1) -> str | None:
    """The text with the first of the patterns that occurs replaced; None where none does."""
    for pattern, replacement in pairs.items():
        changed = substitute(pattern, replacement, text, count=count)
        if changed is not None:
            return changed
    return None
