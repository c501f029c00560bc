"""Posts over HTTP: create, read, edit, delete (contract 2, 5)."""

from __future__ import annotations

import difflib
import html
from typing import Any

from sqlalchemy import select
from starlette.responses import PlainTextResponse, Response

from bot.sandbox.forum.call import Call
from bot.sandbox.forum.draft import read_draft, signature
from bot.sandbox.forum.finding import get_post, get_topic, get_user
from bot.sandbox.forum.json_post import (
    avatar,
    post_json,
    read_post_json,
    time_json,
    topic_post_json,
)
from bot.sandbox.forum.json_topic import CHUNK
from bot.sandbox.forum.posting import create
from bot.sandbox.forum.refusals import (
    Refusal,
    invalid_access,
    not_found,
    unprocessable,
)
from bot.sandbox.forum.revising import Edit, check_editable, edit_errors, revise
from bot.sandbox.forum.routes_topics import change_topic
from bot.sandbox.forum.routing import Route, empty
from bot.sandbox.forum.state import Answer
from bot.sandbox.forum.tables import Pending, Post, Revision
from bot.sandbox.forum.text import normalise_raw

_WITHDRAWN = "(post withdrawn by author)"


def create_post(call: Call) -> Answer:
    """POST /posts: a topic, reply or message (2); the same again within 120 s is one (2.4)."""
    call.user  # noqa: B018 - nobody is refused before anything else
    if not call.caller.admin_key:
        return _create(call)
    name = signature(call)
    if answer := call.state.memo.find(name, call.now):
        return answer
    try:
        answer = _create(call)
    except Refusal as refusal:
        if refusal.status == 422:
            kept = Answer(refusal.body, refusal.status)
            call.state.memo.keep(name, kept, call.now, call.settings.memo_seconds)
        raise
    call.state.memo.keep(name, answer, call.now, call.settings.memo_seconds)
    return answer


def _create(call: Call) -> Answer:
    result = create(call, read_draft(call))
    if isinstance(result, Answer):
        return result
    body = post_json(call, result)
    if call.params.text("nested_post"):
        return Answer({"action": "create_post", "success": True, "post": body})
    return Answer(body)


def show_post(call: Call) -> Answer:
    """GET /posts/{id}, with raw."""
    return Answer(read_post_json(call, get_post(call, call.path_id())))


def update_post(call: Call) -> Answer:
    """PUT /posts/{id} (5.1)."""
    call.user  # noqa: B018 - nobody is refused before anything else
    post, params = get_post(call, call.path_id()), call.params.nested("post")
    check_editable(call, post)
    original = params.text("original_text") or params.text("raw_old")
    if original is not None and original != post.raw:
        raise unprocessable("This post has been edited by another user meanwhile.", status=409)
    raw = normalise_raw(params.text("raw") or "")
    reason = params.text("edit_reason") or None
    if raw != post.raw and (errors := edit_errors(call, post, raw)):
        raise unprocessable(*errors)
    change_topic_with_post(call, post)
    bypass = call.params.is_true("bypass_bump") or params.is_true("bypass_bump")
    revise(call, post, call.user, Edit(raw, reason, bypass_bump=bypass))
    return Answer({"post": post_json(call, post)})


def change_topic_with_post(call: Call, post: Post) -> None:
    """Title and category may come with an edit of the first post."""
    category = call.params.nested("post").text("category_id")
    title = call.params.text("title")
    if post.number == 1 and (title or category):
        change_topic(call, post.topic, title=title, category=category, tags=None)


def delete_post(call: Call) -> Response:
    """DELETE /posts/{id} (5.3): at once for staff, withdrawn for authors."""
    post, user = get_post(call, call.path_id()), call.user
    if user.staff:
        post.deleted_at = call.now
        if post.number == 1:
            post.topic.deleted_at = call.now
    elif post.user_id != user.id or post.number == 1:
        raise invalid_access()
    else:
        revise(call, post, user, Edit(_WITHDRAWN, silent=True))
        post.withdrawn = True
    return empty()


def recover_post(call: Call) -> Answer:
    """PUT /posts/{id}/recover."""
    post = call.session.get(Post, call.path_id())
    if post is None:
        raise not_found()
    if not call.user.staff:
        raise invalid_access()
    post.deleted_at, post.withdrawn = None, False
    return Answer(post_json(call, post))


def lock_post(call: Call) -> Answer:
    """PUT /posts/{id}/locked: only staff may edit it then (5.1)."""
    post = get_post(call, call.path_id())
    if not call.user.staff:
        raise invalid_access()
    post.locked = call.params.is_true("locked")
    return Answer({"locked": post.locked})


def show_revision(call: Call) -> Answer:
    """GET /posts/{id}/revisions/{number or "latest"}."""
    post, wanted = get_post(call, call.path_id()), call.path("number")
    numbers = [revision.number for revision in post.revisions]
    number = numbers[-1] if wanted == "latest" and numbers else wanted
    found = next((one for one in post.revisions if str(one.number) == str(number)), None)
    if found is None:
        raise not_found()
    return Answer(_revision_json(post, found, numbers))


