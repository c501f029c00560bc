"""Two forums in one language: what the model said for the first serves the second."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.sandbox.forum import BOT, EmbeddedForum, open_forum, serve_forum
from bot.sandbox.week import KEY
from tests.e2e.nursery import Nursery
from tests.e2e.process import Ran
from tests.e2e.stage import Stage, open_stage


@pytest.fixture(scope="module")
def second() -> Iterator[tuple[EmbeddedForum, str]]:
    forum = open_forum()
    with serve_forum(forum) as url:
        yield forum, url
    forum.close()


@pytest.fixture(scope="module")
def stage(
    tmp_path_factory: pytest.TempPathFactory,
    nursery: Nursery,
    second: tuple[EmbeddedForum, str],
) -> Iterator[Stage]:
    forum, url = second
    with open_stage(tmp_path_factory.mktemp("outlets"), nursery) as stage:
        stage.jubo.secrets = {**stage.jubo.secrets, "SECOND_API_KEY": forum.add_key(BOT)}
        other = stage.outlet(url=url, api_key="${SECOND_API_KEY}", category=1, tags=[])
        stage.configure(outlets={"other": other})
        yield stage


@pytest.fixture(scope="module")
def checked(stage: Stage) -> tuple[int, Ran, int]:
    """Publish to the first, count the model's answers, check both, count again."""
    assert stage.jubo("--outlet", "example", "publish", "latest").status == 0
    before = len(stage.model.answered)
    ran = stage.jubo("--outlet", "other", "publish", KEY, "--json")
    return before, ran, len(stage.model.answered)


def test_the_second_outlet_costs_no_model_call(checked: tuple[int, Ran, int]) -> None:
    before, ran, after = checked
    assert ran.status == 0
    assert after == before > 0


def test_both_forums_hold_the_topic(
    checked: tuple[int, Ran, int], stage: Stage, second: tuple[EmbeddedForum, str]
) -> None:
    (first,) = stage.topics()
    (other,) = [topic for topic in second[0].topics() if topic.author == BOT]
    assert first.external_id == other.external_id
    assert (first.category, other.category) == (2, 1)


def test_status_tells_the_outlets_apart(checked: tuple[int, Ran, int], stage: Stage) -> None:
    rows = stage.jubo("status", "--json").json()["issues"]
    assert {(row["outlet"], row["key"], row["state"]) for row in rows} == {
        ("example", KEY, "published"),
        ("other", KEY, "published"),
    }


def test_one_must_be_chosen_where_there_are_several(stage: Stage) -> None:
    ran = stage.jubo("publish", "latest")
    assert (ran.status, ran.err) == (2, "jubo: choose one with --outlet: example, other\n")
