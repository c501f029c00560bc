"""An embedded forum, served, with a clock that only moves when told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.sandbox.forum import EmbeddedForum, ManualClock, open_forum, serve_forum
from tests.sandbox.forum_client import Client


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def forum(clock: ManualClock) -> Iterator[EmbeddedForum]:
    forum = open_forum(clock=clock)
    yield forum
    forum.close()


@pytest.fixture
def url(forum: EmbeddedForum) -> Iterator[str]:
    with serve_forum(forum) as url:
        yield url


@pytest.fixture
def client(forum: EmbeddedForum, url: str) -> Client:
    """The bot: trust level 1, an admin-issued key without scopes."""
    return Client(url, forum.add_key("jubo"))


@pytest.fixture
def moderator(forum: EmbeddedForum, url: str) -> Client:
    return Client(url, forum.add_key("moderator"), "moderator")
