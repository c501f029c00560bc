"""What people do on the pages: change the viewer, reply, decide on waiting posts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.sandbox.forum.call import Call
from bot.sandbox.forum.draft import Draft
from bot.sandbox.forum.finding import get_topic
from bot.sandbox.forum.json_post import post_url
from bot.sandbox.forum.pages import VIEWER, viewer_call
from bot.sandbox.forum.posting import add_post
from bot.sandbox.forum.queue import approve, reject
from bot.sandbox.forum.refusals import Refusal, invalid_access, not_found
from bot.sandbox.forum.state import State
from bot.sandbox.forum.tables import Pending
from bot.sandbox.forum.text import normalise_raw

Action = Callable[[Call, FormData], Response]


def action_routes(state: State) -> list[Route]:
    """The forms of the pages; under /sandbox/, where no fault strikes."""
    actions: dict[str, Action] = {
        "/sandbox/viewer": _change_viewer,
        "/sandbox/topics/{id:int}/reply": _reply,
        "/sandbox/review/{id:int}": _review,
    }
    return [
        Route(path, _endpoint(state, action), methods=["POST"]) for path, action in actions.items()
    ]


def _endpoint(state: State, action: Action) -> Callable[[Request], Awaitable[Response]]:
    def act(request: Request, form: FormData) -> Response:
        try:
            with state.transaction() as session:
                return action(viewer_call(state, session, request), form)
        except Refusal as refusal:
            return PlainTextResponse(str(refusal.status), refusal.status)

    async def serve(request: Request) -> Response:
        origin = request.headers.get("origin")
        if origin not in {None, str(request.base_url).rstrip("/")}:
            return PlainTextResponse("403", 403)
        return await run_in_threadpool(act, request, await request.form())

    return serve


def _change_viewer(_: Call, form: FormData) -> Response:
    back = str(form.get("back") or "/")
    inside = back.startswith("/") and not back.startswith(("//", "/\\"))
    response = RedirectResponse(back if inside else "/", 303)
    response.set_cookie(VIEWER, str(form.get("username") or ""), httponly=True, samesite="strict")
    return response


def _reply(call: Call, form: FormData) -> Response:
    topic, user = get_topic(call, call.path_id()), call.user
    raw = normalise_raw(str(form.get("raw") or ""))
    if topic.closed or not raw.strip():
        raise invalid_access()
    post = add_post(call, topic, Draft(raw[: call.settings.max_post_length], ""), user)
    return RedirectResponse(f"{post_url(post)}#post_{post.number}", 303)


def _review(call: Call, form: FormData) -> Response:
    pending = call.session.get(Pending, call.path_id())
    if not call.staff:
        raise invalid_access()
    if pending is None:
        raise not_found()
    if form.get("decision") == "approve":
        return RedirectResponse(post_url(approve(call, pending)), 303)
    reject(call, pending)
    return RedirectResponse("/review", 303)
