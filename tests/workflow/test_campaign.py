"""A short fault campaign; the full one is ``python -m tests.bench campaign``."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from bot.sandbox.forum import EmbeddedForum, Fault, FaultKind
from tests.bench.campaign import Tally, Trial, choose_kills, run_faults, run_kills, run_stops
from tests.bench.stage import open_stage
from tests.bench.victim import open_victims


def test_whatever_call_fails_there_is_one_topic() -> None:
    """Every call of an edition of two posts meets each fault in turn."""
    tally = Tally()
    faults = [
        Fault(FaultKind.DROP, committed=True),
        Fault(FaultKind.HTML),
        Fault(FaultKind.QUEUE),
    ]
    with open_stage() as (stage, url):
        run_faults(stage, url, tally, 2, faults)
    assert tally.injected.total() >= 45
    assert not tally.wrong, tally.render()


def test_wherever_a_run_stops_there_is_one_topic() -> None:
    """Every seventh boundary, with the database and with an empty one."""
    tally = Tally()
    with open_stage() as (stage, url):
        run_stops(stage, url, tally, 3, step=7)
    assert tally.injected.total() >= 20
    assert not tally.wrong, tally.render()


def test_wherever_a_process_is_killed_there_is_one_topic() -> None:
    """A real SIGKILL, a real database; the places follow from the seed."""
    tally = Tally()
    with open_stage() as (stage, url), open_victims() as victims:
        kills = choose_kills(stage, url, 8, random.Random(2024), (2, 3))
        run_kills(stage, url, tally, victims, kills)
    assert tally.injected.total() == 8
    assert not tally.wrong, tally.render()


def _duplicate_topic(forum: EmbeddedForum) -> None:
    topic = forum.topics()[0]
    forum.write_topic(topic.title, topic.posts[0].raw, author="jubo")


def _repeat_reply(forum: EmbeddedForum) -> None:
    topic = forum.topics()[0]
    forum.write_reply(topic.topic_id, topic.posts[1].raw, author="jubo")


def _change_text(forum: EmbeddedForum) -> None:
    post = forum.topics()[0].posts[1]
    forum.edit(post.post_id, post.raw.replace("에이전트", "대리인"))


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        (_duplicate_topic, "duplicate topics: 1"),
        (_repeat_reply, "repeated replies: [1, 2, 3, 2]"),
        (_change_text, "differing texts: post 2"),
        (
            lambda forum: forum.delete_post(forum.topics()[0].posts[1].post_id),
            "missing replies: [2]",
        ),
        (lambda forum: forum.delete_topic(forum.topics()[0].topic_id), "missing topics: 1"),
    ],
)
def test_the_campaign_sees_what_is_wrong(
    damage: Callable[[EmbeddedForum], None], problem: str
) -> None:
    """A judge that never finds anything proves nothing."""
    with open_stage() as (stage, url):
        trial = Trial(stage, url, 3)
        trial.finish()
        assert trial.find_problems() == []
        damage(stage.forum)
        assert problem in trial.find_problems()
