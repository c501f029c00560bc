"""What stands in for the outside world in tests of steps; tests/contract keeps it honest.

The hands of people on FakeForum (edit, delete_topic, approve, …) have the names that
bot.sandbox.forum.EmbeddedForum gives them, so one contract test runs against both.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import TypeVar

from bot.errors import Rejected, ServiceError, Unavailable
from bot.model.publication import Publication
from bot.model.topic import ForumLimits, ForumPost, PendingPost, Topic
from bot.planning.answers import Outcome
from bot.planning.normal import normalise_raw

T = TypeVar("T")
NOW = datetime(2024, 2, 5, 1, tzinfo=UTC)


@dataclass
class FakeForum:
    """A forum in memory, as bot.workflow.ports.Forum; empty and working unless told otherwise.

    Attributes:
        errors: Raised by the next calls instead of doing anything, in order.
        lost: How many of the next writing calls are carried out and then not answered.
        unreadable: Looks that the key may not take: "external id", "own topics", "queue",
            "category".
        queueing: New topics and replies wait for approval.
        staff: The bot may unlist.
        calls: Names of the methods called.
    """

    username: str = "jubo"
    url: str = "https://discuss.example.org"
    limits: ForumLimits = field(default_factory=ForumLimits)
    errors: list[ServiceError] = field(default_factory=list)
    lost: int = 0
    unreadable: set[str] = field(default_factory=set)
    queueing: bool = False
    staff: bool = False
    now: datetime = NOW
    calls: list[str] = field(default_factory=list)
    store: dict[int, Topic] = field(default_factory=dict)
    waiting: dict[int, tuple[PendingPost, int | None, int | None]] = field(default_factory=dict)
    pictures: list[bytes] = field(default_factory=list)
    last_id: int = 0

    # --- what the bot asks

    def fetch_limits(self) -> ForumLimits:
        self._begin("fetch_limits")
        return self.limits

    def find_topic_by_external_id(self, external_id: str) -> Topic | None:
        self._begin("find_topic_by_external_id", "external id")
        found = (topic for topic in self._standing() if topic.external_id == external_id)
        return next(found, None)

    def find_recent_topics(self) -> tuple[Topic, ...]:
        self._begin("find_recent_topics", "own topics")
        own = [topic for topic in self._standing() if topic.author == self.username]
        return tuple(replace(topic, posts=()) for topic in reversed(own))[:30]

    def find_category_topics(self, category: int | None, since: date) -> tuple[Topic, ...]:
        self._begin("find_category_topics", "category")
        start = datetime.combine(since, time(), UTC)
        return tuple(
            replace(topic, posts=())
            for topic in reversed(self._standing())
            if category in {None, topic.category} and (topic.created_at or self.now) >= start
        )

    def find_pending(self) -> tuple[PendingPost, ...]:
        self._begin("find_pending", "queue")
        return tuple(pending for pending, _, _ in reversed(self.waiting.values()))

    def fetch_topic(self, topic_id: int) -> Topic | None:
        self._begin("fetch_topic")
        topic = self.store.get(topic_id)
        if topic is None or topic.deleted:
            return None
        return replace(topic, posts=tuple(post for post in topic.posts if not post.deleted))

    def create_topic(
        self, *, title: str, raw: str, category: int | None, tags: Sequence[str], external_id: str
    ) -> ForumPost | PendingPost:
        self._begin("create_topic")
        self._refuse_duplicates(title, external_id)
        if self.queueing:
            return self._end(self._wait(title, raw, category, None))
        topic = self._add_topic(title, self.username, category, tuple(tags), external_id)
        return self._end(self._add_post(topic, normalise_raw(raw), self.username))

    def create_reply(self, *, topic_id: int, raw: str) -> ForumPost | PendingPost:
        self._begin("create_reply")
        topic = self.store.get(topic_id)
        if topic is None or topic.deleted:
            raise refusal(Outcome.TOPIC_CLOSED, 422, "topic")
        if self.queueing:
            return self._end(self._wait(topic.title, raw, topic.category, topic_id))
        return self._end(self._add_post(topic, normalise_raw(raw), self.username))

    def fetch_post(self, post_id: int) -> ForumPost | None:
        self._begin("fetch_post")
        return self._find_post(post_id)

    def edit_post(
        self, *, post_id: int, raw: str, original: str, reason: str, bypass_bump: bool
    ) -> ForumPost:
        self._begin("edit_post")
        post = self._find_post(post_id)
        if post is None:
            raise refusal(Outcome.GONE, 404, "post")
        if post.raw != original:
            raise refusal(Outcome.CONFLICT, 409, "post")
        return self._end(self._revise(post, raw, self.username, reason))

    def set_title(self, *, topic_id: int, title: str) -> None:
        self._begin("set_title")
        self._end(self._put(replace(self.store[topic_id], title=title)))

    def set_tags(self, *, topic_id: int, tags: Sequence[str]) -> None:
        self._begin("set_tags")
        self._end(self._put(replace(self.store[topic_id], tags=tuple(tags))))

    def set_visible(self, *, topic_id: int, visible: bool) -> None:
        self._begin("set_visible")
        if not self.staff:
            raise refusal(Outcome.FORBIDDEN, 403)
        self._end(self._put(replace(self.store[topic_id], visible=visible)))

    def upload_image(self, *, filename: str, content: bytes) -> str:
        self._begin("upload_image")
        if content not in self.pictures:
            self.pictures.append(content)
        return self._end(f"upload://{self.pictures.index(content) + 1}picture.png")

    # --- what people do

    def write_topic(
        self, title: str, raw: str, *, author: str = "reader", category: int = 1
    ) -> Topic:
        topic = self._add_topic(title, author, category, (), None)
        self._add_post(topic, raw, author)
        return self.store[topic.topic_id]

    def write_reply(self, topic_id: int, raw: str, *, author: str = "reader") -> ForumPost:
        return self._add_post(self.store[topic_id], raw, author)

    def edit(self, post_id: int, raw: str, *, author: str = "moderator") -> ForumPost:
        post = self._find_post(post_id)
        assert post is not None
        return self._revise(post, raw, author, None)

    def delete_topic(self, topic_id: int) -> None:
        self._put(replace(self.store[topic_id], deleted=True))

    def delete_post(self, post_id: int) -> None:
        post = self._find_post(post_id)
        assert post is not None
        self._put_post(replace(post, deleted=True))

    def approve(self, pending_id: int) -> Topic:
        pending, category, topic_id = self.waiting.pop(pending_id)
        if topic_id is None:
            topic_id = self._add_topic(pending.title, self.username, category, (), None).topic_id
        self._add_post(self.store[topic_id], pending.raw, self.username)
        return self.store[topic_id]

    def reject(self, pending_id: int) -> None:
        del self.waiting[pending_id]

    # --- helpers

    def _begin(self, name: str, look: str = "") -> None:
        self.calls.append(name)
        if look in self.unreadable:
            raise refusal(Outcome.FORBIDDEN, 403)
        if self.errors:
            raise self.errors.pop(0)

    def _end(self, result: T) -> T:
        if self.lost:
            self.lost -= 1
            raise lost_reply()
        return result

    def _standing(self) -> list[Topic]:
        return [topic for topic in self.store.values() if not topic.deleted]

    def _refuse_duplicates(self, title: str, external_id: str) -> None:
        ids = [topic.external_id for topic in self.store.values() if topic.external_id]
        if external_id.lower() in {known.lower() for known in ids}:
            raise refusal(Outcome.EXTERNAL_ID_TAKEN, 422, "external_id")
        if title.lower() in {topic.title.lower() for topic in self._standing()}:
            raise refusal(Outcome.TITLE_TAKEN, 422, "title")

    def _next_id(self) -> int:
        self.last_id += 1
        return self.last_id

    def _wait(
        self, title: str, raw: str, category: int | None, topic_id: int | None
    ) -> PendingPost:
        pending = PendingPost(self._next_id(), title, normalise_raw(raw), self.now)
        self.waiting[pending.pending_id] = pending, category, topic_id
        return pending

    def _add_topic(
        self,
        title: str,
        author: str,
        category: int | None,
        tags: tuple[str, ...],
        external_id: str | None,
    ) -> Topic:
        topic = Topic(
            self._next_id(), title, "topic", author, (), category, tags,
            created_at=self.now, external_id=external_id,
        )  # fmt: skip
        return self._put(topic)

    def _add_post(self, topic: Topic, raw: str, author: str) -> ForumPost:
        topic = self.store[topic.topic_id]
        number = len(topic.posts) + 1
        post = ForumPost(self._next_id(), topic.topic_id, number, author, raw)
        self._put(replace(topic, posts=(*topic.posts, post), posts_count=number))
        return post

    def _find_post(self, post_id: int) -> ForumPost | None:
        posts = (post for topic in self._standing() for post in topic.posts)
        return next((post for post in posts if post.post_id == post_id and not post.deleted), None)

    def _revise(self, post: ForumPost, raw: str, editor: str, reason: str | None) -> ForumPost:
        return self._put_post(
            replace(
                post,
                raw=normalise_raw(raw),
                version=post.version + 1,
                last_editor=editor,
                edit_reason=reason,
            )
        )

    def _put_post(self, post: ForumPost) -> ForumPost:
        topic = self.store[post.topic_id]
        posts = tuple(post if one.post_id == post.post_id else one for one in topic.posts)
        self._put(replace(topic, posts=posts))
        return post

    def _put(self, topic: Topic) -> Topic:
        self.store[topic.topic_id] = topic
        return topic


class MemoryPublications:
    """What is remembered, as bot.workflow.ports.Publications; ``forget`` loses the database."""

    def __init__(self) -> None:
        self.values: list[Publication] = []

    def get(self, external_id: str) -> Publication | None:
        return next(reversed(self.history(external_id)), None)

    def put(self, publication: Publication) -> None:
        self.values.append(publication)

    def history(self, external_id: str) -> tuple[Publication, ...]:
        return tuple(value for value in self.values if value.external_id == external_id)

    def forget(self) -> None:
        self.values.clear()


def refusal(outcome: Outcome, status: int, *fields: str) -> Rejected:
    """A refusal as the adapter words it."""
    return Rejected(
        f"discourse: {status} for this", service="discourse", status=status, code=outcome,
        fields=fields,
    )  # fmt: skip


def outage(
    outcome: Outcome = Outcome.SERVER_ERROR, *, retry_after: float | None = None
) -> Unavailable:
    """The forum is away and did nothing."""
    return Unavailable(
        "discourse: away", service="discourse", code=outcome, retry_after=retry_after
    )


def lost_reply() -> Unavailable:
    """The forum did it and the answer was lost."""
    return Unavailable("discourse: no answer", service="discourse", code="lost", ambiguous=True)


def step_at_once(name: str, function: Callable[[], T]) -> T:
    """A RunStep without an engine."""
    return function()


def no_wait(seconds: float) -> None:
    """A sleep of no time."""
