"""The whole job on this machine: embedded source, arXiv, model and forum over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from bot.config import Arxiv, Database, Model, Outlet, Policy, Settings, Sources
from bot.sandbox.arxiv import arxiv_app
from bot.sandbox.forum import BOT, EmbeddedForum, ForumSettings, open_forum, serve_forum
from bot.sandbox.model import load_replies, recorded_model
from bot.sandbox.pages import SourceSite, site_app
from bot.sandbox.server import serve
from bot.sandbox.week import PAGES, load_records

CATEGORY = 2
MODEL = "jubo-demo"

PUBLIC_URL = "https://example.org/ai-papers-of-the-week"
"""Where the sample's source would stand: a post never links to this machine's own addresses."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Running stand-ins and the configuration that reaches them."""

    settings: Settings
    forum: EmbeddedForum
    forum_url: str


@contextmanager
def open_stage(folder: Path) -> Iterator[Stage]:
    """Serve everything on free ports of this machine for the duration of the block.

    ``folder`` holds the database and the forum. The forum asks for no pause between posts, as a
    real one would of an ordinary user.
    """
    forum = open_forum(folder / "forum.sqlite", ForumSettings(title="jubo demo", math=True))
    with ExitStack() as stack:
        stack.callback(forum.close)
        forum_url = stack.enter_context(serve_forum(forum))
        site = SourceSite()
        site.add_folder(PAGES)
        pages = stack.enter_context(serve(site_app(site))) + "/pages"
        arxiv = stack.enter_context(serve(arxiv_app(load_records())))
        replies = load_replies(PAGES / "replies.yml")
        model = stack.enter_context(serve(recorded_model(replies)))
        yield Stage(_settings(folder, forum, forum_url, pages, arxiv, model), forum, forum_url)


def _settings(
    folder: Path, forum: EmbeddedForum, forum_url: str, pages: str, arxiv: str, model: str
) -> Settings:
    outlet = Outlet(
        url=forum_url,
        category=CATEGORY,
        tags=("paper", "weekly"),
        language="ko",
        api_username=BOT,
        api_key=SecretStr(forum.add_key(BOT)),
        requests_per_minute=6000,
    )
    return Settings(
        database=Database(url="sqlite:///jubo.sqlite"),
        sources=Sources(pages=pages, public_url=PUBLIC_URL, feed=None),
        arxiv=Arxiv(api_url=f"{arxiv}/api/query", pause_seconds=0),
        model=Model(
            base_url=f"{model}/v1", api_key=SecretStr("demo"), name="jubo-demo", parallel=8
        ),
        policy=Policy(quiet_minutes=0, max_age_days=36_500),
        outlets={"demo": outlet},
        folder=folder,
        log_level="warning",
    )
