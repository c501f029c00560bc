"""The client policy, over real HTTP to a local server that misbehaves on purpose."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.config import Http
from bot.errors import Rejected, Unavailable
from bot.http import (
    Reply,
    fetch,
    is_public,
    max_body_bytes,
    open_client,
    retry_after_seconds,
    timeouts,
    user_agent,
)
from bot.sandbox.server import serve

SETTINGS = Http(timeout_seconds=0.3, max_body_megabytes=0.1, contact="https://example.org/who")
_RELEASE = threading.Event()


def echo(request: Request) -> Response:
    return PlainTextResponse(
        "\n".join(f"{name}: {value}" for name, value in request.headers.items())
    )


async def form(request: Request) -> Response:
    return PlainTextResponse(f"{request.method} {(await request.body()).decode()}")


def status(request: Request) -> Response:
    headers = {name: value for name, value in request.query_params.items() if name != "code"}
    return Response("sorry", status_code=int(request.query_params["code"]), headers=headers)


def loop(request: Request) -> Response:
    return RedirectResponse("/loop")


def jump(request: Request) -> Response:
    code = int(request.query_params.get("code", "302"))
    return RedirectResponse(request.query_params["to"], status_code=code)


def large(request: Request) -> Response:
    return StreamingResponse(iter([b"x" * 10_000] * 5_000))


def bomb(request: Request) -> Response:
    body = gzip.compress(b"0" * 5_000_000)
    return Response(body, headers={"content-encoding": "gzip"})


def cut(request: Request) -> Response:
    whole = gzip.compress(b"a page in full, " * 50)
    return Response(whole[: int(request.query_params["at"])], headers={"content-encoding": "gzip"})


def zipped(request: Request) -> Response:
    return Response(gzip.compress("주보".encode()), headers={"content-encoding": "gzip"})


def brotli(request: Request) -> Response:
    return Response(b"\x0b\x02\x80hello\x03", headers={"content-encoding": "br"})


def slow(request: Request) -> Response:
    _RELEASE.wait(5)
    return PlainTextResponse("late")


def drip(request: Request) -> Response:
    def bytes_in_time() -> Iterator[bytes]:
        while not _RELEASE.wait(0.1):
            yield b"."

    return StreamingResponse(bytes_in_time())


def wrong_charset(request: Request) -> Response:
    return Response("주보 weekly", headers={"content-type": "text/plain; charset=iso-8859-1"})


_APP = Starlette(
    routes=[
        Route("/echo", echo),
        Route("/form", form, methods=["GET", "POST"]),
        Route("/status", status),
        Route("/loop", loop),
        Route("/jump", jump, methods=["GET", "POST"]),
        Route("/large", large),
        Route("/bomb", bomb),
        Route("/cut", cut),
        Route("/zipped", zipped),
        Route("/brotli", brotli),
        Route("/slow", slow),
        Route("/drip", drip),
        Route("/wrong-charset", wrong_charset),
    ]
)


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    _RELEASE.clear()
    with serve(_APP) as address:
        yield address
        _RELEASE.set()


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with open_client(SETTINGS) as client:
        yield client


def get(client: httpx.Client, url: str) -> Reply:
    return fetch(client, url, service="pages", max_bytes=max_body_bytes(SETTINGS))


def test_every_request_says_whom_to_ask(base: str, client: httpx.Client) -> None:
    text = get(client, f"{base}/echo").decode().text
    assert f"user-agent: {user_agent(SETTINGS)}" in text
    assert user_agent(SETTINGS).endswith("(+https://example.org/who)")


def test_a_compressed_body_arrives_whole(base: str, client: httpx.Client) -> None:
    assert get(client, f"{base}/zipped").decode().text == "주보"


def test_a_form_is_posted(base: str, client: httpx.Client) -> None:
    reply = fetch(
        client, f"{base}/form", service="arxiv", max_bytes=100, method="POST", data={"a": "1,2"}
    )
    assert reply.body == b"POST a=1%2C2"


@pytest.mark.parametrize("code", [304, 200, 204])
def test_an_answer_that_is_no_error_is_given_as_it_is(
    base: str, client: httpx.Client, code: int
) -> None:
    assert get(client, f"{base}/status?code={code}").status == code


@pytest.mark.parametrize(
    ("query", "wait"),
    [
        ("code=429&retry-after=90", 90),
        ("code=500", None),
        ("code=503&retry-after=nonsense", None),
        ("code=403&retry-after=60", 60),
        ("code=429&retry-after=99999999", 86_400),
    ],
)
def test_what_may_pass_is_unavailable_and_says_how_long(
    base: str, client: httpx.Client, query: str, wait: float | None
) -> None:
    with pytest.raises(Unavailable) as caught:
        get(client, f"{base}/status?{query}")
    assert caught.value.retry_after == wait
    assert str(caught.value).startswith(f"pages: {caught.value.status} for {base}/status; it will")


@pytest.mark.parametrize(
    ("code", "advice"), [(404, "the address"), (401, "the token"), (400, "cannot help")]
)
def test_what_stays_wrong_is_rejected_with_the_next_step(
    base: str, client: httpx.Client, code: int, advice: str
) -> None:
    with pytest.raises(Rejected, match=f"pages: {code} for .*{advice}"):
        get(client, f"{base}/status?code={code}")


@pytest.mark.parametrize("path", ["large", "bomb"])
def test_a_body_beyond_the_cap_is_not_read(base: str, client: httpx.Client, path: str) -> None:
    """50 MB as they come, or 5 MB that travel as a few kilobytes."""
    with pytest.raises(Rejected, match="larger than 100,000 bytes"):
        get(client, f"{base}/{path}")


def test_a_body_of_another_type_is_not_read(base: str, client: httpx.Client) -> None:
    for types, body in (({"text/html"}, b""), ({"text/plain"}, "주보 weekly".encode())):
        reply = fetch(
            client, f"{base}/wrong-charset", service="paper", max_bytes=100, media_types=types
        )
        assert (reply.media_type, reply.body) == ("text/plain", body)


@pytest.mark.parametrize("at", [5, 20, 40])
def test_a_cut_body_is_not_mistaken_for_a_page(base: str, client: httpx.Client, at: int) -> None:
    with pytest.raises(Unavailable, match="cut short"):
        get(client, f"{base}/cut?at={at}")


def test_a_coding_that_was_not_asked_for_is_refused(base: str, client: httpx.Client) -> None:
    with pytest.raises(Unavailable, match="content coding 'br'"):
        get(client, f"{base}/brotli")


@pytest.mark.parametrize("path", ["slow", "drip"])
def test_a_silent_or_dripping_server_is_left_in_time(
    base: str, client: httpx.Client, path: str
) -> None:
    with pytest.raises(Unavailable, match="no answer in time"):
        get(client, f"{base}/{path}")


def test_nobody_at_the_address_is_unavailable(client: httpx.Client) -> None:
    with pytest.raises(Unavailable, match="the connection failed"):
        get(client, "http://127.0.0.1:9/")


def test_a_redirect_is_followed(base: str, client: httpx.Client) -> None:
    reply = get(client, f"{base}/jump?to=/zipped")
    assert reply.url == f"{base}/zipped"


def test_a_secret_does_not_travel_to_another_host(base: str, client: httpx.Client) -> None:
    other = base.replace("127.0.0.1", "localhost")
    for target, travels in ((f"{base}/echo", True), (f"{other}/echo", False)):
        reply = fetch(
            client,
            f"{base}/jump?to={target}",
            service="pages",
            max_bytes=9999,
            headers={"Authorization": "Bearer secret"},
        )
        assert (b"secret" in reply.body) is travels


@pytest.mark.parametrize(("code", "seen"), [(307, b"POST a=1"), (303, b"GET ")])
def test_a_form_is_repeated_only_where_the_redirect_says_so(
    base: str, client: httpx.Client, code: int, seen: bytes
) -> None:
    reply = fetch(
        client,
        f"{base}/jump?to=/form&code={code}",
        service="arxiv",
        max_bytes=100,
        method="POST",
        data={"a": "1"},
    )
    assert reply.body == seen


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("loop", "more than 5 times"),
        ("jump?to=ftp://example.org/x", "not a web address"),
        ("jump?to=file:///etc/passwd", "not a web address"),
    ],
)
def test_a_redirect_without_end_or_off_the_web_is_rejected(
    base: str, client: httpx.Client, path: str, why: str
) -> None:
    with pytest.raises(Rejected, match=why):
        get(client, f"{base}/{path}")


@pytest.mark.parametrize(
    ("start", "target", "why"),
    [
        ("https://8.8.8.8/", "http://8.8.4.4/", "from https to http"),
        ("https://8.8.8.8/", "https://127.0.0.1/", "into a private network"),
        ("https://8.8.8.8/", "https://169.254.169.254/latest", "into a private network"),
        ("http://8.8.8.8/", "http://[::1]/", "into a private network"),
    ],
)
def test_a_redirect_never_leads_to_a_worse_place(start: str, target: str, why: str) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(302, headers={"location": target}, stream=httpx.ByteStream(b""))

    transport = httpx.MockTransport(answer)
    with open_client(SETTINGS, transport=transport) as client, pytest.raises(Rejected, match=why):
        get(client, start)


def test_a_stranger_s_link_into_our_network_is_not_asked(client: httpx.Client, base: str) -> None:
    with pytest.raises(Rejected, match="not a public address"):
        fetch(client, base, service="paper", max_bytes=10, public_only=True)


@pytest.mark.parametrize(
    "url",
    [
        "http://exa mple.org/",
        "http://[",
        "ftp://example.org",
        "x",
        "http://127.0.0.1:99999/",
        "http://exam\x00ple/",
        "h" * 70_000,
    ],
)
def test_what_is_no_address_is_rejected(client: httpx.Client, url: str) -> None:
    """Rows of the source hold such things in place of links."""
    with pytest.raises(Rejected, match="is not a web address"):
        get(client, url)


def test_an_error_never_shows_the_query_or_the_password(base: str, client: httpx.Client) -> None:
    secret = base.replace("http://", "http://me:hunter2@") + "/status?code=404&key=hunter2"
    with pytest.raises(Rejected) as caught:
        get(client, secret)
    assert "hunter2" not in str(caught.value)


def test_utf_8_is_read_whatever_is_declared(base: str, client: httpx.Client) -> None:
    decoded = get(client, f"{base}/wrong-charset").decode()
    assert (decoded.text, decoded.note) == ("주보 weekly", None)


def test_the_policy_is_offered_to_the_other_stacks() -> None:
    assert timeouts(Http(timeout_seconds=30)) == (10.0, 30.0)
    assert max_body_bytes(Http()) == 20_000_000


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"Retry-After": "7"}, 7.0),
        ({"Retry-After": "Mon, 05 Jan 2026 00:00:30 GMT"}, 30.0),
        ({"Retry-After": "Sun, 04 Jan 2026 00:00:00 GMT"}, 0.0),
        ({"Retry-After": "-5"}, None),
        ({"Retry-After": "²"}, None),
        ({"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1767571260"}, 60.0),
        ({"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "9" * 30}, None),
        ({"X-RateLimit-Remaining": "3", "X-RateLimit-Reset": "1767571260"}, None),
        ({}, None),
    ],
)
def test_the_wait_is_read_from_whatever_form_it_has(
    headers: dict[str, str], wait: float | None
) -> None:
    assert retry_after_seconds(headers, datetime(2026, 1, 5, tzinfo=UTC)) == wait


def test_a_name_is_public_if_all_its_addresses_are() -> None:
    def unknown(host: str) -> list[str]:
        raise OSError("no such name")

    assert is_public("example.org", resolve=lambda host: ["8.8.8.8", "2606:4700::1111"])
    assert not is_public("example.org", resolve=lambda host: ["8.8.8.8", "10.0.0.1"])
    assert not is_public("example.org", resolve=lambda host: ["fe80::1"])
    assert is_public("example.org", resolve=unknown)
    assert not is_public("localhost")
