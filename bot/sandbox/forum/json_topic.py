"""Topics and lists of topics as JSON; keys as in the forum's own API description."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

from bot.sandbox.forum.call import Call
from bot.sandbox.forum.json_post import time_json, topic_post_json, user_json
from bot.sandbox.forum.tables import Post, Topic, User
from bot.sandbox.forum.tagging import tag_json

CHUNK = 20
_DETAILS_OFF = (
    "can_move_posts can_remove_allowed_users can_reply_as_new_topic can_convert_topic "
    "can_review_topic can_split_merge_topic can_edit_staff_notes can_moderate_category "
    "can_flag_topic can_invite_to can_invite_via_email can_banner_topic"
)


def fancy(title: str) -> str:
    """The title with HTML entities."""
    return html.escape(title)


def topic_json(call: Call, topic: Topic, posts: Sequence[Post], *, raw: bool) -> dict[str, Any]:
    """A whole topic, with the given posts of its stream."""
    live = topic.live_posts
    return {
        **_head(call, topic),
        **_state(topic),
        **_unused(topic),
        "post_stream": {
            "posts": [topic_post_json(call, post, raw=raw) for post in posts],
            "stream": [post.id for post in live],
        },
        "user_id": topic.user_id,
        "word_count": sum(len(post.raw.split()) for post in live),
        "deleted_at": time_json(topic.deleted_at) if topic.deleted_at else None,
        "current_post_number": posts[0].number if posts else 1,
        "participant_count": len({post.user_id for post in live}),
        "chunk_size": CHUNK,
        "details": _details(call, topic, live),
    }


def basic_topic_json(topic: Topic) -> dict[str, Any]:
    """What an update answers."""
    return {
        "basic_topic": {
            "id": topic.id,
            "title": topic.title,
            "fancy_title": fancy(topic.title),
            "slug": topic.slug,
            "posts_count": len(topic.live_posts),
        }
    }


def list_json(
    call: Call, topics: Sequence[Topic], *, more: str | None, strict: bool = False
) -> dict[str, Any]:
    """A list of topics with the users in it; ``more`` is the next page's address.

    ``strict``: exactly the keys that the API describes for a category's list.
    """
    people: dict[int, User] = {}
    for topic in topics:
        people |= {post.user_id: post.user for post in topic.live_posts} | {
            topic.user_id: topic.user
        }
    listed = {
        "can_create_topic": call.caller.user is not None,
        "per_page": 30,
        "topics": [_list_item(call, topic, strict=strict) for topic in topics],
    }
    if not strict:
        listed |= {"draft": None, "draft_key": "new_topic", "draft_sequence": 0}
    if more:
        listed["more_topics_url"] = more
    return {
        "users": [user_json(user) for user in people.values()],
        "primary_groups": [],
        "topic_list": listed,
    }


def _head(call: Call, topic: Topic) -> dict[str, Any]:
    live = topic.live_posts
    body: dict[str, Any] = {
        "id": topic.id,
        "title": topic.title,
        "fancy_title": fancy(topic.title),
        "slug": topic.slug,
        "posts_count": len(live),
        "reply_count": sum(post.reply_to is not None for post in live),
        "highest_post_number": max((post.number for post in topic.posts), default=0),
        "created_at": time_json(topic.created_at),
        "last_posted_at": time_json(live[-1].created_at) if live else None,
        "archetype": topic.archetype,
        "views": 1,
        "like_count": 0,
        "category_id": topic.category_id,
        "featured_link": None,
        "image_url": None,
    }
    if call.settings.tagging_enabled:
        body |= {"tags": tag_json(call, topic.tags), "tags_descriptions": {}}
    return body


def _state(topic: Topic) -> dict[str, Any]:
    return {
        "visible": topic.visible,
        "closed": topic.closed,
        "archived": topic.archived,
        "pinned": topic.pinned,
        "pinned_globally": False,
        "unpinned": None,
        "bookmarked": False,
        "has_summary": False,
    }


def _unused(topic: Topic) -> dict[str, Any]:
    """What this forum never sets."""
    empty = "pinned_at pinned_until draft deleted_by topic_timer thumbnails slow_mode_enabled_until"
    return {
        **dict.fromkeys(empty.split()),
        "timeline_lookup": [[1, 0]],
        "suggested_topics": [],
        "slow_mode_seconds": 0,
        "draft_key": f"topic_{topic.id}",
        "draft_sequence": 0,
        "has_deleted": any(post.deleted_at for post in topic.posts),
        "actions_summary": [],
        "bookmarks": [],
        "message_bus_last_id": 0,
        "show_read_indicator": False,
    }


def _details(call: Call, topic: Topic, live: Sequence[Post]) -> dict[str, Any]:
    user, author = call.caller.user, user_json(topic.user)
    last = user_json(live[-1].user) if live else author
    may = call.staff or (user is not None and user.id == topic.user_id)
    return {
        **dict.fromkeys(_DETAILS_OFF.split(), False),
        "can_edit": may,
        "can_delete": may,
        "can_create_post": user is not None and not topic.closed,
        "can_close_topic": call.staff,
        "can_archive_topic": call.staff,
        "can_toggle_topic_visibility": call.staff,
        "can_pin_unpin_topic": call.staff,
        "can_remove_self_id": user.id if user else 0,
        "notification_level": 3 if may else 1,
        "created_by": author,
        "last_poster": last,
        "participants": [
            _participant(person, live)
            for person in {post.user_id: post.user for post in live}.values()
        ],
    }


def _participant(user: User, live: Sequence[Post]) -> dict[str, Any]:
    flair = ("primary_group_name", "flair_name", "flair_url", "flair_color", "flair_bg_color")
    return {
        **user_json(user),
        **dict.fromkeys(flair),
        "post_count": sum(post.user_id == user.id for post in live),
        "admin": user.admin,
        "moderator": user.moderator,
        "trust_level": user.trust_level,
    }


def _list_item(call: Call, topic: Topic, *, strict: bool) -> dict[str, Any]:
    live = topic.live_posts
    last = live[-1] if live else None
    item = {
        **_head(call, topic),
        **_state(topic),
        "bumped": True,
        "bumped_at": time_json(topic.bumped_at),
        "unseen": False,
        "liked": False,
        "last_poster_username": last.user.username if last else topic.user.username,
        "posters": [
            {
                "extras": "latest single",
                "description": "Original Poster, Most Recent Poster",
                "user_id": topic.user_id,
                "primary_group_id": None,
            }
        ],
    }
    item["image_url"] = ""
    if strict:
        item |= {"excerpt": "", "bookmarked": None, "liked": None}
        for name in ("tags", "tags_descriptions"):
            item.pop(name, None)
    return item
