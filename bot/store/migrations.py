"""The schema's steps, in order; each runs once, in a transaction, under a lock."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

from bot.store.tables import metadata

_schema = sa.Table("jubo_schema", sa.MetaData(), sa.Column("version", sa.Integer, primary_key=True))

# Any number; it only has to be the same for all processes of jubo.
_LOCK = 0x6A75626F


def _first(connection: sa.Connection) -> None:
    metadata.create_all(connection)


STEPS: tuple[Callable[[sa.Connection], None], ...] = (_first,)
"""Append only: a step's place is its version."""


def migrate(engine: sa.Engine, steps: tuple[Callable[[sa.Connection], None], ...] = STEPS) -> None:
    """Bring the schema to the newest version; a no-op where it is there.

    Raises:
        ValueError: The database was written by a newer jubo.
    """
    if _version_if_any(engine) == len(steps):
        return
    with engine.begin() as connection:
        _lock(connection)
        _schema.create(connection, checkfirst=True)
        version = _version(connection)
        if version > len(steps):
            raise ValueError("it was written by a newer jubo; install that version")
        for number, step in enumerate(steps[version:], start=version + 1):
            step(connection)
            connection.execute(_schema.insert().values(version=number))


def _version_if_any(engine: sa.Engine) -> int:
    if not sa.inspect(engine).has_table(_schema.name):
        return 0
    with engine.connect() as connection:
        return _version(connection)


def _version(connection: sa.Connection) -> int:
    return connection.execute(sa.select(sa.func.max(_schema.c.version))).scalar() or 0


def _lock(connection: sa.Connection) -> None:
    """Two processes that start together migrate once."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
