"""Publishing: one topic, every reply once, and nobody's edit undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from bot.errors import NeedsPerson, Rejected, Unavailable
from bot.model.codec import from_json, to_json
from bot.model.publication import Job, PublicationState, Report
from bot.model.topic import ActionKind, Digest, ForumLimits, Topic
from bot.planning.answers import Outcome
from bot.planning.normal import normalise_raw
from bot.planning.placeholders import fill
from bot.planning.topic import render_plan
from bot.workflow.desk import Desk, Patience
from bot.workflow.publish import preview_plan, publish
from tests.digests import EXTERNAL_ID, TITLE, a_digest
from tests.fakes import (
    NOW,
    FakeForum,
    MemoryPublications,
    lost_reply,
    outage,
    refusal,
    step_at_once,
)


@dataclass
class Bench:
    """A forum, a memory and the sleeps that were asked for."""

    forum: FakeForum = field(default_factory=FakeForum)
    publications: MemoryPublications = field(default_factory=MemoryPublications)
    slept: list[float] = field(default_factory=list)

    def desk(self, run_step: Callable[..., Any] = step_at_once, **changes: Any) -> Desk:
        desk = Desk(
            self.forum, self.publications, NOW, run_step, self.slept.append, Patience(attempts=4)
        )
        return replace(desk, **changes)

    def publish(self, digest: Digest, **changes: Any) -> Report:
        return publish(self.desk(), a_job(digest, **changes))

    def raws(self, topic_id: int | None = None) -> list[str]:
        topics = [topic for topic in self.forum.store.values() if topic.author == "jubo"]
        (topic,) = [topic for topic in topics if topic_id in {None, topic.topic_id}]
        return [post.raw for post in topic.posts if post.author == "jubo" and not post.deleted]

    def topic(self) -> Topic:
        (topic,) = [topic for topic in self.forum.store.values() if topic.author == "jubo"]
        return topic


def a_job(digest: Digest, **changes: Any) -> Job:
    return replace(Job(digest, "example", "2024-01-29", "ko"), **changes)


@pytest.fixture
def bench() -> Bench:
    return Bench()


def finished(digest: Digest, topic: Topic) -> list[str]:
    """The digest's texts as they must stand in that topic."""
    own = [post for post in topic.posts if post.author == "jubo" and not post.deleted]
    paths = {n: f"/t/-/{topic.topic_id}/{post.number}" for n, post in enumerate(own, 1)}
    return [normalise_raw(fill(post.raw, paths)) for post in digest.posts]


@pytest.mark.parametrize("posts", [1, 2, 4])
def test_a_digest_becomes_one_topic_with_its_replies(bench: Bench, posts: int) -> None:
    digest = a_digest(posts)
    report = bench.publish(digest)
    assert bench.raws() == finished(digest, bench.topic())
    assert report.publication.state is PublicationState.PUBLISHED
    assert bench.topic().external_id == EXTERNAL_ID
    assert report.publication.url == f"https://discuss.example.org/t/{bench.topic().topic_id}"


def test_links_into_replies_take_one_edit(bench: Bench) -> None:
    bench.publish(a_digest(4))
    assert [post.version for post in bench.topic().posts] == [2, 1, 1, 1]
    assert bench.topic().posts[0].edit_reason == (
        "jubo: fill in the links to the replies, which now stand"
    )


def test_a_dry_run_shows_what_the_run_then_does(bench: Bench) -> None:
    digest = a_digest(3, picture=b"png")
    plan = preview_plan(bench.desk(), a_job(digest))
    assert bench.forum.store == {}
    assert bench.publications.values == []
    report = bench.publish(digest)
    assert [(one.kind, one.target, one.reason) for one in report.done] == [
        (one.kind, one.target, one.reason) for one in plan.actions
    ]
    assert render_plan(plan).splitlines()[1].startswith("create_topic  post 1/3: no topic with")


