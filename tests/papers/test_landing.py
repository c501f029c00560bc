"""Pages of papers outside arXiv: what their meta tags say, over real HTTP."""

from __future__ import annotations

import time
from collections.abc import Iterator

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.config import Http
from bot.errors import Unavailable
from bot.http import open_client
from bot.model.issue import Author, Record
from bot.papers.landing import fetch_landing
from bot.parsing.landing import find_landing
from bot.sandbox.server import serve

CC_BY = "https://creativecommons.org/licenses/by/4.0/"
PAGE = f"""<!DOCTYPE html><html><head>
<meta charset="utf-8"><title>Journal of Examples | Sieve</title>
<meta property="og:title" content="Sieve | Journal of Examples">
<meta name="citation_title" content="Sieve &amp; Sort: a &lt;i&gt;fast&lt;/i&gt; way">
<meta name="citation_author" content="Example, Ada">
<meta name='citation_author' content='B. Example'>
<meta name="citation_abstract" content="<p>We sort $n > 2$
 shelves.</p>"/>
<link href="{CC_BY}" rel="nofollow license">
</head><body><meta name="citation_author" content=""></body></html>"""
RECORD = Record("", "Sieve & Sort: a fast way", "", (Author("Ada Example"), Author("B. Example")))


def page(request: Request) -> Response:
    return HTMLResponse(PAGE)


def pdf(request: Request) -> Response:
    return Response(b"%PDF-1.7" + b"0" * 5_000_000, media_type="application/pdf")


def refused(request: Request) -> Response:
    return HTMLResponse(PAGE, status_code=403)


def away(request: Request) -> Response:
    return HTMLResponse(PAGE, status_code=503)


def plain(request: Request) -> Response:
    return HTMLResponse("<html><title>A company</title><p>Our model is better.</p></html>")


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    handlers = {"/page": page, "/pdf": pdf, "/refused": refused, "/away": away, "/plain": plain}
    with serve(Starlette(routes=[Route(*pair) for pair in handlers.items()])) as address:
        yield address


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with open_client(Http(timeout_seconds=5)) as client:
        yield client


def test_title_and_authors_are_given_and_the_abstract_is_not(
    base: str, client: httpx.Client
) -> None:
    assert fetch_landing(client, f"{base}/page", public_only=False) == RECORD


def test_the_abstract_is_given_where_setting_and_licence_allow_it(
    base: str, client: httpx.Client
) -> None:
    record = fetch_landing(client, f"{base}/page", with_abstract=True, public_only=False)
    assert record is not None
    assert record.abstract == "We sort $n > 2$ shelves."


@pytest.mark.parametrize("path", ["pdf", "plain", "refused", "nowhere"])
def test_a_page_that_says_nothing_is_a_paper_without_a_record(
    base: str, client: httpx.Client, path: str
) -> None:
    assert fetch_landing(client, f"{base}/{path}", public_only=False) is None


def test_a_page_out_of_reach_is_tried_later(base: str, client: httpx.Client) -> None:
    with pytest.raises(Unavailable, match="paper: 503"):
        fetch_landing(client, f"{base}/away", public_only=False)


def test_a_link_into_our_own_network_is_not_followed(base: str, client: httpx.Client) -> None:
    assert fetch_landing(client, f"{base}/page") is None


@pytest.mark.parametrize(
    ("rights", "may"),
    [
        (CC_BY, True),
        ("https://creativecommons.org/publicdomain/zero/1.0/", True),
        ("Licensed under https://creativecommons.org/licenses/by-sa/4.0/ since 2024", True),
        ("https://creativecommons.org/licenses/by-nc/4.0/", False),
        ("https://creativecommons.org/licenses/by-nd/4.0/", False),
        ("https://creativecommons.org.example.org/licenses/by/4.0/", False),
        ("All rights reserved", False),
        ("", False),
    ],
)
def test_only_a_licence_that_allows_translation_opens_the_abstract(rights: str, may: bool) -> None:
    landing = find_landing(
        f'<meta name="dc.title" content="T"><meta name="DC.rights" content="{rights}">'
    )
    assert landing is not None
    assert landing.may_be_shown is may


def test_of_two_licences_the_narrower_counts() -> None:
    landing = find_landing(
        f'<meta name="dc.title" content="T"><link rel="license" href="{CC_BY}">'
        '<meta name="dc.rights" content="https://creativecommons.org/licenses/by-nc/4.0/">'
    )
    assert landing is not None
    assert not landing.may_be_shown


def test_a_name_with_two_commas_is_left_as_it_is() -> None:
    page = '<meta name=citation_title content=T><meta name=dc.creator content="A, B, and C">'
    landing = find_landing(page)
    assert landing is not None
    assert landing.authors == (Author("A, B, and C"),)


@pytest.mark.parametrize("unit", ["<meta ", "<meta name='", '<meta a="', "<meta a=b ", "<link/"])
def test_hostile_tags_are_read_in_bounded_time(unit: str) -> None:
    begin = time.monotonic()
    find_landing(unit * (1_000_000 // len(unit)))
    assert time.monotonic() - begin < 10


@given(
    st.lists(st.sampled_from(["<meta ", "name=", "content=", '"', "'", "dc.title", ">", "x", " "]))
)
def test_any_tags_give_a_landing_or_none(pieces: list[str]) -> None:
    landing = find_landing("".join(pieces))
    assert landing is None or landing.title
