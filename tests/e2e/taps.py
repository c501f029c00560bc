"""In front of a stand-in: what it was asked and answered, and the moment at which a client dies."""

from __future__ import annotations

import asyncio
import os
import signal
import threading

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLL_SECONDS = 0.01


class ModelTap:
    """Answers so many questions and then falls silent, until more are allowed.

    A client that keeps at most ``parallel`` calls in flight has kept every earlier answer once so
    many calls hang: killed then, it may ask none of the answered questions again.

    Attributes:
        answered: Bodies of the questions whose answers went out, in order.
        allowed: How many questions are answered in all; None for every one.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._changed = threading.Condition()
        self._hanging = 0
        self._taken = 0
        self.allowed: int | None = None
        self.answered: list[bytes] = []

    def wait_until_hanging(self, calls: int, *, seconds: float = 60) -> None:
        """Return once so many calls hang."""
        with self._changed:
            came = self._changed.wait_for(lambda: self._hanging >= calls, seconds)
        assert came, f"only {self._hanging} of {calls} calls hang"

    def wait_until_free(self, *, seconds: float = 60) -> None:
        """Return once no call hangs: a dead client's are known to be gone."""
        with self._changed:
            assert self._changed.wait_for(lambda: not self._hanging, seconds)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http" or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        body = await read_body(receive)
        if self._take() or await self._hang(receive):
            await self._app(scope, replay_body(body, receive), send)
            self.answered.append(body)

    def _take(self) -> bool:
        """True where one more may be answered; it is then counted."""
        with self._changed:
            if self.allowed is not None and self._taken >= self.allowed:
                return False
            self._taken += 1
            return True

    async def _hang(self, receive: Receive) -> bool:
        """Wait until the call may be answered (True) or its client is gone (False)."""
        gone = asyncio.ensure_future(_wait_until_gone(receive))
        self._count(1)
        try:
            while not gone.done():
                if self._take():
                    return True
                await asyncio.sleep(_POLL_SECONDS)
            return False
        finally:
            self._count(-1)
            gone.cancel()

    def _count(self, change: int) -> None:
        with self._changed:
            self._hanging += change
            self._changed.notify_all()


class ForumTap:
    """Kills a client before or after the forum carries out one of its requests.

    Attributes:
        victim: The client's process id.
        kill_at: The request, counted from 1 since the tap was made; None for none.
        after: The forum does its part first; the answer is lost.
        requests: How many came, as "METHOD path".
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.victim: int | None = None
        self.kill_at: int | None = None
        self.after = False
        self.requests: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = await read_body(receive)
        self.requests.append(f"{scope['method']} {scope['path']}")
        if len(self.requests) != self.kill_at or self.victim is None:
            await self._app(scope, replay_body(body, receive), send)
            return
        if not self.after:
            os.kill(self.victim, signal.SIGKILL)
        await self._app(scope, replay_body(body, receive), _lose)
        if self.after:
            os.kill(self.victim, signal.SIGKILL)
        await _wait_until_gone(receive)


async def read_body(receive: Receive) -> bytes:
    """The whole body of a request."""
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


def replay_body(body: bytes, receive: Receive) -> Receive:
    """A ``receive`` that gives the body again, and then whatever comes."""
    parts: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def read() -> Message:
        return parts.pop() if parts else await receive()

    return read


async def _wait_until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _lose(message: Message) -> None:
    """The answer of a request whose client is dead."""