def test_a_second_run_does_nothing(bench: Bench) -> None:
    digest = a_digest(3)
    bench.publish(digest)
    before = dict(bench.forum.store)
    report = bench.publish(digest)
    assert report.done == ()
    assert bench.forum.store == before
    assert [action.kind for action in report.plan.actions] == [ActionKind.NOTHING]


def test_a_lost_reply_leaves_one_topic(bench: Bench) -> None:
    """The next try finds the topic the forum did create; it waits before it looks."""
    bench.forum.lost = 1
    bench.publish(a_digest(2))
    assert bench.raws() == finished(a_digest(2), bench.topic())
    assert bench.slept == [5.0]


def test_with_an_empty_database_the_topic_is_adopted(bench: Bench) -> None:
    bench.publish(a_digest(3))
    before = dict(bench.forum.store)
    bench.publications.forget()
    report = bench.publish(a_digest(3))
    assert bench.forum.store == before
    assert [(one.kind, one.reason) for one in report.done] == [
        (ActionKind.ADOPT, "it is this digest's: found by external id")
    ]


def test_with_an_empty_database_a_topic_with_the_same_papers_is_adopted(bench: Bench) -> None:
    """A heading corrected before the loss gave the first topic another id and other days.

    Its first post was edited once (the links) by nobody knows whom, so a moderator decides about
    that one; no reply is written again, not even when its marker carries the new id.
    """
    older = a_digest(
        2, external_id="jubo-dair-2024-01-15-ko", title="[2024/01/15 ~ 01/21] 논문 모음집"
    )
    bench.publish(older)
    bench.publications.forget()
    report = bench.publish(a_digest(2))
    assert report.publication.found_by == "papers"
    assert [proposal.number for proposal in report.plan.proposals] == [1]
    bench.publish(a_digest(2))
    assert len(bench.forum.store) == 1
    assert [post.number for post in bench.topic().posts] == [1, 2]
    assert bench.raws()[1] == finished(a_digest(2), bench.topic())[1]


def test_a_key_that_cannot_look_up_ids_finds_its_own_topics(bench: Bench) -> None:
    bench.forum.unreadable = {"external id"}
    bench.publish(a_digest(2))
    bench.publications.forget()
    report = bench.publish(a_digest(2))
    assert len(bench.forum.store) == 1
    assert report.publication.found_by == "marker"


def test_a_key_that_can_look_nowhere_publishes_nothing(bench: Bench) -> None:
    bench.forum.unreadable = {"external id", "own topics"}
    report = bench.publish(a_digest())
    assert bench.forum.store == {}
    assert "topics:read" in report.held[0].reason


def test_a_queued_topic_is_waited_for_and_recognised(bench: Bench) -> None:
    """The forum forgets the external id, so the approved topic is known by its marker."""
    digest = a_digest(2)
    bench.forum.queueing = True
    report = bench.publish(digest)
    assert report.publication.state is PublicationState.QUEUED
    assert bench.publish(digest).plan.actions[0].kind is ActionKind.WAIT
    assert len(bench.forum.waiting) == 1
    bench.forum.queueing = False
    bench.forum.approve(next(iter(bench.forum.waiting)))
    report = bench.publish(digest)
    assert report.publication.state is PublicationState.PUBLISHED
    assert bench.raws() == finished(digest, bench.topic())


def test_a_queued_topic_is_not_sent_again_by_a_run_without_memory(bench: Bench) -> None:
    bench.forum.queueing = True
    bench.publish(a_digest(2))
    bench.publications.forget()
    bench.publish(a_digest(2))
    assert len(bench.forum.waiting) == 1


def test_a_queued_topic_is_waited_for_where_the_queue_cannot_be_read(bench: Bench) -> None:
    bench.forum.queueing = True
    bench.publish(a_digest(2))
    bench.forum.unreadable = {"queue"}
    report = bench.publish(a_digest(2))
    assert report.plan.actions[0].kind is ActionKind.WAIT
    assert len(bench.forum.waiting) == 1


