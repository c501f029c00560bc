"""Private messages and notifications (contract 10)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from bot.sandbox.forum.call import Call
from bot.sandbox.forum.finding import get_user
from bot.sandbox.forum.json_post import time_json
from bot.sandbox.forum.json_topic import list_json
from bot.sandbox.forum.refusals import invalid_access
from bot.sandbox.forum.routing import Route
from bot.sandbox.forum.state import Answer
from bot.sandbox.forum.tables import Notification, Topic, User


def list_received(call: Call) -> Answer:
    """GET /topics/private-messages/{username}."""
    user = _own(call)
    return _messages(call, user, [t for t in _all_messages(call) if user.username in t.recipients])


def list_sent(call: Call) -> Answer:
    """GET /topics/private-messages-sent/{username}."""
    user = _own(call)
    return _messages(call, user, [t for t in _all_messages(call) if t.user_id == user.id])


def list_notifications(call: Call) -> Answer:
    """GET /notifications: one's own, newest first, 60 at most."""
    user = call.user
    query = (
        select(Notification)
        .where(Notification.user_id == user.id)
        .order_by(Notification.id.desc())
        .limit(60)
    )
    rows = list(call.session.scalars(query))
    return Answer(
        {
            "notifications": [_notification_json(row) for row in rows],
            "total_rows_notifications": len(rows),
            "seen_notification_id": 0,
            "load_more_notifications": f"/notifications?offset=60&username={user.username}",
        }
    )


def mark_read(call: Call) -> Answer:
    """PUT /notifications/mark-read: all, or the one with ``id``."""
    query = select(Notification).where(Notification.user_id == call.user.id)
    if call.params.has("id"):
        query = query.where(Notification.id == call.params.number("id", 0))
    for row in call.session.scalars(query):
        row.read = True
    return Answer({"success": "OK"})


def _own(call: Call) -> User:
    user = get_user(call, call.path("username"))
    if call.user.id != user.id and not call.user.admin:
        raise invalid_access()
    return user


def _all_messages(call: Call) -> list[Topic]:
    query = (
        select(Topic)
        .where(Topic.archetype == "private_message", Topic.deleted_at.is_(None))
        .order_by(Topic.bumped_at.desc(), Topic.id.desc())
    )
    return list(call.session.scalars(query))


def _messages(call: Call, user: User, topics: list[Topic]) -> Answer:
    body = list_json(call, topics, more=None)
    for topic, item in zip(topics, body["topic_list"]["topics"], strict=True):
        item["allowed_user_count"] = len({user.username, *topic.recipients})
        item["participants"] = []
    return Answer(body)


def _notification_json(row: Notification) -> dict[str, Any]:
    return {
        "id": row.id,
        "user_id": row.user_id,
        "notification_type": row.kind,
        "read": row.read,
        "created_at": time_json(row.created_at),
        "post_number": row.post_number,
        "topic_id": row.topic_id,
        "slug": None,
        "data": row.data,
    }


ROUTES = (
    Route("GET", "/topics/private-messages/{username}", "list#private_messages", list_received),
    Route("GET", "/topics/private-messages-sent/{username}", "list#private_messages", list_sent),
    Route("GET", "/notifications", "notifications#index", list_notifications),
    Route("PUT", "/notifications/mark-read", "notifications#mark_read", mark_read),
)
