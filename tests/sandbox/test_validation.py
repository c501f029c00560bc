"""Section 3 of the contract, and 13.2: what is refused and what is stored."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.forum import (
    EmbeddedForum,
    ForumSettings,
    ManualClock,
    RateLimits,
)
from bot.sandbox.forum.text import clean_title, normalise_raw
from tests.sandbox.forum_client import RAW, Client, errors, new_topic, post_of

OTHER_TITLE = "전혀 다른 제목으로 글을 하나 더 씁니다"
OTHER_RAW = "본문도 조금 다르게 써서 같은 글로 보이지 않게 합니다."


# --- 3.2 titles


@pytest.mark.parametrize(
    ("title", "error"),
    [
        ("", "Title can't be blank"),
        ("짧은 제목", "Title is too short (minimum is 15 characters)"),
        ("가나다라마바사아자차" * 26, "Title is too long (maximum is 255 characters)"),
        ("aaaaaaaaaaaaaaaaaaaa", "Title seems unclear, is it a complete sentence?"),
        ("!?!?!?!?#$%^&*()+-=<>", "Title seems unclear, is it a complete sentence?"),
        ("이번 주의 논문을 소개합니다 🚀 :rocket:", "Title can't have more than 1 emoji"),
    ],
)
def test_3_2_each_rule_of_titles_has_its_text(client: Client, title: str, error: str) -> None:
    answer = client.topic(title=title)
    assert answer.status_code == 422
    assert answer.json()["action"] == "create_post"
    assert error in errors(answer)


def test_3_2_admins_may_write_short_titles(forum: EmbeddedForum, url: str) -> None:
    forum.add_user("boss", admin=True)
    boss = Client(url, forum.add_key("boss"), "boss")
    assert boss.topic(title="다른 제목: abcd").status_code == 200


def test_3_2_a_title_is_used_once_whatever_its_case(client: Client) -> None:
    client.topic(title="Top ML Papers of the Week")
    answer = client.topic(title="top ml papers of the WEEK", raw=OTHER_RAW)
    assert errors(answer) == ["Title has already been used"]


def test_3_2_staff_is_not_exempt_from_the_duplicate_rule(client: Client, moderator: Client) -> None:
    client.topic()
    assert errors(moderator.topic(raw=OTHER_RAW)) == ["Title has already been used"]


def test_3_2_a_deleted_topic_frees_its_title(client: Client, forum: EmbeddedForum) -> None:
    topic_id, _ = new_topic(client, forum)
    forum.delete_topic(topic_id)
    assert client.topic(raw=OTHER_RAW).status_code == 200


def test_3_2_titles_may_repeat_per_category_where_the_site_says_so(
    client: Client, forum: EmbeddedForum
) -> None:
    forum.configure(allow_duplicate_topic_titles_category=True)
    client.topic()
    assert client.topic(raw=OTHER_RAW, category=1).status_code == 200
    assert client.topic(raw=OTHER_RAW + " 또", category=2).status_code == 422


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("이번\u3000주의   논문", "이번 주의 논문"),
        ("논문 읽기!!! 정말??", "논문 읽기! 정말?"),
        ("weekly papers...", "Weekly papers"),
        ("ALL CAPITALS HERE", "All capitals here"),
        ("iPhone 이야기", "iPhone 이야기"),
        ("폭\u200b없음", "폭없음"),
    ],
)
def test_3_2_the_stored_title_is_rewritten(sent: str, stored: str) -> None:
    assert clean_title(sent, ForumSettings()) == stored


def test_3_2_prettifying_can_be_off() -> None:
    assert clean_title("what??", ForumSettings(title_prettify=False)) == "what??"


def test_3_2_the_longest_word_is_limited_where_the_site_says_so(
    client: Client, forum: EmbeddedForum
) -> None:
    forum.configure(title_max_word_length=10)
    assert client.topic(title="abcdefghijklmnop 논문").status_code == 422


# --- 3.3 bodies


def test_3_3_a_body_over_the_limit_counts_code_points(client: Client, forum: EmbeddedForum) -> None:
    forum.configure(max_post_length=100)
    body = "가나다라마바사아자차" * 9 + "<!--c-->" + "🚀"
    assert len(body) == 99
    assert client.topic(raw=body + "x").status_code == 200
    answer = client.topic(title=OTHER_TITLE, raw=body + "xy")
    assert errors(answer) == ["Body is limited to 100 characters; you entered 101."]


def test_3_3_staff_is_held_to_the_maximum(moderator: Client, forum: EmbeddedForum) -> None:
    forum.configure(max_post_length=30)
    assert moderator.topic().status_code == 422


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        ("   ", "Body can't be blank"),
        ("짧은 본문", "Body is too short (minimum is 20 characters)"),
        ("짧다<!-- 주석은 세지 않습니다. -->", "Body is too short (minimum is 20 characters)"),
        ("아아.......................", "Body is too short (minimum is 20 characters)"),
        ("aaaaaaaaaaaaaaaaaaaaaaaaa", "Body seems unclear, is it a complete sentence?"),
        ("THIS IS ALL SHOUTED AT YOU", "Body seems unclear, is it a complete sentence?"),
    ],
)
def test_3_3_each_rule_of_bodies_has_its_text(client: Client, raw: str, error: str) -> None:
    assert error in errors(client.topic(raw=raw))


def test_3_3_the_same_body_within_five_minutes_is_too_similar(
    client: Client, clock: ManualClock
) -> None:
    client.topic()
    answer = client.topic(title=OTHER_TITLE)
    assert errors(answer) == ["Body is too similar to what you recently posted"]
    clock.advance(301)
    assert client.topic(title=OTHER_TITLE).status_code == 200


def test_3_3_staff_may_repeat_itself(moderator: Client) -> None:
    moderator.topic()
    assert moderator.topic(title=OTHER_TITLE).status_code == 200


def test_3_3_mentions_are_limited(client: Client, moderator: Client) -> None:
    raw = RAW + " " + " ".join(f"@user{n}" for n in range(11))
    assert any("mention" in error for error in errors(client.topic(raw=raw)))
    assert moderator.topic(raw=raw).status_code == 200


@pytest.mark.parametrize(
    "extra",
    [
        "![a](https://example.org/a.png) ![b](https://example.org/b.png)",
        "[a.pdf|attachment](upload://a.pdf)",
        "https://a.example.org/1 https://b.example.org/2 arxiv.org",
        "@user1 @user2 @user3",
    ],
)
def test_3_3_a_new_user_may_do_less(client: Client, forum: EmbeddedForum, extra: str) -> None:
    forum.set_user("jubo", trust_level=0)
    assert client.topic(raw=f"{RAW} {extra}").status_code == 422
    forum.set_user("jubo", trust_level=1)
    assert client.topic(raw=f"{RAW} {extra}", tags=["weekly"]).status_code == 200


def test_3_3_the_fourth_reply_in_a_row_is_refused(client: Client, forum: EmbeddedForum) -> None:
    topic = forum.write_topic("독자가 쓴 글의 제목입니다", RAW)
    replies = [client.reply(topic.topic_id, f"{OTHER_RAW} {n}").status_code for n in range(4)]
    assert replies == [200, 200, 200, 422]


def test_3_3_the_owner_of_a_topic_may_reply_on_and_on(client: Client, forum: EmbeddedForum) -> None:
    topic_id, _ = new_topic(client, forum)
    replies = [client.reply(topic_id, f"{OTHER_RAW} {n}").status_code for n in range(5)]
    assert replies == [200] * 5


def test_3_3_a_new_user_replies_three_times_to_a_topic(
    client: Client, forum: EmbeddedForum
) -> None:
    forum.set_user("jubo", trust_level=0)
    forum.configure(max_consecutive_replies=10)
    topic = forum.write_topic("독자가 쓴 글의 제목입니다", RAW)
    replies = [client.reply(topic.topic_id, f"{OTHER_RAW} {n}").status_code for n in range(4)]
    assert replies == [200, 200, 200, 422]


@pytest.mark.parametrize("state", [{"closed": True}, {"archived": True}])
def test_3_3_a_reply_to_a_closed_topic_is_422(
    client: Client, forum: EmbeddedForum, state: dict[str, bool]
) -> None:
    topic_id, _ = new_topic(client, forum)
    forum.set_topic(topic_id, **state)
    answer = client.reply(topic_id, OTHER_RAW)
    assert answer.status_code == 422
    assert "closed or deleted" in errors(answer)[0]


def test_3_3_a_reply_to_a_deleted_or_unknown_topic_is_422_as_well(
    client: Client, forum: EmbeddedForum
) -> None:
    topic_id, _ = new_topic(client, forum)
    forum.delete_topic(topic_id)
    answers = [client.reply(topic_id, OTHER_RAW), client.reply(999_999, OTHER_RAW)]
    assert [answer.status_code for answer in answers] == [422, 422]


# --- 3.4 tags


def test_3_4_who_may_not_tag_is_refused(client: Client, forum: EmbeddedForum) -> None:
    forum.configure(trust_to_tag=2)
    assert client.topic(tags=["weekly"]).status_code == 422
    assert forum.topics() == ()


def test_3_4_unknown_tags_are_dropped_in_silence_even_all(
    client: Client, forum: EmbeddedForum
) -> None:
    assert client.topic(tags=["unheard-of"]).status_code == 200
    assert forum.topics()[0].tags == ()


def test_3_4_new_tags_are_cleaned(client: Client, forum: EmbeddedForum) -> None:
    forum.set_user("jubo", trust_level=3)
    client.topic(tags=["C++", "GPT-4.1", "Large language models", "none", "WEEKLY"])
    assert forum.topics()[0].tags == ("c", "gpt-41", "large-language-model", "weekly")


def test_3_4_older_forums_cut_the_list_in_silence(client: Client, forum: EmbeddedForum) -> None:
    forum.set_user("jubo", trust_level=3)
    forum.configure(refuse_too_many_tags=False)
    assert client.topic(tags=list("abcdefg")).status_code == 200
    assert forum.topics()[0].tags == tuple("abcde")


def test_3_4_a_category_may_allow_only_some_tags(client: Client, forum: EmbeddedForum) -> None:
    forum.set_category(2, tags=["paper"])
    assert client.topic(tags=["weekly"]).status_code == 422
    assert client.topic(tags=["weekly", "paper"]).status_code == 200
    assert forum.topics()[0].tags == ("paper",)


def test_3_4_a_category_may_require_tags_and_exempts_staff(
    client: Client, moderator: Client, forum: EmbeddedForum
) -> None:
    forum.set_category(2, required_tags=1)
    assert client.topic().status_code == 422
    assert client.topic(tags=["weekly"]).status_code == 200
    assert moderator.topic(title=OTHER_TITLE).status_code == 200


@pytest.mark.parametrize("objects", [True, False])
def test_14_tags_are_returned_as_objects_or_strings(
    client: Client, forum: EmbeddedForum, objects: bool
) -> None:
    forum.configure(tag_objects=objects)
    topic_id, _ = new_topic(client, forum, tags=["weekly"])
    tags = client.get(f"/t/{topic_id}.json").json()["tags"]
    assert tags == ([{"id": 2, "name": "weekly", "slug": "weekly"}] if objects else ["weekly"])


# --- 3.5 and 3.6


def test_3_5_a_category_without_the_right_is_403(
    client: Client, moderator: Client, forum: EmbeddedForum, url: str
) -> None:
    assert client.topic(category=3).status_code == 403
    assert moderator.topic(category=3).status_code == 200
    forum.set_category(3, create="admins")
    assert moderator.topic(category=3, title=OTHER_TITLE).status_code == 403


def test_3_6_skip_validations_skips_title_body_rights_and_limits(
    client: Client, forum: EmbeddedForum
) -> None:
    forum.configure(limits=RateLimits(topics_per_day=1))
    client.topic()
    answers = [
        client.topic(title="a", raw="b", skip_validations=True, category=3),
        client.topic(skip_validations=True),
        client.topic(tags=["brand-new"], skip_validations=True, title="c"),
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert forum.topics()[-1].tags == ("brand-new",)


def test_3_6_the_index_on_external_ids_is_hit_without_validations(client: Client) -> None:
    client.topic(external_id="jubo-1")
    answer = client.topic(title=OTHER_TITLE, external_id="JUBO-1", skip_validations=True)
    assert answer.status_code == 500


# --- 13.2 what is stored


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("\u0000a", "a"),
        ("a\u00a0b\u3000c\u2028d", "a b c d"),
        ("  a \n\n ", "  a"),
        ("a\r\nb\tc\u200bd", "a\r\nb\tc\u200bd"),
        ("e\u0301", "e\u0301"),
    ],
)
def test_13_2_raw_is_normalised_and_nothing_else(sent: str, stored: str) -> None:
    assert normalise_raw(sent) == stored


@given(st.text())
def test_13_2_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise_raw(normalise_raw(text)) == normalise_raw(text)


def test_13_2_the_stored_raw_is_the_normalised_one(client: Client, forum: EmbeddedForum) -> None:
    client.topic(raw=f"{RAW}\u3000끝\n\n")
    assert forum.topics()[0].posts[0].raw == f"{RAW} 끝"


def test_2_1_half_a_surrogate_pair_is_no_text(client: Client) -> None:
    headers = {"Content-Type": "application/json"}
    body = b'{"title": "a", "raw": "\\ud800"}'
    assert client.http.post("/posts.json", content=body, headers=headers).status_code == 400


def test_2_1_an_optional_time_without_a_zone_is_utc(client: Client) -> None:
    assert post_of(client.topic(created_at="2024-01-01T00:00:00"))["created_at"].endswith("Z")
