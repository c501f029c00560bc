"""``jubo sandbox`` as a person starts and stops it."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import typer
from typer.testing import CliRunner

from bot.cli.sandbox import sandbox
from bot.errors import ConfigError

_START = (
    "import typer; from bot.cli.sandbox import sandbox; "
    "app = typer.Typer(); app.command()(sandbox); app()"
)


@contextmanager
def running(*options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command in a process of its own, and what it prints first."""
    arguments = [sys.executable, "-u", "-c", _START, "--port", "0", *options]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = ""
        while "Stop with" not in said and (line := process.stdout.readline()):
            said += line
        try:
            yield process, said
        finally:
            process.kill()


def word_after(text: str, label: str) -> str:
    return text.split(label, 1)[1].split()[0]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_told_to_stop_and_its_key_is_worthless_then(
    tmp_path: Path, number: signal.Signals
) -> None:
    database = tmp_path / "forum.sqlite"
    with running("--database", str(database)) as (process, said):
        url, key = word_after(said, "샌드박스 포럼:"), word_after(said, "  key")
        headers = {"Api-Key": key, "Api-Username": "jubo"}
        answer = httpx.get(f"{url}/session/current.json", headers=headers, trust_env=False)
        assert answer.json()["current_user"]["username"] == "jubo"
        process.send_signal(number)
        assert process.wait(timeout=20) == 0
    with running("--database", str(database)) as (_, said):
        url = word_after(said, "샌드박스 포럼:")
        answer = httpx.get(f"{url}/session/current.json", headers=headers, trust_env=False)
        assert answer.status_code == 403


def test_fresh_empties_the_file_first(tmp_path: Path) -> None:
    database = tmp_path / "forum.sqlite"
    database.write_text("no database at all", encoding="utf-8")
    with running("--database", str(database), "--fresh") as (_, said):
        assert str(database) in said


def test_a_taken_port_is_one_line_with_the_way_out() -> None:
    with running() as (_, said):
        port = word_after(said, "샌드박스 포럼:").rpartition(":")[2]
        app = typer.Typer()
        app.command()(sandbox)
        result = CliRunner().invoke(app, ["--port", port])
    assert isinstance(result.exception, ConfigError)
    assert "--port" in str(result.exception)


def test_a_file_that_is_no_forum_is_one_line_as_well(tmp_path: Path) -> None:
    database = tmp_path / "notes.txt"
    database.write_text("no database at all", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"notes.txt: cannot be used .* --fresh"):
        sandbox(port=0, database=database)
