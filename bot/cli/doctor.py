"""``jubo doctor``: the configuration held against the real services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from bot.cli.common import AsJson, Invocation, print_json, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.model.health import Line


def doctor(context: typer.Context, as_json: AsJson = False) -> None:
    """Prove the configuration against the real services; posts nothing, asks the model once."""
    from bot.app import App, utc_now
    from bot.model.health import Status
    from bot.workflow.doctor import examine

    invocation: Invocation = context.obj
    settings = invocation.settings()
    outlets = App(settings, outlet=invocation.outlet).outlet_names()
    lines = examine(settings, outlets, utc_now)
    if as_json:
        print_json(describe(lines))
    else:
        for line in lines:
            cure = f"; {line.cure}" if line.cure else ""
            say(f"{line.status.value:<5} {line.area}: {line.what}{cure}")
    if any(line.status is Status.FAIL for line in lines):
        raise typer.Exit(1)


def describe(lines: Sequence[Line]) -> dict[str, Any]:
    """The lines as ``--json`` gives them, and how many there are of each status."""
    from bot.model.health import Status

    statuses = [line.status for line in lines]
    return {
        "lines": [
            {
                "area": line.area,
                "status": line.status.value,
                "what": line.what,
                "cure": line.cure,
            }
            for line in lines
        ],
        **{status.value: statuses.count(status) for status in Status},
    }
