"""The commands, in the order in which ``jubo --help`` shows them."""

from __future__ import annotations

import typer

from bot.cli import (
    build,
    check,
    config,
    demo,
    doctor,
    init,
    issues,
    lint,
    moderate,
    preview,
    publish,
    redo,
    replay,
    run,
    sandbox,
    status,
    trends,
)


def register(app: typer.Typer) -> None:
    """Add every command to the application."""
    for command in (
        demo.demo,
        issues.issues,
        build.build,
        preview.preview,
        publish.publish,
        redo.redo,
        redo.correct,
        moderate.approve,
        moderate.skip,
        moderate.adopt,
        moderate.unlist,
        moderate.revert,
        check.check,
        run.run,
        status.status,
        doctor.doctor,
        trends.trends,
        lint.lint,
        replay.replay,
        sandbox.sandbox,
        init.init,
        config.config,
    ):
        app.command()(command)
