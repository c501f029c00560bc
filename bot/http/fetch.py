"""One request and its whole answer, or an error that says whose move it is."""

from __future__ import annotations

import time
import zlib
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urljoin

import httpx

from bot.errors import Rejected, Unavailable
from bot.http.addresses import bare_address, find_danger, is_public, parse_address
from bot.http.policy import CONNECT_SECONDS
from bot.parsing.encoding import Decoded, decode_text
from bot.parsing.headers import media_type, retry_after_seconds

MAX_REDIRECTS = 5
_SLOWEST = 4  # a body may take so many time-outs in all, however steadily it drips
_TRY_AGAIN = {408, 425, 429}
_PRIVATE_HEADERS = {"authorization", "cookie"}


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer: status 2xx or 304, final address, headers and the decompressed body."""

    status: int
    url: str
    headers: httpx.Headers
    body: bytes

    @property
    def media_type(self) -> str:
        """The media type in lower case, without parameters; empty where none is given."""
        return media_type(self.headers.get("content-type"))

    def decode(self) -> Decoded:
        """The body as text, with a note where its encoding was not plain UTF-8."""
        return decode_text(self.body, self.headers.get("content-type"))


def fetch(
    client: httpx.Client,
    url: str,
    *,
    service: str,
    max_bytes: int,
    thing: str | None = None,
    method: str = "GET",
    headers: Mapping[str, str] = {},
    data: Mapping[str, str] | None = None,
    public_only: bool = False,
    media_types: Collection[str] | None = None,
) -> Reply:
    """Ask once and read the whole answer.

    Args:
        service: Who is asked, for the error: "pages", "feed", "arxiv".
        max_bytes: Cap on the body after decompression.
        thing: What is asked for, in words; the address without its query where absent.
        data: Form fields of a POST.
        public_only: Refuse addresses inside one's own network; for links from strangers.
        media_types: Where given, any other type is not read and its body is empty.

    Raises:
        Unavailable: Time-out, lost connection, cut body, 408, 425, 429 or 5xx; with retry_after.
        Rejected: Any other 4xx, an unsafe or endless redirect, a body beyond the cap.
    """
    thing = thing or bare_address(url)
    address = parse_address(url)
    if address is None:
        raise Rejected(f"{service}: {thing[:200]} is not a web address; not asked", service=service)
    request = client.build_request(
        method, address, headers=dict(headers), data=dict(data or {}) or None
    )
    if public_only and not is_public(request.url.host):
        raise Rejected(f"{service}: {thing} is not a public address; not asked", service=service)
    for _ in range(MAX_REDIRECTS + 1):
        reply = _ask(
            client,
            request,
            service=service,
            thing=thing,
            max_bytes=max_bytes,
            media_types=media_types,
        )
        if reply.status not in {301, 302, 303, 307, 308}:
            return _judge(reply, service=service, thing=thing)
        request = _redirect(client, request, reply, service=service, thing=thing)
    raise Rejected(
        f"{service}: {thing} redirects more than {MAX_REDIRECTS} times; look at the address",
        service=service,
    )


def _ask(
    client: httpx.Client,
    request: httpx.Request,
    *,
    service: str,
    thing: str,
    max_bytes: int,
    media_types: Collection[str] | None,
) -> Reply:
    with _as_our_errors(service, thing, ambiguous=request.method != "GET"):
        response = client.send(request, stream=True)
        try:
            longest = _SLOWEST * (client.timeout.read or CONNECT_SECONDS)
            chunks = _read(response, max_bytes, time.monotonic() + longest)
            kind = media_type(response.headers.get("content-type"))
            body = b"".join(chunks) if media_types is None or kind in media_types else b""
        except _TooLarge:
            raise Rejected(
                f"{service}: {thing} is larger than {max_bytes:,} bytes; "
                "raise http.max_body_megabytes if that is right",
                service=service,
                status=response.status_code,
            ) from None
        finally:
            response.close()
    return Reply(response.status_code, str(response.url), response.headers, body)


@contextmanager
def _as_our_errors(service: str, thing: str, *, ambiguous: bool) -> Iterator[None]:
    try:
        yield
    except httpx.TimeoutException as error:
        raise Unavailable(
            f"{service}: no answer in time for {thing}; it will be tried again",
            service=service,
            ambiguous=ambiguous and not isinstance(error, httpx.ConnectTimeout),
        ) from error
    except (httpx.RequestError, httpx.StreamError, zlib.error) as error:
        raise Unavailable(
            f"{service}: the connection failed for {thing} ({_in_a_line(error)}); "
            "it will be tried again",
            service=service,
            ambiguous=ambiguous and not isinstance(error, httpx.ConnectError),
        ) from error
    except (httpx.InvalidURL, UnicodeError) as error:
        raise Rejected(
            f"{service}: {thing} is not an address ({_in_a_line(error)})", service=service
        ) from error


class _TooLarge(Exception):
    pass


def _read(response: httpx.Response, max_bytes: int, deadline: float) -> Iterator[bytes]:
    """The body, decompressed here: httpx neither bounds what a small body swells to nor
    notices a gzip stream that ends early (0.28.1)."""
    coding = response.headers.get("content-encoding", "identity").strip().lower()
    if coding not in {"identity", "gzip", "x-gzip", ""}:
        raise httpx.DecodingError(f"content coding {coding[:40]!r} was not asked for")
    inflate = zlib.decompressobj(wbits=31) if "gzip" in coding else None
    left, empty = max_bytes, True
    for chunk in response.iter_raw():
        empty = False
        if time.monotonic() > deadline:
            raise httpx.ReadTimeout("the body drips too slowly")
        part = inflate.decompress(chunk, left + 1) if inflate else chunk
        left -= len(part)
        if left < 0:
            raise _TooLarge
        yield part
    if inflate and not inflate.eof and not empty:
        raise httpx.DecodingError("the compressed body is cut short")


def _judge(reply: Reply, *, service: str, thing: str) -> Reply:
    status = reply.status
    if 200 <= status < 300 or status == 304:
        return reply
    wait = retry_after_seconds(reply.headers)
    limited = status == 403 and wait is not None  # GitHub's way of saying 429
    if status in _TRY_AGAIN or status >= 500 or limited:
        when = "later" if wait is None else f"in {wait:.0f} s"
        raise Unavailable(
            f"{service}: {status} for {thing}; it will be tried again {when}",
            service=service,
            status=status,
            retry_after=wait,
        )
    raise Rejected(
        f"{service}: {status} for {thing}; {_advice(status)}", service=service, status=status
    )


def _advice(status: int) -> str:
    if status in {401, 403}:
        return "look at the token and what it may read"
    if status in {404, 410}:
        return "look at the address in the configuration"
    return "trying the same again cannot help"


def _redirect(
    client: httpx.Client, request: httpx.Request, reply: Reply, *, service: str, thing: str
) -> httpx.Request:
    source = request.url
    try:
        target = parse_address(urljoin(str(source), reply.headers.get("location", "")))
    except ValueError:
        target = None
    why = find_danger(source, target)
    if why or target is None:
        raise Rejected(
            f"{service}: {thing} redirects {why}; look at the address",
            service=service,
            status=reply.status,
        )
    keep = (source.scheme, source.host, source.port) == (target.scheme, target.host, target.port)
    headers = {
        name: value
        for name, value in request.headers.items()
        if name not in {"host", "content-length", "content-type"}
        and (keep or name not in _PRIVATE_HEADERS)
    }
    repeat = reply.status in {307, 308}
    if repeat and request.method != "GET":
        headers["content-type"] = request.headers.get("content-type", "application/octet-stream")
        return client.build_request(
            request.method, target, headers=headers, content=request.content
        )
    return client.build_request("GET", target, headers=headers)


def _in_a_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
