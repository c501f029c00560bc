"""Sections 2, 3.1 and 6.2 of the contract: creating topics and replies, the queue, the memory."""

from __future__ import annotations

import pytest

from bot.sandbox.forum import (
    EmbeddedForum,
    Fault,
    FaultKind,
    ManualClock,
    RateLimits,
)
from tests.sandbox.forum_client import RAW, TITLE, Client, errors, new_topic, post_of

OTHER_TITLE = "전혀 다른 제목으로 글을 하나 더 씁니다"
OTHER_RAW = "본문도 조금 다르게 써서 같은 글로 보이지 않게 합니다."


# --- 2.1 parameters


@pytest.mark.parametrize("category", ["reading", "999", "2x"])
def test_2_1_a_category_is_an_existing_number(client: Client, category: str) -> None:
    answer = client.topic(category=category)
    assert answer.status_code == 400
    assert answer.json()["error_type"] == "invalid_parameters"


def test_2_1_without_a_category_a_topic_is_uncategorized(
    client: Client, forum: EmbeddedForum
) -> None:
    client.topic(category=None)
    assert forum.topics()[0].category == 1


def test_2_1_uncategorized_topics_can_be_off(client: Client, forum: EmbeddedForum) -> None:
    forum.configure(allow_uncategorized_topics=False)
    assert any("Category" in error for error in errors(client.topic(category=None)))


@pytest.mark.parametrize("tags", [["weekly"], [{"id": 2, "name": "weekly"}], [{"name": "weekly"}]])
def test_2_1_tags_come_as_strings_or_objects(
    client: Client, forum: EmbeddedForum, tags: list[object]
) -> None:
    assert client.topic(tags=tags).status_code == 200
    assert forum.topics()[0].tags == ("weekly",)


def test_2_1_tags_come_as_repeated_form_fields(client: Client, forum: EmbeddedForum) -> None:
    client.form(**{"title": TITLE, "raw": RAW, "tags[]": ["weekly", "paper"]})
    assert forum.topics()[0].tags == ("weekly", "paper")


def test_2_1_created_at_is_kept(client: Client, forum: EmbeddedForum) -> None:
    post = post_of(client.topic(created_at="2024-01-01T00:00:00Z"))
    assert post["created_at"] == "2024-01-01T00:00:00.000Z"


def test_2_1_only_staff_may_unlist(client: Client, moderator: Client) -> None:
    assert client.topic(unlist_topic=True).status_code == 422
    topic_id = post_of(moderator.topic(unlist_topic=True))["topic_id"]
    assert moderator.get(f"/t/{topic_id}.json").json()["visible"] is False


@pytest.mark.parametrize(
    ("parameter", "value", "status"),
    [
        ("whisper", True, 403),
        ("shared_draft", True, 400),
        ("no_bump", True, 400),
        ("topic_custom_fields", {"a": 1}, 400),
        ("embed_url", "ftp://example.org", 400),
        ("created_at", "yesterday", 400),
    ],
)
def test_2_1_what_the_bot_may_not_send_is_refused(
    client: Client, parameter: str, value: object, status: int
) -> None:
    assert client.topic(**{parameter: value}).status_code == status


def test_2_1_unknown_parameters_are_ignored(client: Client) -> None:
    assert client.topic(no_such_parameter=1).status_code == 200


# --- 2.2 answers


def test_2_2_without_nested_post_the_post_stands_alone(client: Client) -> None:
    body = client.topic(nested_post=None).json()
    assert (body["raw"], body["post_number"]) == (RAW, 1)


def test_2_2_nested_post_gives_an_envelope(client: Client) -> None:
    body = client.topic().json()
    assert (body["action"], body["success"], body["post"]["raw"]) == ("create_post", True, RAW)


# --- 2.3 the queue


def test_2_3_a_queued_topic_answers_200_and_loses_its_external_id(
    client: Client, forum: EmbeddedForum
) -> None:
    forum.configure(approve_topics=True)
    body = client.topic(external_id="jubo-1", tags=["weekly"]).json()
    assert (body["action"], body["success"], body["pending_count"]) == ("enqueued", True, 1)
    assert set(body["pending_post"]) == {"id", "raw", "created_at"}
    assert forum.topics() == ()
    topic = forum.approve(body["pending_post"]["id"])
    assert (topic.title, topic.external_id, topic.tags) == (TITLE, None, ("weekly",))
    assert client.get("/t/external_id/jubo-1.json").status_code == 404


