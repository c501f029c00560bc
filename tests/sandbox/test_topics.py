"""Sections 5.2 to 5.6 and 13 of the contract: changing topics and reading back."""

from __future__ import annotations

import pytest

from bot.sandbox.forum import EmbeddedForum, ManualClock, open_forum, serve_forum
from tests.sandbox.forum_client import RAW, TITLE, Client, new_topic, post_of

OTHER_TITLE = "전혀 다른 제목으로 글을 하나 더 씁니다"
OTHER_RAW = "본문도 조금 다르게 써서 같은 글로 보이지 않게 합니다."


# --- 5.2 edits of topics


def test_5_2_top_level_fields_change_a_topic(client: Client, forum: EmbeddedForum) -> None:
    topic_id, post_id = new_topic(client, forum)
    answer = client.put(
        f"/t/-/{topic_id}.json",
        title="새로운   제목으로 다시 바꿉니다!!",
        category_id=1,
        tags=["paper"],
    )
    assert answer.json()["basic_topic"]["title"] == "새로운 제목으로 다시 바꿉니다!"
    topic = forum.topic(topic_id)
    assert (topic.category, topic.tags) == (1, ("paper",))
    assert forum.post(post_id).version == 2, "a revision of the first post"


def test_5_2_nested_fields_change_nothing(client: Client, forum: EmbeddedForum) -> None:
    topic_id, _ = new_topic(client, forum)
    answer = client.put(f"/t/-/{topic_id}.json", topic={"title": OTHER_TITLE, "category_id": 1})
    assert answer.status_code == 200
    assert (forum.topic(topic_id).title, forum.topic(topic_id).category) == (TITLE, 2)


@pytest.mark.parametrize("original", [{"original_title": "x"}, {"original_tags": ["x"]}])
def test_5_2_a_changed_original_is_409(
    client: Client, forum: EmbeddedForum, original: dict[str, object]
) -> None:
    topic_id, _ = new_topic(client, forum)
    assert client.put(f"/t/-/{topic_id}.json", title=OTHER_TITLE, **original).status_code == 409


def test_5_2_categories_that_are_forbidden_or_unknown(client: Client, forum: EmbeddedForum) -> None:
    topic_id, _ = new_topic(client, forum)
    forbidden = client.put(f"/t/-/{topic_id}.json", category_id=3)
    assert (forbidden.status_code, set(forbidden.json())) == (403, {"errors"})
    assert client.put(f"/t/-/{topic_id}.json", category_id=99).status_code == 422


def test_5_2_titles_and_tags_are_held_to_the_rules(client: Client, forum: EmbeddedForum) -> None:
    topic_id, _ = new_topic(client, forum)
    forum.write_topic(OTHER_TITLE, RAW)
    assert client.put(f"/t/-/{topic_id}.json", title="short").status_code == 422
    assert client.put(f"/t/-/{topic_id}.json", title=OTHER_TITLE).status_code == 422
    assert client.put(f"/t/-/{topic_id}.json", tags=list("abcdef")).status_code == 422


def test_5_2_tags_are_kept_when_omitted_and_cleared_when_empty(
    client: Client, forum: EmbeddedForum
) -> None:
    topic_id, _ = new_topic(client, forum, tags=["weekly"])
    client.put(f"/t/-/{topic_id}.json", title=OTHER_TITLE)
    assert forum.topic(topic_id).tags == ("weekly",)
    client.http.put(f"/t/-/{topic_id}.json", data={"tags[]": ""})
    assert forum.topic(topic_id).tags == ()


def test_5_2_tags_have_an_address_of_their_own(client: Client, forum: EmbeddedForum) -> None:
    topic_id, _ = new_topic(client, forum)
    assert client.put(f"/t/{topic_id}/tags.json", tags=["weekly"]).status_code == 200
    assert forum.topic(topic_id).tags == ("weekly",)


# --- 5.3 delete and recover


def test_5_3_staff_deletes_with_an_empty_200_and_recovers(
    client: Client, moderator: Client, forum: EmbeddedForum
) -> None:
    topic_id, _ = new_topic(client, forum)
    answer = moderator.delete(f"/t/{topic_id}.json")
    assert (answer.status_code, answer.content) == (200, b"")
    assert client.get(f"/t/{topic_id}.json").status_code == 404
    assert client.put(f"/t/{topic_id}/recover.json").status_code == 403
    assert moderator.put(f"/t/{topic_id}/recover.json").status_code == 200
    assert client.get(f"/t/{topic_id}.json").status_code == 200


