"""The plan for a topic, from values alone: what is written, kept, held or waited for."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.model.publication import Plan, Publication, PublicationState, Standing
from bot.model.topic import ActionKind, Digest, ForumLimits, ForumPost, PendingPost, Topic
from bot.planning.topic import Rules, choose_tags, find_picture_hash, plan_topic
from tests.digests import EXTERNAL_ID, TITLE, a_digest
from tests.fakes import NOW

RULES = Rules("jubo", "https://discuss.example.org")
RECORD = Publication(EXTERNAL_ID, "example", "2024-01-29", "ko")
OTHER_TITLE = TITLE.replace("01/29", "01/28")


def a_topic(digest: Digest, **changes: Any) -> Topic:
    """The digest as it stands, written by the bot."""
    posts = tuple(
        ForumPost(100 + post.number, 7, post.number, "jubo", post.raw) for post in digest.posts
    )
    topic = Topic(7, digest.title, "t", "jubo", posts, 2, digest.tags, created_at=NOW)
    return replace(topic, **changes)


def recorded(digest: Digest, **changes: Any) -> Publication:
    record = replace(RECORD, topic_id=7, title=digest.title, tags=digest.tags)
    return replace(record, **changes)


def plan(
    digest: Digest,
    standing: Standing | None = None,
    record: Publication = RECORD,
    rules: Rules = RULES,
    now: datetime = NOW,
) -> Plan:
    return plan_topic(digest, standing or Standing(), record, rules, now)


def kinds(result: Plan) -> list[ActionKind]:
    return [action.kind for action in result.actions]


@pytest.mark.parametrize("state", [PublicationState.SKIPPED, PublicationState.UNLISTED])
def test_a_publication_that_is_over_says_why(state: PublicationState) -> None:
    result = plan(a_digest(), record=replace(RECORD, state=state, reason="refused there"))
    assert [action.reason for action in result.actions] == ["refused there"]
    result = plan(a_digest(), record=replace(RECORD, state=state))
    assert result.actions[0].reason == f"this publication is {state.value}"
    assert kinds(result) == [ActionKind.NOTHING]
    assert result.state is state


def test_what_fits_exactly_is_published() -> None:
    digest = a_digest()
    size, title = len(digest.posts[0].raw), len(digest.title)
    fits = ForumLimits(max_post_length=size, min_title_length=title, max_title_length=title)
    assert kinds(plan(digest, rules=replace(RULES, limits=fits))) == [ActionKind.CREATE_TOPIC]
    for tight in (
        replace(fits, max_post_length=size - 1),
        replace(fits, min_title_length=title + 1, max_title_length=title + 1),
        replace(fits, min_title_length=title - 1, max_title_length=title - 1),
    ):
        assert kinds(plan(digest, rules=replace(RULES, limits=tight))) == [ActionKind.HOLD]


def test_a_new_topic_is_planned_as_published_and_a_rival_leaves_it_planned() -> None:
    assert plan(a_digest()).state is PublicationState.PUBLISHED
    rival = Topic(9, "x" * 81, "t", "")
    result = plan(a_digest(), Standing(rivals=(rival,)))
    assert result.state is PublicationState.PLANNED
    assert result.actions[0].reason.startswith(
        f"somebody already has a topic for these days, '{'x' * 80}';"
    )


def test_a_post_in_the_queue_is_waited_for_and_a_refused_one_sent_again_only_when_asked() -> None:
    digest, queued = a_digest(), replace(RECORD, pending_id=3)
    waiting = Standing(pending=(PendingPost(3, digest.title, digest.posts[0].raw),))
    for result in (
        plan(digest, waiting),
        plan(digest, waiting, queued),
        plan(digest, Standing(blind=("queue",)), queued),
    ):
        assert (kinds(result), result.state) == ([ActionKind.WAIT], PublicationState.QUEUED)
    refused = plan(digest, record=queued)
    assert (kinds(refused), refused.state) == ([ActionKind.HOLD], PublicationState.QUEUED)
    asked = plan(digest, record=queued, rules=replace(RULES, asked=True))
    assert kinds(asked) == [ActionKind.CREATE_TOPIC]


def test_an_unreadable_queue_keeps_nothing_back_that_was_never_queued() -> None:
    assert kinds(plan(a_digest(), Standing(blind=("queue",)))) == [ActionKind.CREATE_TOPIC]


def test_only_a_digest_that_shows_its_picture_uploads_it_and_only_once() -> None:
    digest = a_digest(picture=b"png")
    upload = ActionKind.UPLOAD_IMAGE
    known = replace(RECORD, picture="upload://a.png", picture_hash=find_picture_hash(digest))
    assert upload in kinds(plan(digest))
    assert upload not in kinds(plan(digest, record=known))
    assert upload in kinds(plan(digest, record=replace(known, picture_hash="of other bytes")))
    assert upload not in kinds(plan(replace(digest, picture=None)))
    assert upload not in kinds(plan(replace(a_digest(), picture=b"png")))
    assert find_picture_hash(a_digest()) is None


def test_a_topic_shown_as_deleted_is_a_decision() -> None:
    digest = a_digest()
    result = plan(digest, Standing(a_topic(digest, deleted=True)), recorded(digest))
    assert (kinds(result), result.state) == ([ActionKind.NOTHING], PublicationState.SKIPPED)
    assert "was deleted on the forum" in result.actions[0].reason


def test_a_topic_of_somebody_else_that_was_adopted_is_left_as_it_is() -> None:
    theirs = Topic(7, TITLE, "t", "reader", (ForumPost(1, 7, 1, "reader", "손으로."),))
    result = plan(a_digest(), Standing(theirs), recorded(a_digest()))
    assert (kinds(result), result.state) == ([ActionKind.NOTHING], PublicationState.PUBLISHED)
    assert result.actions[0].reason == "topic 7 is reader's; it is left as it is"


@pytest.mark.parametrize(
    ("sent", "stands", "planned"),
    [
        (OTHER_TITLE, OTHER_TITLE, [ActionKind.SET_TITLE]),
        (OTHER_TITLE, TITLE, [ActionKind.NOTHING]),
        (TITLE, "사람이 고친 제목입니다, 그대로 둡니다", [ActionKind.NOTHING]),
        (OTHER_TITLE, "사람이 고친 제목입니다, 그대로 둡니다", [ActionKind.NOTHING]),
    ],
)
def test_a_title_is_set_only_where_nobody_else_set_one(
    sent: str, stands: str, planned: list[ActionKind]
) -> None:
    digest = a_digest()
    result = plan(digest, Standing(a_topic(digest, title=stands)), recorded(digest, title=sent))
    assert kinds(result) == planned
    kept = "a person changed its title; it is kept"
    by_hand = stands not in {TITLE, OTHER_TITLE} and sent != TITLE
    assert (result.actions[0].reason == kept) is by_hand


@pytest.mark.parametrize(
    ("sent", "stands", "planned"),
    [
        (("paper",), ("paper",), ActionKind.SET_TAGS),
        (("paper",), ("paper", "weekly"), ActionKind.NOTHING),
        (("paper",), ("paper", "weekly", "by-a-person"), ActionKind.NOTHING),
        (("paper", "weekly"), ("by-a-person",), ActionKind.NOTHING),
    ],
)
def test_tags_are_set_only_where_the_digests_own_changed_and_are_missing(
    sent: tuple[str, ...], stands: tuple[str, ...], planned: ActionKind
) -> None:
    digest = a_digest()
    result = plan(digest, Standing(a_topic(digest, tags=stands)), recorded(digest, tags=sent))
    assert kinds(result) == [planned]


def test_a_forum_without_tagging_gets_no_tags_and_others_so_many_as_they_take() -> None:
    assert choose_tags(a_digest(), ForumLimits(tagging=False)) == ()
    assert choose_tags(a_digest(), ForumLimits(max_tags=1)) == ("paper",)


def test_from_the_day_after_its_thirtieth_a_topics_title_and_tags_are_asked_about() -> None:
    digest = a_digest()
    record = recorded(digest, title=OTHER_TITLE, tags=("paper",))
    standing = Standing(a_topic(digest, title=OTHER_TITLE, tags=("paper",)))
    last = NOW + timedelta(days=30)
    edits = [ActionKind.SET_TITLE, ActionKind.SET_TAGS]
    later = last + timedelta(microseconds=1)
    assert kinds(plan(digest, standing, record, now=last)) == edits
    assert kinds(plan(digest, standing, record, now=later)) == [ActionKind.HOLD] * 2
    assert kinds(plan(digest, standing, record, replace(RULES, asked=True), later)) == edits
    undated = Standing(a_topic(digest, title=OTHER_TITLE, tags=("paper",), created_at=None))
    assert kinds(plan(digest, undated, record, now=later)) == edits


def test_a_recorded_topic_that_is_found_nowhere_is_not_created_again() -> None:
    result = plan(a_digest(), record=recorded(a_digest()))
    assert (kinds(result), result.state) == ([ActionKind.NOTHING], PublicationState.SKIPPED)
    assert result.actions[0].reason.startswith("topic 7 was deleted on the forum")


def test_a_picture_is_known_again_by_the_hash_the_forum_uses() -> None:
    """The SHA-1 of "abc" is a published example of the standard."""
    assert find_picture_hash(a_digest(picture=b"abc")) == "a9993e364706816aba3e25717850c26c9cd0d89d"
