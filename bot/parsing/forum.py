"""The forum's JSON to values; what is missing takes its default, what is wrong is a ParseError.

Shapes: the forum's own API description; tags come as strings or as objects (contract 14).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from bot.errors import ParseError
from bot.model.topic import ForumLimits, ForumPost, PendingPost, Topic

Json = Mapping[str, Any]
S = TypeVar("S", int, str)


def parse_topic(data: Json, posts: tuple[ForumPost, ...] = ()) -> Topic:
    """A topic out of ``/t/{id}.json`` or an item of a list.

    A list's item names its author only by number; ``author`` is then "".
    """
    details = data.get("details")
    created_by = _object(details, "created_by") if isinstance(details, Mapping) else {}
    return Topic(
        topic_id=_require(data, "id", int),
        title=_require(data, "title", str),
        slug=_text(data, "slug"),
        author=_text(created_by, "username"),
        posts=posts,
        category=data["category_id"] if isinstance(data.get("category_id"), int) else None,
        tags=tuple(name for name, _ in parse_tags(data.get("tags"))),
        visible=data.get("visible") is not False,
        deleted=data.get("deleted_at") is not None,
        created_at=parse_time(data.get("created_at")),
        external_id=data["external_id"] if isinstance(data.get("external_id"), str) else None,
        posts_count=data["posts_count"] if isinstance(data.get("posts_count"), int) else 0,
    )


def parse_topic_list(data: Json) -> tuple[Topic, ...]:
    """The topics of a list, as listed; authors' names where the list brings its users along."""
    items = [
        item for item in _array(_object(data, "topic_list"), "topics") if isinstance(item, Mapping)
    ]
    names = {user.get("id"): _text(user, "username") for user in _objects(data.get("users"))}
    return tuple(_with_author(parse_topic(item), item, names) for item in items)


def _with_author(topic: Topic, item: Json, names: Mapping[Any, str]) -> Topic:
    posters = list(_objects(item.get("posters")))
    first = next(
        (poster for poster in posters if "Original Poster" in _text(poster, "description")),
        posters[0] if posters else {},
    )
    author = names.get(first.get("user_id"), "") or _text(item, "last_poster_username")
    return replace(topic, author=author)


def parse_post(data: Json) -> ForumPost:
    """A post with its ``raw``; the envelope of ``nested_post`` is already off."""
    return ForumPost(
        post_id=_require(data, "id", int),
        topic_id=_require(data, "topic_id", int),
        number=_require(data, "post_number", int),
        author=_require(data, "username", str),
        raw=_require(data, "raw", str),
        version=data["version"] if isinstance(data.get("version"), int) else 1,
        edit_reason=_text(data, "edit_reason") or None,
        deleted=data.get("deleted_at") is not None or data.get("user_deleted") is True,
        hidden=data.get("hidden") is True,
    )


def parse_posts(data: Json) -> tuple[ForumPost, ...]:
    """The regular posts of a ``post_stream``; notes of actions (type 3) have no text."""
    stream = _object(data, "post_stream")
    return tuple(
        parse_post(post) for post in _objects(stream.get("posts")) if post.get("post_type", 1) == 1
    )


def parse_stream(data: Json) -> tuple[int, ...]:
    """The ids of all posts of a topic, in order."""
    stream = _object(data, "post_stream").get("stream")
    return (
        tuple(item for item in stream if isinstance(item, int)) if isinstance(stream, list) else ()
    )


def parse_created(data: Json) -> ForumPost | PendingPost:
    """What a creation with ``nested_post`` answers (contract 2.2); "enqueued" is no post."""
    if data.get("action") == "enqueued" and data.get("success") is True:
        pending = _object(data, "pending_post")
        return PendingPost(_require(pending, "id", int), "", _text(pending, "raw"))
    post = data.get("post")
    return parse_post(post if isinstance(post, Mapping) else data)


def parse_pending(data: Json) -> tuple[PendingPost, ...]:
    """The bot's own posts that wait."""
    return tuple(
        PendingPost(
            _require(item, "id", int),
            _text(item, "title"),
            _text(item, "raw_text") or _text(item, "raw"),
            parse_time(item.get("created_at")),
        )
        for item in _objects(data.get("pending_posts"))
    )


def parse_tags(data: object) -> tuple[tuple[str, int | None], ...]:
    """Names with ids where the forum gives objects, without where it gives strings.

    >>> parse_tags(["paper", {"id": 4, "name": "weekly", "slug": "weekly"}])
    (('paper', None), ('weekly', 4))
    """
    found: list[tuple[str, int | None]] = []
    for item in data if isinstance(data, list) else []:
        if isinstance(item, str):
            found.append((item, None))
        elif isinstance(item, Mapping) and isinstance(item.get("name"), str):
            number = item.get("id")
            found.append((item["name"], number if isinstance(number, int) else None))
    return tuple(found)


