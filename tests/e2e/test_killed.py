"""SIGKILL at many moments: the same command goes on, with one topic and no call paid for twice."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.e2e.nursery import Nursery
from tests.e2e.stage import Parts, open_stage
from tests.e2e.trials import (
    FORUM,
    Moment,
    Outcome,
    measure,
    places,
    run_whole,
    start_beside,
    try_moment,
)

AT_THE_MODEL = (
    Moment("before any answer", answers=0),
    Moment("one call at a time, after 4 answers", answers=4, parallel=1),
    Moment("four calls in flight, after 5 answers", answers=5),
)
AT_THE_FORUM = (
    Moment("while it looks for the topic", request=4),
    Moment("before the topic is created", request=11),
    Moment("when the topic is created and the answer lost", request=11, after=True),
    Moment("when the first reply is written and the answer lost", request=15, after=True),
    Moment("when the links are filled in and the answer lost", request=26, after=True),
)
FORGOTTEN = Moment("with its database deleted", request=15, after=True, forget=True)
UNFORKED = Moment("started as python -m bot", answers=5)
KILLED = (*AT_THE_MODEL, *AT_THE_FORUM, UNFORKED)
_AT_ONCE = 4


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("killed")


@pytest.fixture(scope="module")
def outcomes(folder: Path, nursery: Nursery) -> Iterator[dict[str, Future[Outcome]]]:
    """All trials, some at a time: much of theirs is waiting for requests that may still be at
    work on the forum."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        begun = {"whole": pool.submit(run_whole, folder / "whole", nursery)}
        begun["taken over"] = pool.submit(take_over, folder / "over", nursery)
        begun["beside"] = pool.submit(run_beside, folder / "beside", nursery)
        for number, moment in enumerate((*KILLED, FORGOTTEN)):
            place = folder / str(number)
            parent = None if moment is UNFORKED else nursery
            begun[moment.name] = pool.submit(try_moment, place, parent, moment)
        yield begun


@pytest.fixture(scope="module")
def whole(outcomes: dict[str, Future[Outcome]]) -> Outcome:
    return outcomes["whole"].result()


def take_over(folder: Path, nursery: Nursery) -> Outcome:
    """The process that worked dies; the one that waited for it finishes."""
    with open_stage(folder, nursery, Parts(forum=FORUM)) as stage:
        first, second = start_beside(stage)
        first.kill()
        stage.model.wait_until_free()
        stage.model.allowed = None
        return measure(stage, second.wait())


def run_beside(folder: Path, nursery: Nursery) -> Outcome:
    """Both processes live and reach the forum at about the same time."""
    with open_stage(folder, nursery, Parts(forum=FORUM)) as stage:
        first, second = start_beside(stage)
        stage.model.allowed = None
        assert first.wait().status == 0
        return measure(stage, second.wait())


def assert_complete(outcome: Outcome, whole: Outcome) -> None:
    """One topic with every post once, saying what an undisturbed run says."""
    assert outcome.ran.status == 0, outcome.ran.err
    (topic,) = outcome.topics
    assert places(topic) == [(number, 4) for number in range(1, 5)]
    assert [post.raw for post in topic.posts] == [post.raw for post in whole.topics[0].posts]


def test_an_undisturbed_run_needs_replies(whole: Outcome) -> None:
    """Or the moments below would not be what they are called."""
    assert whole.ran.status == 0
    assert places(whole.topics[0]) == [(1, 4), (2, 4), (3, 4), (4, 4)]


@pytest.mark.parametrize("moment", KILLED, ids=lambda moment: moment.name)
def test_a_killed_run_is_finished_by_the_next(
    moment: Moment, outcomes: dict[str, Future[Outcome]], whole: Outcome
) -> None:
    assert_complete(outcomes[moment.name].result(), whole)


@pytest.mark.parametrize("moment", KILLED, ids=lambda moment: moment.name)
def test_no_question_is_asked_again_that_had_its_answer(
    moment: Moment, outcomes: dict[str, Future[Outcome]], whole: Outcome
) -> None:
    """Both runs together ask what an undisturbed one asks."""
    assert outcomes[moment.name].result().asked == whole.asked


def test_without_its_database_the_topic_is_adopted(
    outcomes: dict[str, Future[Outcome]], whole: Outcome
) -> None:
    outcome = outcomes[FORGOTTEN.name].result()
    assert_complete(outcome, whole)
    assert outcome.ran.json()["actions"][0]["action"] == "adopt"


def test_a_waiting_process_takes_over_from_one_that_died(
    outcomes: dict[str, Future[Outcome]], whole: Outcome
) -> None:
    outcome = outcomes["taken over"].result()
    assert_complete(outcome, whole)
    assert outcome.asked == whole.asked


def test_two_processes_at_once_make_one_topic(
    outcomes: dict[str, Future[Outcome]], whole: Outcome
) -> None:
    outcome = outcomes["beside"].result()
    assert_complete(outcome, whole)
    assert outcome.asked == whole.asked
