"""Which processes are at work, so that the work of one that died is taken over."""

from __future__ import annotations

import os
import socket
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from bot.store.database import Database, aware
from bot.store.tables import executors

_SILENT = timedelta(seconds=60)


class Executors:
    """A row a process, seen again every few seconds while it works."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._host = socket.gethostname()

    def beat(self, executor_id: str) -> None:
        """Say that this process is alive."""
        self._database.put(
            executors,
            id=executor_id,
            host=self._host,
            pid=os.getpid(),
            seen_at=self._database.clock(),
        )

    def find_dead(self, own_id: str) -> list[str]:
        """Processes that ended without a word: gone from this host, or silent for a minute."""
        oldest = self._database.clock() - _SILENT
        rows = self._database.rows(sa.select(executors).where(executors.c.id != own_id))
        return [row.id for row in rows if aware(row.seen_at) <= oldest or self._is_gone(row)]

    def remove(self, executor_id: str) -> None:
        """Strike a process off: it ended, or its work was taken over."""
        self._database.execute(sa.delete(executors).where(executors.c.id == executor_id))

    def _is_gone(self, row: sa.Row[Any]) -> bool:
        """True where the process ran here and does not any more.

        A row with our own pid is an earlier process: a container's is number 1 every time.
        """
        if row.host != self._host:
            return False
        return row.pid == os.getpid() or not _is_running(row.pid)


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
