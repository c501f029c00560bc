"""What was seen of the source: Issues, what is known of each, and arXiv's Records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.model.codec import from_json, to_json
from bot.model.issue import Issue, Record
from bot.store.database import Database, aware
from bot.store.tables import issues, known_issues, records


class Issues:
    """The newest text of every Issue, and the state that the decision keeps of it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, issue: Issue) -> None:
        """Keep the Issue's newest form."""
        self._database.put(issues, source=issue.source, key=issue.key, body=to_json(issue))

    def find(self, source: str, key: str) -> Issue | None:
        """The newest form of one Issue."""
        where = (issues.c.source == source) & (issues.c.key == key)
        rows = self._database.rows(sa.select(issues.c.body).where(where))
        return from_json(rows[0].body) if rows else None

    def all(self, source: str) -> tuple[Issue, ...]:
        """Every Issue of a source, newest first."""
        query = sa.select(issues.c.body).where(issues.c.source == source)
        rows = self._database.rows(query.order_by(issues.c.key.desc()))
        return tuple(from_json(row.body) for row in rows)

    def known(self, outlet: str) -> dict[str, Any]:
        """What the decision for an outlet knew after its last run, by key."""
        query = sa.select(known_issues.c.key, known_issues.c.body)
        rows = self._database.rows(query.where(known_issues.c.outlet == outlet))
        return {row.key: from_json(row.body) for row in rows}

    def put_known(self, outlet: str, known: Iterable[tuple[str, object]]) -> None:
        """Keep what the decision knows now."""
        for key, value in known:
            self._database.put(known_issues, outlet=outlet, key=key, body=to_json(value))


class KeptRecords:
    """arXiv's answers, kept so that a rerun does not ask again."""

    def __init__(self, database: Database, *, keep_for: timedelta = timedelta(days=7)) -> None:
        self._database = database
        self._keep_for = keep_for

    def find(self, arxiv_ids: Sequence[str]) -> dict[str, Record]:
        """The kept Records by bare id; those that are too old are absent."""
        oldest: datetime = self._database.clock() - self._keep_for
        query = sa.select(records).where(records.c.arxiv_id.in_(list(arxiv_ids)))
        rows = self._database.rows(query)
        return {row.arxiv_id: from_json(row.body) for row in rows if aware(row.fetched_at) > oldest}

    def put(self, found: Iterable[Record]) -> None:
        """Keep Records as of now."""
        for record in found:
            self._database.put(
                records,
                arxiv_id=record.arxiv_id,
                body=to_json(record),
                fetched_at=self._database.clock(),
            )
