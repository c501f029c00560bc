"""Looking things up, with the forum's idea of who sees what."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.sandbox.forum.call import Call
from bot.sandbox.forum.refusals import invalid_access, not_found
from bot.sandbox.forum.tables import CategoryRow, Post, Topic, User

SYSTEM_ID = -1


def find_user(session: Session, username: str) -> User | None:
    """The user of that name, whatever its case."""
    return session.scalar(select(User).where(func.lower(User.username) == username.lower()))


def get_user(call: Call, username: str) -> User:
    """The user of that name, or 404."""
    user = find_user(call.session, username)
    if user is None:
        raise not_found()
    return user


def can_see(call: Call, topic: Topic) -> bool:
    """Whether the caller may read a topic; messages only their participants and admins."""
    user = call.caller.user
    if topic.deleted_at is not None and not call.staff:
        return False
    if not topic.message:
        return True
    return user is not None and (
        user.admin or user.id == topic.user_id or user.username in topic.recipients
    )


def get_topic(call: Call, topic_id: int) -> Topic:
    """The topic, or the 404 or 403 that the caller gets instead (0.6, shape A with extras)."""
    topic = call.session.get(Topic, topic_id)
    if topic is None:
        raise not_found()
    if can_see(call, topic):
        return topic
    if topic.deleted_at is not None:
        raise not_found(
            title="Page not found", html="<div class='page-not-found'></div>", group=None
        )
    raise invalid_access()


def get_post(call: Call, post_id: int) -> Post:
    """The post with that id, or 404; staff see deleted ones."""
    post = call.session.get(Post, post_id)
    if post is None or (post.deleted_at is not None and not call.staff):
        raise not_found()
    get_topic(call, post.topic_id)
    return post


def categories(session: Session) -> list[CategoryRow]:
    """All categories by id."""
    return list(session.scalars(select(CategoryRow).order_by(CategoryRow.id)))


def can_create_in(user: User | None, category: CategoryRow | None) -> bool:
    """Whether the user may start topics there (3.5): admins may everywhere."""
    if user is None or user.silenced:
        return False
    if user.admin or category is None or category.create == "everyone":
        return True
    return category.create == "staff" and user.staff
