"""``jubo sandbox``: a forum on this machine, to look at and to publish to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import say, wait_for_a_signal
from bot.errors import ConfigError

if TYPE_CHECKING:
    from bot.sandbox.forum import EmbeddedForum, ForumSettings


def sandbox(
    port: Annotated[int, typer.Option(help="The port on 127.0.0.1; 0 takes a free one.")] = 8290,
    database: Annotated[
        Path | None,
        typer.Option(help="Keep the forum in this SQLite file; without it nothing is kept."),
    ] = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Empty the file first.", show_default=False)
    ] = False,
    math: Annotated[
        bool, typer.Option("--math/--no-math", help="Turn on the forum's math plugin.")
    ] = True,
) -> None:
    """Serve the embedded forum until Ctrl-C: for a look, for trying a configuration."""
    from bot.sandbox.forum import BOT, ForumSettings, serve_forum

    if fresh and database is not None:
        database.unlink(missing_ok=True)
    forum = _open(database, ForumSettings(math=math))
    key = forum.add_key(BOT)
    try:
        with serve_forum(forum, port=port) as url:
            _explain(forum, url, key, database)
            wait_for_a_signal()
    except OSError as error:
        raise ConfigError(f"port {port}: {error.strerror}; choose another with --port") from error
    finally:
        forum.revoke_key(key)
        forum.close()


def _open(database: Path | None, settings: ForumSettings) -> EmbeddedForum:
    from sqlalchemy.exc import DatabaseError

    from bot.sandbox.forum import open_forum

    try:
        return open_forum(database, settings)
    except DatabaseError as error:
        raise ConfigError(
            f"{database}: cannot be used as a forum ({error.orig}); name another file, or --fresh"
        ) from None


def _explain(forum: EmbeddedForum, url: str, key: str, database: Path | None) -> None:
    from bot.sandbox.forum import BOT, MODERATOR, READER

    kept = f"kept in {database}" if database else "gone when this ends (see --database)"
    say(f"{forum.settings.title}: {url}")
    say()
    say("A forum that answers as Discourse does, for jubo and for you; not a forum for people.")
    say(f"Nothing leaves this machine. What is written is {kept}.")
    say()
    say(f"  users       {BOT} (the bot), {MODERATOR}, {READER}")
    say(f"  categories  {', '.join(f'{one.id} {one.name}' for one in forum.settings.categories)}")
    say(f"  key         {key}  (worthless after this run)")
    say(f"  moderation  {url}/review")
    say(f"  faults      {url}/sandbox/faults")
    say()
    say(f"Try it: DISCOURSE_API_KEY={key[:4]}… and outlet url: {url}. Stop with Ctrl-C.")
