"""One database for everything that must survive: SQLite in one file, or PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import ConfigError
from bot.store.migrations import migrate

Clock = Callable[[], datetime]


class Database:
    """Connections, time and the one write that everything uses: insert or replace.

    ``clock`` gives aware UTC times. Safe to share between threads.
    """

    def __init__(self, engine: sa.Engine, clock: Clock) -> None:
        self.engine = engine
        self.clock = clock

    def put(self, table: sa.Table, **values: Any) -> None:
        """Insert the row, or replace the one with the same primary key."""
        keys = [column.name for column in table.primary_key]
        rest = {name: value for name, value in values.items() if name not in keys}
        statement = self._insert(table).values(values)
        with self.engine.begin() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=rest))

    def put_if_absent(self, table: sa.Table, **values: Any) -> bool:
        """Insert the row unless its primary key exists; True where it was inserted."""
        keys = [column.name for column in table.primary_key]
        insert = self._insert(table).values(values).on_conflict_do_nothing(index_elements=keys)
        # the row count of an insert is not to be had from every driver; psycopg says -1
        statement = insert.returning(*table.primary_key)
        with self.engine.begin() as connection:
            return connection.execute(statement).first() is not None

    def rows(self, statement: sa.Select[Any]) -> list[sa.Row[Any]]:
        """All rows of a query."""
        with self.engine.connect() as connection:
            return list(connection.execute(statement))

    def execute(self, statement: sa.Executable) -> None:
        """Run a statement in a transaction of its own."""
        with self.engine.begin() as connection:
            connection.execute(statement)

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()

    def _insert(self, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
        if self.engine.dialect.name == "sqlite":
            return sqlite.insert(table)
        return postgresql.insert(table)


def open_database(url: str, clock: Clock) -> Database:
    """Open (and where needed create or migrate) the database.

    Raises:
        ConfigError: It cannot be opened; the message names it without its password.
    """
    try:
        engine = _create_engine(url)
        migrate(engine)
    except (SQLAlchemyError, OSError, ValueError) as error:
        cause = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise ConfigError(
            f"database {_shown(url)} cannot be opened: {cause}; mend database.url"
        ) from None
    return Database(engine, clock)


def aware(time: datetime) -> datetime:
    """The time in UTC; SQLite gives back what it was given, without its zone."""
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)


def _create_engine(url: str) -> sa.Engine:
    engine = sa.create_engine(url, pool_pre_ping=True)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Writers of several processes wait for each other; a crash loses no committed row."""
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "busy_timeout=30000", "synchronous=FULL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _shown(url: str) -> str:
    try:
        return sa.make_url(url).render_as_string(hide_password=True)
    except SQLAlchemyError:
        return "(not an address)"
