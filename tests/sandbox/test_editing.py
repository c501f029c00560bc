"""Sections 4 and 5.1 of the contract: external ids, and edits of posts."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from bot.sandbox.forum import EmbeddedForum, ManualClock, RateLimits
from bot.sandbox.forum.revising import changed_characters
from tests.sandbox.forum_client import RAW, Client, errors, new_topic

OTHER_TITLE = "전혀 다른 제목으로 글을 하나 더 씁니다"
OTHER_RAW = "본문도 조금 다르게 써서 같은 글로 보이지 않게 합니다."


# --- 4 external ids


@pytest.mark.parametrize("external_id", ["a.b", "a/b", "a:b", "가 나", "x" * 51])
def test_4_a_malformed_external_id_is_refused(client: Client, external_id: str) -> None:
    answer = client.topic(external_id=external_id)
    assert answer.status_code == 422
    assert all(error.startswith("External") for error in errors(answer))


def test_4_an_external_id_is_unique_whatever_its_case(client: Client) -> None:
    client.topic(external_id="Jubo-1")
    answer = client.topic(title=OTHER_TITLE, raw=OTHER_RAW, external_id="jubo-1")
    assert errors(answer) == ["External has already been taken"]


def test_4_the_look_up_redirects_to_the_topic(client: Client, forum: EmbeddedForum) -> None:
    topic_id, _ = new_topic(client, forum, external_id="jubo-1")
    answer = client.get("/t/external_id/jubo-1.json", page=2, include_raw=1)
    location = urlsplit(answer.headers["location"])
    assert answer.status_code == 301
    assert answer.headers["content-type"].startswith("text/html")
    assert (location.path, location.query) == (f"/t/2024-01-29-02-04/{topic_id}.json", "page=2")
    assert location.scheme == "http"


def test_4_the_look_up_minds_the_case(client: Client) -> None:
    client.topic(external_id="Jubo-1")
    answer = client.get("/t/external_id/jubo-1.json")
    assert (answer.status_code, answer.json()["error_type"]) == (404, "not_found")


def test_4_a_deleted_topic_is_404_on_look_up_and_422_on_creation(
    client: Client, forum: EmbeddedForum
) -> None:
    topic_id, _ = new_topic(client, forum, external_id="jubo-1")
    forum.delete_topic(topic_id)
    assert client.get("/t/external_id/jubo-1.json").status_code == 404
    again = client.topic(raw=OTHER_RAW, external_id="jubo-1")
    assert errors(again) == ["External has already been taken"]


def test_4_a_message_of_others_is_403_on_look_up(
    client: Client, moderator: Client, forum: EmbeddedForum
) -> None:
    moderator.topic(archetype="private_message", target_recipients="reader", external_id="secret")
    assert client.get("/t/external_id/secret.json").status_code == 403


def test_4_the_topic_does_not_echo_its_external_id(client: Client, forum: EmbeddedForum) -> None:
    topic_id, _ = new_topic(client, forum, external_id="jubo-1")
    assert "external_id" not in client.get(f"/t/{topic_id}.json").json()


# --- 5.1 edits of posts


def test_5_1_an_edit_answers_with_the_post(client: Client, forum: EmbeddedForum) -> None:
    _, post_id = new_topic(client, forum)
    post = client.edit(post_id, OTHER_RAW, edit_reason="원문 갱신").json()["post"]
    assert (post["raw"], post["version"], post["edit_reason"]) == (OTHER_RAW, 2, "원문 갱신")


@pytest.mark.parametrize("name", ["original_text", "raw_old"])
def test_5_1_an_edit_of_another_text_is_409(
    client: Client, forum: EmbeddedForum, name: str
) -> None:
    _, post_id = new_topic(client, forum)
    forum.edit(post_id, RAW + " 사람이 고침")
    answer = client.edit(post_id, OTHER_RAW, **{name: RAW})
    assert answer.status_code == 409
    assert set(answer.json()) == {"errors"}
    assert forum.post(post_id).raw == RAW + " 사람이 고침"


def test_5_1_without_the_original_the_last_writer_wins(
    client: Client, forum: EmbeddedForum
) -> None:
    _, post_id = new_topic(client, forum)
    forum.edit(post_id, RAW + " 사람이 고침")
    assert client.edit(post_id, OTHER_RAW).status_code == 200
    assert forum.post(post_id).raw == OTHER_RAW


def test_5_1_an_edit_without_raw_is_an_empty_one(client: Client, forum: EmbeddedForum) -> None:
    _, post_id = new_topic(client, forum)
    answer = client.put(f"/posts/{post_id}.json", post={"edit_reason": "x"})
    assert answer.status_code == 422
    assert "Body can't be blank" in errors(answer)


def test_5_1_an_edit_that_changes_nothing_makes_no_version(
    client: Client, forum: EmbeddedForum, clock: ManualClock
) -> None:
    _, post_id = new_topic(client, forum)
    clock.advance(600)
    answer = client.edit(post_id, RAW + " \n", edit_reason="")
    assert (answer.status_code, answer.json()["post"]["version"]) == (200, 1)


def test_5_1_a_new_reason_makes_a_version_even_of_the_same_text(
    client: Client, forum: EmbeddedForum
) -> None:
    _, post_id = new_topic(client, forum)
    versions = [
        client.edit(post_id, RAW, edit_reason="이유").json()["post"]["version"] for _ in "ab"
    ]
    assert versions == [2, 2]


def test_5_1_a_small_edit_within_five_minutes_is_silent(
    client: Client, forum: EmbeddedForum, clock: ManualClock
) -> None:
    _, post_id = new_topic(client, forum)
    clock.advance(299)
    assert client.edit(post_id, RAW + " 덧붙임").json()["post"]["version"] == 1
    clock.advance(1)
    assert client.edit(post_id, RAW + " 또 덧붙임").json()["post"]["version"] == 2


@pytest.mark.parametrize(("trust", "allowed"), [(1, 100), (2, 400)])
def test_5_1_a_large_edit_makes_a_version_at_once(
    client: Client, forum: EmbeddedForum, trust: int, allowed: int
) -> None:
    forum.set_user("jubo", trust_level=trust)
    _, post_id = new_topic(client, forum)
    text = "가나다라마바사" * 60
    silent = client.edit(post_id, RAW + text[:allowed]).json()["post"]["version"]
    loud = client.edit(post_id, RAW).json()["post"]["version"]
    assert (silent, loud) == (1, 1)
    assert client.edit(post_id, RAW + text[: allowed + 1]).json()["post"]["version"] == 2


def test_5_1_the_size_of_an_edit_is_what_lies_between_the_common_ends() -> None:
    assert changed_characters("abcdef", "abXdef") == 1
    assert changed_characters("abc", "") == 3
    assert changed_characters("aa", "aaa") == 1


def test_5_1_after_another_editor_there_is_no_grace(client: Client, forum: EmbeddedForum) -> None:
    _, post_id = new_topic(client, forum)
    forum.edit(post_id, RAW + " 사람")
    assert client.edit(post_id, RAW + " 봇").json()["post"]["version"] == 3


def test_5_1_versions_are_limited_per_day_and_silent_edits_are_not(
    client: Client, forum: EmbeddedForum, clock: ManualClock
) -> None:
    forum.configure(limits=RateLimits(edits_per_day=1))
    _, post_id = new_topic(client, forum)
    assert client.edit(post_id, RAW + " 하나").status_code == 200
    assert client.edit(post_id, OTHER_RAW, edit_reason="둘").status_code == 200
    answer = client.edit(post_id, RAW, edit_reason="셋")
    assert (answer.status_code, answer.json()["error_type"]) == (429, "rate_limit")
    clock.advance(24 * 3600 - 60)
    assert client.edit(post_id, RAW, edit_reason="넷").status_code == 200


def test_5_1_a_version_of_the_last_post_bumps_the_topic(
    client: Client, moderator: Client, forum: EmbeddedForum, clock: ManualClock
) -> None:
    topic_id, post_id = new_topic(client, forum)
    start = forum.topic(topic_id).bumped_at
    clock.advance(600)
    moderator.put(f"/posts/{post_id}.json", post={"raw": OTHER_RAW}, bypass_bump=True)
    assert forum.topic(topic_id).bumped_at == start, "staff may bypass"
    client.put(f"/posts/{post_id}.json", post={"raw": RAW}, bypass_bump=True)
    assert forum.topic(topic_id).bumped_at == clock(), "others cannot"
    client.reply(topic_id, OTHER_RAW + " 답글")
    bumped = forum.topic(topic_id).bumped_at
    clock.advance(600)
    client.edit(post_id, OTHER_RAW)
    assert forum.topic(topic_id).bumped_at == bumped, "not the last post"


@pytest.mark.parametrize(("trust", "minutes"), [(1, 1440), (2, 43200)])
def test_5_1_the_window_for_own_edits_ends(
    client: Client, forum: EmbeddedForum, clock: ManualClock, trust: int, minutes: int
) -> None:
    forum.set_user("jubo", trust_level=trust)
    _, post_id = new_topic(client, forum)
    clock.advance(minutes * 60)
    assert client.edit(post_id, OTHER_RAW).status_code == 200
    clock.advance(1)
    answer = client.edit(post_id, RAW)
    assert (answer.status_code, set(answer.json())) == (422, {"errors"})


def test_5_1_trust_level_four_edits_for_ever(
    client: Client, forum: EmbeddedForum, clock: ManualClock
) -> None:
    forum.set_user("jubo", trust_level=4)
    _, post_id = new_topic(client, forum)
    clock.advance(10**8)
    assert client.edit(post_id, OTHER_RAW).status_code == 200


def test_5_1_a_locked_post_is_for_staff(
    client: Client, moderator: Client, forum: EmbeddedForum
) -> None:
    _, post_id = new_topic(client, forum)
    assert moderator.put(f"/posts/{post_id}/locked.json", locked="true").json() == {"locked": True}
    assert client.edit(post_id, OTHER_RAW).status_code == 403
    assert moderator.edit(post_id, OTHER_RAW).status_code == 200


def test_5_1_an_edit_by_staff_locks_where_the_site_says_so(
    client: Client, moderator: Client, forum: EmbeddedForum
) -> None:
    forum.configure(staff_edit_locks_post=True)
    _, post_id = new_topic(client, forum)
    moderator.edit(post_id, OTHER_RAW, edit_reason="고침")
    assert client.edit(post_id, RAW).status_code == 403


def test_5_1_the_posts_of_others_are_theirs(client: Client, forum: EmbeddedForum) -> None:
    topic = forum.write_topic("독자가 쓴 글의 제목입니다", RAW)
    assert client.edit(topic.posts[0].post_id, OTHER_RAW).status_code == 403


def test_5_1_edits_are_held_to_the_body_rules(
    client: Client, moderator: Client, forum: EmbeddedForum
) -> None:
    _, post_id = new_topic(client, forum)
    forum.configure(max_post_length=50)
    long = "길이가 제한을 넘어가는 본문입니다. " * 5
    for caller in (client, moderator):
        answer = caller.edit(post_id, long)
        assert answer.status_code == 422
        assert errors(answer)[0].startswith("Body is limited to 50 characters")


def test_5_1_title_and_category_may_come_with_the_first_post(
    client: Client, forum: EmbeddedForum
) -> None:
    topic_id, post_id = new_topic(client, forum)
    client.put(f"/posts/{post_id}.json", post={"raw": RAW, "category_id": 1}, title=OTHER_TITLE)
    topic = forum.topic(topic_id)
    assert (topic.title, topic.category) == (OTHER_TITLE, 1)


def test_revisions_show_what_changed(client: Client, forum: EmbeddedForum) -> None:
    _, post_id = new_topic(client, forum)
    assert client.get(f"/posts/{post_id}/revisions/latest.json").status_code == 404
    client.edit(post_id, OTHER_RAW, edit_reason="첫 번째")
    client.edit(post_id, RAW + " <b>", edit_reason="두 번째")
    latest = client.get(f"/posts/{post_id}/revisions/latest.json").json()
    first = client.get(f"/posts/{post_id}/revisions/2.json").json()
    assert (latest["current_revision"], latest["previous_revision"]) == (3, 2)
    assert (first["next_revision"], first["edit_reason"]) == (3, "첫 번째")
    table = latest["body_changes"]["side_by_side_markdown"]
    assert f"<del>{OTHER_RAW}</del>" in table
    assert "&lt;b&gt;</ins>" in table
