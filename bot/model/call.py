"""A question to a language model and its answer, whoever the vendor."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Ending(StrEnum):
    """How a reply ended; each has its own next step."""

    COMPLETE = "complete"
    LENGTH = "length"
    REFUSAL = "refusal"
    CONTENT_FILTER = "content_filter"


@dataclass(frozen=True, slots=True)
class ModelRequest:
    """One chat completion.

    ``system`` is the fixed part and comes first, identical for all calls, so that the vendor
    caches it; ``user`` is this call's own; ``schema`` the JSON Schema the reply must have.
    ``purpose`` ("translate", "comment", "review", "verify") and ``key`` ("2024-01-29/3") are for
    the ledger.
    """

    system: str
    user: str
    schema_name: str
    schema: dict[str, Any] = field(hash=False)
    model: str = ""
    purpose: str = ""
    key: str = ""
    attempt: int = 1
    max_output_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class ModelReply:
    """What came back; ``text`` is unparsed.

    ``cached_tokens`` (read from the vendor's cache) and ``cache_write_tokens`` (put into it) are
    parts of ``prompt_tokens`` that have prices of their own.
    """

    text: str
    ending: Ending
    model: str
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached_tokens: int = 0
    cache_write_tokens: int = 0
