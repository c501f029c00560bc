"""What all requests of one forum share: database, settings, clock, memory."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from bot.sandbox.forum.clock import Clock
from bot.sandbox.forum.limits import Limiter
from bot.sandbox.forum.settings import ForumSettings
from bot.sandbox.forum.tables import create_tables


@dataclass(frozen=True, slots=True)
class Answer:
    """A JSON answer."""

    body: Any
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


class State:
    """One forum; requests take turns, so a transaction sees no other's half."""

    def __init__(self, database: Path | None, settings: ForumSettings, clock: Clock) -> None:
        self.settings = settings
        self.clock = clock
        self.limiter = Limiter()
        self.memo = Memo()
        self._lock = threading.RLock()
        self._engine = _open(database)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session that is committed at the end and rolled back on an exception."""
        with self._lock, Session(self._engine) as session, session.begin():
            yield session

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()


class Memo:
    """Results of creations by signature: the forum's hidden idempotency (contract 2.4)."""

    def __init__(self) -> None:
        self._answers: dict[str, tuple[datetime, Answer]] = {}

    def find(self, signature: str, now: datetime) -> Answer | None:
        """The answer given before, while it is young enough."""
        until, answer = self._answers.get(signature, (now, None))
        return answer if until > now else None

    def keep(self, signature: str, answer: Answer, now: datetime, seconds: int) -> None:
        """Remember an answer for that long."""
        self._answers = {key: kept for key, kept in self._answers.items() if kept[0] > now}
        self._answers[signature] = (now + timedelta(seconds=seconds), answer)

    def clear(self) -> None:
        """Forget everything."""
        self._answers.clear()


def _open(database: Path | None) -> Engine:
    if database is None:
        engine = create_engine(
            "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
        )
    else:
        engine = create_engine(f"sqlite:///{database}", connect_args={"check_same_thread": False})
    with engine.begin() as connection:
        create_tables(connection)
    return engine
