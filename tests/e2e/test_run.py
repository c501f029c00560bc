"""``jubo run``: does what is due, keeps running, ends on SIGTERM."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.nursery import Nursery
from tests.e2e.process import Running
from tests.e2e.stage import Stage, open_stage

_SECONDS = 60


@pytest.fixture
def stage(tmp_path: Path, nursery: Nursery) -> Iterator[Stage]:
    with open_stage(tmp_path, nursery) as stage:
        stage.configure(policy={"papers": 10}, schedule={"jitter_seconds": 0})
        yield stage


def wait_for(running: Running, text: str) -> None:
    deadline = time.monotonic() + _SECONDS
    while text not in running.printed():
        assert time.monotonic() < deadline, running.printed()
        time.sleep(0.05)


def test_the_due_work_is_done_at_the_start_and_sigterm_ends_it(stage: Stage) -> None:
    running = stage.jubo.start("run")
    wait_for(running, "checked: ")
    assert len(stage.topics()) == 1
    begun = time.monotonic()
    running.stop()
    ran = running.wait()
    assert (ran.status, ran.out) == (0, "")
    assert time.monotonic() - begun < 10
    assert "SIGTERM: finishing the step in hand" in ran.err


def test_the_work_in_hand_is_finished_before_it_ends(stage: Stage) -> None:
    stage.model.allowed = 5
    running = stage.jubo.start("run")
    stage.model.wait_until_hanging(4)
    running.stop()
    wait_for(running, "SIGTERM")
    stage.model.allowed = None
    assert running.wait().status == 0
    assert len(stage.topics()) == 1
