"""The site over HTTP: settings, categories, tags, the caller, health (contract 0.5, 7)."""

from __future__ import annotations

from starlette.responses import PlainTextResponse, Response

from bot.sandbox.forum import json_category, json_site
from bot.sandbox.forum.call import Call
from bot.sandbox.forum.refusals import Refusal, not_found
from bot.sandbox.forum.routing import Route
from bot.sandbox.forum.state import Answer
from bot.sandbox.forum.tables import CategoryRow


def show_status(_: Call) -> Response:
    """GET /srv/status: "ok", for anybody."""
    return PlainTextResponse("ok")


def show_current_user(call: Call) -> Answer:
    """GET /session/current: 404 with an empty body without a caller."""
    if call.caller.user is None:
        raise Refusal(404, None)
    return Answer(json_site.current_user_json(call))


def show_category(call: Call) -> Answer:
    """GET /c/{id}/show."""
    row = call.session.get(CategoryRow, call.path_id())
    if row is None:
        raise not_found()
    return Answer(json_category.category_json(call, row))


ROUTES = (
    Route("GET", "/srv/status", "forums#status", show_status, plain=True, public=True),
    Route("GET", "/session/current", "session#current", show_current_user, public=True),
    Route("GET", "/site", "site#site", lambda call: Answer(json_site.site_json(call))),
    Route(
        "GET", "/site/settings", "site#settings", lambda call: Answer(json_site.settings_json(call))
    ),
    Route(
        "GET",
        "/site/basic-info",
        "site#basic_info",
        lambda call: Answer(json_site.basic_info_json(call)),
        public=True,
    ),
    Route("GET", "/about", "about#index", lambda call: Answer(json_site.about_json(call))),
    Route(
        "GET",
        "/categories",
        "categories#index",
        lambda call: Answer(json_category.category_list_json(call)),
    ),
    Route("GET", "/c/{id:int}/show", "categories#show", show_category),
    Route("GET", "/tags", "tags#index", lambda call: Answer(json_site.tags_json(call))),
)
