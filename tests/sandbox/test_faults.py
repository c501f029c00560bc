"""The switchboard: what goes wrong on request, in this process and from another."""

from __future__ import annotations

import httpx
import pytest

from bot.sandbox.forum import EmbeddedForum, Fault, FaultKind
from bot.sandbox.forum.faults import parse_fault
from tests.sandbox.forum_client import Client, errors

JSON, TEXT, HTML = "application/json; charset=utf-8", "text/plain; charset=utf-8", "text/html"


@pytest.mark.parametrize(
    ("kind", "status", "content_type"),
    [
        (FaultKind.ERROR, 500, JSON),
        (FaultKind.RATE_LIMITED, 429, JSON),
        (FaultKind.RATE_LIMITED_BARE, 429, JSON),
        (FaultKind.RATE_LIMITED_TEXT, 429, TEXT),
        (FaultKind.RATE_LIMITED_HTML, 429, HTML),
        (FaultKind.READ_ONLY, 503, JSON),
        (FaultKind.OVERLOADED, 503, TEXT),
        (FaultKind.UNAVAILABLE_HTML, 503, HTML),
        (FaultKind.BAD_GATEWAY, 502, HTML),
        (FaultKind.HTML, 200, HTML),
    ],
)
@pytest.mark.parametrize("committed", [False, True])
def test_an_answer_is_replaced_before_or_after_the_commit(
    client: Client, forum: EmbeddedForum, kind: FaultKind, status: int, content_type: str,
    committed: bool,
) -> None:  # fmt: skip
    forum.faults.add(Fault(kind, "POST", "/posts", committed=committed))
    answer = client.topic()
    assert (answer.status_code, answer.headers["content-type"]) == (status, content_type)
    assert len(forum.topics()) == committed


@pytest.mark.parametrize("committed", [False, True])
def test_a_connection_is_dropped_before_or_after_the_commit(
    client: Client, forum: EmbeddedForum, committed: bool
) -> None:
    forum.faults.add(Fault(FaultKind.DROP, "POST", "/posts", committed=committed))
    with pytest.raises(httpx.TransportError):
        client.topic()
    assert len(forum.topics()) == committed
    assert client.topic().status_code == 200


@pytest.mark.parametrize("committed", [False, True])
def test_a_stalled_answer_outlasts_the_clients_patience(
    client: Client, forum: EmbeddedForum, committed: bool
) -> None:
    forum.faults.add(Fault(FaultKind.STALL, "POST", "/posts", committed=committed, seconds=0.5))
    client.http.timeout = httpx.Timeout(0.2)
    with pytest.raises(httpx.ReadTimeout):
        client.topic()
    assert len(forum.topics()) == committed


def test_6_3_a_rate_limit_says_how_long(client: Client, forum: EmbeddedForum) -> None:
    forum.faults.add(Fault(FaultKind.RATE_LIMITED, seconds=7))
    answer = client.get("/site.json")
    assert answer.headers["Retry-After"] == "7"
    assert answer.json()["extras"]["wait_seconds"] == 7
    forum.faults.add(Fault(FaultKind.RATE_LIMITED_TEXT, seconds=3))
    assert client.get("/site.json").headers["Retry-After"] == "3"


def test_a_bare_rate_limit_has_no_extras(client: Client, forum: EmbeddedForum) -> None:
    forum.faults.add(Fault(FaultKind.RATE_LIMITED_BARE))
    answer = client.get("/site.json")
    assert errors(answer)
    assert "extras" not in answer.json()
    assert "Retry-After" not in answer.headers


def test_a_fault_meets_the_nth_matching_call(client: Client, forum: EmbeddedForum) -> None:
    forum.faults.add(Fault(FaultKind.BAD_GATEWAY, "GET", "/t/external_id/*", nth=2, times=2))
    statuses = []
    for _ in range(4):
        client.get("/site.json")
        statuses.append(client.get("/t/external_id/x.json").status_code)
    assert statuses == [404, 502, 502, 404]


def test_a_fault_may_last_until_it_is_cleared(client: Client, forum: EmbeddedForum) -> None:
    forum.faults.add(Fault(FaultKind.OVERLOADED, times=0))
    assert {client.get("/site.json").status_code for _ in range(3)} == {503}
    forum.faults.clear()
    assert client.get("/site.json").status_code == 200


def test_calls_are_counted_with_the_fault_they_met(client: Client, forum: EmbeddedForum) -> None:
    forum.faults.add(Fault(FaultKind.ERROR, "POST"))
    client.get("/site.json")
    client.topic()
    seen = [(call.method, call.path, call.fault and call.fault.kind) for call in forum.faults.calls]
    assert seen == [("GET", "/site", None), ("POST", "/posts", FaultKind.ERROR)]
    forum.faults.forget_calls()
    assert forum.faults.calls == ()


def test_another_process_steers_over_http(client: Client, forum: EmbeddedForum) -> None:
    fault = {"kind": "bad_gateway", "method": "POST", "path": "/posts", "committed": True}
    client.http.post("/sandbox/faults", json=fault).raise_for_status()
    assert client.topic().status_code == 502
    topics = client.http.get("/sandbox/topics").json()["topics"]
    assert [topic["posts"][0]["author"] for topic in topics] == ["jubo"]
    calls = client.http.get("/sandbox/calls").json()["calls"]
    assert calls == [{"method": "POST", "path": "/posts", "fault": "bad_gateway"}]
    assert client.http.delete("/sandbox/faults").json() == {"faults": []}
    assert client.http.delete("/sandbox/calls").json() == {"calls": []}


@pytest.mark.parametrize(
    "values", [{"kind": "nothing"}, {"kind": "drop", "often": 1}, {"kind": "drop", "nth": "x"}]
)
def test_a_fault_that_makes_no_sense_is_refused(client: Client, values: dict[str, object]) -> None:
    assert client.http.post("/sandbox/faults", json=values).status_code == 400
    with pytest.raises(ValueError, match=r"."):
        parse_fault(values)
