"""Sources that misbehave, over real HTTP: a typed error each time, and nothing forgotten."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from bot.config import Http, Settings, Sources
from bot.errors import BotError, ParseError, Rejected, Unavailable
from bot.http import open_client
from bot.planning.polling import next_check
from bot.sandbox.pages import SourceSite, site_app
from bot.sandbox.server import serve
from bot.source.read import read_sources, remember
from bot.source.validators import MemoryValidators
from tests.source.pages import heading_form, index, item, rss, section, sunday, year_page

NOW = datetime(2026, 3, 31, tzinfo=UTC)
ONE, TWO = date(2026, 3, 9), date(2026, 3, 16)
_RELEASE = threading.Event()


def limited(request: Request) -> Response:
    return Response("slow down", status_code=429, headers={"Retry-After": "1800"})


def broken(request: Request) -> Response:
    return Response("oops", status_code=500)


def silent(request: Request) -> Response:
    _RELEASE.wait(5)
    return Response("late")


def error_page(request: Request) -> Response:
    return HTMLResponse("<!doctype html><html><body>All our servers are busy</body></html>")


def endless(request: Request) -> Response:
    return StreamingResponse(iter([b"| 1) **Name** - text |\n" * 1_000] * 2_500))


def circular(request: Request) -> Response:
    return RedirectResponse(str(request.url))


def cut(request: Request) -> Response:
    whole = gzip.compress(year_page(TWO, ONE).encode())
    return Response(whole[: len(whole) // 2], headers={"content-encoding": "gzip"})


FAULTS: list[tuple[Callable[[Request], Response], type[BotError], str]] = [
    (limited, Unavailable, "429 .* in 1800 s"),
    (broken, Unavailable, "500 .* it will be tried again later"),
    (silent, Unavailable, "no answer in time"),
    (error_page, ParseError, "HTML"),
    (endless, Rejected, "larger than 1,000,000 bytes"),
    (circular, Rejected, "redirects more than 5 times"),
    (cut, Unavailable, "cut short"),
]


class Stage:
    """The site, except where a fault stands before one of its paths."""

    def __init__(self, site: SourceSite) -> None:
        self.app = site_app(site)
        self.fault: Callable[[Request], Response] | None = None
        self.place = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.fault and str(scope.get("path", "")).endswith(self.place):
            response = await run_in_threadpool(self.fault, Request(scope, receive))
            await response(scope, receive, send)
        else:
            await self.app(scope, receive, send)


@pytest.fixture
def site() -> SourceSite:
    return SourceSite(
        files={"README.md": index("years/2026.md"), "years/2026.md": year_page(TWO, ONE)}
    )


@pytest.fixture
def stage(site: SourceSite) -> Stage:
    return Stage(site)


@pytest.fixture
def base(stage: Stage) -> Iterator[str]:
    _RELEASE.clear()
    with serve(stage) as address:
        yield address
        _RELEASE.set()


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with open_client(Http(timeout_seconds=0.3)) as client:
        yield client


def settings(base: str) -> Settings:
    http = Http(timeout_seconds=0.3, max_body_megabytes=1)
    return Settings(sources=Sources(pages=f"{base}/pages", feed=None), http=http)


@pytest.mark.parametrize(("fault", "error", "says"), FAULTS)
def test_a_fault_is_told_and_the_next_look_finds_the_week(
    stage: Stage,
    site: SourceSite,
    base: str,
    client: httpx.Client,
    fault: Callable[[Request], Response],
    error: type[BotError],
    says: str,
) -> None:
    """The validators of the last good read stay, so that nothing new is taken for known."""
    validators = MemoryValidators()
    remember(read_sources(settings(base), client, validators, now=NOW), validators)
    before = dict(validators.values)

    site.files["years/2026.md"] = year_page(date(2026, 3, 23), TWO, ONE)
    stage.fault, stage.place = fault, "years/2026.md"
    with pytest.raises(error, match=says) as caught:
        read_sources(settings(base), client, validators, now=NOW)
    assert validators.values == before
    assert "\n" not in str(caught.value)

    stage.fault = None
    _RELEASE.set()
    read = read_sources(settings(base), client, validators, now=NOW)
    assert read.issues[0].key == "2026-03-23"


def test_the_wait_a_source_asks_for_reaches_the_schedule(
    stage: Stage, base: str, client: httpx.Client
) -> None:
    stage.fault = limited
    with pytest.raises(Unavailable) as caught:
        read_sources(settings(base), client, MemoryValidators(), now=NOW)
    due = next_check(
        NOW, every=timedelta(minutes=30), failures=1, retry_after=caught.value.retry_after
    )
    assert due == NOW + timedelta(minutes=30)


def test_the_wait_of_one_source_counts_beside_another_that_answers(
    stage: Stage, base: str, client: httpx.Client
) -> None:
    stage.fault, stage.place = limited, "/feed"
    both = settings(base).sources.model_copy(update={"feed": f"{base}/feed"})
    read = read_sources(
        settings(base).model_copy(update={"sources": both}), client, MemoryValidators(), now=NOW
    )
    assert len(read.issues) == 2
    assert read.retry_after == 1800


def test_a_wrong_charset_does_no_harm(
    stage: Stage, site: SourceSite, base: str, client: httpx.Client
) -> None:
    """GitHub's raw addresses have declared more than one."""
    text = year_page(TWO).replace("shelves", "선반과 shelves")

    def declare(request: Request) -> Response:
        return Response(text, headers={"content-type": "text/plain; charset=iso-8859-1"})

    stage.fault, stage.place = declare, "years/2026.md"
    read = read_sources(settings(base), client, MemoryValidators(), now=NOW)
    assert "선반과" in read.issues[0].papers[0].summary


