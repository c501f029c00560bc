"""Wiring: Settings in, services out; the only caller of the clock."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.config import Settings, Sources
from bot.errors import ConfigError, NeedsPerson
from bot.http import max_body_bytes, open_client
from bot.model.issue import Issue
from bot.source.read import SourceRead, read_pages
from bot.store.database import Database, open_database
from bot.store.executors import Executors
from bot.store.issues import Issues
from bot.texts.collection import Texts

if TYPE_CHECKING:
    from bot.model.progress import Progress
    from bot.model.trend import Theme, Trends
    from bot.workflow.ports import Forum
    from bot.workflow.services import Services

Report = Callable[["Progress"], None]

_log = logging.getLogger(__name__)


def utc_now() -> datetime:
    """The time; everything else is given it."""
    return datetime.now(UTC)


@dataclass
class App:
    """One process's view of the configuration.

    ``outlet`` is the one asked for on the command line.
    """

    settings: Settings
    outlet: str | None = None
    _database: Database | None = field(default=None, init=False)
    _forums: dict[str, Forum] = field(default_factory=dict, init=False)

    @property
    def database(self) -> Database:
        """The database, opened (and created) when first asked for."""
        if self._database is None:
            self._database = open_database(self.settings.database_url, utc_now)
        return self._database

    def has_database(self) -> bool:
        """True where asking for the database creates no new file."""
        prefix = "sqlite:///"
        url = self.settings.database_url
        return not url.startswith(prefix) or Path(url.removeprefix(prefix)).exists()

    def outlet_names(self) -> list[str]:
        """The outlet asked for, or all; one without a forum where none is configured."""
        if self.outlet is not None and self.outlet not in self.settings.outlets:
            known = ", ".join(self.settings.outlets) or "none"
            raise ConfigError(f"no outlet is called {self.outlet}; known: {known}")
        return [self.outlet] if self.outlet else list(self.settings.outlets)

    def read_issues(self, source: str | None, *, keep: bool = False) -> SourceRead:
        """The pages' issues, newest first, now; ``source`` replaces the configured pages."""
        settings = with_pages(self.settings, source)
        with open_client(settings.http) as client:
            read = read_pages(settings, client, now=utc_now())
        if keep:
            store = Issues(self.database)
            for issue in read.issues:
                store.put(issue)
        return read

    def find_states(self) -> dict[str, str]:
        """Where each known issue stands, by key; empty before the first check."""
        if not self.has_database():
            return {}
        names = self.outlet_names()[:1]
        known = Issues(self.database).known(names[0]) if names else {}
        return {key: one.state.value for key, one in known.items()}

    def compute_trends(self, key: str, source: str | None) -> tuple[Trends, tuple[Theme, ...]]:
        """What the stored issues say of one week: the table that its post has.

        Of another ``source``, or while nothing is stored, what the source shows is counted.
        """
        from bot.trends import compute_trends

        themes = Texts(self.settings, tell=_log.warning).themes
        shown = self.read_issues(source).issues
        stored = self._stored_issues() if source is None else ()
        known = {one.key: one for one in (*shown, *stored)}
        newest_first = [known[key] for key in sorted(known, reverse=True)]
        issue = pick_issue(newest_first, key, self.settings.sources.name)
        return compute_trends(issue, stored or shown, themes), themes

    def _stored_issues(self) -> tuple[Issue, ...]:
        if not self.has_database():
            return ()
        return Issues(self.database).all(self.settings.sources.name)

    def find_issue(self, key: str, source: str | None) -> Issue:
        """The issue that KEY names, as the source shows it."""
        return pick_issue(self.read_issues(source).issues, key, self.settings.sources.name)

    @contextmanager
    def work(self, report: Report, *, drain_seconds: float = 0) -> Iterator[Services]:
        """Everything a durable run needs, for the duration of the block.

        Args:
            report: Shows people how far a run is.
            drain_seconds: How long runs may still finish when the block ends.
        """
        from bot.workflow import durable, services
        from bot.workflow.registry import WORKFLOWS

        _log.debug("durable runs: %s", ", ".join(one.__name__ for one in WORKFLOWS))
        with ExitStack() as stack:
            made = self._make_services(stack, report)
            stack.enter_context(services.use(made))
            beats = Executors(self.database)
            url = self.settings.database_url
            stack.enter_context(durable.launch(url, beats, drain_seconds=drain_seconds))
            yield made

    def _make_services(self, stack: ExitStack, report: Report) -> Services:
        from bot.llm.endpoint import Endpoint
        from bot.papers.arxiv import ArxivRecords
        from bot.papers.pace import Pace
        from bot.source.read import read_sources
        from bot.store.notes import Notes
        from bot.workflow.purse import open_purse
        from bot.workflow.services import Services

        settings, model = self.settings, self.settings.model
        client = stack.enter_context(open_client(settings.http))
        endpoint = Endpoint(model, settings.http, Notes(self.database, "dialect"))
        stack.callback(endpoint.close)
        return Services(
            settings=settings,
            database=self.database,
            clock=utc_now,
            sleep=time.sleep,
            model=endpoint,
            records=ArxivRecords(
                client,
                settings.arxiv.api_url,
                pace=Pace(settings.arxiv.pause_seconds),
                max_bytes=max_body_bytes(settings.http),
            ),
            texts=Texts(settings, tell=_log.warning),
            read_sources=lambda validators, last: read_sources(
                settings, client, validators, now=utc_now(), last=last
            ),
            open_forum=self._open_forum,
            report=report,
            calls=threading.BoundedSemaphore(model.parallel),
            purse=open_purse(self.database, model),
        )

    def _open_forum(self, name: str) -> Forum:
        """The outlet's forum; one client an outlet, since it keeps to the calls per minute."""
        from bot.forum.discourse import Discourse

        if name not in self._forums:
            outlet = self.settings.outlets[name]
            if outlet.api_key is None:
                raise ConfigError(f"outlets.{name}.api_key is not set; set it or its _FILE")
            self._forums[name] = Discourse(
                outlet.url,
                outlet.api_username,
                outlet.api_key.get_secret_value(),
                timeout_seconds=outlet.timeout_seconds,
                max_megabytes=self.settings.http.max_body_megabytes,
                requests_per_minute=outlet.requests_per_minute,
            )
        return self._forums[name]


def pick_issue(issues: Sequence[Issue], key: str, source: str) -> Issue:
    """The issue that KEY ("2024-01-29", "dair/2024-01-29", "latest") names; newest come first.

    Raises:
        NeedsPerson: No such issue; the message names the newest.
    """
    wanted = key.removeprefix(f"{source}/")
    if wanted == "latest" and issues:
        return issues[0]
    for issue in issues:
        if issue.key == wanted:
            return issue
    keys = ", ".join(issue.key for issue in issues[:3])
    raise NeedsPerson(f"no issue is known as {key}; the newest are {keys}; see: jubo issues")


def with_pages(settings: Settings, source: str | None) -> Settings:
    """Settings that read the pages at ``source`` (a folder or an address), without the feed."""
    if source is None:
        return settings
    place = source if source.startswith(("http://", "https://")) else str(Path(source).absolute())
    elsewhere = {"pages": place, "public_url": None, "feed": None}
    sources: Sources = settings.sources.model_copy(update=elsewhere)
    return settings.model_copy(update={"sources": sources})
