"""A Discourse forum through pydiscourse: implements the workflow's Forum."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any
from urllib.parse import quote

from bot.errors import ParseError, Rejected
from bot.forum.client import MendedClient
from bot.forum.connection import Connection, read_object
from bot.forum.failures import failure
from bot.forum.pace import Pace
from bot.forum.tags import TagForm
from bot.model.topic import ForumLimits, ForumPost, PendingPost, Topic
from bot.parsing.forum import (
    Json,
    parse_created,
    parse_limits,
    parse_pending,
    parse_post,
    parse_posts,
    parse_stream,
    parse_topic,
    parse_topic_list,
)
from bot.planning.answers import Outcome

_TOPIC_ID = re.compile(r"/t/(?:[^/?#]+/)?(\d{1,18})(?:\.json)?(?:[?#]|$)")
_FIRST_POSTS, _LAST_POSTS, _PER_CALL = 160, 40, 20
_MAX_PAGES = 10
# Contract 4: looked up case by case, unique whatever the case; hence lower case only.
_EXTERNAL_ID = re.compile(r"[a-z0-9_-]{1,50}")
_REDIRECTS = {301, 302, 307, 308}


class Discourse:
    """One forum as one user sees it.

    Args:
        url: Its address, a folder included, without a slash at its end.
        username: The bot's own name there.
        key: The API key.
        timeout_seconds: For connecting and for each read.
        max_megabytes: The largest answer that is read.
        requests_per_minute: Own share of the forum's 60 (contract 6.1).
        pace: Instead of one made of the above, where several clients share a forum.
    """

    def __init__(
        self,
        url: str,
        username: str,
        key: str,
        *,
        timeout_seconds: float = 30,
        max_megabytes: float = 20,
        requests_per_minute: int = 50,
        pace: Callable[[], None] | None = None,
    ) -> None:
        self._url = url.rstrip("/")
        self._username = username
        self._client = MendedClient(
            self._url,
            username,
            key,
            timeout_seconds=timeout_seconds,
            max_bytes=int(max_megabytes * 1_000_000),
            pace=pace or Pace(requests_per_minute),
        )
        self._connection = Connection(self._client)
        self._tags = TagForm()

    @property
    def url(self) -> str:
        """The configured address."""
        return self._url

    @property
    def username(self) -> str:
        """The bot's own name."""
        return self._username

    def fetch_limits(self) -> ForumLimits:
        """What the forum allows; Discourse's defaults for what the key may not see."""
        site = self._connection.peek_or_empty("/site.json")
        self._tags.learn(site.get("top_tags"))
        limits = parse_limits(
            self._connection.peek_or_empty("/site/settings.json"),
            site,
            self._connection.peek_or_empty("/session/current.json"),
        )
        return replace(limits, tag_objects=self._tags.objects)

    def find_topic_by_external_id(self, external_id: str) -> Topic | None:
        """The topic with that id, read with its posts.

        The look-up answers with a redirect whose address may be wrong behind a proxy (contract
        4); only the topic's number is read from it.
        """
        with self._connection.about(external_id):
            reply = self._client.send("GET", f"/t/external_id/{quote(external_id, safe='')}.json")
            match = _TOPIC_ID.search(reply.headers.get("location", ""))
            if reply.status not in _REDIRECTS or match is None:
                error = failure(reply, verb="GET", what=external_id)
                if error.code == Outcome.GONE:
                    return None
                raise error
        return self.fetch_topic(int(match[1]))

    def find_recent_topics(self) -> tuple[Topic, ...]:
        """The bot's own newest topics (one page, 30), without posts."""
        path = f"/topics/created-by/{quote(self._username, safe='')}.json"
        with self._connection.about("the bot's own topics"):
            topics = self._parse_list(self._connection.get(path))
        return tuple(replace(topic, author=self._username) for topic in topics)

    def find_category_topics(self, category: int | None, since: date) -> tuple[Topic, ...]:
        """Everybody's topics of a category created on ``since`` or later, newest first.

        Forums that do not sort by creation bring old topics up when somebody replies, so reading
        ends at a page on which every topic is older; ten pages at most.
        """
        start = datetime.combine(since, time(), UTC)
        found: list[Topic] = []
        params: dict[str, Any] = {"order": "created"}
        if category is not None:
            params["category"] = category
        with self._connection.about("the category's topics"):
            for page in range(_MAX_PAGES):
                data = self._connection.get("/latest.json", page=page, **params)
                topics = self._parse_list(data)
                young = [one for one in topics if one.created_at and one.created_at >= start]
                found += [topic for topic in young if category in {None, topic.category}]
                if not young or "more_topics_url" not in data["topic_list"]:
                    break
        return tuple(found)

    def find_pending(self) -> tuple[PendingPost, ...]:
        """The bot's own posts that wait for approval."""
        with self._connection.about("the bot's queued posts"):
            return parse_pending(
                self._connection.get(f"/posts/{quote(self._username, safe='')}/pending.json")
            )

    def fetch_topic(self, topic_id: int) -> Topic | None:
        """The topic with its posts and their raw; None where it is gone.

        Of a very long topic the first 160 and the last 40 posts are read.
        """
        with self._connection.about(f"topic {topic_id}"):
            try:
                data = self._connection.get(f"/t/{topic_id}.json", include_raw="1")
            except Rejected as error:
                if error.code == Outcome.GONE:
                    return None
                raise
            self._tags.learn(data.get("tags"))
            posts = parse_posts(data)
            return parse_topic(data, (*posts, *self._fetch_rest(topic_id, data, posts)))

    def _fetch_rest(
        self, topic_id: int, data: Json, posts: Sequence[ForumPost]
    ) -> Iterator[ForumPost]:
        shown = data["post_stream"].get("posts")
        stream = parse_stream(data)[len(shown) if isinstance(shown, list) else len(posts) :]
        if len(stream) > _FIRST_POSTS + _LAST_POSTS:
            stream = stream[:_FIRST_POSTS] + stream[-_LAST_POSTS:]
        for start in range(0, len(stream), _PER_CALL):
            ids = list(stream[start : start + _PER_CALL])
            yield from parse_posts(
                read_object(self._client.posts(topic_id, post_ids=ids, include_raw="1"))
            )

    def create_topic(
        self, *, title: str, raw: str, category: int | None, tags: Sequence[str], external_id: str
    ) -> ForumPost | PendingPost:
        """Create the topic; a PendingPost where the forum queued it."""
        if not _EXTERNAL_ID.fullmatch(external_id):
            raise ValueError(f"{external_id} is no external id (contract 4)")
        with self._connection.about(external_id, writing=True):
            return self._create(
                title=title,
                raw=raw,
                category=category,
                tags=self._render_tags(tags),
                external_id=external_id,
            )

    def create_reply(self, *, topic_id: int, raw: str) -> ForumPost | PendingPost:
        """Add a reply."""
        with self._connection.about(f"a reply in topic {topic_id}", writing=True):
            return self._create(topic_id=topic_id, raw=raw)

    def _create(self, **values: Any) -> ForumPost | PendingPost:
        """JSON carries tags in either form; switches are strings, as Discourse compares them."""
        body = {name: value for name, value in values.items() if value not in (None, [])}
        made = parse_created(
            read_object(
                self._client._post(
                    "/posts.json", json=True, nested_post="true", auto_track="false", **body
                )
            )
        )
        if isinstance(made, PendingPost):
            return replace(made, title=values.get("title", ""))
        return made

    def fetch_post(self, post_id: int) -> ForumPost | None:
        """The post as it stands now; None where it is gone."""
        with self._connection.about(f"post {post_id}"):
            try:
                return parse_post(read_object(self._client.post_by_id(post_id)))
            except Rejected as error:
                if error.code == Outcome.GONE:
                    return None
                raise

    def edit_post(
        self, *, post_id: int, raw: str, original: str, reason: str, bypass_bump: bool
    ) -> ForumPost:
        """Replace the text if it is still ``original``; Rejected with code ``conflict`` if not."""
        more = {"post[original_text]": original}
        if bypass_bump:
            more["bypass_bump"] = "true"
        with self._connection.about(f"post {post_id}", writing=True):
            data = read_object(self._client.update_post(post_id, raw, reason, **more))
            return parse_post(read_object(data.get("post")))

    def set_title(self, *, topic_id: int, title: str) -> None:
        """Replace the topic's title."""
        with self._connection.about(f"topic {topic_id}", writing=True):
            self._client._put(f"/t/-/{topic_id}.json", json=True, title=title)

    def set_tags(self, *, topic_id: int, tags: Sequence[str]) -> None:
        """Replace the topic's tags."""
        with self._connection.about(f"topic {topic_id}", writing=True):
            self._client._put(f"/t/-/{topic_id}.json", json=True, tags=self._render_tags(tags))

    def set_visible(self, *, topic_id: int, visible: bool) -> None:
        """List or unlist the topic; needs staff, trust level 4 or a category moderator."""
        with self._connection.about(f"topic {topic_id}", writing=True):
            self._client.update_topic_status(topic_id, "visible", visible)

    def upload_image(self, *, filename: str, content: bytes) -> str:
        """Upload a PNG; gives its short address (``upload://…``)."""
        with self._connection.about(filename, writing=True):
            data = read_object(
                self._client._post(
                    "/uploads.json",
                    files={"file": (filename, content, "image/png")},
                    upload_type="composer",
                    type="composer",  # forums before 3.4 know only this name (contract 9)
                )
            )
            address = data.get("short_url")
            if not isinstance(address, str) or not address.startswith("upload://"):
                raise ParseError("discourse: the upload's answer has no short_url")
            return address

    @property
    def connection(self) -> Connection:
        """For doctor, which looks at more than the workflow asks."""
        return self._connection

    def _parse_list(self, data: Json) -> tuple[Topic, ...]:
        for item in data.get("topic_list", {}).get("topics", []):
            self._tags.learn(item.get("tags") if isinstance(item, Mapping) else None)
        return parse_topic_list(data)

    def _render_tags(self, tags: Sequence[str]) -> list[Any]:
        if not self._tags.known:
            self._tags.learn(self._connection.peek_or_empty("/site.json").get("top_tags"))
        return self._tags.render(tags)
