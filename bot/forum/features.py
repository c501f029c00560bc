"""What each thing jubo does asks of the forum's key and user, and how to find out.

A right to write is tried by a request that the forum cannot carry out (a post without text, an
edit of post 0): it answers 403 where the key's scope does not cover the route, and complains about
the request where it does (contract 1.2, 1.3).
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.forum.discourse import Discourse


@dataclass(frozen=True, slots=True)
class Feature:
    """What a thing jubo does asks of key and user; README shows the same table.

    Attributes:
        name: As people call it.
        scope: The granular scope that suffices (contract 1.3).
        trust: The least trust level; 4 is also what a moderator has here.
        why: Where the level comes from.
        probe: A request that cannot be carried out, as verb, path and values; None for reading.
        read: The path to read, where reading is all.
    """

    name: str
    scope: str
    trust: int
    why: str
    probe: tuple[str, str, dict[str, str]] | None
    read: str = ""

    def is_covered(self, forum: Discourse) -> bool:
        """True where the key's scopes cover it; nothing is written to find out."""
        if self.probe is None:
            return forum.connection.peek(self.read.format(username=forum.username)) is not None
        verb, path, values = self.probe
        return forum.connection.probe(verb, path, values) not in {401, 403}


FEATURES: tuple[Feature, ...] = (
    Feature(
        "publish",
        "topics:write",
        1,
        "trust level 0 may post two links only (newuser_max_links)",
        ("POST", "/posts.json", {"nested_post": "true"}),
    ),
    Feature(
        "edit later",
        "posts:edit",
        2,
        "levels 0 and 1 may edit for a day (post_edit_time_limit), level 2 for 30",
        ("PUT", "/posts/0.json", {}),
    ),
    Feature(
        "unlist",
        "topics:status",
        4,
        "only level 4, moderators and category moderators may unlist",
        ("PUT", "/t/0/status.json", {"status": "visible", "enabled": "true"}),
    ),
    Feature(
        "read messages",
        "global:read",
        1,
        "level 0 cannot answer messages",
        None,
        "/topics/private-messages/{username}.json",
    ),
    Feature(
        "upload",
        "uploads:create",
        1,
        "level 0 may show one picture a post (newuser_max_embedded_media)",
        ("POST", "/uploads.json", {}),
    ),
)
