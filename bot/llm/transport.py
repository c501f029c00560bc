"""The HTTP client under the OpenAI SDK: the policy of bot/http.py in the SDK's own stack.

The SDK speaks ``httpx2`` where the sources speak ``httpx`` (facts.md, "three HTTP stacks").
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import httpx2

from bot.config import Http
from bot.http import max_body_bytes, timeouts, user_agent

_MOST_EXPANSION = 1_000  # deflate yields at most 1,032 bytes for one (zlib.net/zlib_tech.html)


class TooLarge(httpx2.TransportError):
    """The body is larger than the policy allows; reading stopped there."""


class _Bounded(httpx2.SyncByteStream):
    """A body that ends with an error at a size, or at a moment, however slowly it drips."""

    def __init__(
        self, stream: httpx2.SyncByteStream, *, size: int, until: float, clock: Callable[[], float]
    ) -> None:
        self._stream = stream
        self._size = size
        self._until = until
        self._clock = clock

    def __iter__(self) -> Iterator[bytes]:
        left = self._size
        for chunk in self._stream:
            left -= len(chunk)
            if left < 0:
                raise TooLarge(f"more than {self._size} bytes")
            if self._clock() > self._until:
                raise httpx2.ReadTimeout("the reply took too long as a whole")
            yield chunk

    def close(self) -> None:
        self._stream.close()


def open_client(
    http: Http, *, timeout_seconds: float, clock: Callable[[], float] = time.monotonic
) -> httpx2.Client:
    """A client that follows no redirect (a key must not travel) and bounds every body.

    ``timeout_seconds`` is the longest silence, and again the longest time a body may take: a model
    thinks longer than a page loads, so this is its own setting. Compression is not asked for; where
    it comes all the same, the bound is low enough to hold for what it may expand to.
    """
    size = max_body_bytes(http)
    connect, _ = timeouts(http)

    def bound(response: httpx2.Response) -> None:
        if isinstance(response.stream, httpx2.SyncByteStream):
            packed = response.headers.get("content-encoding", "identity") != "identity"
            response.stream = _Bounded(
                response.stream,
                size=size // _MOST_EXPANSION if packed else size,
                until=clock() + timeout_seconds,
                clock=clock,
            )

    return httpx2.Client(
        timeout=httpx2.Timeout(timeout_seconds, connect=min(connect, timeout_seconds)),
        headers={"User-Agent": user_agent(http), "Accept-Encoding": "identity"},
        follow_redirects=False,
        event_hooks={"response": [bound]},
    )
