"""Commands without the seconds that imports take: ``python -m tests.e2e.nursery`` forks each.

The parent imports everything once and stays single-threaded; a child is a process of its own,
which ends and is killed like any other. One order a line, one JSON answer a line.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_LONGEST_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Order:
    """A command: arguments, folder, whole environment, and the files it prints to."""

    arguments: list[str]
    folder: str
    environment: dict[str, str]
    out: str
    err: str


class Nursery:
    """The forking process, seen from the tests; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ended: dict[int, int] = {}
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.nursery"],
            cwd=ROOT,
            stdin=pipe,
            stdout=pipe,
            text=True,
        )

    def start(self, order: Order) -> int:
        """Fork a command; gives its process id."""
        return self._ask({"order": asdict(order)})

    def wait(self, pid: int) -> int:
        """Wait until it ends; gives its exit status, -9 after SIGKILL."""
        while pid not in self._ended:
            status = self._ask({"wait": pid})
            if status == _AT_WORK:
                threading.Event().wait(0.02)
            else:
                self._ended[pid] = status
        return self._ended[pid]

    def close(self) -> None:
        """End the forking process; its children go on."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()

    def _ask(self, question: dict[str, object]) -> int:
        with self._lock:
            assert self._process.stdin is not None
            assert self._process.stdout is not None
            self._process.stdin.write(json.dumps(question) + "\n")
            self._process.stdin.flush()
            return int(self._process.stdout.readline())


_AT_WORK = -1000
_LEFT_OUT = ("bot.sandbox", "bot.demo", "bot.__main__", "bot.picture.draw")


def _serve() -> Order | None:
    """Fork and wait as asked; gives the order in a child, None at the end."""
    while line := sys.stdin.readline():
        question = json.loads(line)
        if "wait" in question:
            print(_status(question["wait"]), flush=True)
            continue
        child = os.fork()
        if child == 0:
            return Order(**question["order"])
        print(child, flush=True)
    return None


def _status(pid: int) -> int:
    done, status = os.waitpid(pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if done else _AT_WORK


def _become(order: Order) -> None:
    """Take on the order's folder, environment, output and arguments."""
    import signal

    signal.alarm(_LONGEST_SECONDS)
    for number, path in ((0, os.devnull), (1, order.out), (2, order.err)):
        opened = os.open(path, os.O_RDWR)
        os.dup2(opened, number)
        os.close(opened)
    os.chdir(order.folder)
    os.environ.clear()
    os.environ.update(order.environment)
    sys.argv = ["jubo", *order.arguments]


def _load() -> None:
    """Everything that the commands import when they need it; pictures are drawn elsewhere."""
    import importlib
    import pkgutil

    import bot

    for module in pkgutil.walk_packages(bot.__path__, "bot."):
        if not module.name.startswith(_LEFT_OUT):
            importlib.import_module(module.name)


if __name__ == "__main__":
    from bot.cli import main

    _load()
    if order := _serve():
        _become(order)
        main()