def test_5_3_an_author_withdraws_a_young_topic(client: Client, forum: EmbeddedForum) -> None:
    topic_id, _ = new_topic(client, forum)
    assert client.delete(f"/t/{topic_id}.json").status_code == 200
    topic = forum.topic(topic_id)
    assert (topic.closed, topic.deleted) == (True, False)
    assert topic.posts[0].raw == "(topic withdrawn by author)"


def test_5_3_an_authors_refusal_is_422(
    client: Client, forum: EmbeddedForum, clock: ManualClock
) -> None:
    topic_id, _ = new_topic(client, forum)
    clock.advance(24 * 3600)
    assert client.delete(f"/t/{topic_id}.json").status_code == 422


def test_5_3_a_post_is_deleted_by_staff_and_withdrawn_by_its_author(
    client: Client, moderator: Client, forum: EmbeddedForum
) -> None:
    topic_id, first = new_topic(client, forum)
    replies = [post_of(client.reply(topic_id, f"{OTHER_RAW} {n}"))["id"] for n in range(2)]
    assert client.delete(f"/posts/{first}.json").status_code == 403
    assert client.delete(f"/posts/{replies[0]}.json").content == b""
    assert forum.post(replies[0]).raw == "(post withdrawn by author)"
    assert moderator.delete(f"/posts/{replies[1]}.json").status_code == 200
    assert client.get(f"/posts/{replies[1]}.json").status_code == 404
    assert moderator.put(f"/posts/{replies[1]}/recover.json").status_code == 200
    assert client.get(f"/posts/{replies[1]}.json").status_code == 200


# --- 5.4 reading back


def test_5_4_a_topic_shows_twenty_posts_and_the_whole_stream(
    client: Client, forum: EmbeddedForum
) -> None:
    topic = forum.write_topic("독자가 쓴 글의 제목입니다", RAW)
    for number in range(21):
        forum.write_reply(topic.topic_id, f"답글 {number}")
    stream = client.get(f"/t/{topic.topic_id}.json", include_raw=1).json()["post_stream"]
    assert (len(stream["posts"]), len(stream["stream"])) == (20, 22)
    assert stream["posts"][1]["raw"] == "답글 0"
    tail = client.get(
        f"/t/{topic.topic_id}/posts.json", **{"post_ids[]": stream["stream"][20:]}, include_raw=1
    ).json()
    assert [post["raw"] for post in tail["post_stream"]["posts"]] == ["답글 19", "답글 20"]


def test_5_4_raw_stands_in_topics_only_when_asked_for(client: Client, forum: EmbeddedForum) -> None:
    topic_id, post_id = new_topic(client, forum)
    post = client.get(f"/t/{topic_id}.json").json()["post_stream"]["posts"][0]
    assert "raw" not in post
    assert client.get(f"/posts/{post_id}.json").json()["raw"] == RAW


def test_5_4_raw_is_served_as_plain_text(client: Client, forum: EmbeddedForum) -> None:
    topic_id, _ = new_topic(client, forum)
    client.reply(topic_id, OTHER_RAW)
    one = client.get(f"/raw/{topic_id}/2")
    assert (one.text, one.headers["content-type"]) == (OTHER_RAW, "text/plain; charset=utf-8")
    assert RAW in client.get(f"/raw/{topic_id}").text
    assert client.get(f"/raw/{topic_id}/9").status_code == 404


# --- 5.6 status


def test_5_6_enabled_must_be_the_string_true(
    client: Client, moderator: Client, forum: EmbeddedForum
) -> None:
    topic_id, _ = new_topic(client, forum)
    moderator.put(f"/t/{topic_id}/status.json", status="closed", enabled=True)
    assert forum.topic(topic_id).closed is False
    answer = moderator.put(f"/t/{topic_id}/status.json", status="closed", enabled="true")
    assert answer.json() == {"success": "OK", "topic_status_update": None}
    assert forum.topic(topic_id).closed is True


def test_5_6_each_change_adds_a_small_action(
    client: Client, moderator: Client, forum: EmbeddedForum
) -> None:
    topic_id, _ = new_topic(client, forum)
    moderator.put(f"/t/{topic_id}/status.json", status="visible", enabled="false")
    topic = forum.topic(topic_id)
    assert topic.visible is False
    assert [post.small_action for post in topic.posts] == [False, True]
    assert client.get(f"/t/{topic_id}.json").json()["posts_count"] == 2


def test_5_6_status_is_for_staff_and_of_a_known_kind(
    client: Client, moderator: Client, forum: EmbeddedForum
) -> None:
    topic_id, _ = new_topic(client, forum)
    path = f"/t/{topic_id}/status.json"
    assert client.put(path, status="visible", enabled="false").status_code == 403
    assert moderator.put(path, status="invisible", enabled="true").status_code == 400


