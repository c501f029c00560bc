"""What one look at the sources led to, for people and for --json."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.model.decision import Decision


@dataclass(frozen=True, slots=True)
class Looked:
    """One look: how many issues the source shows now (None: unchanged), and what it led to.

    ``decisions`` are pairs of an outlet's name and a Decision that is new. ``failure`` says why
    nothing could be read; everything then stays as it was.
    """

    issues: int | None = None
    decisions: tuple[tuple[str, Decision], ...] = ()
    problems: tuple[str, ...] = ()
    failure: str = ""
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What was done for one issue on one outlet: "published", "queued", "review", "later", …"""

    outlet: str
    key: str
    action: str
    reason: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """A look and everything that was due after it."""

    looked: Looked
    results: tuple[Result, ...] = ()
