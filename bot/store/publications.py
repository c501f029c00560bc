"""What stands on each forum, as jubo remembers it; every value ever put is kept."""

from __future__ import annotations

import sqlalchemy as sa

from bot.model.codec import from_json, to_json
from bot.model.publication import Publication
from bot.store.database import Database
from bot.store.tables import publications


class StoredPublications:
    """The publications of one outlet."""

    def __init__(self, database: Database, outlet: str) -> None:
        self._database = database
        self._outlet = outlet

    def get(self, external_id: str) -> Publication | None:
        """The newest value, None for a digest that was never planned."""
        values = self._values(external_id, newest_first=True, limit=1)
        return values[0] if values else None

    def put(self, publication: Publication) -> None:
        """Keep a newer value; it is on disk when this returns.."""
        with self._database.engine.begin() as connection:
            where = self._where(publication.external_id)
            newest = sa.func.max(publications.c.version)
            version = connection.execute(sa.select(newest).where(where)).scalar() or 0
            connection.execute(
                publications.insert().values(
                    outlet=self._outlet,
                    external_id=publication.external_id,
                    version=version + 1,
                    body=to_json(publication),
                    written_at=self._database.clock(),
                )
            )

    def history(self, external_id: str) -> tuple[Publication, ...]:
        """Every value that was put, oldest first."""
        return self._values(external_id, newest_first=False, limit=None)

    def all(self) -> tuple[Publication, ...]:
        """The newest value of every publication, newest issue first."""
        table = publications
        newest = (
            sa.select(table.c.external_id, sa.func.max(table.c.version).label("version"))
            .where(table.c.outlet == self._outlet)
            .group_by(table.c.external_id)
            .subquery()
        )
        same = (table.c.external_id == newest.c.external_id) & (table.c.version == newest.c.version)
        query = sa.select(table.c.body).join(newest, same).where(table.c.outlet == self._outlet)
        values = [from_json(row.body) for row in self._database.rows(query)]
        return tuple(sorted(values, key=lambda value: value.key, reverse=True))

    def _where(self, external_id: str) -> sa.ColumnElement[bool]:
        return (publications.c.outlet == self._outlet) & (publications.c.external_id == external_id)

    def _values(
        self, external_id: str, *, newest_first: bool, limit: int | None
    ) -> tuple[Publication, ...]:
        version = publications.c.version
        query = sa.select(publications.c.body).where(self._where(external_id))
        query = query.order_by(version.desc() if newest_first else version).limit(limit)
        return tuple(from_json(row.body) for row in self._database.rows(query))
