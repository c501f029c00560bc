"""Sections 7, 9 and 10 of the contract: the site, uploads, messages, notifications."""

from __future__ import annotations

import pytest

from bot.sandbox.forum import EmbeddedForum, RateLimits
from tests.sandbox.forum_client import RAW, Client, errors, new_topic, png, post_of


def test_7_client_settings_are_visible_and_hidden_ones_are_not(
    client: Client, forum: EmbeddedForum
) -> None:
    forum.configure(max_post_length=40_000, math=True)
    settings = client.get("/site/settings.json").json()
    assert settings["max_post_length"] == 40_000
    assert settings["discourse_math_enabled"] is True
    hidden = {
        "title_min_entropy", "body_min_entropy", "title_prettify", "allow_uppercase_posts",
        "max_emojis_in_title", "allow_duplicate_topic_titles", "unique_posts_mins",
        "max_mentions_per_post", "newuser_max_links", "limits",
    }  # fmt: skip
    assert not hidden & set(settings)


def test_7_the_site_tells_what_the_caller_may(
    client: Client, moderator: Client, forum: EmbeddedForum
) -> None:
    for caller, expected in ((client, [1, 1, None]), (moderator, [1, 1, 1])):
        site = caller.get("/site.json").json()
        assert [category["permission"] for category in site["categories"]] == expected
    assert client.get("/site.json").json()["can_create_tag"] is False
    forum.set_user("jubo", trust_level=3)
    assert client.get("/site.json").json()["can_create_tag"] is True


def test_7_a_category_shows_its_rules(client: Client, forum: EmbeddedForum) -> None:
    forum.set_category(2, approval=True, tags=["paper"], required_tags=1)
    category = client.get("/c/2/show.json").json()["category"]
    assert category["allowed_tags"] == ["paper"]
    assert category["minimum_required_tags"] == 1
    assert category["category_setting"]["require_topic_approval"] is True
    assert client.get("/c/99/show.json").status_code == 404


def test_7_a_restricted_category_names_its_group(client: Client) -> None:
    rows = client.get("/c/3/show.json").json()["category"]["group_permissions"]
    assert [(row["group_name"], row["permission_type"]) for row in rows] == [
        ("staff", 1), ("everyone", 2),
    ]  # fmt: skip


def test_7_without_a_caller_the_session_is_an_empty_404(url: str) -> None:
    answer = Client(url, None).get("/session/current.json")
    assert (answer.status_code, answer.content) == (404, b"")


def test_7_the_basics_are_for_anybody(forum: EmbeddedForum, url: str) -> None:
    forum.configure(login_required=True)
    info = Client(url, None).get("/site/basic-info.json").json()
    assert (info["login_required"], info["locale"]) == (True, "ko")


def test_7_about_names_version_and_staff(client: Client) -> None:
    about = client.get("/about.json").json()["about"]
    assert [user["username"] for user in about["moderators"]] == ["moderator"]
    assert about["version"]


def test_7_tags_are_counted(client: Client, forum: EmbeddedForum) -> None:
    new_topic(client, forum, tags=["weekly"])
    tags = client.get("/tags.json").json()["tags"]
    assert {tag["name"]: tag["count"] for tag in tags} == {"paper": 0, "weekly": 1}


def test_lists_of_a_category_hold_its_topics(client: Client, forum: EmbeddedForum) -> None:
    new_topic(client, forum)
    forum.write_topic("다른 카테고리의 글입니다", RAW, category=1)
    for path in ("/c/reading/2.json", "/c/reading/2/l/latest.json"):
        assert len(client.get(path).json()["topic_list"]["topics"]) == 1
    assert client.get("/c/nothing/99.json").status_code == 404


# --- 9 uploads


def test_9_an_upload_has_a_short_address_and_its_size(client: Client) -> None:
    body = client.upload(png(1380, 776)).json()
    assert body["short_url"].startswith("upload://")
    assert (body["width"], body["height"], body["thumbnail_width"]) == (1380, 776, 690)
    served = client.http.get(body["url"])
    assert (served.content, served.headers["content-type"]) == (png(1380, 776), "image/png")
    assert client.http.get(body["short_path"]).content == served.content


def test_9_the_same_bytes_are_the_same_upload(client: Client) -> None:
    first, second = client.upload(png()).json(), client.upload(png(), "other.png").json()
    assert first == second


def test_9_the_old_name_of_the_type_is_accepted_and_none_is_not(client: Client) -> None:
    assert client.upload(png(), type="composer").status_code == 200
    assert client.upload(png(), nothing="x").status_code == 400
    assert client.http.post("/uploads.json", data={"upload_type": "composer"}).status_code == 400


