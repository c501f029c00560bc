"""What tests and the console see of the forum: plain values, no sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.sandbox.forum.tables import Pending, Post, Topic


@dataclass(frozen=True, slots=True)
class PostView:
    """A post as it stands, deleted ones included."""

    post_id: int
    number: int
    author: str
    raw: str
    version: int
    last_editor: str
    edit_reason: str | None
    deleted: bool
    small_action: bool
    history: tuple[str, ...]
    """The texts of earlier versions, oldest first."""


@dataclass(frozen=True, slots=True)
class TopicView:
    """A topic as it stands, deleted ones and messages included."""

    topic_id: int
    title: str
    slug: str
    author: str
    category: int | None
    external_id: str | None
    tags: tuple[str, ...]
    visible: bool
    closed: bool
    deleted: bool
    message: bool
    bumped_at: datetime
    posts: tuple[PostView, ...]


@dataclass(frozen=True, slots=True)
class PendingView:
    """A post that waits for approval."""

    pending_id: int
    author: str
    title: str | None
    raw: str
    category: int | None
    topic_id: int | None


def view_topic(topic: Topic) -> TopicView:
    """The values of a topic."""
    return TopicView(
        topic_id=topic.id,
        title=topic.title,
        slug=topic.slug,
        author=topic.user.username,
        category=topic.category_id,
        external_id=topic.external_id,
        tags=tuple(topic.tags),
        visible=topic.visible,
        closed=topic.closed,
        deleted=topic.deleted_at is not None,
        message=topic.message,
        bumped_at=topic.bumped_at,
        posts=tuple(view_post(post) for post in topic.posts),
    )


def view_post(post: Post) -> PostView:
    """The values of a post."""
    return PostView(
        post_id=post.id,
        number=post.number,
        author=post.user.username,
        raw=post.raw,
        version=post.version,
        last_editor=post.editor.username,
        edit_reason=post.edit_reason,
        deleted=post.deleted_at is not None,
        small_action=post.kind != 1,
        history=tuple(one.changes["raw"][0] for one in post.revisions if "raw" in one.changes),
    )


def view_pending(pending: Pending) -> PendingView:
    """The values of a waiting post."""
    return PendingView(
        pending_id=pending.id,
        author=pending.user.username,
        title=pending.title,
        raw=pending.raw,
        category=pending.category_id,
        topic_id=pending.topic_id,
    )
