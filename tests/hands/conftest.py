"""The whole stage of the demo, and ``jubo`` as a person types it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.cli import app, commands
from bot.demo import CATEGORY, Stage, open_stage
from bot.errors import BotError
from bot.sandbox.forum import BOT, EmbeddedForum, PostView, TopicView

commands.register(app)


@dataclass(frozen=True, slots=True)
class Said:
    """How one call of ``jubo`` ended."""

    status: int
    out: str
    error: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Hands:
    """A person at a terminal, with a configuration for the stage; ``changes`` may be made to it."""

    def __init__(self, stage: Stage, folder: Path) -> None:
        self.stage = stage
        self.folder = folder
        self.file = folder / "jubo.yml"
        self.config: dict[str, Any] = _configure(stage)

    @property
    def forum(self) -> EmbeddedForum:
        return self.stage.forum

    def jubo(self, *arguments: str) -> Said:
        """One call, in this process; logs and progress go to the test's own stderr."""
        self.file.write_text(yaml.safe_dump(self.config, allow_unicode=True), encoding="utf-8")
        out = StringIO()
        try:
            with redirect_stdout(out):
                app(["--config", str(self.file), *arguments])
        except BotError as error:
            return Said(error.exit_status, out.getvalue(), str(error))
        except SystemExit as end:
            return Said(int(end.code or 0), out.getvalue(), "")
        raise AssertionError("a command ends with SystemExit")

    def topic(self) -> TopicView:
        """The bot's only topic."""
        (topic,) = [topic for topic in self.forum.topics() if topic.author == BOT]
        return topic

    def posts(self) -> list[PostView]:
        """The bot's posts in it."""
        return [post for post in self.topic().posts if post.author == BOT]


def _configure(stage: Stage) -> dict[str, Any]:
    settings = stage.settings
    outlet = settings.outlets["demo"]
    return {
        "sources": {
            "pages": settings.sources.pages,
            "public_url": settings.sources.public_url,
            "feed": None,
        },
        "arxiv": {"api_url": settings.arxiv.api_url, "pause_seconds": 0},
        "model": {
            "base_url": settings.model.base_url,
            "api_key": "demo",
            "name": "jubo-demo",
            # as a person who has just compared them; by default they grow old
            "prices": {"as_of": datetime.now(UTC).date()},
        },
        "policy": {"quiet_minutes": 0, "max_age_days": 36500},
        "outlets": {
            "demo": {
                "url": outlet.url,
                "category": CATEGORY,
                "tags": list(outlet.tags),
                "api_key": stage.forum.add_key(BOT),
                "requests_per_minute": 6000,
            }
        },
        "log_level": "warning",
    }


@pytest.fixture
def hands(tmp_path: Path) -> Iterator[Hands]:
    with open_stage(tmp_path) as stage:
        yield Hands(stage, tmp_path)
