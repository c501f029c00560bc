"""The policy's values: time-outs, User-Agent and size cap, for all three HTTP stacks."""

from __future__ import annotations

from collections.abc import Mapping

import httpx

from bot import __version__
from bot.config import Http

CONNECT_SECONDS = 10.0
_LOOPBACK = ("all://127.0.0.1", "all://localhost", "all://[::1]")


def user_agent(settings: Http) -> str:
    """The User-Agent of every outside call; it says whom to ask about the traffic."""
    return f"jubo/{__version__} (+{settings.contact})"


def timeouts(settings: Http) -> tuple[float, float]:
    """Seconds to connect and seconds between two bytes, in the order requests takes them."""
    return min(CONNECT_SECONDS, settings.timeout_seconds), settings.timeout_seconds


def max_body_bytes(settings: Http) -> int:
    """The largest body that is read, counted after decompression."""
    return int(settings.max_body_megabytes * 1_000_000)


def open_client(
    settings: Http, *, transport: httpx.BaseTransport | None = None, headers: Mapping[str, str] = {}
) -> httpx.Client:
    """A client with the policy's time-outs and User-Agent; use it with `fetch` and close it.

    Proxies of the environment are used, except for this machine's own addresses.
    """
    connect, read = timeouts(settings)
    return httpx.Client(
        timeout=httpx.Timeout(read, connect=connect),
        headers={"User-Agent": user_agent(settings), "Accept-Encoding": "gzip", **headers},
        follow_redirects=False,
        transport=transport,
        mounts=dict.fromkeys(_LOOPBACK),
    )
