"""Success answers, held against the forum's own description of its API."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest

from bot.sandbox.forum import EmbeddedForum
from tests.sandbox.forum_client import RAW, Client, new_topic, png

Validate = Callable[[str, str, Any], None]


@pytest.fixture(scope="session")
def validate(shared: Path) -> Validate:
    api = json.loads((shared / "data/discourse/openapi.json").read_text(encoding="utf-8"))

    def check(method: str, path: str, body: Any) -> None:
        answers = api["paths"][path][method]["responses"]["200"]["content"]
        jsonschema.validate(body, answers["application/json"]["schema"])

    return check


def body(answer: httpx.Response) -> Any:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    return answer.json()


def test_a_created_post_alone_and_in_its_envelope(client: Client, validate: Validate) -> None:
    validate("post", "/posts.json", body(client.topic(nested_post=None)))
    nested = body(client.topic(title="전혀 다른 제목으로 글을 하나 더 씁니다", raw=RAW + " 또"))
    validate("post", "/posts.json", nested["post"])


def test_posts_read_and_written(client: Client, forum: EmbeddedForum, validate: Validate) -> None:
    _, post_id = new_topic(client, forum)
    validate("get", "/posts/{id}.json", body(client.get(f"/posts/{post_id}.json")))
    validate("put", "/posts/{id}.json", body(client.edit(post_id, RAW + " 고침")))


def test_topics(client: Client, forum: EmbeddedForum, validate: Validate) -> None:
    topic_id, _ = new_topic(client, forum, tags=["weekly"])
    client.reply(topic_id, RAW + " 답글입니다.")
    validate("get", "/t/{id}.json", body(client.get(f"/t/{topic_id}.json")))
    validate("get", "/t/{id}/posts.json", body(client.get(f"/t/{topic_id}/posts.json")))
    changed = client.put(f"/t/-/{topic_id}.json", title="전혀 다른 제목으로 바꾸어 봅니다")
    validate("put", "/t/-/{id}.json", body(changed))


def test_status_and_lock(
    client: Client, moderator: Client, forum: EmbeddedForum, validate: Validate
) -> None:
    topic_id, post_id = new_topic(client, forum)
    closed = moderator.put(f"/t/{topic_id}/status.json", status="closed", enabled="true")
    validate("put", "/t/{id}/status.json", body(closed))
    locked = moderator.put(f"/posts/{post_id}/locked.json", locked="true")
    validate("put", "/posts/{id}/locked.json", body(locked))


def test_lists(client: Client, forum: EmbeddedForum, validate: Validate) -> None:
    new_topic(client, forum, tags=["weekly"])
    validate("get", "/latest.json", body(client.get("/latest.json")))
    validate("get", "/c/{slug}/{id}.json", body(client.get("/c/reading/2.json")))


def test_messages(client: Client, forum: EmbeddedForum, validate: Validate) -> None:
    client.topic(archetype="private_message", target_recipients="reader", category=None)
    sent = client.get("/topics/private-messages-sent/jubo.json")
    validate("get", "/topics/private-messages-sent/{username}.json", body(sent))
    received = client.get("/topics/private-messages/jubo.json")
    validate("get", "/topics/private-messages/{username}.json", body(received))


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/site.json", "/site.json"),
        ("/site/basic-info.json", "/site/basic-info.json"),
        ("/categories.json", "/categories.json"),
        ("/c/{id}/show.json", "/c/2/show.json"),
        ("/tags.json", "/tags.json"),
        ("/notifications.json", "/notifications.json"),
    ],
)
def test_the_site(moderator: Client, validate: Validate, path: str, address: str) -> None:
    """As staff sees it: the description types a category's permission as a number."""
    validate("get", path, body(moderator.get(address)))


def test_notifications_are_marked(client: Client, validate: Validate) -> None:
    validate(
        "put", "/notifications/mark-read.json", body(client.put("/notifications/mark-read.json"))
    )


def test_uploads(client: Client, validate: Validate) -> None:
    validate("post", "/uploads.json", body(client.upload(png())))
