"""The forum as an ASGI application: formats, size limit, faults and all routes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route as StarletteRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.sandbox.forum import (
    routes_messages,
    routes_posts,
    routes_site,
    routes_times,
    routes_topics,
    routes_uploads,
)
from bot.sandbox.forum.dispatch import JSON_TYPE, endpoint, wants_json
from bot.sandbox.forum.faults import FaultMiddleware, Switchboard
from bot.sandbox.forum.page_actions import action_routes
from bot.sandbox.forum.pages import page_routes
from bot.sandbox.forum.pictures import picture_routes
from bot.sandbox.forum.refusals import not_found
from bot.sandbox.forum.routes_sandbox import sandbox_routes
from bot.sandbox.forum.state import State

_ROUTES = (
    *routes_posts.ROUTES,
    *routes_topics.ROUTES,
    *routes_times.ROUTES,
    *routes_uploads.ROUTES,
    *routes_messages.ROUTES,
    *routes_site.ROUTES,
)


def build_app(state: State, switchboard: Switchboard, topics: Callable[[], list[Any]]) -> ASGIApp:
    """The application; GET requests of browsers go to the pages (0.1)."""
    api = Starlette(
        routes=[
            StarletteRoute(route.path, endpoint(route, state), methods=[route.method])
            for route in _ROUTES
        ],
        exception_handlers={404: _no_route, 405: _no_route},
    )
    plain = [
        StarletteRoute(route.path, endpoint(route, state), methods=["GET"])
        for route in _ROUTES
        if route.plain
    ]
    pages = Starlette(
        routes=[
            *plain,
            *sandbox_routes(switchboard, topics),
            *action_routes(state),
            *picture_routes(),
            *page_routes(state),
        ]
    )
    return FaultMiddleware(_SizeLimit(_Formats(api, pages), state), switchboard)


class _Formats:
    """Takes ``.json`` off the path and sends browsers to the pages."""

    def __init__(self, api: ASGIApp, pages: ASGIApp) -> None:
        self._api, self._pages = api, pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._api(scope, receive, send)
            return
        path = str(scope["path"])
        if path.endswith(".json"):
            scope = {**scope, "path": path.removesuffix(".json")}
            scope["state"] = {**scope.get("state", {}), "json": True}
        request = Request(scope)
        browser = scope["method"] in {"GET", "HEAD"} and not wants_json(request)
        if browser or path.startswith("/sandbox/"):
            await self._pages(scope, receive, send)
        else:
            await self._api(scope, receive, send)


class _SizeLimit:
    """Refuses bodies that the proxy would not let through, with its HTML (1.4)."""

    def __init__(self, app: ASGIApp, state: State) -> None:
        self._app, self._state = app, state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope.get("headers", ()))
        length = int(headers.get(b"content-length", b"0") or b"0")
        if length > self._state.settings.max_body_megabytes * 1_000_000:
            page = "<html><body><h1>413 Request Entity Too Large</h1></body></html>"
            await HTMLResponse(page, 413)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _no_route(request: Request, _: Exception) -> Response:
    refusal = not_found()
    if not wants_json(request):
        return HTMLResponse("<html><body><h1>404</h1></body></html>", refusal.status)
    return JSONResponse(refusal.body, refusal.status, headers={"content-type": JSON_TYPE})
