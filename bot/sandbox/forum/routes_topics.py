"""Topics over HTTP: read, change, delete, list (contract 4, 5.2 to 5.6)."""

from __future__ import annotations

from sqlalchemy import Select, select
from starlette.responses import HTMLResponse, Response

from bot.sandbox.forum.call import Call
from bot.sandbox.forum.draft import Draft
from bot.sandbox.forum.finding import can_create_in, can_see, get_topic, get_user
from bot.sandbox.forum.json_topic import CHUNK, basic_topic_json, list_json, topic_json
from bot.sandbox.forum.params import is_id
from bot.sandbox.forum.posting import add_post
from bot.sandbox.forum.refusals import (
    Refusal,
    invalid_access,
    invalid_parameters,
    not_found,
    unprocessable,
)
from bot.sandbox.forum.revising import add_revision, bump, check_editable
from bot.sandbox.forum.routing import Route, empty
from bot.sandbox.forum.state import Answer
from bot.sandbox.forum.tables import CategoryRow, Topic
from bot.sandbox.forum.tagging import assign_tags, count_error, read_tags, required_error
from bot.sandbox.forum.text import TitleRules, clean_title, slugify, title_errors
from bot.sandbox.forum.validation import title_is_taken

_STATUSES = {"closed", "archived", "visible", "pinned", "pinned_globally"}
_PER_PAGE = 30


def show_topic(call: Call) -> Answer:
    """GET /t/{id}: the first 20 posts; ``include_raw`` adds their Markdown."""
    topic = get_topic(call, call.path_id())
    raw = (call.params.text("include_raw") or "") in {"1", "true"}
    page = max(1, call.params.number("page", 1))
    posts = topic.live_posts[(page - 1) * CHUNK : page * CHUNK]
    return Answer(topic_json(call, topic, posts, raw=raw))


def show_by_external_id(call: Call) -> Response:
    """GET /t/external_id/{id}: 301 to the topic; letter case counts (4)."""
    wanted = call.path("external_id")
    query = select(Topic).where(Topic.external_id == wanted, Topic.deleted_at.is_(None))
    topic = call.session.scalar(query)
    if topic is None:
        raise not_found()
    if not can_see(call, topic):
        raise invalid_access()
    kept = ("page", "print", "filter_top_level_replies", "preview_theme_id")
    query_text = "&".join(f"{n}={v}" for n in kept if (v := call.params.text(n)))
    url = f"{call.request.base_url}t/{topic.slug}/{topic.id}.json"
    target = f"{url}?{query_text}" if query_text else url
    return HTMLResponse("<html><body>Moved</body></html>", 301, headers={"Location": target})


def update_topic(call: Call) -> Answer:
    """PUT /t/-/{id}: top-level title, category_id and tags; nested ones are not read (5.2)."""
    call.user  # noqa: B018 - nobody is refused before anything else
    topic, params = get_topic(call, call.path_id()), call.params
    check_editable(call, topic.posts[0])
    original, tags = params.text("original_title"), params.items("original_tags")
    changed = original is not None and original != topic.title
    if changed or (tags is not None and set(read_tags(tags)) != set(topic.tags)):
        raise unprocessable("This topic has been changed by another user meanwhile.", status=409)
    new_tags = read_tags(params.items("tags")) if params.has("tags") else None
    change_topic(
        call, topic, title=params.text("title"), category=params.text("category_id"), tags=new_tags
    )
    return Answer(basic_topic_json(topic))


def update_tags(call: Call) -> Answer:
    """PUT /t/{id}/tags."""
    call.user  # noqa: B018 - nobody is refused before anything else
    topic = get_topic(call, call.path_id())
    check_editable(call, topic.posts[0])
    change_topic(call, topic, title=None, category=None, tags=read_tags(call.params.items("tags")))
    return Answer(basic_topic_json(topic))


def change_topic(
    call: Call, topic: Topic, *, title: str | None, category: str | None, tags: list[str] | None
) -> None:
    """Change what is not None; counts as a version of the first post (5.2)."""
    before = {"title": topic.title, "category_id": topic.category_id, "tags": list(topic.tags)}
    if category is not None:
        topic.category_id = _category(call, category).id
    if title is not None:
        _set_title(call, topic, clean_title(title, call.settings))
    if tags is not None:
        _set_tags(call, topic, tags)
    after = {"title": topic.title, "category_id": topic.category_id, "tags": list(topic.tags)}
    if before != after:
        changed = {name: value for name, value in after.items() if value != before[name]}
        add_revision(call, topic.posts[0], call.user, before, changed, None)
        bump(call, topic.posts[0])


def delete_topic(call: Call) -> Response:
    """DELETE /t/{id} (5.3): at once for staff; an author's young topic is withdrawn."""
    topic, user = get_topic(call, call.path_id()), call.user
    if user.staff:
        topic.deleted_at = call.now
        return empty()
    young = (call.now - topic.created_at).total_seconds() < 24 * 3600
    if topic.user_id != user.id or len(topic.live_posts) > 1 or not young:
        raise unprocessable("That topic could not be deleted.")
    topic.closed = True
    post = topic.posts[0]
    changes = ({"raw": post.raw}, {"raw": "(topic withdrawn by author)"})
    add_revision(call, post, user, *changes, None)
    post.raw, post.withdrawn = changes[1]["raw"], True
    return empty()


