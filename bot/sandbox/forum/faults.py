"""The switchboard: what goes wrong with which call, before or after its commit."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, fields
from enum import StrEnum
from fnmatch import fnmatchcase

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class FaultKind(StrEnum):
    """What the client gets instead of the answer.

    ``DROP`` closes the connection without a byte; ``STALL`` answers late; ``QUEUE`` makes a
    creation wait for approval (contract 2.3); the others are answers of forum or proxy.
    """

    ERROR = "error"
    DROP = "drop"
    STALL = "stall"
    RATE_LIMITED = "rate_limited"
    RATE_LIMITED_BARE = "rate_limited_bare"
    RATE_LIMITED_TEXT = "rate_limited_text"
    RATE_LIMITED_HTML = "rate_limited_html"
    READ_ONLY = "read_only"
    OVERLOADED = "overloaded"
    UNAVAILABLE_HTML = "unavailable_html"
    BAD_GATEWAY = "bad_gateway"
    HTML = "html"
    QUEUE = "queue"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to go wrong.

    Attributes:
        kind: What the client gets.
        method: An HTTP method, or ``*``.
        path: A pattern over the path without ``.json``, such as ``/posts/*``.
        nth: The matching call that it meets, counted from when it was set; from 1.
        times: How many calls in a row; 0 is for good.
        committed: The forum carries the call out first, then this happens.
        seconds: How long to stall, or what Retry-After says.
    """

    kind: FaultKind
    method: str = "*"
    path: str = "*"
    nth: int = 1
    times: int = 1
    committed: bool = False
    seconds: float = 1

    def concerns(self, method: str, path: str) -> bool:
        """Whether a call is of the kind that is counted."""
        return self.method in {"*", method} and fnmatchcase(path, self.path)


@dataclass(frozen=True, slots=True)
class Seen:
    """One call that reached the forum: method, path without ``.json``, and the fault it met."""

    method: str
    path: str
    fault: Fault | None = None


class Switchboard:
    """The faults that are set and the calls that came; safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._set: list[tuple[Fault, int]] = []
        self._seen: list[Seen] = []

    def add(self, fault: Fault) -> None:
        """Set a fault; the first that matches a call wins."""
        with self._lock:
            self._set.append((fault, 0))

    def clear(self) -> None:
        """Remove all faults."""
        with self._lock:
            self._set.clear()

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is set."""
        with self._lock:
            return tuple(fault for fault, _ in self._set)

    @property
    def calls(self) -> tuple[Seen, ...]:
        """All calls since the start or the last :meth:`forget_calls`, in order."""
        with self._lock:
            return tuple(self._seen)

    def forget_calls(self) -> None:
        """Start counting calls anew."""
        with self._lock:
            self._seen.clear()

    def meet(self, method: str, path: str) -> Fault | None:
        """Count a call and give the fault that it meets."""
        with self._lock:
            met = None
            for place, (fault, count) in enumerate(self._set):
                if fault.concerns(method, path):
                    self._set[place] = (fault, count + 1)
                    over = fault.times and count + 1 >= fault.nth + fault.times
                    if met is None and count + 1 >= fault.nth and not over:
                        met = fault
            self._seen.append(Seen(method, path, met))
            return met


