"""The arXiv adapter over real HTTP: the stand-in, and servers that answer as it sometimes does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.config import Http
from bot.errors import Rejected, Unavailable
from bot.http import open_client
from bot.papers.arxiv import ArxivRecords
from bot.papers.pace import Pace
from bot.parsing.page import parse_page
from bot.sandbox.arxiv import arxiv_app, render_entry, render_feed
from bot.sandbox.server import serve
from tests.records import make_record, read_abstracts, record_finder

IDS = [f"2401.{number:05}" for number in range(1, 13)]


@contextmanager
def asking(app: Starlette) -> Iterator[ArxivRecords]:
    with serve(app) as base, open_client(Http(timeout_seconds=5)) as client:
        yield ArxivRecords(client, f"{base}/api/query", pace=Pace(0), max_bytes=1_000_000)


def answering(*answers: Response | Callable[[Request], Response]) -> Starlette:
    """A server that gives these answers in turn, the last one for ever."""
    left = list(answers)

    def answer(request: Request) -> Response:
        reply = left.pop(0) if len(left) > 1 else left[0]
        return reply if isinstance(reply, Response) else reply(request)

    return Starlette(routes=[Route("/api/query", answer)])


def test_twelve_papers_cost_one_request() -> None:
    """arXiv gives ten unless asked for more."""
    app = arxiv_app(make_record)
    with asking(app) as records:
        found = records.fetch_records(IDS)
    assert found == {id_: make_record(id_) for id_ in IDS}
    assert len(app.state.queries) == 1


def test_more_than_a_hundred_are_asked_in_parts() -> None:
    app = arxiv_app(make_record)
    with asking(app) as records:
        found = records.fetch_records([f"2402.{number:05}" for number in range(130)])
    assert [len(query) for query in app.state.queries] == [100, 30]
    assert len(found) == 130


def test_an_unknown_id_is_absent() -> None:
    with asking(arxiv_app({IDS[0]: make_record(IDS[0])})) as records:
        assert list(records.fetch_records(IDS[:2])) == [IDS[0]]


def test_one_unknown_id_alone_is_no_failure() -> None:
    with asking(arxiv_app({})) as records:
        assert records.fetch_records(IDS[:1]) == {}


def test_nothing_asked_is_nothing_sent() -> None:
    app = arxiv_app(make_record)
    with asking(app) as records:
        assert records.fetch_records(["2413.00001", "not an id", "2401.1&x=y"]) == {}
    assert app.state.queries == []


def test_a_paper_that_was_not_asked_for_is_left_out() -> None:
    body = render_feed(render_entry(make_record("2499.00001")) + render_entry(make_record(IDS[0])))
    with asking(answering(Response(body))) as records:
        assert list(records.fetch_records(IDS[:2])) == [IDS[0]]


@pytest.mark.parametrize("status", [200, 400])
def test_a_refused_id_costs_only_its_own_record(status: int) -> None:
    def answer(request: Request) -> Response:
        ids = request.query_params["id_list"].split(",")
        if IDS[4] in ids:
            error = (
                "<entry><id>http://arxiv.org/api/errors#x</id><title>Error</title>"
                f"<summary>incorrect id format for {IDS[4]}</summary></entry>"
            )
            return Response(render_feed(error), status_code=status)
        return Response(render_feed("".join(render_entry(make_record(id_)) for id_ in ids)))

    with asking(answering(answer)) as records:
        found = records.fetch_records(IDS)
    assert list(found) == [id_ for id_ in IDS if id_ != IDS[4]]


def test_a_feed_that_is_empty_once_is_asked_again() -> None:
    whole = Response(render_feed(render_entry(make_record(IDS[0]))))
    with asking(answering(Response(render_feed("")), whole)) as records:
        assert list(records.fetch_records(IDS[:2])) == [IDS[0]]


@pytest.mark.parametrize(
    "answer",
    [
        PlainTextResponse("Rate exceeded."),
        HTMLResponse("<html>arXiv is being served by pigeons today</html>"),
        Response(render_feed("")),
        Response(render_feed("<entry>")[:-20]),
        Response("", status_code=503),
    ],
)
def test_an_answer_that_is_no_feed_is_tried_later(answer: Response) -> None:
    with asking(answering(answer)) as records, pytest.raises(Unavailable) as caught:
        records.fetch_records(IDS)
    assert "12 papers from 2401.00001" in str(caught.value) or "12 ids" in str(caught.value)
    assert "it will be tried again" in str(caught.value)


def test_the_wait_arxiv_asks_for_is_handed_on() -> None:
    answer = Response("", status_code=429, headers={"Retry-After": "3600"})
    with asking(answering(answer)) as records, pytest.raises(Unavailable) as caught:
        records.fetch_records(IDS)
    assert caught.value.retry_after == 3600


def test_being_shut_out_is_not_halved_into_many_requests() -> None:
    asked: list[str] = []

    def answer(request: Request) -> Response:
        asked.append(request.query_params["id_list"])
        return Response("", status_code=403)

    with asking(answering(answer)) as records, pytest.raises(Rejected, match="arxiv: 403"):
        records.fetch_records(IDS)
    assert len(asked) == 1


def test_two_turns_are_a_pause_apart() -> None:
    """The pause counts from the end of the last turn; a turn that comes late does not wait."""
    now = 100.0
    slept: list[float] = []
    pace = Pace(3, sleep=slept.append, clock=lambda: now)
    with pace.turn():
        now = 105.0
    now = 106.0
    with pace.turn():
        pass
    now = 120.0
    with pace.turn():
        pass
    assert slept == [2.0]


def test_made_up_records_have_the_size_and_the_tex_of_real_ones() -> None:
    abstracts = [make_record(f"2405.{number:05}").abstract for number in range(200)]
    assert all(900 <= len(abstract) <= 1800 for abstract in abstracts)
    assert 20 < sum("$" in abstract or "\\" in abstract for abstract in abstracts) < 100
    assert make_record("2405.00001") == make_record("2405.00001")


@pytest.mark.parametrize(
    ("year", "key", "outside"),
    [(2023, "2023-10-16", 1), (2024, "2024-07-29", 0), (2026, "2026-03-23", 0)],
)
def test_a_real_issue_costs_one_request(shared: Path, year: int, key: str, outside: int) -> None:
    page = shared / "data" / "dair" / "snapshot" / "years" / f"{year}.md"
    issues = parse_page(page.read_text(encoding="utf-8"), url=f"years/{year}.md").issues
    (issue,) = [issue for issue in issues if issue.key == key]
    ids = [paper.arxiv_id for paper in issue.papers if paper.arxiv_id]
    app = arxiv_app(record_finder(shared))
    with asking(app) as records:
        found = records.fetch_records(ids)
    assert len(app.state.queries) == 1
    assert list(found) == ids
    assert len(issue.papers) - len(ids) == outside


def test_real_abstracts_arrive_as_they_are_known(shared: Path) -> None:
    abstracts = read_abstracts(shared)
    with asking(arxiv_app(record_finder(shared))) as records:
        found = records.fetch_records(list(abstracts))
    assert len(abstracts) == 191
    assert {id_: record.abstract for id_, record in found.items()} == abstracts
