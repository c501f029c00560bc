"""The forum on a free port of this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bot.sandbox.forum.handle import EmbeddedForum
from bot.sandbox.server import serve


@contextmanager
def serve_forum(forum: EmbeddedForum, *, port: int = 0) -> Iterator[str]:
    """Serve the forum on 127.0.0.1 in a thread; gives its address without a slash.

    Raises:
        OSError: The port is taken.
    """
    with serve(forum.app, port=port) as url:
        yield url
