"""``jubo`` as a process of its own: what it printed, and that no secret was in it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from tests.e2e.nursery import ROOT, Nursery, Order


@dataclass(frozen=True, slots=True)
class Ran:
    """A command that has ended."""

    status: int
    out: str
    err: str

    def json(self) -> Any:
        """The one document on stdout."""
        return json.loads(self.out)

    def last_line(self) -> str:
        """What it had to say in the end, on stderr."""
        lines = self.err.strip().splitlines()
        return lines[-1] if lines else ""


@dataclass(frozen=True, slots=True)
class Running:
    """A command at work; ``wait_for_status`` returns when it has ended."""

    pid: int
    wait_for_status: Callable[[], int]
    files: tuple[Path, Path]
    secrets: frozenset[str]

    def kill(self) -> None:
        """SIGKILL, and wait until it is gone."""
        os.kill(self.pid, signal.SIGKILL)
        self.wait_for_status()

    def stop(self) -> None:
        """SIGTERM."""
        os.kill(self.pid, signal.SIGTERM)

    def printed(self) -> str:
        """What stands on stderr by now."""
        return self.files[1].read_text(encoding="utf-8")

    def wait(self) -> Ran:
        """Wait until it ends; a secret or a traceback in what it printed fails the test."""
        status = self.wait_for_status()
        out, err = (file.read_text(encoding="utf-8") for file in self.files)
        assert not any(secret in out + err for secret in self.secrets), "a secret was printed"
        assert "Traceback" not in err, err
        return Ran(status, out, err)


@dataclass
class Jubo:
    """Runs commands in ``folder`` with ``secrets`` in the environment.

    With a nursery they are forked from a process that has imported everything.
    """

    folder: Path
    secrets: Mapping[str, str]
    nursery: Nursery | None = None
    count: int = 0

    def __call__(self, *arguments: str, **environment: str) -> Ran:
        """Run a command to its end."""
        return self.start(*arguments, **environment).wait()

    def start(self, *arguments: str, **environment: str) -> Running:
        """Start a command."""
        files = self._files()
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        whole = {**kept, "PYTHONPATH": str(ROOT), **self.secrets, **environment}
        out, err = map(str, files)
        order = Order(list(arguments), str(self.folder), whole, out, err)
        if self.nursery is None:
            process = _spawn(order)
            pid, wait = process.pid, process.wait
        else:
            pid = self.nursery.start(order)
            wait = partial(self.nursery.wait, pid)
        return Running(pid, wait, files, frozenset(self.secrets.values()))

    def _files(self) -> tuple[Path, Path]:
        self.count += 1
        place = self.folder / "output"
        place.mkdir(exist_ok=True)
        out, err = (place / f"{self.count:02d}.{name}" for name in ("out", "err"))
        out.touch()
        err.touch()
        return out, err


def _spawn(order: Order) -> subprocess.Popen[bytes]:
    with Path(order.out).open("wb") as out, Path(order.err).open("wb") as err:
        return subprocess.Popen(
            [sys.executable, "-m", "bot", *order.arguments],
            cwd=order.folder,
            env=order.environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
        )
