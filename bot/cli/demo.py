"""``jubo demo``: the whole job on this machine: no keys, no network."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import AsJson, print_json, say

if TYPE_CHECKING:
    from bot.demo import Stage
    from bot.model.check import Checked


def demo(
    folder: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="Where Markdown, HTML and state are kept.")
    ] = Path("demo"),
    as_json: AsJson = False,
) -> None:
    """Show the whole job on this machine: a sample week becomes a topic on an embedded forum."""
    from bot.cli.common import set_up_logging
    from bot.demo import open_stage

    state = _fresh(folder)
    with open_stage(state) as stage:
        set_up_logging(stage.settings)
        say_err("embedded parts: a source, arXiv, a recorded model and a forum, all on 127.0.0.1;")
        say_err("the forum lifts its limits per user, so that nothing waits")
        checked, files = _run(stage, folder)
        url = next((result.url for result in checked.results if result.url), None)
        if as_json:
            print_json({"url": url, "folder": str(folder), "files": [str(file) for file in files]})
        else:
            say(f"topic:  {url}")
            say(f"folder: {folder.absolute()}")
        if url is None:
            raise typer.Exit(1)
        if sys.stdin.isatty() and sys.stdout.isatty():
            say("The forum keeps serving; stop it with Ctrl-C.")
            _wait()


def say_err(line: str) -> None:
    """A line beside the result."""
    typer.echo(line, err=True)


def _fresh(folder: Path) -> Path:
    """A new state: the demo shows the whole job every time."""
    import shutil

    state = folder / "state"
    shutil.rmtree(state, ignore_errors=True)
    state.mkdir(parents=True)
    return state


def _run(stage: Stage, folder: Path) -> tuple[Checked, list[Path]]:
    from bot.app import App, utc_now
    from bot.cli.build import find_advice, make_preview, write
    from bot.cli.progress import show_progress
    from bot.sandbox.week import KEY
    from bot.workflow.check import check
    from bot.workflow.edition import external_id
    from bot.workflow.publication import compose_for

    app = App(stage.settings, outlet="demo")
    app.read_issues(None, keep=True)
    with show_progress() as report, app.work(report) as services:
        checked = check(["demo"], utc_now())
        edition = services.editions.find(external_id("dair", KEY, "ko"))
        if edition is None:
            return checked, []
        digest = compose_for(services, edition, "demo")
        return checked, write(folder, make_preview(edition, digest, find_advice(services, edition)))


def _wait() -> None:
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        say()