# --- 13 reconciliation


def test_13_3_a_system_edit_is_seen_as_the_systems(client: Client, forum: EmbeddedForum) -> None:
    _, post_id = new_topic(client, forum)
    forum.edit(post_id, RAW + " upload://a.png", author="system", reason="local copies of images")
    post = forum.post(post_id)
    assert (post.last_editor, post.version, post.history) == ("system", 2, (RAW,))
    assert client.get(f"/posts/{post_id}.json").json()["edit_reason"] == "local copies of images"


def test_13_4_own_topics_are_listed_newest_first_and_paged(
    client: Client, forum: EmbeddedForum, clock: ManualClock
) -> None:
    for number in range(31):
        clock.advance(1)
        forum.write_topic(f"봇이 쓴 글 {number}", RAW, author="jubo")
    forum.write_topic("독자가 쓴 글", RAW)
    first = client.get("/topics/created-by/jubo.json").json()["topic_list"]
    assert (len(first["topics"]), first["topics"][0]["title"]) == (30, "봇이 쓴 글 30")
    second = client.http.get(first["more_topics_url"]).json()["topic_list"]
    assert [topic["title"] for topic in second["topics"]] == ["봇이 쓴 글 0"]
    assert "more_topics_url" not in second


def test_13_4_messages_and_deleted_topics_are_not_listed(
    client: Client, forum: EmbeddedForum
) -> None:
    client.topic(archetype="private_message", target_recipients="reader", raw=OTHER_RAW)
    topic_id, _ = new_topic(client, forum)
    forum.delete_topic(topic_id)
    assert client.get("/topics/created-by/jubo.json").json()["topic_list"]["topics"] == []


def test_unlisted_topics_are_listed_for_author_and_staff_only(
    client: Client, moderator: Client, forum: EmbeddedForum, url: str
) -> None:
    topic_id, _ = new_topic(client, forum)
    forum.set_topic(topic_id, visible=False)
    callers = [client, moderator, Client(url, forum.add_key("reader"), "reader")]
    counts = [len(c.get("/latest.json").json()["topic_list"]["topics"]) for c in callers]
    assert counts == [1, 1, 0]
    assert callers[2].get(f"/t/{topic_id}.json").status_code == 200


def test_a_forum_on_disk_is_there_after_a_restart(tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("forum") / "forum.sqlite"
    forum = open_forum(file)
    with serve_forum(forum) as url:
        topic_id, _ = new_topic(Client(url, forum.add_key()), forum, external_id="jubo-1")
    forum.close()
    again = open_forum(file)
    assert [(t.topic_id, t.external_id) for t in again.topics()] == [(topic_id, "jubo-1")]
    again.close()


# --- 5.5 bump and time


def test_5_5_the_bump_date_goes_back_to_the_last_post(
    client: Client, moderator: Client, forum: EmbeddedForum, clock: ManualClock
) -> None:
    topic_id, post_id = new_topic(client, forum)
    start = clock()
    clock.advance(600)
    client.edit(post_id, OTHER_RAW)
    path = f"/t/{topic_id}/reset-bump-date.json"
    assert client.put(path).status_code == 403
    answer = moderator.put(path)
    assert (answer.status_code, answer.content) == (200, b"")
    assert forum.topic(topic_id).bumped_at == start


def test_5_5_a_topics_time_moves_back_and_never_forward(
    client: Client, moderator: Client, forum: EmbeddedForum, clock: ManualClock
) -> None:
    topic_id, _ = new_topic(client, forum)
    path, now = f"/t/{topic_id}/change-timestamp.json", int(clock().timestamp())
    assert client.put(path, timestamp=now - 60).status_code == 403
    assert moderator.put(path).status_code == 400
    future = moderator.put(path, timestamp=now + 60)
    assert (future.status_code, future.json()) == (422, {"failed": "FAILED"})
    assert moderator.put(path, timestamp=now - 60).status_code == 200
    created = client.get(f"/t/{topic_id}.json").json()["created_at"]
    assert created == "2024-02-05T00:59:00.000Z"


@pytest.mark.parametrize(
    "path", [f"/t/{10**30}.json", f"/posts/{10**30}.json", f"/c/x/{10**30}.json"]
)
def test_an_id_beyond_the_database_is_simply_not_there(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_page_that_is_no_number_is_the_first(client: Client) -> None:
    assert client.get("/latest.json", page="x").status_code == 200
