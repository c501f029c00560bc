"""What the steps ask of the outside world; adapters answer, tests/fakes.py imitates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from bot.model.call import ModelReply, ModelRequest
from bot.model.issue import Record
from bot.model.publication import Publication
from bot.model.topic import ForumLimits, ForumPost, PendingPost, Topic


class Records(Protocol):
    """Metadata of papers."""

    def fetch_records(self, arxiv_ids: Sequence[str]) -> dict[str, Record]:
        """Records by bare id, in one request; an id arXiv does not know is absent."""
        ...


class LanguageModel(Protocol):
    """One call, one reply; no retry inside."""

    def complete(self, request: ModelRequest) -> ModelReply:
        """Ask once. Raises Unavailable (with retry_after) or Rejected; endings are values."""
        ...


class Forum(Protocol):
    """A Discourse as the bot's user sees it. Every method may raise Unavailable or Rejected.

    ``code`` of what is raised is an ``Outcome`` of bot.planning.answers.
    """

    @property
    def url(self) -> str:
        """The forum's configured address, without a slash at its end."""
        ...

    @property
    def username(self) -> str:
        """The bot's own name there."""
        ...

    def fetch_limits(self) -> ForumLimits:
        """What the forum allows; safe defaults where the key may not see it."""
        ...

    def find_topic_by_external_id(self, external_id: str) -> Topic | None:
        """The topic with that id, None where there is none (or it is deleted)."""
        ...

    def find_recent_topics(self) -> tuple[Topic, ...]:
        """The bot's own newest topics, without posts."""
        ...

    def find_category_topics(self, category: int | None, since: date) -> tuple[Topic, ...]:
        """Everybody's topics of a category (all without one) created on ``since`` or later.

        Newest first, without posts.
        """
        ...

    def find_pending(self) -> tuple[PendingPost, ...]:
        """The bot's own posts that wait for approval."""
        ...

    def fetch_topic(self, topic_id: int) -> Topic | None:
        """The topic with all its posts and their raw; None where it is gone."""
        ...

    def create_topic(
        self, *, title: str, raw: str, category: int | None, tags: Sequence[str], external_id: str
    ) -> ForumPost | PendingPost:
        """Create the topic; a PendingPost where the forum queued it."""
        ...

    def create_reply(self, *, topic_id: int, raw: str) -> ForumPost | PendingPost:
        """Add a reply."""
        ...

    def fetch_post(self, post_id: int) -> ForumPost | None:
        """The post as it stands now; None where it is gone."""
        ...

    def edit_post(
        self, *, post_id: int, raw: str, original: str, reason: str, bypass_bump: bool
    ) -> ForumPost:
        """Replace the text if it is still ``original``; Rejected with status 409 if not."""
        ...

    def set_tags(self, *, topic_id: int, tags: Sequence[str]) -> None:
        """Replace the topic's tags."""
        ...

    def set_title(self, *, topic_id: int, title: str) -> None:
        """Replace the topic's title."""
        ...

    def set_visible(self, *, topic_id: int, visible: bool) -> None:
        """List or unlist the topic."""
        ...

    def upload_image(self, *, filename: str, content: bytes) -> str:
        """Upload a PNG; gives its short address (``upload://…``)."""
        ...


class Publications(Protocol):
    """What is remembered of one outlet's publications; every value put is kept."""

    def get(self, external_id: str) -> Publication | None:
        """The newest value, None for a digest that was never planned."""
        ...

    def put(self, publication: Publication) -> None:
        """Keep a newer value; it is on disk when this returns."""
        ...

    def history(self, external_id: str) -> tuple[Publication, ...]:
        """Every value that was put, oldest first."""
        ...
