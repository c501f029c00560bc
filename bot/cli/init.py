"""``jubo init``: a commented configuration to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import say
from bot.errors import ConfigError


def init(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where to write it.")] = Path(),
    languages: Annotated[
        bool, typer.Option("--all", help="Also the languages, prompts and themes, to change them.")
    ] = False,
) -> None:
    """Write a commented configuration; nothing that exists is overwritten."""
    from bot.config import defaults_folder

    names = ["jubo.yml", *(["languages", "prompts", "themes.yml"] if languages else [])]
    for name in names:
        _copy(defaults_folder() / name, folder / name)
        say(f"wrote {folder / name}")
    say("Next: fill in model and outlets, set the secrets it names, then: jubo doctor")


def _copy(source: Path, target: Path) -> None:
    if target.exists():
        raise ConfigError(f"{target} exists already; move it away, or name another folder")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            _copy_tree(source, target)
        else:
            target.write_bytes(source.read_bytes())
    except OSError as error:
        raise ConfigError(f"{target} cannot be written: {error.strerror}") from None


def _copy_tree(source: Path, target: Path) -> None:
    import shutil

    shutil.copytree(source, target)
