"""Finished Editions and finished model replies: nothing that was paid for is lost."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict

import sqlalchemy as sa

from bot.model.call import ModelReply, ModelRequest
from bot.model.codec import from_json, to_json
from bot.model.edition import Edition
from bot.store.database import Database
from bot.store.tables import editions, replies


class Editions:
    """Every revision of every Edition, by external id."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, edition: Edition) -> bool:
        """Keep a revision; False, and nothing changed, where another edition has its number.

        The same edition again is True: a step that was killed behind the write is run again.
        """
        body = to_json(edition)
        inserted = self._database.put_if_absent(
            editions,
            external_id=edition.external_id,
            revision=edition.revision,
            body=body,
            created_at=self._database.clock(),
        )
        return inserted or self._bodies(edition.external_id, edition.revision) == [body]

    def find(self, external_id: str, revision: int | None = None) -> Edition | None:
        """One revision, or the newest."""
        bodies = self._bodies(external_id, revision)
        return from_json(bodies[0]) if bodies else None

    def newest(self, count: int) -> list[Edition]:
        """The newest revisions of the editions that were worked on last, the latest first."""
        last = sa.func.max(editions.c.created_at)
        query = sa.select(editions.c.external_id).group_by(editions.c.external_id)
        rows = self._database.rows(query.order_by(last.desc()).limit(count))
        return [edition for row in rows if (edition := self.find(row.external_id))]

    def _bodies(self, external_id: str, revision: int | None) -> list[str]:
        where = editions.c.external_id == external_id
        if revision is not None:
            where &= editions.c.revision == revision
        query = sa.select(editions.c.body).where(where).order_by(editions.c.revision.desc())
        return [row.body for row in self._database.rows(query.limit(1))]


class Replies:
    """Model replies by the request that was asked: an answer that was paid for is asked once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, request: ModelRequest) -> ModelReply | None:
        """The reply to exactly this request."""
        where = replies.c.request == request_id(request)
        rows = self._database.rows(sa.select(replies.c.body).where(where))
        return from_json(rows[0].body) if rows else None

    def put(self, request: ModelRequest, reply: ModelReply) -> None:
        """Keep the reply before anything else happens to it."""
        self._database.put(
            replies,
            request=request_id(request),
            body=to_json(reply),
            written_at=self._database.clock(),
        )


def request_id(request: ModelRequest) -> str:
    """A hash of all that shapes the answer, ``attempt`` and ``key`` included."""
    text = json.dumps(asdict(request), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
