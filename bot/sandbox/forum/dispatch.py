"""From an HTTP request to a route's function and back (contract 0.1, 0.4, 1.2, 1.4, 6.1)."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.sandbox.forum.access import Caller, identify
from bot.sandbox.forum.call import Call
from bot.sandbox.forum.params import Params, read_params
from bot.sandbox.forum.refusals import Refusal, not_logged_in, rate_limited, read_only
from bot.sandbox.forum.routing import Route
from bot.sandbox.forum.state import Answer, State

JSON_TYPE = "application/json; charset=utf-8"
Endpoint = Callable[[Request], Awaitable[Response]]


def endpoint(route: Route, state: State) -> Endpoint:
    """What Starlette calls for a route."""

    async def serve(request: Request) -> Response:
        try:
            params = await read_params(request)
        except Refusal as refusal:
            return _finish(_refused(request, refusal), route, state, Caller())
        return await run_in_threadpool(_serve, route, state, request, params)

    return serve


def wants_json(request: Request) -> bool:
    """Whether the request format is JSON or XHR (0.1)."""
    headers = request.headers
    return (
        bool(getattr(request.state, "json", False))
        or "application/json" in headers.get("accept", "")
        or headers.get("x-requested-with", "").lower() == "xmlhttprequest"
    )


def _serve(route: Route, state: State, request: Request, params: Params) -> Response:
    caller = Caller()
    try:
        with state.transaction() as session:
            now = state.clock()
            _count_ip(state, request)
            caller = identify(
                session, request.headers, route.action, route.method, params, state.settings
            )
            _admit(route, state, caller)
            queue = bool(getattr(request.state, "queue", False))
            call = Call(state, session, request, params, caller, now, queue)
            response = _respond(route.handler(call))
    except Refusal as refusal:
        response = _refused(request, refusal)
    return _finish(response, route, state, caller)


def _admit(route: Route, state: State, caller: Caller) -> None:
    """Raise what keeps a known caller out: rate limit, closed site, read-only mode."""
    settings, now = state.settings, state.clock()
    most = settings.limits.admin_api_per_minute
    if caller.admin_key and most is not None:
        wait = state.limiter.wait_seconds("admin_api", at_most=most, per_seconds=60, now=now)
        if wait:
            text = "You've performed this action too many times."
            raise rate_limited(wait, text, "admin_api_key_rate_limit")
    if settings.login_required and caller.user is None and not route.public:
        raise not_logged_in()
    staff = caller.user is not None and caller.user.staff
    closed = settings.read_only or (settings.staff_writes_only and not staff)
    if route.method != "GET" and closed:
        raise read_only()


def _count_ip(state: State, request: Request) -> None:
    """The limits per address: the proxy's HTML and the forum's plain text (6.1, 6.3)."""
    limits, now = state.settings.limits, state.clock()
    address = request.client.host if request.client else ""
    if limits.proxy_per_minute is not None and state.limiter.wait_seconds(
        f"proxy:{address}", at_most=limits.proxy_per_minute, per_seconds=60, now=now
    ):
        raise _Plain(429, "<html><h1>429 Too Many Requests</h1></html>", "text/html", {})
    windows = (
        (limits.ip_per_10_seconds, 10, "ip_10_secs_limit"),
        (limits.ip_per_minute, 60, "ip_60_secs_limit"),
    )
    for most, seconds, code in windows:
        wait = most is not None and state.limiter.wait_seconds(
            f"{code}:{address}", at_most=most, per_seconds=seconds, now=now, eager=True
        )
        if wait:
            text = f"Slow down, too many requests from this IP address.\nRetry in {wait} seconds."
            headers = {"Retry-After": str(wait), "Discourse-Rate-Limit-Error-Code": code}
            body = f"{text}\nError code: {code}."
            raise _Plain(429, body, "text/plain; charset=utf-8", headers)


class _Plain(Refusal):
    """An answer from before the application: not JSON, whatever was asked for."""

    def __init__(self, status: int, text: str, kind: str, headers: dict[str, str]) -> None:
        super().__init__(status, None, headers)
        self.response = Response(text, status, headers=headers, media_type=kind)


def _respond(result: Answer | Response) -> Response:
    if isinstance(result, Response):
        return result
    return _json(result.body, result.status, result.headers)


def _json(body: object, status: int, headers: dict[str, str]) -> Response:
    content = json.dumps(body, ensure_ascii=False).encode()
    return Response(content, status, headers={**headers, "content-type": JSON_TYPE})


def _refused(request: Request, refusal: Refusal) -> Response:
    if isinstance(refusal, _Plain):
        return refusal.response
    if wants_json(request):
        if refusal.body is None:
            return Response(status_code=refusal.status, headers=refusal.headers)
        return _json(refusal.body, refusal.status, refusal.headers)
    if (refusal.body or {}).get("error_type") == "not_logged_in" and request.method == "GET":
        return RedirectResponse("/login", 302)
    text = f"<html><body><h1>{refusal.status}</h1></body></html>"
    return HTMLResponse(text, refusal.status, headers=refusal.headers)


def _finish(response: Response, route: Route, state: State, caller: Caller) -> Response:
    response.headers["X-Discourse-Route"] = route.action.replace("#", "/")
    if caller.user is not None:
        response.headers["X-Discourse-Username"] = caller.username
    if state.settings.read_only or state.settings.staff_writes_only:
        response.headers["Discourse-Readonly"] = "true"
    return response
