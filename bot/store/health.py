"""Whether the database can be written and has room to grow."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.errors import ConfigError
from bot.model.health import Line, Status
from bot.store.database import open_database
from bot.store.notes import Notes

_SQLITE = "sqlite:///"
_LEAST_BYTES, _COMFORTABLE_BYTES = 100_000_000, 1_000_000_000


def check_database(url: str, clock: Callable[[], datetime]) -> Line:
    """Open the database and write one small row, which is removed again."""
    try:
        database = open_database(url, clock)
    except ConfigError as error:
        return Line(Status.FAIL, str(error), "make its folder, or name another database.url")
    try:
        notes = Notes(database, "doctor")
        notes.put("written", clock())
        notes.remove("written")
    except SQLAlchemyError as error:
        cause = str(getattr(error, "orig", None) or error).splitlines()[0]
        return Line(
            Status.FAIL, f"the database cannot be written: {cause}", "give jubo's user the right"
        )
    finally:
        database.close()
    return Line(Status.PASS, "the database can be written")


def check_disk(url: str) -> Line | None:
    """Room beside an SQLite file; None for a database elsewhere."""
    if not url.startswith(_SQLITE):
        return None
    folder = Path(url.removeprefix(_SQLITE)).parent
    try:
        return judge_space(shutil.disk_usage(folder).free)
    except OSError as error:
        return Line(Status.FAIL, f"{folder}: {error.strerror}", "make the folder")


def judge_space(free: int) -> Line:
    """What so many free bytes mean.

    >>> judge_space(5_000_000_000).status
    <Status.PASS: 'pass'>
    """
    what = f"{free / 1_000_000_000:.1f} GB are free beside the database"
    if free < _LEAST_BYTES:
        return Line(Status.FAIL, what, "free some: jubo keeps every edition and reply")
    if free < _COMFORTABLE_BYTES:
        return Line(Status.WARN, what, "free some before it is full")
    return Line(Status.PASS, what)
