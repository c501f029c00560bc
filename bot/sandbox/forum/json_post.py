"""Posts as JSON; the keys of each answer are those of the forum's own API description."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.sandbox.forum.call import Call
from bot.sandbox.forum.cooking import cook_post
from bot.sandbox.forum.tables import Post, User


def time_json(time: datetime) -> str:
    """A time as the forum writes it.

    >>> from datetime import UTC
    >>> time_json(datetime(2024, 2, 5, 1, 2, 3, 4000, tzinfo=UTC))
    '2024-02-05T01:02:03.004Z'
    """
    return time.strftime("%Y-%m-%dT%H:%M:%S.") + f"{time.microsecond // 1000:03d}Z"


def avatar(user: User) -> str:
    """The address of the user's letter avatar; ``{size}`` is in pixels."""
    return f"/letter_avatar/{user.username}/{{size}}.svg"


def user_json(user: User) -> dict[str, Any]:
    """A user in the form in which lists carry them."""
    return {
        "id": user.id,
        "username": user.username,
        "name": user.name,
        "avatar_template": avatar(user),
    }


def post_json(call: Call, post: Post) -> dict[str, Any]:
    """A post by itself, as its creation answers."""
    return {
        **_identity(post),
        **_text(call, post),
        **_counts(post),
        **_author(call, post.user),
        **_rights(call, post),
        "raw": post.raw,
        "posts_count": len(post.topic.live_posts),
        "draft_sequence": 0,
        "reviewable_id": None,
        "post_url": post_url(post),
    }


def read_post_json(call: Call, post: Post) -> dict[str, Any]:
    """A post by itself, as reading answers."""
    body = post_json(call, post)
    del body["draft_sequence"]
    return body


def topic_post_json(call: Call, post: Post, *, raw: bool) -> dict[str, Any]:
    """A post inside its topic, with its text as Markdown where that was asked for."""
    body = post_json(call, post)
    del body["posts_count"], body["draft_sequence"], body["post_url"]
    if not raw:
        del body["raw"]
    return {**body, "reviewable_id": 0, "link_counts": [], "read": True}


def post_url(post: Post) -> str:
    """The post's address on the forum."""
    return f"/t/{post.topic.slug}/{post.topic_id}/{post.number}"


def _identity(post: Post) -> dict[str, Any]:
    return {
        "id": post.id,
        "topic_id": post.topic_id,
        "topic_slug": post.topic.slug,
        "post_number": post.number,
        "post_type": post.kind,
        "reply_to_post_number": post.reply_to,
        "created_at": time_json(post.created_at),
        "updated_at": time_json(post.updated_at),
    }


def _text(call: Call, post: Post) -> dict[str, Any]:
    site_url = str(call.request.base_url).rstrip("/")
    return {
        "cooked": cook_post(call.session, call.settings, post, site_url),
        "version": post.version,
        "edit_reason": post.edit_reason,
        "deleted_at": time_json(post.deleted_at) if post.deleted_at else None,
        "hidden": post.hidden,
        "user_deleted": post.withdrawn,
        "wiki": False,
    }


def _counts(post: Post) -> dict[str, Any]:
    replies = sum(other.reply_to == post.number for other in post.topic.live_posts)
    return {
        "reply_count": replies,
        "quote_count": 0,
        "incoming_link_count": 0,
        "reads": 1,
        "readers_count": 0,
        "score": 0.2,
        "bookmarked": False,
        "reviewable_score_count": 0,
        "reviewable_score_pending_count": 0,
    }


def _author(call: Call, author: User) -> dict[str, Any]:
    flair = dict.fromkeys(
        ("primary_group_name", "flair_name", "flair_url", "flair_bg_color", "flair_color")
    )
    return {
        "user_id": author.id,
        "username": author.username,
        "name": author.name,
        "display_username": author.name,
        "avatar_template": avatar(author),
        "trust_level": author.trust_level,
        "moderator": author.moderator,
        "admin": author.admin,
        "staff": author.staff,
        "user_title": None,
        "yours": call.caller.user is not None and call.caller.user.id == author.id,
        **flair,
    }


def _rights(call: Call, post: Post) -> dict[str, Any]:
    user = call.caller.user
    own = user is not None and user.id == post.user_id
    return {
        "can_edit": call.staff or (own and not post.locked),
        "can_delete": call.staff or (own and post.number > 1),
        "can_recover": call.staff and post.deleted_at is not None,
        "can_see_hidden_post": call.staff or own,
        "can_wiki": call.staff,
        "can_view_edit_history": True,
        "actions_summary": [{"id": 2, "can_act": user is not None and not own}],
    }