def show_pending(call: Call) -> Answer:
    """GET /posts/{username}/pending: one's own waiting posts, or an admin's view (2.3)."""
    user = get_user(call, call.path("username"))
    if call.user.id != user.id and not call.user.staff:
        raise invalid_access()
    rows = call.session.scalars(
        select(Pending).where(Pending.user_id == user.id).order_by(Pending.id.desc())
    )
    return Answer({"pending_posts": [_pending_json(row) for row in rows]})


def show_raw(call: Call) -> Response:
    """GET /raw/{topic}[/{number}]: plain text (5.4)."""
    topic = get_topic(call, call.path_id("topic_id"))
    number = call.request.path_params.get("number")
    if number is not None:
        post = next((post for post in topic.live_posts if post.number == int(number)), None)
        if post is None:
            raise not_found()
        return PlainTextResponse(post.raw)
    page = max(1, call.params.number("page", 1))
    posts = topic.live_posts[(page - 1) * 100 : page * 100]
    parts = (
        f"{post.user.username} | {time_json(post.created_at)} | #{post.number}\n\n{post.raw}\n\n"
        "-------------------------\n\n"
        for post in posts
    )
    return PlainTextResponse("".join(parts))


def topic_posts(call: Call) -> Answer:
    """GET /t/{id}/posts: the asked-for posts of a topic."""
    topic = get_topic(call, call.path_id())
    wanted = {str(item) for item in call.params.items("post_ids") or []}
    posts = [post for post in topic.live_posts if not wanted or str(post.id) in wanted]
    raw = (call.params.text("include_raw") or "") in {"1", "true"}
    shown = [topic_post_json(call, post, raw=raw) for post in posts[: len(wanted) or CHUNK]]
    return Answer({"post_stream": {"posts": shown}, "id": topic.id})


def _pending_json(row: Pending) -> dict[str, Any]:
    return {
        "id": row.id,
        "raw": row.raw,
        "raw_text": row.raw,
        "title": row.title,
        "created_at": time_json(row.created_at),
        "created_by_id": row.user_id,
        "username": row.user.username,
        "category_id": row.category_id,
        "topic_id": row.topic_id,
    }


def _revision_json(post: Post, revision: Revision, numbers: list[int]) -> dict[str, Any]:
    place = numbers.index(revision.number)
    body: dict[str, Any] = {
        "created_at": time_json(revision.created_at),
        "post_id": post.id,
        "previous_hidden": False,
        "current_hidden": False,
        "first_revision": numbers[0],
        "previous_revision": numbers[place - 1] if place else None,
        "current_revision": revision.number,
        "next_revision": numbers[place + 1] if place + 1 < len(numbers) else None,
        "last_revision": numbers[-1],
        "current_version": revision.number,
        "version_count": post.version,
        "username": revision.user.username,
        "display_username": revision.user.name,
        "avatar_template": avatar(revision.user),
        "edit_reason": revision.edit_reason,
        "can_edit": False,
    }
    if raw := revision.changes.get("raw"):
        body["body_changes"] = {"side_by_side_markdown": _diff_table(*raw)}
    for name in ("title", "tags", "category_id"):
        if change := revision.changes.get(name):
            body[f"{name}_changes"] = {"previous": change[0], "current": change[1]}
    return body


def _diff_table(before: str, after: str) -> str:
    """The lines that differ, as rows of a table: old left, new right."""
    left, right = before.split("\n"), after.split("\n")
    rows = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, left, right).get_opcodes():
        if kind != "equal":
            old, new = html.escape("\n".join(left[a:b])), html.escape("\n".join(right[c:d]))
            rows.append(
                f'<tr><td class="diff-del"><del>{old}</del></td>'
                f'<td class="diff-ins"><ins>{new}</ins></td></tr>'
            )
    return f'<table class="markdown">{"".join(rows)}</table>'


ROUTES = (
    Route("POST", "/posts", "posts#create", create_post),
    Route("GET", "/posts/{id:int}", "posts#show", show_post),
    Route("PUT", "/posts/{id:int}", "posts#update", update_post),
    Route("DELETE", "/posts/{id:int}", "posts#destroy", delete_post),
    Route("PUT", "/posts/{id:int}/recover", "posts#recover", recover_post),
    Route("PUT", "/posts/{id:int}/locked", "posts#locked", lock_post),
    Route("GET", "/posts/{id:int}/revisions/{number}", "posts#revisions", show_revision),
    Route("GET", "/posts/{username}/pending", "posts#pending", show_pending),
    Route("GET", "/t/{id:int}/posts", "topics#posts", topic_posts),
    Route("GET", "/raw/{topic_id:int}", "posts#markdown_id", show_raw, plain=True),
    Route("GET", "/raw/{topic_id:int}/{number:int}", "posts#markdown_num", show_raw, plain=True),
)
