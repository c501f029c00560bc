"""What a moderator does with posts that wait (contract 2.3)."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.sandbox.forum.call import Call
from bot.sandbox.forum.draft import Draft
from bot.sandbox.forum.json_post import post_url
from bot.sandbox.forum.posting import add_post, add_topic
from bot.sandbox.forum.tables import CategoryRow, Notification, Pending, Post, Topic
from bot.sandbox.forum.tagging import assign_tags

POST_APPROVED = 20


def waiting(session: Session) -> list[Pending]:
    """What waits, oldest first."""
    return list(session.scalars(select(Pending).order_by(Pending.id)))


def approve(call: Call, pending: Pending) -> Post:
    """Publish a waiting post, with validations skipped and without its external id."""
    user = pending.user
    draft = Draft(raw=pending.raw, title=pending.title or "", created_at=call.now)
    topic = call.session.get(Topic, pending.topic_id) if pending.topic_id else None
    if topic is None:
        category = call.session.get(CategoryRow, pending.category_id or 1)
        topic = add_topic(call, draft, user, category)
        topic.tags = assign_tags(call, pending.tags, category, user)[0]
    post = add_post(call, topic, draft, user)
    call.session.add(
        Notification(
            user_id=user.id,
            kind=POST_APPROVED,
            created_at=call.now,
            topic_id=topic.id,
            post_number=post.number,
            data={"post_url": post_url(post)},
        )
    )
    call.session.delete(pending)
    call.session.flush()
    return post


def reject(call: Call, pending: Pending) -> None:
    """Drop a waiting post; nothing tells its author."""
    call.session.delete(pending)
