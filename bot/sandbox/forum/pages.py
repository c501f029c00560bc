"""The forum as people see it: pages for a phone and a desk, made on the server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, select_autoescape
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.sandbox.forum.access import Caller
from bot.sandbox.forum.call import Call
from bot.sandbox.forum.finding import find_user, get_post, get_topic
from bot.sandbox.forum.page_values import history_values, post_values, topic_values, waiting_values
from bot.sandbox.forum.params import Params
from bot.sandbox.forum.queue import waiting
from bot.sandbox.forum.refusals import Refusal, not_found
from bot.sandbox.forum.routes_topics import latest_query
from bot.sandbox.forum.state import State
from bot.sandbox.forum.tables import CategoryRow, Topic, User

VIEWER = "sandbox_viewer"
_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(),
    trim_blocks=True,
    lstrip_blocks=True,
)
_POLICY = (
    "default-src 'none'; style-src 'self'; style-src-attr 'unsafe-inline'; "
    "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
Page = Callable[[Call], tuple[str, dict[str, Any]]]


def page_routes(state: State) -> list[Route]:
    """The pages; whatever is not among them says so, with the status 200 of contract 0.1."""
    pages: dict[str, Page] = {
        "/": _latest,
        "/latest": _latest,
        "/c/{slug}/{id:int}": _category,
        "/t/{slug}/{id:int}": _topic,
        "/t/{slug}/{id:int}/{number:int}": _topic,
        "/t/{id:int}": _topic,
        "/posts/{id:int}/history": _history,
        "/messages": _messages,
        "/review": _review,
        "/{path:path}": _nothing,
    }
    return [Route(path, _endpoint(state, page)) for path, page in pages.items()]


def viewer_call(state: State, session: Session, request: Request) -> Call:
    """A call by whoever the browser's switch says."""
    name = request.cookies.get(VIEWER, "")
    user = find_user(session, name) if name else None
    caller = Caller(user, username=user.username if user else "")
    params = Params.from_pairs(request.query_params.multi_items())
    return Call(state, session, request, params, caller, state.clock())


def _endpoint(state: State, page: Page) -> Callable[[Request], Response]:
    def serve(request: Request) -> Response:
        with state.transaction() as session:
            call = viewer_call(state, session, request)
            if state.settings.login_required and call.caller.user is None:
                if request.url.path != "/login":
                    return RedirectResponse("/login", 302)
                return _render(call, "missing.html", {})
            try:
                return _render(call, *page(call))
            except Refusal:
                return _render(call, "missing.html", {})

    return serve


def _render(call: Call, template: str, values: dict[str, Any]) -> Response:
    people = call.session.scalars(select(User.username).where(User.id > 0).order_by(User.id))
    common = {
        "site": call.settings,
        "viewer": call.caller.user,
        "people": list(people),
        "path": call.request.url.path,
        "waiting": len(waiting(call.session)) if call.staff else None,
    }
    html = _TEMPLATES.get_template(template).render({**common, **values})
    return HTMLResponse(html, headers={"Content-Security-Policy": _POLICY})


def _latest(call: Call) -> tuple[str, dict[str, Any]]:
    return _list(call, list(call.session.scalars(latest_query())), "최신 글")


def _category(call: Call) -> tuple[str, dict[str, Any]]:
    row = call.session.get(CategoryRow, call.path_id())
    if row is None:
        raise not_found()
    topics = call.session.scalars(latest_query().where(Topic.category_id == row.id))
    return _list(call, list(topics), row.name, category=row.id)


def _messages(call: Call) -> tuple[str, dict[str, Any]]:
    user = call.user
    query = (
        select(Topic)
        .where(Topic.archetype == "private_message", Topic.deleted_at.is_(None))
        .order_by(Topic.bumped_at.desc(), Topic.id.desc())
    )
    topics = [
        topic
        for topic in call.session.scalars(query)
        if topic.user_id == user.id or user.username in topic.recipients
    ]
    return "topics.html", {
        "heading": "메시지",
        "topics": [topic_values(call, topic) for topic in topics],
        "nothing": "주고받은 메시지가 없습니다.",
    }


def _list(
    call: Call, topics: list[Topic], heading: str, category: int | None = None
) -> tuple[str, dict[str, Any]]:
    own = call.caller.user.id if call.caller.user else 0
    seen = [one for one in topics if one.visible or call.staff or one.user_id == own]
    return "topics.html", {
        "heading": heading,
        "topics": [topic_values(call, topic) for topic in seen],
        "categories": list(call.session.scalars(select(CategoryRow).order_by(CategoryRow.id))),
        "category": category,
        "nothing": "아직 글이 없습니다.",
    }


def _topic(call: Call) -> tuple[str, dict[str, Any]]:
    topic = get_topic(call, call.path_id())
    posts = [post_values(call, post) for post in topic.live_posts]
    if not posts:
        raise not_found()
    return "topic.html", {
        "topic": topic_values(call, topic),
        "posts": posts,
        "participants": list(dict.fromkeys(post["author"] for post in posts)),
        "links": sum(post["cooked"].count('<a href="http') for post in posts),
    }


def _history(call: Call) -> tuple[str, dict[str, Any]]:
    return "history.html", history_values(get_post(call, call.path_id()))


def _review(call: Call) -> tuple[str, dict[str, Any]]:
    rows = waiting(call.session) if call.staff else []
    return "review.html", {
        "may_review": call.staff,
        "posts": [waiting_values(call, row) for row in rows],
    }


def _nothing(_: Call) -> tuple[str, dict[str, Any]]:
    return "missing.html", {}
