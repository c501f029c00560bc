"""A ``jubo publish latest`` that dies at a chosen moment, and the same command after it."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bot.planning.markers import find_marker
from bot.sandbox.forum import ForumSettings, TopicView
from tests.e2e.nursery import Nursery
from tests.e2e.process import Ran, Running
from tests.e2e.stage import Parts, Stage, open_stage

COMMAND = ("publish", "latest", "--json")
FORUM = ForumSettings(math=True, max_post_length=12_000, memo_seconds=0, unique_posts_mins=0)
"""Posts so short that replies are needed; a forum that does not know a repeated text again."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When the process dies: after so many model answers, or at a request to the forum.

    ``parallel`` is how many model calls it has in flight; ``forget`` deletes its database before
    the second run.
    """

    name: str
    answers: int | None = None
    request: int | None = None
    after: bool = False
    parallel: int = 4
    forget: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What stands in the end: the last run, the bot's topics, all questions that were answered."""

    ran: Ran
    topics: tuple[TopicView, ...]
    asked: Counter[bytes]


def run_whole(folder: Path, nursery: Nursery) -> Outcome:
    """Run the command with nothing in its way."""
    with open_stage(folder, nursery, Parts(forum=FORUM)) as stage:
        return measure(stage, stage.jubo(*COMMAND))


def try_moment(folder: Path, nursery: Nursery | None, moment: Moment) -> Outcome:
    """Run the command, let it die at the moment, run it again."""
    with open_stage(folder, nursery, Parts(forum=FORUM)) as stage:
        stage.configure(model={"parallel": moment.parallel})
        _die(stage, moment)
        if moment.forget:
            forget(stage)
        return measure(stage, stage.jubo(*COMMAND))


def _die(stage: Stage, moment: Moment) -> None:
    stage.model.allowed = moment.answers
    stage.forum_tap.kill_at, stage.forum_tap.after = moment.request, moment.after
    running = stage.jubo.start(*COMMAND)
    stage.forum_tap.victim = running.pid
    if moment.answers is not None:
        stage.model.wait_until_hanging(moment.parallel if moment.answers else 1)
        running.kill()
    assert running.wait_for_status() == -9, running.printed()
    stage.model.wait_until_free()
    stage.model.allowed = None
    stage.forum_tap.victim = None


def start_beside(stage: Stage) -> tuple[Running, Running]:
    """Two processes with the same command: one in the middle of its work, one that waits for it."""
    stage.model.allowed = 5
    first = stage.jubo.start(*COMMAND)
    stage.model.wait_until_hanging(4)
    second = stage.jubo.start(*COMMAND)
    wait_for_processes(stage.folder / "jubo.sqlite", 2)
    return first, second


def wait_for_processes(database: Path, count: int) -> None:
    """Return once so many processes have announced themselves."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with closing(sqlite3.connect(database)) as connection:
            if connection.execute("SELECT count(*) FROM jubo_executors").fetchone()[0] >= count:
                return
        time.sleep(0.05)
    raise AssertionError("a process did not start")


def measure(stage: Stage, ran: Ran) -> Outcome:
    """What stands now."""
    return Outcome(ran, tuple(stage.topics()), Counter(stage.model.answered))


def forget(stage: Stage) -> None:
    """Delete the database."""
    for file in stage.folder.glob("jubo.sqlite*"):
        file.unlink()


def places(topic: TopicView) -> list[tuple[int, int]]:
    """Number and total of each post's marker, in the topic's order."""
    marks = [find_marker(post.raw) for post in topic.posts]
    return [(mark.number, mark.total) for mark in marks if mark]
