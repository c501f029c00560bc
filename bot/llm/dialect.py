"""What an endpoint understands of the API: probed once per endpoint and model, then remembered.

Not every OpenAI-compatible server knows JSON Schemas (some know JSON mode only, some neither), and
some refuse the newer name of the token limit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Protocol

FORMATS = ("json_schema", "json_object", "plain")
LIMITS = ("max_completion_tokens", "max_tokens")
_ABOUT_LIMIT = re.compile(r"max_completion_tokens|max_tokens|max_output_tokens", re.IGNORECASE)
_ABOUT_FORMAT = re.compile(
    r"response_format|json_?\s?schema|json_object|structured|text\.format|grammar|guided",
    re.IGNORECASE,
)


class Capabilities(Protocol):
    """Where the findings are kept; the owner decides whether in memory or in the store."""

    def get(self, key: str) -> str | None:
        """What was put under ``key``, None where nothing was."""
        ...

    def put(self, key: str, value: str) -> None:
        """Remember ``value`` under ``key``."""
        ...


class Remembered:
    """Capabilities for the life of a process."""

    def __init__(self) -> None:
        self._values: dict[str, str] = {}

    def get(self, key: str) -> str | None:
        """What was put under ``key``."""
        return self._values.get(key)

    def put(self, key: str, value: str) -> None:
        """Remember."""
        self._values[key] = value


@dataclass(frozen=True, slots=True)
class Dialect:
    """How to ask for JSON and for a limit of tokens."""

    format: str = FORMATS[0]
    limit: str = LIMITS[0]

    def __str__(self) -> str:
        return f"{self.format},{self.limit}"


def parse_dialect(text: str | None) -> Dialect | None:
    """What ``str(dialect)`` wrote; None for anything else.

    >>> parse_dialect("json_object,max_tokens")
    Dialect(format='json_object', limit='max_tokens')
    >>> parse_dialect("telepathy") is None
    True
    """
    form, _, limit = (text or "").partition(",")
    return Dialect(form, limit) if form in FORMATS and limit in LIMITS else None


def simpler(dialect: Dialect, complaint: str, *, known: bool) -> Dialect | None:
    """The next Dialect to try after a refusal (400, 422), None where the refusal is about others.

    >>> simpler(Dialect(), "unknown field response_format", known=True).format
    'json_object'
    >>> simpler(Dialect(), "model is overloaded", known=True) is None
    True

    Args:
        dialect: The one that was refused.
        complaint: The server's words.
        known: The dialect has worked before, so only a clear complaint changes it. Where nothing
            is known yet, a vague refusal is also taken to mean the format.
    """
    if _ABOUT_LIMIT.search(complaint) and dialect.limit == LIMITS[0]:
        return replace(dialect, limit=LIMITS[1])
    if dialect.format != FORMATS[-1] and (not known or _ABOUT_FORMAT.search(complaint)):
        return replace(dialect, format=FORMATS[FORMATS.index(dialect.format) + 1])
    return None