@pytest.mark.parametrize(
    ("content", "name"),
    [(png(), "a.svg"), (b"", "a.png"), (b"no picture", "a.png"), (b"x" * 5_000_000, "a.png")],
)
def test_9_what_is_no_allowed_picture_is_422(client: Client, content: bytes, name: str) -> None:
    answer = client.upload(content, name)
    assert (answer.status_code, set(answer.json())) == (422, {"errors"})


def test_9_uploads_are_limited_per_minute(client: Client, forum: EmbeddedForum) -> None:
    forum.configure(limits=RateLimits(uploads_per_minute=1))
    client.upload(png())
    assert client.upload(png(5, 5)).status_code == 429


def test_9_a_silenced_user_uploads_nothing(client: Client, forum: EmbeddedForum) -> None:
    forum.set_user("jubo", silenced=True)
    assert client.upload(png()).status_code == 403


def test_9_a_post_shows_its_upload(client: Client, forum: EmbeddedForum) -> None:
    upload = client.upload(png()).json()
    post = post_of(client.topic(raw=f"{RAW}\n\n![그림|4x3]({upload['short_url']})"))
    assert f'src="{upload["url"]}"' in post["cooked"]


def test_9_an_unknown_picture_is_404(client: Client) -> None:
    assert client.get("/uploads/short-url/nothing.png").status_code == 404


# --- 10 messages


def message(client: Client, to: str = "reader", **changes: str) -> int:
    answer = client.topic(
        archetype="private_message", target_recipients=to, category=None, **changes
    )
    return int(post_of(answer)["topic_id"])


def test_10_a_message_reaches_its_recipient_and_nobody_else(
    client: Client, moderator: Client, forum: EmbeddedForum, url: str
) -> None:
    topic_id = message(client, title="안녕")
    reader = Client(url, forum.add_key("reader"), "reader")
    listed = reader.get("/topics/private-messages/reader.json").json()["topic_list"]["topics"]
    assert [topic["id"] for topic in listed] == [topic_id]
    sent = client.get("/topics/private-messages-sent/jubo.json").json()["topic_list"]["topics"]
    assert [topic["id"] for topic in sent] == [topic_id]
    assert moderator.get(f"/t/{topic_id}.json").status_code == 403
    assert client.get("/topics/private-messages/reader.json").status_code == 403


def test_10_a_reply_in_a_message_is_possible(
    client: Client, forum: EmbeddedForum, url: str
) -> None:
    topic_id = message(client)
    reader = Client(url, forum.add_key("reader"), "reader")
    assert reader.reply(topic_id, "네, 알겠습니다. 고맙습니다.").status_code == 200


@pytest.mark.parametrize("to", ["", "nobody", "reader,nobody"])
def test_10_unknown_recipients_are_refused(client: Client, to: str) -> None:
    assert client.topic(archetype="private_message", target_recipients=to).status_code == 422


def test_10_the_deprecated_parameter_is_not_read(client: Client) -> None:
    answer = client.topic(archetype="private_message", target_usernames="reader")
    assert errors(answer) == ["You must select a valid user."]


def test_10_new_users_send_no_messages(client: Client, forum: EmbeddedForum) -> None:
    forum.set_user("jubo", trust_level=0)
    answer = client.topic(archetype="private_message", target_recipients="reader")
    assert answer.status_code == 422


def test_10_too_many_recipients_are_refused(client: Client, forum: EmbeddedForum) -> None:
    forum.configure(max_allowed_message_recipients=1)
    answer = client.topic(archetype="private_message", target_recipients="reader,moderator")
    assert answer.status_code == 422


def test_6_2_messages_are_limited_per_day(client: Client, forum: EmbeddedForum) -> None:
    forum.configure(limits=RateLimits(messages_per_day=1))
    message(client)
    answer = client.topic(
        archetype="private_message", target_recipients="reader", raw=RAW + " 두 번째입니다."
    )
    assert answer.status_code == 429


def test_10_notifications_are_marked_read(client: Client, forum: EmbeddedForum) -> None:
    forum.configure(approve_topics=True)
    forum.approve(client.topic().json()["pending_post"]["id"])
    told = client.get("/notifications.json").json()["notifications"]
    assert [one["read"] for one in told] == [False]
    assert client.put("/notifications/mark-read.json", id=told[0]["id"]).json() == {"success": "OK"}
    told = client.get("/notifications.json").json()["notifications"]
    assert [one["read"] for one in told] == [True]
