"""What jubo remembers of a publication, and what it found on the forum before planning."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.model.topic import Action, ActionKind, Digest, ForumLimits, PendingPost, Topic

_LEFT = (ActionKind.WAIT, ActionKind.HOLD, ActionKind.NOTHING)


class PublicationState(StrEnum):
    """Where a publication stands.

    ``skipped``: the forum deleted, hid or refused it, or a moderator did; never created again.
    """

    PLANNED = "planned"
    QUEUED = "queued"
    PUBLISHED = "published"
    SKIPPED = "skipped"
    UNLISTED = "unlisted"


@dataclass(frozen=True, slots=True)
class WrittenPost:
    """What jubo last wrote into one post, as the forum stores it (normalised).

    Attributes:
        number: Its place in the digest, from 1; the forum's own count may differ.
        post_id: None until the forum has assigned one.
        raw: The text last written, "" before.
        composed: The digest's text it came from; differs from ``raw`` where a moderator's edit
            was merged in.
        version: The forum's count of revisions when it was written.
        pending_id: Its number in the forum's queue while it waits for approval.
        attempted: The text of a creation or an edit that was begun and whose outcome is not
            recorded, "" otherwise.
        attempted_from: The digest's text that attempt came from.
    """

    number: int
    post_id: int | None = None
    raw: str = ""
    composed: str = ""
    version: int = 1
    pending_id: int | None = None
    attempted: str = ""
    attempted_from: str = ""


@dataclass(frozen=True, slots=True)
class Publication:
    """One digest on one forum, as jubo remembers it; the forum is the truth.

    ``title`` and ``tags`` are as last sent; ``picture`` is the short address of the uploaded
    picture, "" where the forum refused it, None before the upload; ``picture_hash`` says of which
    bytes, ``picture_refusal`` why it was refused, in one line. ``found_by`` says how an adopted
    topic was recognised.
    """

    external_id: str
    outlet: str
    key: str
    language: str
    state: PublicationState = PublicationState.PLANNED
    topic_id: int | None = None
    url: str | None = None
    title: str = ""
    tags: tuple[str, ...] = ()
    posts: tuple[WrittenPost, ...] = ()
    pending_id: int | None = None
    picture: str | None = None
    picture_hash: str | None = None
    picture_refusal: str = ""
    found_by: str = ""
    reason: str = ""
    written_at: datetime | None = None

    def post(self, number: int) -> WrittenPost:
        """What was written as post ``number`` of the digest; an empty value where nothing was."""
        return next((post for post in self.posts if post.number == number), WrittenPost(number))


@dataclass(frozen=True, slots=True)
class Standing:
    """What the forum holds of one digest, as read just before planning.

    Attributes:
        topic: Ours, with its posts; None where none was found.
        found_by: "record", "external id", "marker" or "papers".
        pending: Our own posts in the forum's queue.
        rivals: Topics that are not ours and name the same days.
        blind: Looks that the key may not take: "external id", "own topics", "queue", "category".
    """

    topic: Topic | None = None
    found_by: str = ""
    pending: tuple[PendingPost, ...] = ()
    rivals: tuple[Topic, ...] = ()
    blind: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """A merge of a moderator's edit with jubo's newer text, for a moderator to accept.

    ``conflicts`` counts the places where both changed the same lines; there ``merged`` shows
    both, between conflict markers.
    """

    number: int
    post_id: int
    live: str
    composed: str
    merged: str
    conflicts: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What has to be done now, in order, and the state the publication is in when it is done."""

    actions: tuple[Action, ...]
    state: PublicationState
    proposals: tuple[Proposal, ...] = ()

    @property
    def in_order(self) -> tuple[Action, ...]:
        """As a run reports them: first what it does, then what it leaves to others."""
        return tuple(sorted(self.actions, key=lambda action: action.kind in _LEFT))


@dataclass(frozen=True, slots=True)
class Job:
    """One digest for one outlet.

    Attributes:
        digest: What is to stand.
        outlet: Name of the outlet in the configuration.
        key: The Issue's.
        language: Its code.
        limits: What the forum allows.
        edit_days: No topic older than this is edited unasked.
        asked: A moderator wants this now: an old topic is edited, a refused one sent again.
        beside: A moderator wants it although somebody else's topic names the same days.
        obstacle: Why nothing may be written now, "" where it may.
    """

    digest: Digest
    outlet: str
    key: str
    language: str
    limits: ForumLimits = field(default_factory=ForumLimits)
    edit_days: int = 30
    asked: bool = False
    beside: bool = False
    obstacle: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """How a run ended: what it did, and what is left to others.

    ``plan`` is the last one made: its Actions of kind wait, hold and nothing say what stands open.
    """

    publication: Publication
    plan: Plan
    done: tuple[Action, ...] = ()

    @property
    def account(self) -> tuple[Action, ...]:
        """What was done, then what is left; what a dry run before it would have shown.

        That the topic now shows the digest is said only where nothing had to be done.
        """
        published = self.plan.state is PublicationState.PUBLISHED
        left = (
            action
            for action in self.plan.actions
            if action.kind in _LEFT
            and not (
                self.done
                and published
                and action.kind is ActionKind.NOTHING
                and action.number is None
                and action.target == self.publication.external_id
            )
        )
        return (*self.done, *left)

    @property
    def held(self) -> tuple[Action, ...]:
        """What a moderator has to decide."""
        return tuple(action for action in self.plan.actions if action.kind is ActionKind.HOLD)