def test_a_refused_topic_is_never_sent_again(bench: Bench) -> None:
    bench.forum.queueing = True
    bench.publish(a_digest(2))
    bench.forum.reject(next(iter(bench.forum.waiting)))
    report = bench.publish(a_digest(2))
    assert "left the forum's queue" in report.held[0].reason
    assert not bench.forum.waiting


def test_a_queued_reply_keeps_back_those_after_it(bench: Bench) -> None:
    digest = a_digest(3)
    bench.forum.errors = []
    bench.publish(a_digest(1))
    bench.publications.forget()
    bench.forum.queueing = True
    report = bench.publish(digest)
    assert report.publication.state is PublicationState.QUEUED
    assert len(bench.forum.waiting) == 1
    bench.forum.queueing = False
    bench.forum.approve(next(iter(bench.forum.waiting)))
    bench.publish(digest)
    assert bench.raws() == finished(digest, bench.topic())


def test_a_refused_reply_is_held(bench: Bench) -> None:
    bench.publish(a_digest(1))
    bench.forum.queueing = True
    bench.publish(a_digest(2))
    bench.forum.reject(next(iter(bench.forum.waiting)))
    report = bench.publish(a_digest(2))
    assert "without a post" in report.held[0].reason


@pytest.mark.parametrize("memory", ["kept", "lost"])
def test_a_topic_deleted_on_the_forum_is_a_decision(bench: Bench, memory: str) -> None:
    bench.publish(a_digest(2))
    bench.forum.delete_topic(bench.topic().topic_id)
    if memory == "lost":
        bench.publications.forget()
    report = bench.publish(a_digest(2))
    assert report.publication.state is PublicationState.SKIPPED
    assert len(bench.forum.store) == 1
    assert bench.publish(a_digest(2)).plan.actions[0].kind is ActionKind.NOTHING


def test_an_unlisted_topic_is_left_alone(bench: Bench) -> None:
    bench.publish(a_digest(2))
    topic = bench.topic()
    bench.forum.store[topic.topic_id] = replace(topic, visible=False)
    report = bench.publish(a_digest(2, body="새 요약입니다."))
    assert report.publication.state is PublicationState.SKIPPED
    assert "unlisted" in report.publication.reason


def test_a_deleted_reply_is_not_written_again(bench: Bench) -> None:
    bench.publish(a_digest(3))
    bench.forum.delete_post(bench.topic().posts[1].post_id)
    report = bench.publish(a_digest(3))
    assert not any(action.kind is ActionKind.CREATE_REPLY for action in report.done)
    assert len([post for post in bench.topic().posts if not post.deleted]) == 2


def test_somebody_elses_topic_for_the_days_holds(bench: Bench) -> None:
    rival = bench.forum.write_topic("[2024/01/29 ~ 02/04] 이번 주 ML 논문", "손으로.", category=2)
    report = bench.publish(a_digest())
    assert report.held[0].reason == (
        "reader already has a topic for these days, '[2024/01/29 ~ 02/04] 이번 주 ML 논문';"
        f" jubo adopt KEY https://discuss.example.org/t/{rival.topic_id}"
    )
    assert len(bench.forum.store) == 1


def test_who_asks_to_publish_is_still_told_of_a_rival(bench: Bench) -> None:
    bench.forum.write_topic("[2024/01/29 ~ 02/04] 이번 주 ML 논문", "손으로.", category=2)
    assert bench.publish(a_digest(), asked=True).held
    assert len(bench.forum.store) == 1


def test_a_moderator_may_publish_beside_a_rival(bench: Bench) -> None:
    bench.forum.write_topic("[2024/01/29 ~ 02/04] 이번 주 ML 논문", "손으로.", category=2)
    bench.publish(a_digest(), beside=True)
    assert len(bench.forum.store) == 2


def test_an_update_edits_each_post_once_with_a_reason(bench: Bench) -> None:
    bench.publish(a_digest(2))
    newer = a_digest(2, body="에이전트와 검색 연구가 늘었습니다.")
    bench.publish(newer, limits=ForumLimits(staff=True))
    assert bench.raws() == finished(newer, bench.topic())
    assert [post.version for post in bench.topic().posts] == [3, 2]
    assert bench.topic().posts[1].edit_reason == "jubo: the digest changed"