def test_2_3_a_title_error_in_the_queue_has_the_queues_action(
    client: Client, forum: EmbeddedForum
) -> None:
    forum.configure(approve_topics=True)
    answer = client.topic(title="short")
    assert (answer.status_code, answer.json()["action"]) == (422, "enqueued")
    assert forum.pending() == ()


def test_2_3_a_body_error_comes_first_and_as_created_post(
    client: Client, forum: EmbeddedForum
) -> None:
    forum.configure(approve_topics=True)
    answer = client.topic(title="short", raw="짧다")
    assert (answer.status_code, answer.json()["action"]) == (422, "created_post")


def test_2_3_a_forbidden_category_is_422_in_the_queue(client: Client, forum: EmbeddedForum) -> None:
    forum.configure(approve_topics=True)
    answer = client.topic(category=3)
    assert (answer.status_code, answer.json()["action"]) == (422, "enqueued")


def test_2_3_what_waits_can_be_read_by_its_author(client: Client, forum: EmbeddedForum) -> None:
    forum.configure(approve_topics=True)
    pending_id = client.topic().json()["pending_post"]["id"]
    rows = client.get("/posts/jubo/pending.json").json()["pending_posts"]
    assert [(row["id"], row["raw"], row["title"]) for row in rows] == [(pending_id, RAW, TITLE)]
    assert client.get("/posts/moderator/pending.json").status_code == 403


def test_2_3_approval_is_told_by_a_notification(client: Client, forum: EmbeddedForum) -> None:
    forum.configure(approve_topics=True)
    topic = forum.approve(client.topic().json()["pending_post"]["id"])
    told = client.get("/notifications.json").json()["notifications"]
    kinds = client.get("/site.json").json()["notification_types"]
    assert [one["notification_type"] for one in told] == [kinds["post_approved"]]
    assert told[0]["data"]["post_url"] == f"/t/{topic.slug}/{topic.topic_id}/1"


def test_2_3_rejection_leaves_no_trace(client: Client, forum: EmbeddedForum) -> None:
    forum.configure(approve_topics=True)
    forum.reject(client.topic().json()["pending_post"]["id"])
    assert client.get("/posts/jubo/pending.json").json() == {"pending_posts": []}
    assert client.get("/notifications.json").json()["notifications"] == []


def test_2_3_staff_is_never_queued_and_skip_validations_does_not_help(
    client: Client, moderator: Client, forum: EmbeddedForum
) -> None:
    forum.configure(approve_topics=True)
    assert client.topic(skip_validations=True).json()["action"] == "enqueued"
    assert moderator.topic(title=OTHER_TITLE).json()["action"] == "create_post"


def test_2_3_words_and_categories_can_ask_for_approval(
    client: Client, forum: EmbeddedForum
) -> None:
    forum.configure(approve_words=("소개",))
    assert client.topic().json()["action"] == "enqueued"
    forum.configure(approve_words=())
    forum.set_category(2, approval=True)
    assert client.topic(title=OTHER_TITLE).json()["action"] == "enqueued"


def test_2_3_a_reply_can_wait_too(client: Client, forum: EmbeddedForum) -> None:
    topic_id, _ = new_topic(client, forum)
    forum.faults.add(Fault(FaultKind.QUEUE, "POST", "/posts"))
    answer = client.reply(topic_id, OTHER_RAW).json()
    assert answer["action"] == "enqueued"
    assert len(forum.approve(answer["pending_post"]["id"]).posts) == 2


# --- 2.4 the memory of retries


def test_2_4_the_same_request_again_is_the_same_post(
    client: Client, forum: EmbeddedForum, clock: ManualClock
) -> None:
    first = client.topic()
    clock.advance(119)
    assert client.topic().json() == first.json()
    assert len(forum.topics()) == 1


