"""FakeForum and the adapter over the embedded forum behave alike: each test runs against both."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Protocol

import pytest

from bot.errors import Rejected
from bot.forum.discourse import Discourse
from bot.model.topic import ForumPost, PendingPost
from bot.planning.answers import Outcome
from bot.sandbox.forum import ManualClock, open_forum, serve_forum
from bot.workflow.ports import Forum
from tests.digests import EXTERNAL_ID, TITLE, a_digest
from tests.fakes import FakeForum

RAW = a_digest().posts[0].raw


class Hand(Protocol):
    """What people do on either forum."""

    def write_topic(
        self, title: str, raw: str, *, author: str = ..., category: int = ...
    ) -> object: ...
    def write_reply(self, topic_id: int, raw: str, *, author: str = ...) -> object: ...
    def edit(self, post_id: int, raw: str, *, author: str = ...) -> object: ...
    def delete_topic(self, topic_id: int) -> None: ...
    def delete_post(self, post_id: int) -> None: ...
    def approve(self, pending_id: int) -> object: ...
    def reject(self, pending_id: int) -> None: ...


class Place:
    """A forum, seen by the bot and by people."""

    def __init__(self, forum: Forum, hand: Hand) -> None:
        self.forum = forum
        self.hand = hand

    def queue_everything(self) -> None:
        if isinstance(self.forum, FakeForum):
            self.forum.queueing = True
        else:
            self.hand.configure(approve_topics=True)  # type: ignore[attr-defined]  # embedded only

    def make_staff(self) -> None:
        if isinstance(self.forum, FakeForum):
            self.forum.staff = True
        else:
            self.hand.set_user("jubo", moderator=True)  # type: ignore[attr-defined]  # likewise

    def create(
        self, *, title: str = TITLE, raw: str = RAW, external_id: str = EXTERNAL_ID
    ) -> ForumPost:
        made = self.forum.create_topic(
            title=title, raw=raw, category=2, tags=["paper", "weekly"], external_id=external_id
        )
        assert isinstance(made, ForumPost)
        return made


@pytest.fixture(params=["fake", "embedded"])
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    if request.param == "fake":
        fake = FakeForum()
        yield Place(fake, fake)
        return
    embedded = open_forum(clock=ManualClock())
    with serve_forum(embedded) as url:
        yield Place(
            Discourse(url, "jubo", embedded.add_key(), requests_per_minute=10_000), embedded
        )
    embedded.close()


def test_an_unknown_external_id_finds_nothing(place: Place) -> None:
    assert place.forum.find_topic_by_external_id(EXTERNAL_ID) is None


def test_a_topic_is_found_by_its_external_id_with_posts_and_texts(place: Place) -> None:
    post = place.create()
    found = place.forum.find_topic_by_external_id(EXTERNAL_ID)
    assert found is not None
    assert (found.topic_id, found.title, found.author) == (post.topic_id, TITLE, "jubo")
    assert (found.category, set(found.tags), found.visible) == (2, {"paper", "weekly"}, True)
    assert found.created_at is not None
    assert [(one.number, one.author, one.raw, one.version) for one in found.posts] == [
        (1, "jubo", RAW, 1)
    ]


def test_the_stored_text_is_cleaned(place: Place) -> None:
    """Contract 13.2: what comes back is not byte for byte what was sent."""
    raw = RAW.replace("늘었", "늘\u3000었") + " \n"
    post = place.create(raw=raw)
    assert post.raw == RAW.replace("늘었", "늘 었")


@pytest.mark.parametrize("deleted", [False, True])
def test_an_external_id_is_taken_for_good(place: Place, deleted: bool) -> None:
    """Contract 4: a deleted topic is not found and still holds its id."""
    post = place.create()
    if deleted:
        place.hand.delete_topic(post.topic_id)
        assert place.forum.find_topic_by_external_id(EXTERNAL_ID) is None
        assert place.forum.fetch_topic(post.topic_id) is None
    with pytest.raises(Rejected) as caught:
        place.create(title="[2024/02/05 ~ 02/11] 다음 주의 주요 논문", raw=RAW + "\n더 있습니다.")
    assert caught.value.code == Outcome.EXTERNAL_ID_TAKEN
    assert "external_id" in caught.value.fields


def test_a_title_in_use_is_refused(place: Place) -> None:
    place.hand.write_topic(TITLE, "손으로 쓴 글입니다. 논문을 모았습니다.", category=2)
    with pytest.raises(Rejected) as caught:
        place.create()
    assert (caught.value.code, caught.value.fields) == (Outcome.TITLE_TAKEN, ("title",))


def test_own_topics_come_newest_first_and_without_others(place: Place) -> None:
    place.hand.write_topic("[2024/01/22 ~ 01/28] 손으로 쓴 글", "다른 사람의 글입니다. 안녕하세요.")
    first = place.create()
    second = place.create(
        title="[2024/02/05 ~ 02/11] 다음 주의 주요 논문", raw=RAW + "\n더.", external_id="jubo-b"
    )
    topics = place.forum.find_recent_topics()
    assert [topic.topic_id for topic in topics] == [second.topic_id, first.topic_id]
    assert {topic.author for topic in topics} == {"jubo"}


def test_everybodys_topics_of_a_category_are_listed_with_their_authors(place: Place) -> None:
    place.hand.write_topic("[2024/01/29 ~ 02/04] 손으로 쓴 글", "손으로 쓴 글입니다.", category=2)
    place.hand.write_topic("[2024/01/29 ~ 02/04] 다른 분류의 글", "손으로 쓴 글입니다.", category=1)
    topics = place.forum.find_category_topics(2, date(2024, 1, 26))
    assert [(topic.title, topic.author) for topic in topics] == [
        ("[2024/01/29 ~ 02/04] 손으로 쓴 글", "reader")
    ]
    assert place.forum.find_category_topics(2, date(2030, 1, 1)) == ()
    assert len(place.forum.find_category_topics(None, date(2024, 1, 26))) == 2


def test_a_reply_is_counted_by_the_forum(place: Place) -> None:
    """Readers reply in between, so the forum's count is not the digest's."""
    topic_id = place.create().topic_id
    place.hand.write_reply(topic_id, "잘 읽었습니다. 고맙습니다. 다음 주도 기대합니다.")
    reply = place.forum.create_reply(topic_id=topic_id, raw=a_digest(2).posts[1].raw)
    assert isinstance(reply, ForumPost)
    assert reply.number == 3
    topic = place.forum.fetch_topic(topic_id)
    assert topic is not None
    assert [post.author for post in topic.posts] == ["jubo", "reader", "jubo"]


def test_an_edit_over_another_edit_is_a_conflict(place: Place) -> None:
    post = place.create()
    place.hand.edit(post.post_id, RAW.replace("늘었", "크게 늘었"))
    with pytest.raises(Rejected) as caught:
        place.forum.edit_post(
            post_id=post.post_id, raw=RAW + "x", original=RAW, reason="jubo: x", bypass_bump=False
        )
    assert (caught.value.code, caught.value.status) == (Outcome.CONFLICT, 409)


def test_an_edit_makes_a_version_with_its_reason(place: Place) -> None:
    post = place.create()
    text = RAW.replace("늘었", "크게 늘었")
    edited = place.forum.edit_post(
        post_id=post.post_id, raw=text, original=RAW, reason="jubo: 고침", bypass_bump=True
    )
    assert (edited.raw, edited.version, edited.edit_reason) == (text, 2, "jubo: 고침")
    stands = place.forum.fetch_post(post.post_id)
    assert stands is not None
    assert (stands.raw, stands.version) == (text, 2)


def test_a_deleted_reply_is_gone(place: Place) -> None:
    topic_id = place.create().topic_id
    reply = place.forum.create_reply(topic_id=topic_id, raw=a_digest(2).posts[1].raw)
    assert isinstance(reply, ForumPost)
    place.hand.delete_post(reply.post_id)
    assert place.forum.fetch_post(reply.post_id) is None
    topic = place.forum.fetch_topic(topic_id)
    assert topic is not None
    assert len(topic.posts) == 1


def test_a_queued_topic_loses_its_external_id(place: Place) -> None:
    """Contract 2.3: it comes back by its marker alone."""
    place.queue_everything()
    made = place.forum.create_topic(
        title=TITLE, raw=RAW, category=2, tags=[], external_id=EXTERNAL_ID
    )
    assert isinstance(made, PendingPost)
    (pending,) = place.forum.find_pending()
    assert (pending.pending_id, pending.title, pending.raw) == (made.pending_id, TITLE, RAW)
    place.hand.approve(made.pending_id)
    assert place.forum.find_pending() == ()
    assert place.forum.find_topic_by_external_id(EXTERNAL_ID) is None
    (topic,) = place.forum.find_recent_topics()
    assert topic.title == TITLE


def test_title_tags_and_listing_are_set(place: Place) -> None:
    place.make_staff()
    topic_id = place.create().topic_id
    title = "[2024/01/28 ~ 02/04] 이번 주의 주요 논문 모음"
    place.forum.set_title(topic_id=topic_id, title=title)
    place.forum.set_tags(topic_id=topic_id, tags=["paper"])
    place.forum.set_visible(topic_id=topic_id, visible=False)
    topic = place.forum.fetch_topic(topic_id)
    assert topic is not None
    assert (topic.title, topic.tags, topic.visible) == (title, ("paper",), False)


def test_who_may_not_unlist_is_told(place: Place) -> None:
    topic_id = place.create().topic_id
    with pytest.raises(Rejected) as caught:
        place.forum.set_visible(topic_id=topic_id, visible=False)
    assert (caught.value.code, caught.value.status) == (Outcome.FORBIDDEN, 403)


def test_the_same_picture_has_one_address(place: Place) -> None:
    """Contract 9: uploads are known by their bytes, so a second upload is harmless."""
    png = PNG
    first = place.forum.upload_image(filename="week.png", content=png)
    assert first.startswith("upload://")
    assert place.forum.upload_image(filename="week.png", content=png) == first


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360"
    "606060000000050001a5f645400000000049454e44ae426082"
)