def test_an_update_of_title_and_tags_is_carried_out(bench: Bench) -> None:
    bench.publish(a_digest())
    title = TITLE.replace("01/29", "01/28")
    bench.publish(a_digest(title=title, tags=("paper", "agents")))
    assert (bench.topic().title, bench.topic().tags) == (title, ("paper", "agents"))


def test_an_old_topic_is_not_edited_unasked(bench: Bench) -> None:
    bench.publish(a_digest(2))
    newer = a_digest(2, body="에이전트와 검색 연구가 늘었습니다.")
    late = bench.desk(now=NOW + timedelta(days=31))
    report = publish(late, a_job(newer))
    assert report.done == ()
    assert all("policy.edit_days" in action.reason for action in report.held)
    assert publish(late, a_job(newer, asked=True)).held == ()
    assert bench.raws() == finished(newer, bench.topic())


def test_a_persons_edit_is_kept_when_the_digest_has_nothing_new(bench: Bench) -> None:
    bench.publish(a_digest())
    edited = bench.raws()[0].replace("늘었습니다", "크게 늘었습니다")
    bench.forum.edit(bench.topic().posts[0].post_id, edited)
    report = bench.publish(a_digest())
    assert bench.raws() == [edited]
    assert report.plan.actions[0].reason == "a person edited it; it is kept"


def test_a_persons_edit_and_a_newer_digest_give_a_proposal(bench: Bench) -> None:
    bench.publish(a_digest())
    edited = bench.raws()[0].replace("## 1번째 글", "## 첫 글")
    bench.forum.edit(bench.topic().posts[0].post_id, edited)
    newer = a_digest(body="에이전트와 검색 연구가 늘었습니다.")
    report = bench.publish(newer)
    assert bench.raws() == [edited]
    (proposal,) = report.plan.proposals
    assert proposal.conflicts == 0
    assert proposal.merged == newer.posts[0].raw.replace("## 1번째 글", "## 첫 글")


def test_an_edit_between_reading_and_writing_is_caught(bench: Bench) -> None:
    """Contract 5.1: the forum compares ``original_text``; the run plans anew and proposes."""
    bench.publish(a_digest())
    post = bench.topic().posts[0]
    hurried = bench.raws()[0].replace("## 1번째 글", "## 첫 글")

    class Hurry(FakeForum):
        def edit_post(self, **values: Any) -> Any:
            if not self.pictures:
                self.pictures.append(b"once")
                self.edit(post.post_id, hurried)
            return super().edit_post(**values)

    bench.forum = Hurry(store=bench.forum.store, last_id=bench.forum.last_id)
    report = bench.publish(a_digest(body="에이전트와 검색 연구가 늘었습니다."))
    assert bench.raws() == [hurried]
    assert report.held[0].kind is ActionKind.HOLD
    assert len(report.plan.proposals) == 1


def test_a_forum_that_never_rests_needs_a_person(bench: Bench) -> None:
    bench.publish(a_digest())

    class Restless(FakeForum):
        def edit_post(self, **values: Any) -> Any:
            raise refusal(Outcome.CONFLICT, 409)

    bench.forum = Restless(store=bench.forum.store)
    with pytest.raises(NeedsPerson, match="keeps changing"):
        bench.publish(a_digest(body="에이전트와 검색 연구가 늘었습니다."))


def test_a_refusal_reaches_the_moderators_with_its_field(bench: Bench) -> None:
    class Strict(FakeForum):
        def create_topic(self, **values: Any) -> Any:
            raise refusal(Outcome.TAGS_REFUSED, 422, "tags")

    bench.forum = Strict()
    with pytest.raises(Rejected) as caught:
        bench.publish(a_digest())
    assert caught.value.fields == ("tags",)


def test_a_long_wait_is_left_to_a_later_run(bench: Bench) -> None:
    bench.forum.errors = [outage(Outcome.RATE_LIMIT, retry_after=7200)]
    with pytest.raises(Unavailable) as caught:
        bench.publish(a_digest())
    assert caught.value.retry_after == 7200
    assert bench.slept == []


