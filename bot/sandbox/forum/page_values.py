"""What the templates show, as plain values."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from bot.markdown.cook import CookOptions, cook
from bot.markdown.mathml import show_math
from bot.sandbox.forum.call import Call
from bot.sandbox.forum.cooking import cook_post
from bot.sandbox.forum.json_post import post_url, time_json
from bot.sandbox.forum.tables import CategoryRow, Pending, Post, Revision, Topic

_FIELDS = {"title": "제목", "tags": "태그", "category_id": "카테고리"}


def korean_date(time: datetime) -> str:
    """A day as Korean readers write it.

    >>> korean_date(datetime(2024, 2, 5))
    '2024년 2월 5일'
    """
    return f"{time.year}년 {time.month}월 {time.day}일"


def topic_values(call: Call, topic: Topic) -> dict[str, Any]:
    """A topic in a list or at the head of its page."""
    return {
        "id": topic.id,
        "title": topic.title,
        "url": f"/t/{topic.slug}/{topic.id}",
        "author": topic.user.username,
        "category": call.session.get(CategoryRow, topic.category_id or 0),
        "tags": topic.tags,
        "visible": topic.visible,
        "closed": topic.closed,
        "deleted": topic.deleted_at is not None,
        "message": topic.message,
        "replies": max(0, len(topic.live_posts) - 1),
        "bumped": korean_date(topic.bumped_at),
        "bumped_iso": time_json(topic.bumped_at),
    }


def post_values(call: Call, post: Post) -> dict[str, Any]:
    """A post on its topic's page, formulas made legible."""
    site_url = str(call.request.base_url).rstrip("/")
    return {
        "id": post.id,
        "number": post.number,
        "author": post.user.username,
        "name": post.user.name,
        "staff": post.user.staff,
        "raw": post.raw,
        "cooked": show_math(cook_post(call.session, call.settings, post, site_url)),
        "version": post.version,
        "edit_reason": post.edit_reason,
        "small_action": post.kind != 1,
        "date": korean_date(post.created_at),
        "iso": time_json(post.created_at),
    }


def waiting_values(call: Call, row: Pending) -> dict[str, Any]:
    """A post that waits for a moderator."""
    return {
        "id": row.id,
        "author": row.user.username,
        "title": row.title,
        "cooked": show_math(cook(row.raw, CookOptions(math=call.settings.math))),
        "date": korean_date(row.created_at),
        "iso": time_json(row.created_at),
    }


def history_values(post: Post) -> dict[str, Any]:
    """All versions of a post, the newest first."""
    return {
        "title": post.topic.title,
        "number": post.number,
        "back": post_url(post),
        "changes": [_change(one) for one in reversed(post.revisions)],
    }


def _change(revision: Revision) -> dict[str, Any]:
    raw = revision.changes.get("raw")
    return {
        "number": revision.number,
        "author": revision.user.username,
        "date": korean_date(revision.created_at),
        "iso": time_json(revision.created_at),
        "reason": revision.edit_reason,
        "fields": [
            (label, *revision.changes[name])
            for name, label in _FIELDS.items()
            if name in revision.changes
        ],
        "lines": list(_diff(*raw)) if raw else [],
    }


def _diff(before: str, after: str) -> Iterator[tuple[str, str]]:
    """The changed lines with one unchanged line around them."""
    lines = difflib.unified_diff(before.split("\n"), after.split("\n"), n=1, lineterm="")
    for line in list(lines)[2:]:
        kind = {"+": "add", "-": "del", "@": "gap"}.get(line[0], "same")
        yield kind, "⋯" if kind == "gap" else line[1:]