_TOPIC_PATH = re.compile(r"/t/(?:(?!\d+(?:/|$))[^/]*/)?(\d{1,18})(?:/\d*)?(?:\.json)?", re.ASCII)
_SETTINGS = {
    "max_post_length": "max_post_length",
    "min_post_length": "min_post_length",
    "min_first_post_length": "min_first_post_length",
    "min_topic_title_length": "min_title_length",
    "max_topic_title_length": "max_title_length",
    "max_tags_per_topic": "max_tags",
    "max_tag_length": "max_tag_length",
    "discourse_math_enabled": "math",
    "details_enabled": "details",
    "tagging_enabled": "tagging",
}


def parse_limits(settings: Json, site: Json, user: Json) -> ForumLimits:
    """What ``/site/settings``, ``/site`` and ``/session/current`` tell; each may be empty.

    >>> parse_limits({"max_post_length": 50000, "details_enabled": "?"}, {}, {}).max_post_length
    50000
    """
    defaults = ForumLimits()
    known: dict[str, Any] = {}
    for name, field in _SETTINGS.items():
        value: Any = settings.get(name)
        if type(value) is type(getattr(defaults, field)) and int(value) >= 0:
            known[field] = value
    if site.get("can_tag_topics") is False:
        known["tagging"] = False
    tags = parse_tags(site.get("top_tags"))
    known["tag_objects"] = bool(tags) and tags[0][1] is not None
    current = user.get("current_user")
    if isinstance(current, Mapping):
        known["staff"] = current.get("admin") is True or current.get("moderator") is True
    known["pictures"] = takes_pictures(settings, staff=known.get("staff", False))
    return ForumLimits(**known)


def takes_pictures(settings: Json, *, staff: bool) -> bool | None:
    """Whether the forum takes PNG files; None where its settings do not say.

    >>> takes_pictures({"authorized_extensions": "jpg|.PNG"}, staff=False)
    True
    """
    listed = [settings.get("authorized_extensions")]
    if not isinstance(listed[0], str):
        return None
    listed += [settings.get("authorized_extensions_for_staff")] * staff
    found = {
        extension.strip(" .").lower()
        for extensions in listed
        if isinstance(extensions, str)
        for extension in extensions.split("|")
    }
    return not found.isdisjoint({"png", "*"})


def parse_time(value: object) -> datetime | None:
    """A time of the forum, aware; None for anything else.

    >>> parse_time("2024-02-05T01:02:03.004Z").isoformat()
    '2024-02-05T01:02:03.004000+00:00'
    """
    try:
        time = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return time if time is not None and time.tzinfo is not None else None


def parse_topic_address(address: str, forum_url: str) -> int | None:
    """The number of the topic that an address of that forum names; None for any other address.

    >>> forum = "https://discuss.example.org"
    >>> parse_topic_address("https://discuss.example.org/t/ml-papers/3180/2?u=reader", forum)
    3180
    >>> parse_topic_address("/t/3180", forum)
    3180
    >>> parse_topic_address("https://elsewhere.example.org/t/3180", forum)
    """
    try:
        here, there = urlsplit(forum_url), urlsplit(address.strip())
        same = there.netloc.lower() in {"", here.netloc.lower()}
    except ValueError:
        return None
    path = there.path.removeprefix(here.path.rstrip("/"))
    match = _TOPIC_PATH.fullmatch(path)
    return int(match[1]) if match and same else None


def _require(data: Json, name: str, kind: type[S]) -> S:
    value = data.get(name)
    if not isinstance(value, kind) or isinstance(value, bool):
        raise ParseError(f"discourse: the answer has no {name}; is this a Discourse?")
    return value


def _object(data: Json, name: str) -> Json:
    value = data.get(name)
    if not isinstance(value, Mapping):
        raise ParseError(f"discourse: the answer has no {name}; is this a Discourse?")
    return cast(Json, value)


def _objects(value: object) -> Iterator[Json]:
    return (
        (item for item in value if isinstance(item, Mapping))
        if isinstance(value, list)
        else iter(())
    )


def _array(data: Json, name: str) -> list[Any]:
    value = data.get(name)
    if not isinstance(value, list):
        raise ParseError(f"discourse: the answer has no {name}; is this a Discourse?")
    return value


def _text(data: Json, name: str) -> str:
    value = data.get(name)
    return value if isinstance(value, str) else ""