def test_an_outage_is_tried_again_with_growing_pauses(bench: Bench) -> None:
    bench.forum.errors = [outage(), outage(Outcome.OVERLOAD), outage(Outcome.RATE_LIMIT)]
    bench.publish(a_digest())
    assert bench.slept == [5.0, 20.0, 11.0]


def test_an_outage_that_stays_ends_the_run(bench: Bench) -> None:
    bench.forum.errors = [outage() for _ in range(4)]
    with pytest.raises(Unavailable):
        bench.publish(a_digest())
    assert bench.slept == [5.0, 10.0, 20.0]


def test_a_refused_picture_leaves_the_post_without_it(bench: Bench) -> None:
    class NoUploads(FakeForum):
        def upload_image(self, **values: Any) -> Any:
            raise refusal(Outcome.REFUSED, 422)

    bench.forum = NoUploads()
    report = bench.publish(a_digest(2, picture=b"png"))
    assert "upload://" not in bench.raws()[0]
    assert "주제의 흐름" not in bench.raws()[0]
    assert ActionKind.UPLOAD_IMAGE not in [action.kind for action in report.done]
    assert report.publication.picture_refusal == str(refusal(Outcome.REFUSED, 422))
    assert report.account[-1].reason == report.publication.picture_refusal


@dataclass
class Picky(FakeForum):
    """Takes pictures where ``takes`` says so; counts how often it was asked."""

    takes: bool = False
    asked: int = 0

    def upload_image(self, *, filename: str, content: bytes) -> str:
        self.asked += 1
        if not self.takes:
            raise refusal(Outcome.REFUSED, 422)
        return super().upload_image(filename=filename, content=content)


def test_a_refused_picture_is_tried_again_when_a_moderator_asks_and_only_then(bench: Bench) -> None:
    bench.forum = forum = Picky()
    digest = a_digest(2, picture=b"png")
    for asked, tries in ((False, 1), (False, 1), (True, 2), (False, 2)):
        report = bench.publish(digest, asked=asked)
        assert forum.asked == tries
        assert report.plan.actions[-1].reason.endswith("as it is, without its picture")
    forum.takes = True
    bench.publish(digest)
    assert "upload://" not in bench.raws()[0]
    report = bench.publish(digest, asked=True)
    assert "![주제의 흐름](upload://1picture.png)" in bench.raws()[0]
    assert report.publication.picture_refusal == ""
    assert len(forum.store) == 1


def test_a_picture_that_comes_later_overwrites_nobody(bench: Bench) -> None:
    bench.forum = forum = Picky()
    digest = a_digest(2, picture=b"png")
    bench.publish(digest)
    edited = bench.raws()[0].replace("## 1번째 글", "## 첫 글")
    forum.edit(bench.topic().posts[0].post_id, edited)
    forum.takes = True
    report = bench.publish(digest, asked=True)
    assert bench.raws()[0] == edited
    assert "upload://1picture.png" in report.plan.proposals[0].merged


def test_the_picture_survives_a_lost_database(bench: Bench) -> None:
    digest = a_digest(2, picture=b"png")
    bench.publish(digest)
    before = dict(bench.forum.store)
    assert "![주제의 흐름](upload://1picture.png)" in bench.raws()[0]
    bench.publications.forget()
    bench.publish(digest)
    assert bench.forum.store == before


def test_what_would_not_fit_is_held(bench: Bench) -> None:
    report = bench.publish(a_digest(), limits=ForumLimits(max_post_length=50))
    assert "post 1 has" in report.held[0].reason
    report = bench.publish(a_digest(title="짧음"))
    assert "the title has 2 characters" in report.held[0].reason
    assert bench.forum.store == {}


def test_a_digest_that_shrank_is_held(bench: Bench) -> None:
    bench.publish(a_digest(3))
    report = bench.publish(a_digest(2))
    assert "the digest now has 2 posts" in report.held[0].reason


