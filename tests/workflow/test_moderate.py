"""What moderators ask for: adopt, unlist, revert, accept a merge; their own edits stay safe."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.errors import NeedsPerson, Rejected
from bot.model.publication import Job, Publication, PublicationState, Report
from bot.model.topic import ActionKind, Digest
from bot.planning.answers import Outcome
from bot.workflow.desk import Desk
from bot.workflow.moderate import accept_merge, adopt, revert, set_listed
from bot.workflow.publish import publish
from tests.digests import a_digest
from tests.fakes import NOW, FakeForum, MemoryPublications, lost_reply, no_wait, step_at_once

NEWER = "에이전트와 검색 연구가 늘었습니다."


@pytest.fixture
def forum() -> FakeForum:
    return FakeForum(staff=True)


@pytest.fixture
def desk(forum: FakeForum) -> Desk:
    return Desk(forum, MemoryPublications(), NOW, step_at_once, no_wait)


def run(desk: Desk, digest: Digest) -> Report:
    return publish(desk, Job(digest, "example", "2024-01-29", "ko"))


def record_of(desk: Desk) -> Publication:
    record = desk.publications.get(a_digest().external_id)
    assert record is not None
    return record


def texts(forum: FakeForum) -> list[str]:
    return [post.raw for topic in forum.store.values() for post in topic.posts]


def test_a_hand_made_topic_is_adopted_and_never_edited(forum: FakeForum, desk: Desk) -> None:
    rival = forum.write_topic(
        "[2024/01/29 ~ 02/04] 이번 주 ML 논문", "손으로 썼습니다.", category=2
    )
    held = run(desk, a_digest(2))
    record = adopt(desk, held.publication, rival.topic_id)
    assert record.url == f"https://discuss.example.org/t/{rival.topic_id}"
    report = run(desk, a_digest(2))
    assert report.done == ()
    assert (
        report.plan.actions[0].reason == f"topic {rival.topic_id} is reader's; it is left as it is"
    )
    assert texts(forum) == ["손으로 썼습니다."]


def test_what_does_not_stand_cannot_be_adopted(desk: Desk) -> None:
    record = Publication("jubo-x", "example", "2024-01-29", "ko")
    with pytest.raises(NeedsPerson, match="cannot see a topic 99"):
        adopt(desk, record, 99)


def test_an_unlisted_topic_stays_so_until_it_is_listed_again(forum: FakeForum, desk: Desk) -> None:
    record = set_listed(desk, run(desk, a_digest()).publication, listed=False)
    assert record.state is PublicationState.UNLISTED
    assert run(desk, a_digest(body=NEWER)).plan.actions[0].kind is ActionKind.NOTHING
    set_listed(desk, record_of(desk), listed=True)
    run(desk, a_digest(body=NEWER))
    assert NEWER in texts(forum)[0]


def test_what_was_never_published_cannot_be_unlisted(desk: Desk) -> None:
    with pytest.raises(NeedsPerson, match="has no topic yet"):
        set_listed(desk, Publication("jubo-x", "example", "2024-01-29", "ko"), listed=False)


def test_a_revert_puts_back_the_text_and_it_stays(forum: FakeForum, desk: Desk) -> None:
    """The links that were filled in stay filled in; the next run does not undo the revert."""
    run(desk, a_digest(2))
    before = texts(forum)
    run(desk, a_digest(2, body=NEWER))
    assert NEWER in texts(forum)[1]
    revert(desk, record_of(desk))
    assert texts(forum) == before
    assert run(desk, a_digest(2, body=NEWER)).done == ()
    assert texts(forum) == before


def test_a_revert_whose_answer_was_lost_is_done_once(forum: FakeForum, desk: Desk) -> None:
    run(desk, a_digest())
    before = texts(forum)
    run(desk, a_digest(body=NEWER))
    forum.lost = 1
    revert(desk, record_of(desk))
    assert texts(forum) == before
    assert forum.store[1].posts[0].version == 3


def test_without_an_edit_there_is_nothing_to_revert(desk: Desk) -> None:
    run(desk, a_digest(3))
    with pytest.raises(NeedsPerson, match="no earlier text"):
        revert(desk, record_of(desk))


def test_a_revert_does_not_undo_a_persons_edit(forum: FakeForum, desk: Desk) -> None:
    run(desk, a_digest())
    run(desk, a_digest(body=NEWER))
    post = forum.store[1].posts[0]
    forum.edit(post.post_id, post.raw + "\n\n고친 곳이 있습니다.")
    with pytest.raises(Rejected) as caught:
        revert(desk, record_of(desk))
    assert caught.value.code == Outcome.CONFLICT
    assert "고친 곳" in texts(forum)[0]


def edited_by_a_person(forum: FakeForum, old: str, new: str) -> None:
    post = forum.store[1].posts[0]
    forum.edit(post.post_id, post.raw.replace(old, new))


def test_an_accepted_merge_keeps_both_and_is_not_overwritten(forum: FakeForum, desk: Desk) -> None:
    run(desk, a_digest())
    edited_by_a_person(forum, "## 1번째 글", "## 첫 글")
    report = run(desk, a_digest(body=NEWER))
    accept_merge(desk, report.publication, report.plan.proposals[0])
    merged = texts(forum)[0]
    assert "## 첫 글" in merged
    assert NEWER in merged
    assert run(desk, a_digest(body=NEWER)).done == ()
    assert texts(forum) == [merged]


def test_a_merge_stopped_after_writing_is_not_overwritten(forum: FakeForum, desk: Desk) -> None:
    """The record then only knows that the merge was begun."""
    run(desk, a_digest())
    edited_by_a_person(forum, "## 1번째 글", "## 첫 글")
    report = run(desk, a_digest(body=NEWER))

    class Killed(BaseException):
        pass

    class Deadly(FakeForum):
        def edit_post(self, **values: Any) -> Any:
            super().edit_post(**values)
            raise Killed

    dying = replace(desk, forum=Deadly(store=forum.store))
    with pytest.raises(Killed):
        accept_merge(dying, report.publication, report.plan.proposals[0])
    merged = texts(forum)[0]
    assert "## 첫 글" in merged
    assert run(desk, a_digest(body=NEWER)).done == ()
    assert texts(forum) == [merged]


def test_a_merge_that_was_overtaken_is_refused(forum: FakeForum, desk: Desk) -> None:
    run(desk, a_digest())
    edited_by_a_person(forum, "## 1번째 글", "## 첫 글")
    report = run(desk, a_digest(body=NEWER))
    edited_by_a_person(forum, "## 첫 글", "## 처음 글")
    with pytest.raises(Rejected):
        accept_merge(desk, report.publication, report.plan.proposals[0])
    assert "## 처음 글" in texts(forum)[0]


def test_a_conflict_needs_the_moderators_own_text(forum: FakeForum, desk: Desk) -> None:
    run(desk, a_digest())
    edited_by_a_person(forum, "에이전트 연구가 늘었습니다.", "에이전트 연구가 부쩍 늘었습니다.")
    report = run(desk, a_digest(body=NEWER))
    (proposal,) = report.plan.proposals
    assert proposal.conflicts == 1
    with pytest.raises(NeedsPerson, match="1 conflicts"):
        accept_merge(desk, report.publication, proposal)
    text = proposal.live.replace("부쩍", "눈에 띄게")
    accept_merge(desk, report.publication, proposal, text=text)
    assert texts(forum) == [text]


def test_a_lost_answer_to_an_act_is_looked_up(forum: FakeForum, desk: Desk) -> None:
    record = run(desk, a_digest()).publication
    forum.errors = [lost_reply()]
    assert set_listed(desk, record, listed=False).state is PublicationState.UNLISTED
