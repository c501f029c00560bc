"""Arguments to command to exit status; text or --json.

Command modules import little at their top: ``jubo --help`` answers within 0.3 s.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot import __version__
from bot.cli.common import Invocation, mask
from bot.errors import BotError

_HELP = "Bring the week's AI papers to a Discourse forum in its own language."
_EPILOG = "Exit status: 0 done, 1 a person is needed, 2 wrong usage or config, 75 try again later."
_LONGEST_CAUSE = 300

app = typer.Typer(
    name="jubo",
    help=_HELP,
    epilog=_EPILOG,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"jubo {__version__}")
        raise typer.Exit


@app.callback()
def _globals(
    context: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option(
            help="The configuration; without it JUBO_CONFIG, then ./jubo.yml.",
            envvar="JUBO_CONFIG",
            metavar="FILE",
        ),
    ] = None,
    outlet: Annotated[
        str | None, typer.Option(help="Which outlet, where there are several.", metavar="NAME")
    ] = None,
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="The version.")
    ] = False,
) -> None:
    context.obj = Invocation(config, outlet)


def main() -> None:
    """Run the command line; every error is one line on stderr and an exit status."""
    from bot.cli import commands

    commands.register(app)
    try:
        app()
    except BotError as error:
        typer.echo(f"jubo: {error}", err=True)
        sys.exit(error.exit_status)
    except Exception as error:  # the last resort: a defect of ours
        sys.exit(report_defect(error))


def report_defect(error: Exception) -> int:
    """Say in one line what nobody foresaw; gives the exit status.

    The traceback is logged at level debug. Secrets are masked, since a library's exception may
    quote anything.
    """
    cause = mask(" ".join(f"{type(error).__name__}: {error}".split()))[:_LONGEST_CAUSE]
    typer.echo(f"jubo: internal error: {cause}; please report it", err=True)
    logging.getLogger(__name__).debug("traceback", exc_info=error)
    return BotError.exit_status
