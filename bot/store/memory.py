"""The translation memory: a text that was paid for is not paid for again, on any forum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from bot.model.codec import from_json, to_json
from bot.model.memory import MemoryKey, Remembered
from bot.model.translation import Origin
from bot.store.database import Database
from bot.store.tables import translations


class StoredMemory:
    """Accepted targets of this database; a person's correction holds for ever."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, keys: Sequence[MemoryKey]) -> list[Remembered | None]:
        """For each key a person's correction, else the target that a model gave."""
        ids = [name for key in keys for name in (key.human_id, key.id)]
        query = sa.select(translations.c.id, translations.c.body)
        rows = self._database.rows(query.where(translations.c.id.in_(ids)))
        found = {row.id: from_json(row.body) for row in rows}
        return [found.get(key.human_id) or found.get(key.id) for key in keys]

    def put(self, entries: Mapping[MemoryKey, Remembered]) -> None:
        """Remember; the same key again replaces a model's target and never a person's."""
        for key, remembered in entries.items():
            by_person = remembered.origin is Origin.HUMAN
            self._database.put(
                translations,
                id=key.human_id if by_person else key.id,
                source=key.source,
                language=key.language,
                body=to_json(remembered),
                written_at=self._database.clock(),
            )