def test_2_4_after_two_minutes_it_is_forgotten(client: Client, clock: ManualClock) -> None:
    client.topic()
    clock.advance(121)
    assert "Title has already been used" in errors(client.topic())


def test_2_4_a_422_is_remembered_and_any_parameter_changes_that(
    client: Client, forum: EmbeddedForum
) -> None:
    assert client.topic(title="짧은 제목").status_code == 422
    forum.configure(min_topic_title_length=3, title_min_entropy=1)
    assert client.topic(title="짧은 제목").status_code == 422
    assert client.topic(title="짧은 제목", tags=["weekly"]).status_code == 200


def test_2_4_a_queued_answer_is_remembered(client: Client, forum: EmbeddedForum) -> None:
    forum.configure(approve_topics=True)
    assert client.topic().json() == client.topic().json()
    assert len(forum.pending()) == 1


def test_2_4_raised_errors_are_not_remembered(client: Client, forum: EmbeddedForum) -> None:
    forum.set_user("jubo", silenced=True)
    assert client.topic().status_code == 403
    forum.set_user("jubo", silenced=False)
    assert client.topic().status_code == 200


def test_2_4_another_user_agent_is_another_request(client: Client) -> None:
    client.topic()
    client.http.headers["User-Agent"] = "another"
    assert client.topic().status_code == 422


# --- 3.1 order


def test_3_1_title_and_body_errors_never_share_an_answer(client: Client) -> None:
    both = errors(client.topic(title="short", raw="짧다"))
    assert all(error.startswith("Title") for error in both)
    assert all(error.startswith("Body") for error in errors(client.topic(raw="짧다")))


def test_3_1_too_many_tags_come_before_everything(client: Client) -> None:
    answer = client.topic(title="short", tags=list("abcdef"))
    assert len(errors(answer)) == 1
    assert "tags" in errors(answer)[0]


def test_3_1_blocked_words_come_before_the_title(client: Client, forum: EmbeddedForum) -> None:
    forum.configure(blocked_words=("소개",))
    answer = client.topic(title="short")
    assert (answer.status_code, answer.json()["action"]) == (422, "created_post")


def test_3_1_a_category_raises_before_the_title_is_looked_at(client: Client) -> None:
    assert client.topic(title="short", category=999).status_code == 400


def test_3_1_a_rate_limit_rolls_the_topic_back(client: Client, forum: EmbeddedForum) -> None:
    forum.configure(limits=RateLimits(topics_per_day=1))
    client.topic()
    answer = client.topic(title=OTHER_TITLE, raw=OTHER_RAW)
    assert answer.status_code == 429
    assert len(forum.topics()) == 1


# --- 6.2 limits on users


@pytest.mark.parametrize(
    ("limits", "seconds"),
    [
        (RateLimits(seconds_between_topics=15), 15),
        (RateLimits(seconds_between_posts=5), 5),
        (RateLimits(topics_per_day=1), 24 * 3600),
    ],
)
def test_6_2_topics_are_limited_and_staff_is_not(
    client: Client, moderator: Client, forum: EmbeddedForum, clock: ManualClock,
    limits: RateLimits, seconds: int,
) -> None:  # fmt: skip
    forum.configure(limits=limits)
    client.topic()
    answer = client.topic(title=OTHER_TITLE, raw=OTHER_RAW)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, str(seconds))
    assert "Discourse-Rate-Limit-Error-Code" not in answer.headers
    clock.advance(seconds)
    assert client.topic(title=OTHER_TITLE, raw=OTHER_RAW).status_code == 200
    titles = ("운영자가 쓰는 첫 번째 글입니다", "운영자가 쓰는 두 번째 글입니다")
    assert [moderator.topic(title=title).status_code for title in titles] == [200, 200]


def test_6_2_replies_are_limited(client: Client, forum: EmbeddedForum) -> None:
    topic_id, _ = new_topic(client, forum)
    forum.configure(limits=RateLimits(seconds_between_posts=5))
    assert client.reply(topic_id, OTHER_RAW).status_code == 200
    assert client.reply(topic_id, OTHER_RAW + " 또").status_code == 429
