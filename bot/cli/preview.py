"""``jubo preview``: what will be published, on a phone and on a desk, served on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import From, Invocation, Key, say, wait_for_a_signal
from bot.errors import ConfigError

if TYPE_CHECKING:
    from bot.web.preview import Preview


def preview(
    context: typer.Context,
    key: Key,
    source: From = None,
    language: Annotated[
        str | None, typer.Option(help="The target language; the outlet's, else ko.")
    ] = None,
    port: Annotated[int, typer.Option(help="The port on 127.0.0.1; 0 takes a free one.")] = 8291,
) -> None:
    """Build what is missing and show it as the forum will, until Ctrl-C; publishes nothing."""
    from bot.sandbox.server import serve
    from bot.web.preview import open_preview

    shown = _build(context.obj, key, source, language)
    try:
        with serve(open_preview(shown), port=port) as url:
            say(f"{shown.digest.title}: {url} (stop with Ctrl-C)")
            wait_for_a_signal()
    except OSError as error:
        raise ConfigError(f"port {port}: {error.strerror}; choose another with --port") from error


def _build(invocation: Invocation, key: str, source: str | None, language: str | None) -> Preview:
    from bot.app import App
    from bot.cli.build import find_advice, make_preview
    from bot.cli.progress import show_progress
    from bot.workflow.edition import build_edition
    from bot.workflow.publication import compose_for

    app = App(invocation.settings(), outlet=invocation.outlet)
    name = invocation.find_outlet(app.settings)
    wanted = language or (app.settings.outlets[name].language if name else "ko")
    issue = app.find_issue(key, source)
    with show_progress() as report, app.work(report) as services:
        edition = build_edition(issue, wanted)
        digest = compose_for(services, edition, name)
        return make_preview(edition, digest, find_advice(services, edition))
