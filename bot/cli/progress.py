"""How far a run is: Rich on a terminal, plain lines elsewhere; always on stderr."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.model.progress import Progress

_NAMES = {
    "read": "source",
    "enrich": "arXiv",
    "estimate": "estimate",
    "translate": "translation",
    "comment": "commentary",
    "compose": "digest",
    "publish": "forum",
}


@contextmanager
def show_progress() -> Iterator[Callable[[Progress], None]]:
    """Gives the function that shows one step of a run; safe to call from several threads."""
    if sys.stderr.isatty():
        with _on_terminal() as report:
            yield report
    else:
        yield _print_line


def _print_line(progress: Progress) -> None:
    sys.stderr.write(_line(progress) + "\n")
    sys.stderr.flush()


def _line(progress: Progress) -> str:
    count = f" {progress.done}/{progress.total}" if progress.total > 1 else ""
    return f"{_NAMES[progress.stage]:<12}{count:<6} {progress.text}"


@contextmanager
def _on_terminal() -> Iterator[Callable[[Progress], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn
    from rich.progress import Progress as Bars

    columns = (
        TextColumn("{task.description:<12}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TextColumn("{task.fields[text]}", markup=False),
    )
    lock = threading.Lock()
    tasks: dict[str, TaskID] = {}
    with Bars(*columns, console=Console(stderr=True)) as bars:

        def report(progress: Progress) -> None:
            with lock:
                name = _NAMES[progress.stage]
                if name not in tasks:
                    tasks[name] = bars.add_task(name, total=progress.total or 1, text="")
                total = progress.total or 1
                bars.update(tasks[name], completed=progress.done, total=total, text=progress.text)

        yield report
