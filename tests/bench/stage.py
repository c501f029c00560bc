"""The stage of the fault campaign: a forum that can be swapped, cut and killed from."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from starlette.types import Message, Receive, Scope, Send

from bot.forum.discourse import Discourse
from bot.sandbox.forum import EmbeddedForum, ManualClock, open_forum
from bot.sandbox.server import serve

T = TypeVar("T")
_DRAIN_SECONDS = 10.0


class Stage:
    """One server for the whole campaign; every trial plays on a new, empty forum.

    Attributes:
        kill: The request (from 1) during which a client dies, "before" or "after" the forum
            does its part, and the client's process id.
        requests: How many came since the forum is new.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._under_way = 0
        self.kill: tuple[int, str, int] | None = None
        self.requests = 0
        self._open()

    def _open(self) -> None:
        self.clock = ManualClock()
        self.forum: EmbeddedForum = open_forum(clock=self.clock)
        self.key = self.forum.add_key("jubo")

    def renew(self, *, helpful: bool = False) -> None:
        """Put an empty forum on the stage.

        ``helpful``: it knows identical requests and texts again for some minutes, as Discourse
        does (contract 2.4, 3.3). Without, all depends on the bot.
        """
        self.forum.close()
        self._open()
        if not helpful:
            self.forum.configure(memo_seconds=0, unique_posts_mins=0)
        self.requests = 0
        self.kill = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, and kill the client before or after the forum did its part."""
        if scope["type"] != "http":
            await self.forum.app(scope, receive, send)
            return
        receive = await _buffered(receive)
        with self._lock:
            self._under_way += 1
            self.requests += 1
            kill = self.kill if self.kill and self.kill[0] == self.requests else None
        try:
            if kill and kill[1] == "before":
                os.kill(kill[2], signal.SIGKILL)
            answer: list[Message] = []
            if kill and kill[1] == "after":

                async def keep(message: Message) -> None:
                    answer.append(message)

                await self.forum.app(scope, receive, keep)
                os.kill(kill[2], signal.SIGKILL)
                for message in answer:
                    await send(message)
                return
            await self.forum.app(scope, receive, send)
        finally:
            with self._lock:
                self._under_way -= 1

    def drain(self) -> None:
        """Wait until no request is at work, stalled ones included."""
        deadline = time.monotonic() + _DRAIN_SECONDS
        while self._under_way and time.monotonic() < deadline:
            time.sleep(0.005)
        assert not self._under_way, "a request does not end"


async def _buffered(receive: Receive) -> Receive:
    """The whole body at once, as a proxy passes it on: the request outlives its client."""
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    parts = [{"type": "http.request", "body": body, "more_body": False}]

    async def read() -> Message:
        return parts.pop() if parts else await receive()

    return read


@contextmanager
def open_stage() -> Iterator[tuple[Stage, str]]:
    """A stage, served on a free port; gives it and its address."""
    stage = Stage()
    with serve(stage) as url:
        yield stage, url


class Stop(BaseException):
    """The process ends here, in so far as one process can tell itself so."""


class Boundaries:
    """Counts the places before and after each outside call and each record, and stops at one."""

    def __init__(self, stop_at: int | None = None, end: Callable[[], None] | None = None) -> None:
        self.count = 0
        self._stop_at = stop_at
        self._end = end or _raise_stop

    def __call__(self) -> None:
        """Pass one."""
        self.count += 1
        if self.count == self._stop_at:
            self._end()

    def around(self, thing: T) -> T:
        """The thing, with a boundary before and after each of its methods."""
        return _Watched(thing, self)  # type: ignore[return-value]  # behaves as the thing does


def _raise_stop() -> None:
    raise Stop


class _Watched:
    def __init__(self, thing: object, boundaries: Boundaries) -> None:
        self._thing = thing
        self._boundaries = boundaries

    def __getattr__(self, name: str) -> Any:
        attribute = getattr(self._thing, name)
        if not callable(attribute):
            return attribute

        def watched(*arguments: Any, **named: Any) -> Any:
            self._boundaries()
            result = attribute(*arguments, **named)
            self._boundaries()
            return result

        return watched


def open_client(url: str, key: str, *, timeout_seconds: float, boundaries: Boundaries) -> Discourse:
    """The real adapter; each HTTP request of it is a boundary, too."""
    return Discourse(url, "jubo", key, timeout_seconds=timeout_seconds, pace=boundaries)
