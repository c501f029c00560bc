"""What the adapter and doctor share: asking for JSON about a named thing, safely."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from bot.errors import ParseError, Rejected, Unavailable
from bot.forum.client import MendedClient
from bot.forum.failures import SERVICE, failure
from bot.parsing.forum import Json
from bot.planning.answers import Outcome

_UNREADABLE = {401, 403, 404}


class Connection:
    """One client and the thing that is being talked about."""

    def __init__(self, client: MendedClient) -> None:
        self._client = client

    @contextmanager
    def about(self, what: str, *, writing: bool = False) -> Iterator[None]:
        """Name the thing in messages, and take an answer of another shape for none at all."""
        before, self._client.what = self._client.what, what
        try:
            yield
        except (ParseError, KeyError, TypeError, AttributeError) as error:
            raise Unavailable(
                f"discourse: an answer for {what} that is not the forum's; check the address",
                service=SERVICE,
                code=Outcome.NOT_JSON,
                ambiguous=writing,
            ) from error
        finally:
            self._client.what = before

    def get(self, path: str, **params: Any) -> Json:
        """The JSON object at a path."""
        return read_object(self._client._get(path, **params))

    def peek(self, path: str) -> Json | None:
        """The JSON object at a path; None where the key may not see it."""
        with self.about(path):
            try:
                return self.get(path)
            except Rejected as error:
                if error.status in _UNREADABLE:
                    return None
                raise

    def peek_or_empty(self, path: str) -> Json:
        """The same, for settings that have defaults."""
        return self.peek(path) or {}

    def probe(self, verb: str, path: str, values: Mapping[str, str]) -> int:
        """The status of a request that cannot be carried out.

        Raises:
            Unavailable: No answer, or none of the forum's own.
        """
        with self.about(path):
            reply = self._client.send(verb, path, json=dict(values))
            error = failure(reply, verb="GET", what=path)
            if isinstance(error, Unavailable):
                raise error
            return reply.status


def read_object(data: Any) -> Json:
    """The data as an object.

    Raises:
        ParseError: It is none.
    """
    if not isinstance(data, Mapping):
        raise ParseError("discourse: an empty answer")
    return data
