"""Small things worth remembering: validators of pages, what a server can do, last checks."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from bot.model.codec import from_json, to_json
from bot.store.database import Database
from bot.store.tables import notes


class Notes:
    """A value by kind and name ("validator", "https://example.org/README.md")."""

    def __init__(self, database: Database, kind: str) -> None:
        self._database = database
        self._kind = kind

    def get(self, name: str) -> Any | None:
        """The value, None where there is none."""
        where = (notes.c.kind == self._kind) & (notes.c.name == name)
        rows = self._database.rows(sa.select(notes.c.body).where(where))
        return from_json(rows[0].body) if rows else None

    def put(self, name: str, value: object) -> None:
        """Keep the value, instead of any earlier one."""
        self._database.put(
            notes,
            kind=self._kind,
            name=name,
            body=to_json(value),
            written_at=self._database.clock(),
        )

    def all(self) -> dict[str, Any]:
        """Every value of this kind by name."""
        rows = self._database.rows(sa.select(notes).where(notes.c.kind == self._kind))
        return {row.name: from_json(row.body) for row in rows}

    def remove(self, name: str) -> None:
        """Forget the value."""
        where = (notes.c.kind == self._kind) & (notes.c.name == name)
        self._database.execute(sa.delete(notes).where(where))
