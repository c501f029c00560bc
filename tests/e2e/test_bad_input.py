"""Whatever the services answer: one line that names service, thing and next step, and a later run
that goes on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox.completions import Fault as ModelFault
from bot.sandbox.forum import Fault, FaultKind
from bot.sandbox.server import serve
from bot.sandbox.week import KEY
from tests.e2e.nursery import Nursery
from tests.e2e.process import Ran
from tests.e2e.stage import Stage, open_stage

HTML = "<html><head><title>Just a moment</title></head><body>checking</body></html>"
NO_PAPERS = "## Top AI Papers of the Week (April 6 - April 12) - 2026\n\nSoon.\n\n"


@pytest.fixture
def stage(tmp_path: Path, nursery: Nursery) -> Iterator[Stage]:
    with open_stage(tmp_path, nursery) as stage:
        stage.configure(outlets={"example": stage.outlet(attempts=1)})
        yield stage


def assert_one_line(ran: Ran, status: int, *parts: str) -> None:
    """The last line is ours and holds the parts in this order; nothing else is an error."""
    assert (ran.status, ran.out) == (status, "")
    line = ran.last_line()
    assert line.startswith("jubo: ")
    places = [line.find(part) for part in parts]
    assert -1 not in places, line
    assert places == sorted(places), line
    assert ran.err.count("jubo: ") == 1


def assert_goes_on(stage: Stage) -> None:
    """The same command, with the service well again, leaves one topic."""
    ran = stage.jubo("publish", "latest", "--json")
    assert ran.status == 0, ran.err
    assert len(stage.topics()) == 1


def test_html_instead_of_pages(stage: Stage) -> None:
    pages = dict(stage.site.files)
    for path in pages:
        stage.site.files[path] = HTML
    ran = stage.jubo("publish", "latest")
    assert_one_line(
        ran, 1, "pages: ", "/pages/README.md: is HTML, not Markdown", "mend sources.pages"
    )
    stage.site.files.update(pages)
    assert_goes_on(stage)


def test_a_check_keeps_the_last_good_state_while_pages_are_html(stage: Stage) -> None:
    stage.jubo("check")
    before = stage.jubo("status", "--json").json()
    pages = dict(stage.site.files)
    for path in pages:
        stage.site.files[path] = HTML
    ran = stage.jubo("check", "--json")
    assert ran.status == 75
    assert "/pages/README.md: is HTML" in ran.json()["checked"][0]["failure"]
    after = stage.jubo("status", "--json").json()
    assert after["issues"] == before["issues"]
    assert after["failure"]
    stage.site.files.update(pages)
    assert stage.jubo("check").status == 0


def test_an_issue_without_papers_is_not_published(stage: Stage) -> None:
    page = stage.site.files["years/2026.md"]
    head, mark, rest = page.partition("## Top AI")
    stage.site.files["years/2026.md"] = head + NO_PAPERS + mark + rest
    ran = stage.jubo("check", "--json")
    assert ran.status == 0
    decisions = {each["key"]: each for each in ran.json()["checked"][0]["decisions"]}
    assert decisions["2026-04-06"]["action"] == "hold"
    assert_one_line(stage.jubo("publish", "latest"), 1, "pages: issue 2026-04-06", "; ")
    assert stage.topics() == []
    assert stage.jubo("publish", KEY).status == 0


def test_an_arxiv_error_page_with_status_200(stage: Stage) -> None:
    with serve(_always(HTML, "text/html")) as url:
        stage.configure(arxiv={"api_url": f"{url}/api/query"})
        ran = stage.jubo("publish", "latest")
    assert ran.status in {1, 75}
    assert_one_line(ran, ran.status, "arxiv: ", "; ")
    stage.configure()
    assert_goes_on(stage)


@dataclass(frozen=True, slots=True)
class Stopped:
    """A fault of the model that ends a run, and what is said of it."""

    fault: ModelFault
    status: int
    says: str


@pytest.mark.parametrize(
    "stopped",
    [
        Stopped(ModelFault.QUOTA, 1, "top it up"),
        Stopped(ModelFault.BAD_KEY, 1, "check model.api_key"),
        Stopped(ModelFault.RATE_LIMIT, 75, "try again later"),
        Stopped(ModelFault.SERVER_ERROR, 75, "try again later"),
        Stopped(ModelFault.HTML, 75, "check model.base_url"),
        Stopped(ModelFault.BROKEN, 75, "check model.base_url"),
    ],
    ids=lambda stopped: stopped.fault.value,
)
def test_a_model_that_does_not_answer(stage: Stage, stopped: Stopped) -> None:
    stage.behaviour.faults.extend([stopped.fault] * 50)
    ran = stage.jubo("publish", "latest")
    assert_one_line(ran, stopped.status, "model: recorded at 127.0.0.1:", stopped.says)
    stage.behaviour.faults.clear()
    assert_goes_on(stage)


@pytest.mark.parametrize(
    "fault",
    [
        ModelFault.NOT_JSON,
        ModelFault.TRUNCATED,
        ModelFault.REFUSAL,
        ModelFault.CONTENT_FILTER,
        ModelFault.EMPTY,
    ],
)
def test_one_useless_reply_is_made_good(stage: Stage, fault: ModelFault) -> None:
    """Asked again in halves, or in the end left in English and said so."""
    stage.behaviour.faults.append(fault)
    assert_goes_on(stage)


@pytest.mark.parametrize(
    "fault", [ModelFault.NOT_JSON, ModelFault.TRUNCATED, ModelFault.REFUSAL, ModelFault.EMPTY]
)
def test_a_model_with_nothing_but_useless_replies_leaves_the_english_marked(
    stage: Stage, fault: ModelFault
) -> None:
    """No placeholder is published as if it were a translation."""
    stage.behaviour.faults.extend([fault] * 1000)
    ran = stage.jubo("build", "latest", "--out", "built", "--json")
    assert ran.status == 0, ran.err
    posts = [(stage.folder / "built" / post["file"]).read_text() for post in ran.json()["posts"]]
    assert "영어 원문을 그대로 싣습니다" in "".join(posts)


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (FaultKind.HTML, 75),
        (FaultKind.READ_ONLY, 75),
        (FaultKind.BAD_GATEWAY, 75),
        (FaultKind.UNAVAILABLE_HTML, 75),
    ],
)
def test_a_forum_that_takes_no_topic(stage: Stage, kind: FaultKind, status: int) -> None:
    stage.forum.faults.add(Fault(kind, method="POST", times=0))
    assert_one_line(stage.jubo("publish", "latest"), status, "discourse: ", "; ")
    assert stage.topics() == []
    stage.forum.faults.clear()
    assert_goes_on(stage)


def test_a_forum_that_answers_everything_in_html(stage: Stage) -> None:
    stage.forum.faults.add(Fault(FaultKind.HTML, times=0))
    assert_one_line(stage.jubo("publish", "latest"), 75, "discourse: ", "; ")
    stage.forum.faults.clear()
    assert_goes_on(stage)


def test_a_wrong_key_of_the_forum(stage: Stage) -> None:
    ran = stage.jubo("publish", "latest", DISCOURSE_API_KEY="0" * 64)
    assert ran.status == 1
    assert ran.out.startswith("hold ")
    assert "the key can neither look up" in ran.out
    assert stage.topics() == []
    assert_goes_on(stage)


def test_no_model_call_is_repeated_after_the_forum_failed(stage: Stage) -> None:
    stage.forum.faults.add(Fault(FaultKind.READ_ONLY, method="POST", times=0))
    stage.jubo("publish", "latest")
    asked = len(stage.model.answered)
    stage.forum.faults.clear()
    assert_goes_on(stage)
    assert len(stage.model.answered) == asked


def _always(text: str, media_type: str) -> Starlette:
    async def answer(_: Request) -> Response:
        return Response(text, media_type=media_type)

    return Starlette(routes=[Route("/{path:path}", answer, methods=["GET", "POST"])])