def test_a_run_after_a_begun_attempt_waits_before_it_looks(bench: Bench) -> None:
    """The request of a killed process may still be at work on the forum."""
    bench.forum.errors = []

    class Killed(BaseException):
        pass

    class Deadly(FakeForum):
        def create_topic(self, **values: Any) -> Any:
            raise Killed

    bench.forum = Deadly()
    with pytest.raises(Killed):
        bench.publish(a_digest())
    bench.forum = FakeForum()
    bench.publish(a_digest())
    assert bench.slept == [4]


def test_all_that_steps_return_survives_the_codec(bench: Bench) -> None:
    """A durable engine writes every step's result as JSON and reads it back."""

    def through_json(name: str, function: Callable[[], Any]) -> Any:
        return from_json(to_json(function()))

    job = a_job(a_digest(3, picture=b"png"))
    report = publish(bench.desk(through_json), job)
    assert bench.topic().external_id == EXTERNAL_ID
    assert from_json(to_json(report)) == report
    assert from_json(to_json(job)) == job
    assert from_json(to_json(lost_reply())).ambiguous


def test_readers_replies_are_no_business_of_the_record(bench: Bench) -> None:
    bench.publish(a_digest(2))
    topic_id = bench.topic().topic_id
    bench.forum.write_reply(topic_id, "잘 읽었습니다.")
    kept: list[Any] = []

    def keep(name: str, function: Callable[[], Any]) -> Any:
        kept.append(function())
        return kept[-1]

    publish(bench.desk(keep), a_job(a_digest(2)))
    assert "잘 읽었습니다" not in repr(kept)


@pytest.mark.parametrize(
    "outcome", [Outcome.EXTERNAL_ID_TAKEN, Outcome.TITLE_TAKEN, Outcome.TOO_SIMILAR]
)
def test_a_topic_that_came_about_meanwhile_is_taken_for_ours(
    bench: Bench, outcome: Outcome
) -> None:
    """A stalled request of ours was carried out between the look and the creation."""

    class Slow(FakeForum):
        def create_topic(self, **values: Any) -> Any:
            if not self.store:
                super().create_topic(**values)
                raise refusal(outcome, 422)
            return super().create_topic(**values)

    bench.forum = Slow()
    report = bench.publish(a_digest(2))
    assert len(bench.forum.store) == 1
    assert report.publication.state is PublicationState.PUBLISHED
    assert bench.raws() == finished(a_digest(2), bench.topic())


@pytest.mark.parametrize("outcome", [Outcome.EXTERNAL_ID_TAKEN, Outcome.TITLE_TAKEN])
def test_a_name_taken_by_something_else_is_not_ours(bench: Bench, outcome: Outcome) -> None:
    """The id of a deleted topic is a decision; a title is a person's to change."""

    class Taken(FakeForum):
        def create_topic(self, **values: Any) -> Any:
            raise refusal(outcome, 422)

    bench.forum = Taken()
    if outcome is Outcome.EXTERNAL_ID_TAKEN:
        assert bench.publish(a_digest()).publication.state is PublicationState.SKIPPED
        return
    with pytest.raises(Rejected):
        bench.publish(a_digest())


def test_a_reply_that_stands_although_its_answer_was_lost_is_taken(bench: Bench) -> None:
    class Forgetful(FakeForum):
        def create_reply(self, **values: Any) -> Any:
            super().create_reply(**values)
            raise lost_reply()

    bench.forum = Forgetful()
    bench.publish(a_digest(3))
    assert bench.raws() == finished(a_digest(3), bench.topic())


@pytest.mark.parametrize("stands", [True, False])
def test_a_refused_reply_is_looked_for_before_a_person_is_asked(bench: Bench, stands: bool) -> None:
    """A stalled request of ours may have been carried out; the forum's words may be Korean."""

    class Slow(FakeForum):
        def create_reply(self, **values: Any) -> Any:
            if stands:
                super().create_reply(**values)
            raise refusal(Outcome.REFUSED, 422)

    bench.forum = Slow()
    if stands:
        bench.publish(a_digest(2))
        assert bench.raws() == finished(a_digest(2), bench.topic())
        return
    with pytest.raises(Rejected):
        bench.publish(a_digest(2))


