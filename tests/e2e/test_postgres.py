"""The same code with PostgreSQL, for more than one machine."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app import App
from bot.config import Database
from bot.demo import open_stage
from bot.workflow.check import check
from tests.servers import PostgresServer

DUE = datetime(2026, 4, 6, 15, tzinfo=UTC)


@pytest.mark.postgres
def test_two_machines_with_one_due_time_publish_one_topic(
    tmp_path: Path, postgres_server: PostgresServer
) -> None:
    """The second machine finds the first one's run under the tick's due time, and its result."""
    database = Database(url=postgres_server.new_database())
    with open_stage(tmp_path) as stage:
        settings = stage.settings.model_copy(update={"database": database})
        results = []
        for _machine in range(2):
            app = App(settings, outlet="demo")
            with app.work(lambda _progress: None):
                results.append(check(["demo"], DUE))
        assert [result.action for result in results[0].results] == ["published"]
        assert results[1] == results[0]
        assert len(stage.forum.topics()) == 1
