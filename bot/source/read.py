"""One look at all sources: Issues where something changed, one small answer where nothing did."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import httpx

from bot.config import Settings, Sources
from bot.errors import BotError, ParseError, ServiceError
from bot.http import max_body_bytes
from bot.model.issue import Issue, Problem
from bot.model.validator import Validator
from bot.parsing.page import parse_page
from bot.planning.identity import without_doubles
from bot.planning.merge import merge_sources
from bot.source.folder import FolderOrigin
from bot.source.github import GitHubOrigin
from bot.source.newsletter import FeedOrigin, Newsletter
from bot.source.origin import INDEX, Origin, SourcePage, SourceSnapshot
from bot.source.validators import Asker, Validators
from bot.source.web import WebOrigin

_MOST_FEED_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class SourceRead:
    """What one look gave.

    Attributes:
        issues: Newest first; empty where ``unchanged``.
        problems: What could not be read, with the file's name in the reason.
        unchanged: Nothing differs from the last good read; nothing was parsed.
        commit: The commit the pages were read at, where there are commits.
        failures: Sources that failed while another one answered.
        seen: For `remember`, once the caller has stored the Issues.
    """

    issues: tuple[Issue, ...] = ()
    problems: tuple[Problem, ...] = ()
    unchanged: bool = False
    commit: str | None = None
    failures: tuple[BotError, ...] = ()
    seen: tuple[tuple[str, Validator], ...] = ()

    @property
    def retry_after(self) -> float | None:
        """The longest wait a failed source asked for, in seconds."""
        waits = [
            error.retry_after
            for error in self.failures
            if isinstance(error, ServiceError) and error.retry_after is not None
        ]
        return max(waits, default=None)


def read_sources(
    settings: Settings,
    client: httpx.Client,
    validators: Validators,
    *,
    now: datetime,
    last: Sequence[Issue] = (),
) -> SourceRead:
    """Look at the pages and at the newsletter; either alone is enough.

    Where one of them changed both are read, so that the same week from both becomes one Issue.
    What a source that fails now had given before stands: an outage is no edit.

    Args:
        last: The Issues of the last good look.

    Raises:
        ServiceError, ParseError: No source could be read; the first failure, the others in its
            notes. Nothing is to be remembered, the last good state stands.
    """
    look = _Look(settings, client, validators, now.year)
    changed = [name for name, ask in look.questions.items() if look.attempt(name, ask)]
    return look.read(last) if changed else look.nothing_new()


def read_pages(settings: Settings, client: httpx.Client, *, now: datetime) -> SourceRead:
    """The pages alone, in full, whatever was seen before; for `jubo issues` and `jubo build`.

    Raises:
        ServiceError, ParseError: They cannot be read, or hold no issue.
    """
    snapshot = open_pages(settings, client).read(now.year)
    issues, problems = parse_snapshot(snapshot, source=settings.sources.name)
    return SourceRead(issues, problems, commit=snapshot.commit, seen=snapshot.seen)


def remember(read: SourceRead, validators: Validators) -> None:
    """Keep the validators of a good read; call it after its Issues are stored, never before."""
    for name, validator in read.seen:
        validators.put(name, validator)


def open_pages(settings: Settings, client: httpx.Client) -> Origin:
    """The place of the pages: GitHub, or the folder or address that stands in for it."""
    sources = settings.sources
    asker = Asker(client, "pages", max_body_bytes(settings.http))
    if not sources.pages:
        return GitHubOrigin(
            asker,
            repository=sources.repository,
            branch=sources.branch,
            api_url=sources.api_url,
            raw_url=sources.raw_url,
            token=sources.token.get_secret_value() if sources.token else None,
        )
    if sources.pages.startswith(("http://", "https://")):
        return WebOrigin(asker, sources.pages, public_url=sources.public_url)
    root = settings.folder / Path(sources.pages).expanduser()
    return FolderOrigin(root, max_bytes=asker.max_bytes, public_url=_public_url(sources))


def parse_snapshot(
    snapshot: SourceSnapshot, *, source: str
) -> tuple[tuple[Issue, ...], tuple[Problem, ...]]:
    """The Issues of all pages, newest first, each once; problems name the page.

    Raises:
        ParseError: A page is an error page, or no page holds an issue: no state to build on.
    """
    issues: list[Issue] = []
    problems: list[Problem] = []
    for page in snapshot.pages:
        if page.note:
            problems.append(Problem(0, f"{page.path}: {page.note}"))
        if page.text:
            parsed = _parse(page, source)
            issues += parsed[0]
            problems += parsed[1]
    if not issues:
        raise ParseError("pages: no issue found in any page; the last good state is kept")
    shown = sorted(without_doubles(issues), key=lambda issue: issue.week, reverse=True)
    return tuple(shown), tuple(problems)


def _parse(page: SourcePage, source: str) -> tuple[tuple[Issue, ...], list[Problem]]:
    parsed = parse_page(page.text, source=source, url=page.url or page.path)
    problems = [
        replace(problem, reason=f"{page.path}: {problem.reason}") for problem in parsed.problems
    ]
    if not parsed.issues and page.path != INDEX:
        problems.append(Problem(0, f"{page.path}: no issue found"))
    return parsed.issues, problems


def _public_url(sources: Sources) -> str:
    """Where people read what a folder is a copy of."""
    return sources.public_url or f"https://github.com/{sources.repository}/blob/{sources.branch}"


class _Look:
    """One look: asks each source, remembers who failed, reads those that did not."""

    def __init__(
        self, settings: Settings, client: httpx.Client, validators: Validators, year: int
    ) -> None:
        self._settings = settings
        self._year = year
        self._pages = open_pages(settings, client)
        self._feed = open_feed(settings, client)
        self._failures: dict[str, BotError] = {}
        self.questions: dict[str, Callable[[], bool]] = {
            "pages": lambda: self._pages.has_changed(validators, year)
        }
        if feed := self._feed:
            self.questions["feed"] = lambda: feed.has_changed(validators)

    def attempt(self, name: str, ask: Callable[[], bool]) -> bool:
        try:
            return ask()
        except (ServiceError, ParseError) as error:
            self._failures[name] = error
            return False

    def nothing_new(self) -> SourceRead:
        self._raise_if_all_failed()
        return SourceRead(unchanged=True, failures=tuple(self._failures.values()))

    def read(self, last: Sequence[Issue]) -> SourceRead:
        pages, letter = self._read_pages(last), self._read_letter(last)
        self._raise_if_all_failed()
        return SourceRead(
            issues=merge_sources(pages.issues, letter.issues, papers=self._settings.policy.papers),
            problems=pages.problems + letter.problems,
            commit=pages.commit,
            failures=tuple(self._failures.values()),
            seen=pages.seen + letter.seen,
        )

    def _read_pages(self, last: Sequence[Issue]) -> SourceRead:
        if "pages" not in self._failures:
            try:
                snapshot = self._pages.read(self._year)
                issues, problems = parse_snapshot(snapshot, source=self._settings.sources.name)
                return SourceRead(issues, problems, commit=snapshot.commit, seen=snapshot.seen)
            except (ServiceError, ParseError) as error:
                self._failures["pages"] = error
        return SourceRead(tuple(issue for issue in last if issue.url))

    def _read_letter(self, last: Sequence[Issue]) -> Newsletter:
        if self._feed is None:
            return Newsletter(())
        if "feed" not in self._failures:
            try:
                return self._feed.read()
            except (ServiceError, ParseError) as error:
                self._failures["feed"] = error
        return Newsletter(tuple(issue for issue in last if issue.newsletter_url))

    def _raise_if_all_failed(self) -> None:
        if len(self._failures) < len(self.questions):
            return
        first, *others = (self._failures[name] for name in self.questions)
        for error in others:
            first.add_note(str(error))
        raise first


def open_feed(settings: Settings, client: httpx.Client) -> FeedOrigin | None:
    """The newsletter's feed, None where none is configured."""
    if not settings.sources.feed:
        return None
    most = min(max_body_bytes(settings.http), _MOST_FEED_BYTES)
    return FeedOrigin(
        Asker(client, "feed", most),
        settings.sources.feed,
        source=settings.sources.name,
        papers=settings.policy.papers,
    )
