"""A forum that answers what a test dictates, over real HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from bot.forum.discourse import Discourse
from bot.sandbox.server import serve

JSON = "application/json; charset=utf-8"


@dataclass
class Scripted:
    """Answers each path with what stands in ``answers``; keeps what it was asked."""

    answers: dict[str, Response] = field(default_factory=dict)
    asked: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        request = Request(scope, receive)
        headers = dict(request.headers)
        self.asked.append((request.method, request.url.path, headers, await request.body()))
        answer = self.answers.get(request.url.path) or a_reply(404, {"error_type": "not_found"})
        await answer(scope, receive, send)


def a_reply(status: int, body: Any, *, kind: str = JSON, **headers: str) -> Response:
    """A response; ``body`` is JSON unless it is bytes. ``retry_after`` names Retry-After."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(content, status, {**named, "content-type": kind})


@contextmanager
def open_scripted(**options: Any) -> Iterator[tuple[Scripted, Discourse]]:
    """The forum, and an adapter for it."""
    script = Scripted()
    with serve(script) as url:
        yield script, Discourse(url, "jubo", "the-key", pace=lambda: None, **options)
