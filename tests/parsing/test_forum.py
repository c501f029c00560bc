"""The forum's JSON: values out of good answers, a ParseError out of everything else."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ParseError
from bot.model.topic import ForumLimits, PendingPost
from bot.parsing.forum import (
    parse_created,
    parse_limits,
    parse_pending,
    parse_post,
    parse_posts,
    parse_stream,
    parse_tags,
    parse_time,
    parse_topic,
    parse_topic_address,
    parse_topic_list,
)

KEYS = st.sampled_from(
    re.findall(
        r"\w+",
        """
        id title topic_id post_number username raw version deleted_at hidden tags details
        created_by post_stream posts stream users posters user_id topic_list topics action success
        pending_post pending_posts post created_at description max_post_length top_tags
        current_user
        """,
    )
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=25,
)
OBJECTS = st.dictionaries(KEYS, JSON, max_size=8)
FORUM = "https://discuss.example.org"


@given(OBJECTS)
@pytest.mark.parametrize(
    "parse",
    [
        parse_topic,
        parse_topic_list,
        parse_post,
        parse_posts,
        parse_stream,
        parse_created,
        parse_pending,
    ],
)
def test_any_answer_is_a_value_or_a_parse_error(
    parse: Callable[[dict[str, Any]], object], data: dict[str, Any]
) -> None:
    with suppress(ParseError):
        parse(data)


@given(OBJECTS, OBJECTS, OBJECTS)
def test_any_settings_give_limits(
    settings: dict[str, Any], site: dict[str, Any], user: dict[str, Any]
) -> None:
    assert isinstance(parse_limits(settings, site, user), ForumLimits)


@given(JSON)
def test_any_tags_are_names(data: object) -> None:
    assert all(isinstance(name, str) for name, _ in parse_tags(data))


def test_a_lists_author_is_its_original_poster() -> None:
    data = {
        "users": [{"id": 3, "username": "reader"}, {"id": 4, "username": "jubo"}],
        "topic_list": {
            "topics": [
                {
                    "id": 1,
                    "title": "논문",
                    "posters": [
                        {"user_id": 4, "description": "Most Recent Poster"},
                        {"user_id": 3, "description": "Original Poster"},
                    ],
                },
                {"id": 2, "title": "논문", "last_poster_username": "jubo"},
            ]
        },
    }
    assert [topic.author for topic in parse_topic_list(data)] == ["reader", "jubo"]


def test_a_queued_creation_is_no_post() -> None:
    data = {"action": "enqueued", "success": True, "pending_post": {"id": 7, "raw": "글"}}
    assert parse_created(data) == PendingPost(7, "", "글")


def test_who_may_not_tag_has_no_tags() -> None:
    assert not parse_limits({}, {"can_tag_topics": False}, {}).tagging


@pytest.mark.parametrize("value", ["yesterday", "2024-02-05T01:02:03", 5, None])
def test_what_is_no_aware_time_is_none(value: object) -> None:
    assert parse_time(value) is None


@pytest.mark.parametrize(
    ("address", "topic_id"),
    [
        ("https://DISCUSS.example.org/t/3180/4", 3180),
        ("https://discuss.example.org/t/-/3180/1", 3180),
        ("https://discuss.example.org/t/2024-01-29-02-04/3180", 3180),
        (" /t/주간-논문/3180.json ", 3180),
        ("https://discuss.example.org/c/papers/12", None),
        ("https://discuss.example.org.evil.example/t/3180", None),
        ("https://[", None),
        ("", None),
    ],
)
def test_an_address_names_a_topic_of_its_own_forum_only(address: str, topic_id: int | None) -> None:
    assert parse_topic_address(address, FORUM) == topic_id


def test_a_forum_in_a_folder_has_its_topics_there() -> None:
    assert parse_topic_address("https://example.org/talk/t/x/5", "https://example.org/talk") == 5
