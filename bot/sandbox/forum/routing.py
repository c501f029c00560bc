"""A route of the forum: where it is, what it is called there, and what answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.responses import Response

from bot.sandbox.forum.call import Call
from bot.sandbox.forum.state import Answer

Handler = Callable[[Call], Answer | Response]


@dataclass(frozen=True, slots=True)
class Route:
    """One address of the forum.

    Attributes:
        method: The HTTP method.
        path: Starlette's path pattern, without ``.json``.
        action: Discourse's name of it, ``controller#action``; scopes go by it (1.3).
        handler: What answers.
        plain: Answers a browser, too; others give a page to a GET without JSON (0.1).
        public: Answers without login where the site wants one.
    """

    method: str
    path: str
    action: str
    handler: Handler
    plain: bool = False
    public: bool = False


def empty() -> Response:
    """200 without a body, as deletions answer (5.3)."""
    return Response(media_type="text/plain")
