"""Publishing through the real adapter to the embedded forum: limits, scopes, people's edits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.digest import compose
from bot.forum.discourse import Discourse
from bot.model.publication import Job, PublicationState, Report
from bot.model.topic import ActionKind, Digest, ForumLimits
from bot.sandbox.forum import (
    DISCOURSE_LIMITS,
    EmbeddedForum,
    ManualClock,
    TopicView,
    open_forum,
    serve_forum,
)
from bot.workflow.desk import Desk
from bot.workflow.publish import publish
from tests.bench.editions import a_picture
from tests.builders import a_language, a_layout, an_edition
from tests.digests import a_digest
from tests.fakes import NOW, MemoryPublications, step_at_once

NEWER = "에이전트와 검색 연구가 늘었습니다."


class Site:
    """An embedded forum, a key for it, and the bot's memory."""

    def __init__(self, hand: EmbeddedForum, clock: ManualClock, url: str) -> None:
        self.hand = hand
        self.clock = clock
        self.url = url
        self.publications = MemoryPublications()
        self.key = hand.add_key()

    def publish(self, digest: Digest) -> Report:
        forum = Discourse(self.url, "jubo", self.key, pace=lambda: None)
        desk = Desk(forum, self.publications, NOW, step_at_once, self.clock.advance)
        job = Job(digest, "example", "2024-01-29", "ko", limits=forum.fetch_limits())
        return publish(desk, job)

    def topic(self) -> TopicView:
        (topic,) = [topic for topic in self.hand.topics() if topic.author == "jubo"]
        return topic


@pytest.fixture
def site() -> Iterator[Site]:
    clock = ManualClock()
    hand = open_forum(clock=clock)
    with serve_forum(hand) as url:
        yield Site(hand, clock, url)
    hand.close()


def test_a_real_forums_rate_limits_are_kept(site: Site) -> None:
    """A post each 5 seconds, a topic each 15, 60 calls a minute (contract 6)."""
    site.hand.configure(limits=DISCOURSE_LIMITS)
    site.publish(a_digest(4))
    assert [post.number for post in site.topic().posts] == [1, 2, 3, 4]


def test_a_composed_digest_stands_with_links_that_lead_somewhere(site: Site) -> None:
    """The composer's placeholders and the planner's addresses are of one mind."""
    site.hand.configure(max_post_length=6_000)
    limits = ForumLimits(max_post_length=6_000)
    digest = compose(an_edition(10), a_language(), limits, a_layout(), category=2)
    site.publish(replace(digest, picture=a_picture()))
    posts = {post.number: post.raw for post in site.topic().posts}
    assert len(posts) == len(digest.posts) > 1
    assert not any("{{" in raw or len(raw) > 6_000 for raw in posts.values())
    links = [
        link
        for raw in posts.values()
        for link in re.findall(r"\]\(/t/-/(\d+)/(\d+)(?:#([\w-]+))?\)", raw)
    ]
    assert {int(topic_id) for topic_id, _, _ in links} == {site.topic().topic_id}
    assert {int(number) for _, number, _ in links} >= set(range(2, len(posts) + 1))
    for _, number, anchor in links:
        assert not anchor or f'"{anchor}"' in posts[int(number)], (number, anchor)


def test_an_older_forum_without_a_look_up_gets_one_topic(site: Site) -> None:
    site.hand.configure(lookup_in_topics_read=False)
    site.key = site.hand.add_key(
        scopes={"topics:write": None, "topics:read": None, "posts:edit": None}
    )
    report = site.publish(a_digest(2))
    assert report.held[0].kind is ActionKind.HOLD
    assert site.hand.topics() == ()


def test_a_key_that_reads_everything_needs_no_look_up(site: Site) -> None:
    site.hand.configure(lookup_in_topics_read=False)
    site.key = site.hand.add_key(
        scopes={"topics:write": None, "global:read": None, "posts:edit": None}
    )
    site.publish(a_digest(2))
    site.publications.forget()
    site.publish(a_digest(2))
    assert len(site.topic().posts) == 2


def test_an_approved_topic_is_recognised_and_completed(site: Site) -> None:
    site.hand.configure(approve_topics=True)
    assert site.publish(a_digest(2)).publication.state is PublicationState.QUEUED
    (waiting,) = site.hand.pending()
    site.hand.approve(waiting.pending_id)
    site.hand.configure(approve_topics=False)
    report = site.publish(a_digest(2))
    assert report.publication.state is PublicationState.PUBLISHED
    assert site.topic().external_id is None
    assert len(site.topic().posts) == 2


def test_readers_in_between_do_not_shift_the_links(site: Site) -> None:
    site.publish(a_digest(1))
    site.hand.write_reply(site.topic().topic_id, "벌써 올라왔네요. 잘 읽겠습니다.")
    site.publish(a_digest(2))
    assert f"/t/-/{site.topic().topic_id}/3#p2" in site.topic().posts[0].raw


def test_a_moderators_edit_is_kept_and_a_merge_proposed(site: Site) -> None:
    site.publish(a_digest())
    post = site.topic().posts[0]
    site.hand.edit(post.post_id, post.raw.replace("## 1번째 글", "## 첫 글"))
    report = site.publish(a_digest(body=NEWER))
    assert "## 첫 글" in site.topic().posts[0].raw
    assert NEWER not in site.topic().posts[0].raw
    assert NEWER in report.plan.proposals[0].merged


def test_the_systems_own_edit_is_no_reason_to_write_again(site: Site) -> None:
    """Contract 13.3: the forum localises pictures in raw, as user system."""
    site.publish(a_digest())
    post = site.topic().posts[0]
    localised = post.raw + "\n![그림](upload://abc.png)"
    site.hand.edit(post.post_id, localised, author="system")
    site.publish(a_digest())
    assert site.topic().posts[0].raw == localised


def test_staff_edits_do_not_bump(site: Site) -> None:
    site.hand.set_user("jubo", moderator=True)
    site.publish(a_digest())
    before = site.topic().bumped_at
    site.clock.advance(3600)
    site.publish(a_digest(body=NEWER))
    assert NEWER in site.topic().posts[0].raw
    assert site.topic().bumped_at == before


def test_a_deleted_topic_is_skipped_without_memory_too(site: Site) -> None:
    """Contract 4: 404 on look-up and 422 on creation mean just that."""
    site.publish(a_digest())
    site.hand.delete_topic(site.topic().topic_id)
    site.publications.forget()
    site.clock.advance(600)
    report = site.publish(replace(a_digest(), title="[2024/01/29 ~ 02/04] 이번 주의 논문 모음"))
    assert report.publication.state is PublicationState.SKIPPED
    assert len(site.hand.topics()) == 1
