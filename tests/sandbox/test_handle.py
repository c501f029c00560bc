"""The forum in a test's hand."""

from __future__ import annotations

import pytest

from bot.sandbox.forum import EmbeddedForum, ManualClock
from tests.sandbox.forum_client import RAW, Client, new_topic

TITLE = "독자가 쓴 글의 제목입니다"


def test_people_write_past_all_validation(forum: EmbeddedForum) -> None:
    topic = forum.write_topic("짧다", "x", author="reader", tags=["weekly"])
    forum.write_reply(topic.topic_id, "y", author="moderator")
    (seen,) = forum.topics()
    assert [(post.author, post.raw) for post in seen.posts] == [("reader", "x"), ("moderator", "y")]


def test_a_locked_or_deleted_post_is_so_for_the_bot(client: Client, forum: EmbeddedForum) -> None:
    topic_id, post_id = new_topic(client, forum)
    forum.lock_post(post_id)
    assert client.edit(post_id, RAW + " 끝").status_code == 403
    reply = forum.write_reply(topic_id, RAW)
    forum.delete_post(reply.post_id)
    assert forum.post(reply.post_id).deleted is True
    assert client.get(f"/posts/{reply.post_id}.json").status_code == 404
    assert client.get(f"/t/{topic_id}.json").json()["posts_count"] == 1


def test_what_is_not_there_is_a_key_error(forum: EmbeddedForum) -> None:
    for missing in (lambda: forum.topic(1), lambda: forum.post(1), lambda: forum.add_key("nobody")):
        with pytest.raises(KeyError):
            missing()


def test_retries_can_be_forgotten(client: Client, forum: EmbeddedForum) -> None:
    first = client.topic()
    forum.forget_retries()
    again = client.topic()
    assert (first.status_code, again.status_code) == (200, 422)


def test_a_clock_moves_when_told(clock: ManualClock) -> None:
    start = clock()
    clock.advance(1.5)
    assert (clock() - start).total_seconds() == 1.5
