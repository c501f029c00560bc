"""What is known of an Issue, and what is decided about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.model.issue import Issue, Paper, Week


class State(StrEnum):
    """Where an Issue stands, as ``jubo issues`` and ``jubo status`` show it."""

    NEW = "new"
    WAITING = "waiting"
    HELD = "held"
    BUILDING = "building"
    REVIEW = "review"
    QUEUED = "queued"
    PUBLISHED = "published"
    SKIPPED = "skipped"
    IGNORED = "ignored"


class Verdict(StrEnum):
    """What to do about an Issue now."""

    PUBLISH = "publish"
    UPDATE = "update"
    HOLD = "hold"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class Decision:
    """A Verdict about one Issue, with the reason a moderator understands.

    ``papers`` counts the rows the source shows. ``changes`` say, for an update, what differs from
    the published text, one line a change; ``automatic``: the policy lets it be applied unasked.
    """

    key: str
    verdict: Verdict
    reason: str
    at: datetime
    papers: int = 0
    changes: tuple[str, ...] = ()
    automatic: bool = False


class Policy(Protocol):
    """When an issue is published, held or left alone: ``policy`` of the configuration."""

    @property
    def papers(self) -> int:
        """Ranks an issue must have."""

    @property
    def quiet_minutes(self) -> float:
        """Unchanged for so long before it is published."""

    @property
    def ask_after_hours(self) -> float:
        """An incomplete issue asks a moderator after this time."""

    @property
    def max_age_days(self) -> int:
        """An issue that ended longer ago is backlog."""

    @property
    def hours_between_topics(self) -> float:
        """At most one topic in so many hours."""

    @property
    def edit_days(self) -> int:
        """No topic older than this gets an update proposed."""

    @property
    def apply_small_updates(self) -> bool:
        """Small corrections need no moderator."""

    @property
    def small_update_characters(self) -> int:
        """What small means: characters that come or go."""


@dataclass(frozen=True, slots=True)
class KnownIssue:
    """All that deciding about an Issue remembers; plain values, see ``bot.planning.known``.

    Attributes:
        key: First day under which it was first planned; never changes.
        week: The days its heading last gave.
        title: Its heading, as last shown.
        state: Where it stands.
        first_seen: When the source first showed it.
        changed_at: When the source last showed it differently, or again after an absence.
        content: Digest of what the source last showed.
        rows: Rows the source last showed.
        marks: What identifies each row: arXiv id, addresses, name.
        verdict: The last decision's; None before the first.
        reason: The last decision's.
        shown: Whether the source shows it now.
        rival_since: Since when its heading stands over other papers, or stands twice.
        backlog: Held because a newer issue came at the same time.
        approved: A moderator wants it published whatever the policy says.
        started_at: When publishing was decided.
        published_at: When its topic was created.
        base: Papers as published, what later changes are compared with; empty once no update
            would be proposed any more.
        base_week: The days as published.
        base_content: Digest of ``base`` and ``base_week``.
        declined: Digest of the update a moderator refused.
        rewrites: Changes upstream that were left alone.
        left_alone: Digest of the last of them, so that each counts once.
    """

    key: str
    week: Week
    title: str
    state: State
    first_seen: datetime
    changed_at: datetime
    content: str
    rows: int
    marks: tuple[tuple[str, ...], ...]
    verdict: Verdict | None = None
    reason: str = ""
    shown: bool = True
    rival_since: datetime | None = None
    backlog: bool = False
    approved: bool = False
    started_at: datetime | None = None
    published_at: datetime | None = None
    base: tuple[Paper, ...] = ()
    base_week: Week | None = None
    base_content: str = ""
    declined: str = ""
    rewrites: int = 0
    left_alone: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one look at the source leads to.

    Attributes:
        decisions: Those that differ from the last one of their key.
        known: What to remember for the next look.
        issues: The issues shown, by the key under which each is known, with that key set.
        due_at: When the decision may change although the source does not: now, where this look
            learned something; None if never.
    """

    decisions: tuple[Decision, ...]
    known: Mapping[str, KnownIssue]
    issues: Mapping[str, Issue] = field(default_factory=dict)
    due_at: datetime | None = None
