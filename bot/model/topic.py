"""What goes to a forum and what stands there: Digest and Post; ForumLimits; Topic, ForumPost."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Post:
    """One post of a Digest; ``number`` counts from 1, ``raw`` is Markdown with its marker.

    ``raw`` may hold placeholders for addresses only the forum can assign (see bot.digest).
    """

    number: int
    raw: str
    ranks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Digest:
    """A whole publication: first post is the topic, the others are its replies.

    ``math``: its formulas are written for the forum's math plugin.
    ``picture`` is a PNG for the placeholder ``bot.planning.placeholders.PICTURE``.
    """

    external_id: str
    title: str
    posts: tuple[Post, ...]
    tags: tuple[str, ...] = ()
    category: int | None = None
    picture: bytes | None = field(default=None, repr=False)
    math: bool = False


@dataclass(frozen=True, slots=True)
class ForumLimits:
    """What the forum allows (contract 3.2, 3.3, 3.4, 7); defaults are Discourse's own.

    ``tag_objects``: the forum returns tags as objects, and wants them so (contract 14).
    ``pictures``: it takes PNG files; None where the key may not see its settings (contract 9).
    """

    max_post_length: int = 32_000
    min_post_length: int = 20
    min_first_post_length: int = 20
    min_title_length: int = 15
    max_title_length: int = 255
    max_tags: int = 5
    max_tag_length: int = 20
    math: bool = False
    details: bool = True
    tagging: bool = True
    tag_objects: bool = False
    staff: bool = False
    pictures: bool | None = None


@dataclass(frozen=True, slots=True)
class ForumPost:
    """A post as it stands on the forum."""

    post_id: int
    topic_id: int
    number: int
    author: str
    raw: str
    version: int = 1
    last_editor: str | None = None
    edit_reason: str | None = None
    deleted: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as it stands on the forum, with the posts that were read."""

    topic_id: int
    title: str
    slug: str
    author: str
    posts: tuple[ForumPost, ...] = ()
    category: int | None = None
    tags: tuple[str, ...] = ()
    visible: bool = True
    deleted: bool = False
    created_at: datetime | None = None
    external_id: str | None = None
    posts_count: int = 0


@dataclass(frozen=True, slots=True)
class PendingPost:
    """A post that waits for the forum's own approval; it has no topic yet (contract 2.3)."""

    pending_id: int
    title: str
    raw: str
    created_at: datetime | None = None


class ActionKind(StrEnum):
    """What a plan can ask for."""

    CREATE_TOPIC = "create_topic"
    CREATE_REPLY = "create_reply"
    EDIT_POST = "edit_post"
    SET_TAGS = "set_tags"
    SET_TITLE = "set_title"
    UPLOAD_IMAGE = "upload_image"
    ADOPT = "adopt"
    WAIT = "wait"
    HOLD = "hold"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Action:
    """One planned act: what, on what ("post 2/3", "topic 123"), and why, for a moderator."""

    kind: ActionKind
    target: str
    reason: str
    number: int | None = None
    post_id: int | None = None
    raw: str | None = field(default=None, repr=False)
