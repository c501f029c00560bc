"""``jubo config``: the effective configuration, secrets masked."""

from __future__ import annotations

import typer

from bot.cli.common import AsJson, Invocation, print_json, say


def config(context: typer.Context, as_json: AsJson = False) -> None:
    """Print the effective configuration, secrets masked."""
    import yaml

    invocation: Invocation = context.obj
    values = invocation.settings().model_dump(mode="json")
    if as_json:
        print_json(values)
        return
    say(yaml.safe_dump(values, allow_unicode=True, sort_keys=False).rstrip())