class FaultMiddleware:
    """Lets the switchboard have its way with every call but those to the switchboard itself."""

    def __init__(self, app: ASGIApp, switchboard: Switchboard) -> None:
        self._app, self._switchboard = app, switchboard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["path"].startswith("/sandbox/"):
            await self._app(scope, receive, send)
            return
        path = str(scope["path"]).removesuffix(".json")
        fault = self._switchboard.meet(scope["method"], path)
        if fault is None:
            await self._app(scope, receive, send)
        elif fault.kind is FaultKind.QUEUE:
            scope.setdefault("state", {})["queue"] = True
            await self._app(scope, receive, send)
        else:
            await self._fail(fault, scope, receive, send)

    async def _fail(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
        if fault.kind is FaultKind.STALL:
            await self._stall(fault, scope, receive, send)
            return
        if fault.committed:
            await self._app(scope, receive, _swallow)
        else:
            await _read_all(receive)
        if fault.kind is FaultKind.DROP:
            _drop(send)
            await asyncio.sleep(0)  # so that the server notices before it misses an answer
        else:
            await _answer(fault, send)

    async def _stall(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
        answer: list[Message] = []

        async def keep(message: Message) -> None:
            answer.append(message)

        if not fault.committed:
            await asyncio.sleep(fault.seconds)
        await self._app(scope, receive, keep)
        if fault.committed:
            await asyncio.sleep(fault.seconds)
        for message in answer:
            await send(message)


async def _swallow(message: Message) -> None:
    """The answer of a call that was carried out and whose client hears nothing of it."""


async def _read_all(receive: Receive) -> None:
    while True:
        message = await receive()
        if message["type"] != "http.request" or not message.get("more_body"):
            return


def _drop(send: Send) -> None:
    """Close the client's connection without an answer.

    ASGI has no word for it; uvicorn's ``send`` belongs to the request cycle, which knows the
    connection. Elsewhere the server is left to deal with an exception.
    """
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    if transport is None:
        raise ConnectionResetError("the sandbox dropped the connection")
    transport.abort()


async def _answer(fault: Fault, send: Send) -> None:
    status, kind, body, headers = _ANSWERS[fault.kind](fault)
    raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    raw += [(b"content-type", kind.encode()), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": body})


_JSON, _TEXT, _HTML = "application/json; charset=utf-8", "text/plain; charset=utf-8", "text/html"
_Reply = tuple[int, str, bytes, dict[str, str]]


def _page(title: str) -> bytes:
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>".encode()


def _limited(fault: Fault) -> _Reply:
    wait = int(fault.seconds)
    body = {
        "errors": [f"You've performed this action too many times. Please wait {wait} seconds."],
        "error_type": "rate_limit",
        "extras": {"wait_seconds": wait, "time_left": f"{wait} seconds"},
    }
    code = "admin_api_key_rate_limit"
    headers = {"Retry-After": str(wait), "Discourse-Rate-Limit-Error-Code": code}
    return 429, _JSON, json.dumps(body).encode(), headers


def _limited_bare(_: Fault) -> _Reply:
    body = {"errors": ["Slow down, you're making too many requests."]}
    return 429, _JSON, json.dumps(body).encode(), {}


def _limited_text(fault: Fault) -> _Reply:
    wait = int(fault.seconds)
    text = f"Slow down, too many requests from this IP address.\nRetry in {wait} seconds.\n"
    headers = {"Retry-After": str(wait), "Discourse-Rate-Limit-Error-Code": "ip_60_secs_limit"}
    return 429, _TEXT, f"{text}Error code: ip_60_secs_limit.".encode(), headers


def _read_only(_: Fault) -> _Reply:
    body = {
        "errors": ["The site is in read only mode. Interactions are disabled."],
        "error_type": "read_only",
    }
    return 503, _JSON, json.dumps(body).encode(), {"Discourse-Readonly": "true"}


_ANSWERS: dict[FaultKind, Callable[[Fault], _Reply]] = {
    FaultKind.ERROR: lambda _: (500, _JSON, b'{"status":500,"error":"Internal Server Error"}', {}),
    FaultKind.RATE_LIMITED: _limited,
    FaultKind.RATE_LIMITED_BARE: _limited_bare,
    FaultKind.RATE_LIMITED_TEXT: _limited_text,
    FaultKind.RATE_LIMITED_HTML: lambda _: (429, _HTML, _page("429 Too Many Requests"), {}),
    FaultKind.READ_ONLY: _read_only,
    FaultKind.OVERLOADED: lambda _: (
        503,
        _TEXT,
        b"Server is currently experiencing high load.",
        {},
    ),
    FaultKind.UNAVAILABLE_HTML: lambda _: (503, _HTML, _page("503 Service Unavailable"), {}),
    FaultKind.BAD_GATEWAY: lambda _: (502, _HTML, _page("502 Bad Gateway"), {}),
    FaultKind.HTML: lambda _: (200, _HTML, _page("Forum"), {}),
}


def parse_fault(values: dict[str, object]) -> Fault:
    """A fault out of JSON; a wrong name or value is a ValueError.

    >>> parse_fault({"kind": "drop", "method": "POST", "path": "/posts", "committed": True}).kind
    <FaultKind.DROP: 'drop'>
    """
    names = {field.name for field in fields(Fault)}
    if unknown := sorted(set(values) - names):
        raise ValueError(f"a fault has no {unknown[0]}; it has {', '.join(sorted(names))}")
    return Fault(
        FaultKind(str(values.get("kind"))),
        method=str(values.get("method", "*")),
        path=str(values.get("path", "*")),
        nth=int(str(values.get("nth", 1))),
        times=int(str(values.get("times", 1))),
        committed=values.get("committed") is True,
        seconds=float(str(values.get("seconds", 1))),
    )
