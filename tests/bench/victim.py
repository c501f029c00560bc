"""A process that publishes and is killed: ``python -m tests.bench.victim`` forks one a line.

The parent loads everything once and stays single-threaded, so a fork costs milliseconds.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.errors import BotError
from bot.store.database import open_database
from bot.store.publications import StoredPublications
from bot.workflow.desk import Desk
from bot.workflow.publish import publish
from tests.bench.editions import a_job, an_edition
from tests.bench.stage import Boundaries, open_client
from tests.fakes import NOW, no_wait, step_at_once


@dataclass(frozen=True, slots=True)
class Order:
    """What one victim does; ``boundary`` is where it kills itself, None leaves that to others."""

    url: str
    key: str
    database: str
    posts: int
    boundary: int | None = None


class Victims:
    """The forking process, seen from the campaign."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def start(self, order: Order) -> int:
        """Fork a victim; gives its process id. It waits for ``release``."""
        self._write(json.dumps(asdict(order)))
        return int(self._read())

    def release(self) -> int:
        """Let it run to its end; gives what ended it, -9 for SIGKILL."""
        self._write("go")
        return int(self._read())

    def _write(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def _read(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()


@contextmanager
def open_victims() -> Iterator[Victims]:
    """The process that forks victims, for the duration of the block."""
    command = [sys.executable, "-m", "tests.bench.victim"]
    pipe = subprocess.PIPE
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=root, stdin=pipe, stdout=pipe, text=True) as process:
        try:
            yield Victims(process)
        finally:
            assert process.stdin is not None
            process.stdin.close()


def run(order: Order) -> None:
    """Publish the edition, as any process would."""
    boundaries = Boundaries(order.boundary, lambda: os.kill(os.getpid(), signal.SIGKILL))
    client = open_client(order.url, order.key, timeout_seconds=20, boundaries=boundaries)
    with closing(open_database(order.database, lambda: NOW)) as database:
        publications = StoredPublications(database, "example")
        desk = Desk(
            boundaries.around(client), boundaries.around(publications), NOW, step_at_once, no_wait
        )
        publish(desk, a_job(an_edition(order.posts)))


def _fork(order: Order) -> None:
    ready, go = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(go)
        os.read(ready, 1)
        status = 0
        try:
            run(order)
        except BotError as error:
            print(error, file=sys.stderr)
            status = 1
        os._exit(status)
    os.close(ready)
    print(child, flush=True)
    sys.stdin.readline()
    os.write(go, b"g")
    os.close(go)
    _, status = os.waitpid(child, 0)
    print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    while line := sys.stdin.readline():
        _fork(Order(**json.loads(line)))
