"""What nobody foresaw is one line, too; a developer turns on the log for the rest."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.app import utc_now
from bot.store.database import open_database
from bot.store.notes import Notes
from tests.e2e.process import Jubo

SECRET = "sk-a-key-that-somebody-pasted-into-the-database"


@pytest.fixture
def broken(tmp_path: Path) -> Jubo:
    """A database into which somebody wrote by hand, a key at that."""
    file = tmp_path / "jubo.sqlite"
    with closing(open_database(f"sqlite:///{file}", utc_now)) as database:
        Notes(database, "check").put("last", {})
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE jubo_notes SET body = ?", (f'{{"$": "{SECRET}"}}',))
        connection.commit()
    return Jubo(tmp_path, {"OPENAI_API_KEY": SECRET})


def configure(jubo: Jubo, level: str) -> None:
    text = f"model:\n  api_key: ${{OPENAI_API_KEY}}\nlog_level: {level}\n"
    (jubo.folder / "jubo.yml").write_text(text)


def test_a_defect_ends_in_one_line(broken: Jubo) -> None:
    configure(broken, "info")
    ran = broken("status", "--json")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("jubo: internal error: ")
    assert ran.err.endswith("; please report it\n")
    assert ran.err.count("\n") == 1


def test_a_defect_shows_its_traceback_at_level_debug(broken: Jubo) -> None:
    """Masked like every line of the log."""
    configure(broken, "debug")
    running = broken.start("status")
    assert running.wait_for_status() == 1
    assert "Traceback (most recent call last)" in running.printed()
    assert "********" in running.printed()
    assert SECRET not in running.printed()