def test_a_page_cut_in_the_middle_gives_what_is_whole(
    site: SourceSite, base: str, client: httpx.Client
) -> None:
    """The decision holds an issue with rows missing."""
    page = year_page(TWO, ONE)
    site.files["years/2026.md"] = page[: page.index("| 7)")]
    read = read_sources(settings(base), client, MemoryValidators(), now=NOW)
    assert [len(issue.papers) for issue in read.issues] == [6]


def test_a_date_the_calendar_does_not_have_is_told_and_hides_no_other(
    site: SourceSite, base: str, client: httpx.Client
) -> None:
    site.files["years/2026.md"] = year_page(TWO, ONE).replace("March 16", "February 30")
    read = read_sources(settings(base), client, MemoryValidators(), now=NOW)
    assert [issue.key for issue in read.issues] == ["2026-03-09"]
    assert "years/2026.md: " in read.problems[0].reason


def test_an_issue_that_vanishes_and_returns_is_seen_both_times(
    site: SourceSite, base: str, client: httpx.Client
) -> None:
    validators, counts = MemoryValidators(), []
    for text in (section(TWO) + section(ONE), section(ONE), section(TWO) + section(ONE)):
        site.files["years/2026.md"] = text
        read = read_sources(settings(base), client, validators, now=NOW)
        remember(read, validators)
        counts.append(len(read.issues))
    assert counts == [2, 1, 2]


@given(
    st.integers(0, 10_000),
    st.one_of(st.none(), st.floats(allow_nan=False)),
    st.integers(1, 10_000),
)
def test_the_next_look_always_comes(failures: int, retry_after: float | None, minutes: int) -> None:
    """Neither a long row of failures nor a hostile wait puts it off for good."""
    every = timedelta(minutes=minutes)
    due = next_check(NOW, every=every, failures=failures, retry_after=retry_after)
    assert NOW < due <= NOW + max(every, timedelta(days=1))


@pytest.mark.parametrize("body", ["{}", "[]", '[{"sha": "main"}]', "<html>", "[" * 100_000])
def test_a_list_of_commits_in_another_shape_is_said(
    stage: Stage, base: str, client: httpx.Client, body: str
) -> None:
    stage.fault, stage.place = (lambda request: Response(body)), "/commits"
    github = Settings(sources=Sources(api_url=base, raw_url=base, feed=None))
    with pytest.raises(ParseError, match="list of commits has another shape"):
        read_sources(github, client, MemoryValidators(), now=NOW)


@pytest.mark.parametrize("token", [None, "t0ken"])
def test_files_of_a_commit_that_cannot_be_had_are_a_failure(
    stage: Stage, base: str, client: httpx.Client, token: str | None
) -> None:
    stage.fault, stage.place = broken, "years/2026.md"
    secret = SecretStr(token) if token else None
    sources = Sources(api_url=base, raw_url=base, token=secret, feed=None)
    with pytest.raises(Unavailable, match="500"):
        read_sources(Settings(sources=sources), client, MemoryValidators(), now=NOW)


def test_a_newsletter_page_that_is_no_page_leaves_what_the_feed_has(
    stage: Stage, site: SourceSite, base: str, client: httpx.Client
) -> None:
    html = "".join(heading_form(TWO, rank) for rank in range(1, 5))
    site.feed = rss(item("Top AI Papers of the Week", html, sunday(TWO), f"{base}/p/week.pdf"))
    stage.fault, stage.place = (lambda request: Response(b"%PDF-1.7")), ".pdf"
    sources = Sources(pages=f"{base}/pages", feed=f"{base}/feed")
    site.files = {"README.md": section(ONE)}
    read = read_sources(Settings(sources=sources), client, MemoryValidators(), now=NOW)
    assert [len(issue.papers) for issue in read.issues] == [4, 10]
    assert any("not a page" in problem.reason for problem in read.problems)


def test_an_entry_without_an_address_stays_as_the_feed_has_it(
    site: SourceSite, base: str, client: httpx.Client
) -> None:
    html = "".join(heading_form(TWO, rank) for rank in range(1, 5))
    site.feed = rss(item("Top AI Papers of the Week", html, sunday(TWO), "urn:x"))
    sources = Sources(pages=f"{base}/pages", feed=f"{base}/feed")
    site.files = {"README.md": section(ONE)}
    read = read_sources(Settings(sources=sources), client, MemoryValidators(), now=NOW)
    assert (len(read.issues[0].papers), read.issues[0].newsletter_url) == (4, None)
