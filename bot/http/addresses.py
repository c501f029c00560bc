"""What an address may be shown as, and where a redirect may lead."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlsplit

import httpx

_HOST = re.compile(r"[\w.:-]{1,253}")
_LARGEST_PORT = 65_535


def _resolve(host: str) -> Iterator[str]:
    for item in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM):
        yield str(item[4][0]).partition("%")[0]


def bare_address(url: str) -> str:
    """The address without user, password, query and fragment, fit for an error message.

    >>> bare_address("https://me:secret@example.org/a/b?key=1#c")
    'https://example.org/a/b'
    """
    try:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
    except ValueError:
        return "an address that cannot be read"
    return f"{parts.scheme}://{host}{parts.path}"


def parse_address(url: str) -> httpx.URL | None:
    """The address if a request can be sent there: http or https, a host name, a real port.

    >>> parse_address("https://example.org/a")
    URL('https://example.org/a')
    >>> [parse_address(url) for url in ("ftp://example.org", "https://exa mple.org", "x", "")]
    [None, None, None, None]
    """
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError):
        return None
    sound = parsed.scheme in {"http", "https"} and _HOST.fullmatch(parsed.host)
    return parsed if sound and (parsed.port or 0) <= _LARGEST_PORT else None


def is_public(host: str, *, resolve: Callable[[str], Iterable[str]] = _resolve) -> bool:
    """Whether every address of ``host`` is on the public internet.

    A name that cannot be resolved here counts as public: asking it fails by itself, or a proxy
    resolves it.
    """
    try:
        return ipaddress.ip_address(host.strip("[]")).is_global
    except ValueError:
        pass
    try:
        found = list(resolve(host))
    except (OSError, UnicodeError):
        return True
    return all(ipaddress.ip_address(address).is_global for address in found)


def find_danger(source: httpx.URL, target: httpx.URL | None) -> str | None:
    """Why a redirect from one to the other is not followed; None where it may be."""
    if target is None:
        return "to something that is not a web address"
    if source.scheme == "https" and target.scheme == "http":
        return "from https to http"
    if source.host != target.host and is_public(source.host) and not is_public(target.host):
        return "into a private network"
    return None
