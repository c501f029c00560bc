"""Everything that jubo talks to, on free ports of this machine, and a configuration for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from starlette.types import ASGIApp

from bot.model.issue import Record
from bot.sandbox.arxiv import arxiv_app
from bot.sandbox.completions import Behaviour
from bot.sandbox.forum import EmbeddedForum, ForumSettings, TopicView, open_forum
from bot.sandbox.model import load_replies, recorded_model
from bot.sandbox.pages import SourceSite, site_app
from bot.sandbox.server import serve
from bot.sandbox.week import PAGES, load_records
from tests.e2e.nursery import Nursery
from tests.e2e.process import Jubo
from tests.e2e.taps import ForumTap, ModelTap

MODEL_KEY = "sk-e2e-0f3a9c7b5d1e8246-model"
GITHUB_TOKEN = "ghp_e2e0f3a9c7b5d1e8246token"
Records = Mapping[str, Record] | Callable[[str], Record | None]


@dataclass(frozen=True, slots=True)
class Parts:
    """What is on stage; the sample week and its recorded model where nothing else is named."""

    pages: Path = PAGES
    records: Records = field(default_factory=load_records)
    model: Callable[[Behaviour], ASGIApp] = lambda behaviour: recorded_model(
        load_replies(PAGES / "replies.yml"), behaviour
    )
    forum: ForumSettings = field(default_factory=lambda: ForumSettings(math=True))


@dataclass
class Stage:
    """Running stand-ins, a folder with a configuration for them, and the commands to run there."""

    folder: Path
    site: SourceSite
    behaviour: Behaviour
    model: ModelTap
    forum: EmbeddedForum
    forum_tap: ForumTap
    addresses: dict[str, str]
    jubo: Jubo

    def configure(self, **changes: dict[str, Any]) -> None:
        """Write jubo.yml: what the stand-ins need, and these changes section by section."""
        sections = self._sections()
        for name, change in changes.items():
            sections[name] = {**sections.get(name, {}), **change}
        text = yaml.safe_dump(sections, allow_unicode=True, sort_keys=False)
        (self.folder / "jubo.yml").write_text(text, encoding="utf-8")

    def github(self) -> dict[str, Any]:
        """The section ``sources`` for the stand-in of GitHub instead of plain pages."""
        return {
            "pages": None,
            "api_url": self.addresses["source"],
            "raw_url": self.addresses["source"],
        }

    def outlet(self, **changes: Any) -> dict[str, Any]:
        """The outlet of the embedded forum; its key comes from the environment."""
        return {
            "url": self.addresses["forum"],
            "category": 2,
            "tags": ["paper", "weekly"],
            "api_key": "${DISCOURSE_API_KEY}",
            "requests_per_minute": 6000,
            "picture": False,
            **changes,
        }

    def topics(self) -> list[TopicView]:
        """The bot's topics, oldest first."""
        return [topic for topic in self.forum.topics() if topic.author == "jubo"]

    def _sections(self) -> dict[str, dict[str, Any]]:
        return {
            "sources": {"pages": self.addresses["pages"], "feed": None, "token": "${GITHUB_TOKEN}"},
            "arxiv": {"api_url": self.addresses["arxiv"], "pause_seconds": 0},
            "model": {
                "base_url": self.addresses["model"],
                "api_key": "${OPENAI_API_KEY}",
                "name": "recorded",
                "attempts": 1,
            },
            "policy": {"quiet_minutes": 0, "max_age_days": 36_500},
            "outlets": {"example": self.outlet()},
        }


@contextmanager
def open_stage(
    folder: Path, nursery: Nursery | None = None, parts: Parts | None = None
) -> Iterator[Stage]:
    """Serve everything for the duration of the block and write a configuration to ``folder``."""
    parts = parts or Parts()
    folder.mkdir(parents=True, exist_ok=True)
    site, behaviour = SourceSite(), Behaviour()
    site.add_folder(parts.pages)
    forum = open_forum(settings=parts.forum)
    model_tap, forum_tap = ModelTap(parts.model(behaviour)), ForumTap(forum.app)
    apps: dict[str, tuple[ASGIApp, str]] = {
        "source": (site_app(site), ""),
        "arxiv": (arxiv_app(parts.records), "/api/query"),
        "model": (model_tap, "/v1"),
        "forum": (forum_tap, ""),
    }
    with ExitStack() as stack:
        stack.callback(forum.close)
        addresses = {
            name: stack.enter_context(serve(app)) + path for name, (app, path) in apps.items()
        }
        addresses["pages"] = addresses["source"] + "/pages"
        key = forum.add_key()
        secrets = {
            "OPENAI_API_KEY": MODEL_KEY,
            "DISCOURSE_API_KEY": key,
            "GITHUB_TOKEN": GITHUB_TOKEN,
        }
        jubo = Jubo(folder, secrets, nursery)
        stage = Stage(folder, site, behaviour, model_tap, forum, forum_tap, addresses, jubo)
        stage.configure()
        yield stage
