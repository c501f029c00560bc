"""Real servers for tests: a PostgreSQL of our own on a free port of this machine."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa


class PostgresServer:
    """A running server; every test takes a database of its own."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._numbers = itertools.count(1)

    def new_database(self) -> str:
        """The address of a new, empty database."""
        name = f"test_{next(self._numbers)}"
        engine = sa.create_engine(self._url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(sa.text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return self._url(name)

    def _url(self, name: str) -> str:
        return f"postgresql+psycopg://jubo@127.0.0.1:{self._port}/{name}"


@contextmanager
def run_postgres(folder: Path) -> Iterator[PostgresServer]:
    """Start a throw-away server; skips where PostgreSQL is not installed."""
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not binaries:
        pytest.skip("PostgreSQL is not installed; .ci/run installs it")
    tools = binaries[-1].parent
    as_user = _unprivileged(folder)
    data = folder / "data"
    _run([*as_user, tools / "initdb", "-D", data, "-U", "jubo", "-A", "trust", "--no-sync"])
    port = _free_port()
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    control = [*as_user, tools / "pg_ctl", "-D", data]
    _run([*control, "-w", "-l", folder / "log", "-o", options, "start"])
    process = int((data / "postmaster.pid").read_text().split()[0])
    try:
        yield PostgresServer(port)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGQUIT)


def _unprivileged(folder: Path) -> list[str | Path]:
    """PostgreSQL refuses to run as root; Debian's package brings a user for it."""
    if Path("/proc/self").owner() != "root":
        return []
    shutil.chown(folder, "postgres")
    for parent in folder.parents:
        if parent.owner() == "root" and parent.stat().st_mode & 0o077 == 0:
            parent.chmod(parent.stat().st_mode | 0o011)
    return ["runuser", "-u", "postgres", "--"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _run(command: list[str | Path]) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=60, cwd="/")