def test_a_reply_that_was_queued_although_its_answer_was_lost_is_taken(bench: Bench) -> None:
    bench.publish(a_digest(1))
    bench.forum.queueing = True
    bench.forum.lost = 1
    report = bench.publish(a_digest(2))
    assert len(bench.forum.waiting) == 1
    assert report.publication.state is PublicationState.QUEUED


def test_a_topic_deleted_between_its_posts_is_a_decision(bench: Bench) -> None:
    class Harsh(FakeForum):
        def create_reply(self, **values: Any) -> Any:
            raise AssertionError("the topic is gone")

        def fetch_topic(self, topic_id: int) -> Topic | None:
            if self.calls.count("fetch_topic") == 1:
                self.delete_topic(topic_id)
            return super().fetch_topic(topic_id)

    bench.forum = Harsh()
    report = bench.publish(a_digest(2))
    assert report.publication.state is PublicationState.SKIPPED


def test_a_post_deleted_before_its_edit_is_left(bench: Bench) -> None:
    bench.publish(a_digest(2))

    class Harsh(FakeForum):
        def fetch_post(self, post_id: int) -> Any:
            if post_id == 3:
                self.delete_post(post_id)
            return super().fetch_post(post_id)

    bench.forum = Harsh(store=bench.forum.store, last_id=bench.forum.last_id)
    report = bench.publish(a_digest(2, body="에이전트와 검색 연구가 늘었습니다."))
    assert [action.reason for action in report.plan.actions] == [
        "it was deleted on the forum; it is not written again"
    ]


def test_a_hidden_post_is_left(bench: Bench) -> None:
    bench.publish(a_digest())
    topic = bench.topic()
    hidden = replace(topic.posts[0], hidden=True)
    bench.forum.store[topic.topic_id] = replace(topic, posts=(hidden,))
    report = bench.publish(a_digest(body="에이전트와 검색 연구가 늘었습니다."))
    assert report.plan.actions[0].reason == "it was hidden on the forum"


def test_a_title_changed_by_a_person_is_kept(bench: Bench) -> None:
    bench.publish(a_digest())
    topic = bench.topic()
    bench.forum.store[topic.topic_id] = replace(topic, title="모임에서 고른 이번 주 논문 목록")
    report = bench.publish(a_digest(title=TITLE.replace("01/29", "01/28")))
    assert report.plan.actions[0].reason == "a person changed its title; it is kept"
    assert bench.topic().title == "모임에서 고른 이번 주 논문 목록"


def test_what_the_forum_makes_of_a_title_is_no_change(bench: Bench) -> None:
    bench.publish(a_digest(title="이번 주의 주요 논문을 모았습니다.."))
    topic = bench.topic()
    bench.forum.store[topic.topic_id] = replace(topic, title="이번 주의 주요 논문을 모았습니다")
    assert bench.publish(a_digest(title="이번 주의 주요 논문을 모았습니다..")).done == ()


def test_a_digest_without_days_in_its_title_has_no_rivals(bench: Bench) -> None:
    bench.forum.write_topic("[2024/01/29 ~ 02/04] 이번 주 ML 논문", "손으로.", category=2)
    bench.publish(a_digest(title="이번 주의 주요 논문을 모았습니다"))
    assert len(bench.forum.store) == 2


def test_an_edit_a_person_already_made_is_not_made_again(bench: Bench) -> None:
    """The moderator merged by hand what jubo would have proposed."""
    bench.publish(a_digest())
    newer = a_digest(body="에이전트와 검색 연구가 늘었습니다.")
    both = newer.posts[0].raw.replace("## 1번째 글", "## 첫 글")
    bench.forum.edit(bench.topic().posts[0].post_id, both)
    report = bench.publish(newer)
    assert report.plan.actions[0].reason == "a person edited it; it is kept"
    assert report.plan.proposals == ()