def recover_topic(call: Call) -> Response:
    """PUT /t/{id}/recover: staff only."""
    if not call.user.staff:
        raise invalid_access()
    get_topic(call, call.path_id()).deleted_at = None
    return empty()


def update_status(call: Call) -> Answer:
    """PUT /t/{id}/status: ``enabled`` must be the string "true" (5.6)."""
    status, topic = call.params.text("status"), get_topic(call, call.path_id())
    if status not in _STATUSES:
        raise invalid_parameters("status")
    if not (call.user.staff or call.user.trust_level == 4):
        raise invalid_access()
    enabled = call.params.values.get("enabled") == "true"
    setattr(topic, "pinned" if status.startswith("pinned") else status, enabled)
    note = f"{status} {'enabled' if enabled else 'disabled'}"
    add_post(call, topic, Draft(raw=note, title=""), call.user, kind=3)
    return Answer({"success": "OK", "topic_status_update": None})


def list_latest(call: Call) -> Answer:
    """GET /latest."""
    return _listed(call, latest_query(), "/latest")


def list_category(call: Call) -> Answer:
    """GET /c/{slug}/{id}."""
    category = call.session.get(CategoryRow, call.path_id())
    if category is None:
        raise not_found()
    query = latest_query().where(Topic.category_id == category.id)
    return _listed(call, query, f"/c/{category.slug}/{category.id}", strict=True)


def list_created_by(call: Call) -> Answer:
    """GET /topics/created-by/{username}: newest first, without messages (13.4)."""
    user = get_user(call, call.path("username"))
    query = (
        select(Topic)
        .where(Topic.user_id == user.id, Topic.archetype == "regular", Topic.deleted_at.is_(None))
        .order_by(Topic.created_at.desc(), Topic.id.desc())
    )
    return _listed(call, query, f"/topics/created-by/{user.username}")


def latest_query() -> Select[Topic]:
    """Topics that all may see, the last bumped first."""
    return (
        select(Topic)
        .where(Topic.archetype == "regular", Topic.deleted_at.is_(None))
        .order_by(Topic.bumped_at.desc(), Topic.id.desc())
    )


def _listed(call: Call, query: Select[Topic], path: str, *, strict: bool = False) -> Answer:
    user = call.caller.user
    page = call.params.number("page", 0)
    topics = [
        topic
        for topic in call.session.scalars(query)
        if topic.visible or call.staff or (user is not None and topic.user_id == user.id)
    ]
    shown = topics[page * _PER_PAGE : (page + 1) * _PER_PAGE]
    more = f"{path}?page={page + 1}" if len(topics) > (page + 1) * _PER_PAGE else None
    return Answer(list_json(call, shown, more=more, strict=strict))


def _category(call: Call, sent: str) -> CategoryRow:
    category = call.session.get(CategoryRow, int(sent)) if is_id(sent) else None
    if category is None:
        raise unprocessable("Category is invalid")
    if not can_create_in(call.user, category):
        raise Refusal(
            403, {"errors": ["You are not permitted to move the topic to that category."]}
        )
    return category


def _set_title(call: Call, topic: Topic, title: str) -> None:
    rules = TitleRules(call.settings.min_topic_title_length, topic.message)
    errors = title_errors(title, rules, call.settings)
    if not topic.message and title_is_taken(call, title, None, except_topic=topic.id):
        errors.append("Title has already been used")
    if errors:
        raise unprocessable(*errors)
    topic.title, topic.slug = title, slugify(title)


def _set_tags(call: Call, topic: Topic, names: list[str]) -> None:
    category = call.session.get(CategoryRow, topic.category_id or 0)
    errors = [
        error
        for error in (
            count_error(names, call.settings),
            required_error(names, category, call.user),
        )
        if error
    ]
    tags, more = assign_tags(call, names, category, call.user)
    if errors := errors + more:
        raise unprocessable(*errors)
    topic.tags = tags


ROUTES = (
    Route("GET", "/t/external_id/{external_id}", "topics#show_by_external_id", show_by_external_id),
    Route("GET", "/t/{id:int}", "topics#show", show_topic),
    Route("GET", "/t/{slug}/{id:int}", "topics#show", show_topic),
    Route("PUT", "/t/{id:int}", "topics#update", update_topic),
    Route("PUT", "/t/{slug}/{id:int}", "topics#update", update_topic),
    Route("DELETE", "/t/{id:int}", "topics#destroy", delete_topic),
    Route("PUT", "/t/{id:int}/recover", "topics#recover", recover_topic),
    Route("PUT", "/t/{id:int}/status", "topics#status", update_status),
    Route("PUT", "/t/{id:int}/tags", "topics#update_tags", update_tags),
    Route("GET", "/latest", "list#latest", list_latest),
    Route("GET", "/c/{slug}/{id:int}", "list#category", list_category),
    Route("GET", "/c/{slug}/{id:int}/l/latest", "list#category", list_category),
    Route("GET", "/topics/created-by/{username}", "list#topics_by", list_created_by),
)
