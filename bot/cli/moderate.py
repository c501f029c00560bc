"""``jubo approve``, ``skip``, ``adopt``, ``unlist`` and ``revert``: what a moderator decides."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import AsJson, Invocation, Key, print_json, say
from bot.errors import ConfigError

if TYPE_CHECKING:
    from bot.app import App
    from bot.model.check import Result
    from bot.model.issue import Issue
    from bot.workflow.services import Services

TopicAddress = Annotated[
    str, typer.Argument(metavar="URL", help="The topic's address on the forum, or its number.")
]


@dataclass(frozen=True)
class Work:
    """One command at work on one outlet."""

    app: App
    services: Services
    outlet: str

    def find_issue(self, key: str) -> Issue:
        """The stored issue that KEY names, else the one that the source shows."""
        from bot.app import pick_issue
        from bot.errors import NeedsPerson

        source = self.app.settings.sources.name
        try:
            return pick_issue(self.services.issues.all(source), key, source)
        except NeedsPerson:
            return self.app.find_issue(key, None)


@contextmanager
def open_work(context: typer.Context) -> Iterator[Work]:
    """Services and outlet of a command, for the duration of the block."""
    from bot.app import App
    from bot.cli.progress import show_progress

    invocation: Invocation = context.obj
    settings = invocation.settings()
    outlet = invocation.outlet_name(settings)
    app = App(settings, outlet=outlet)
    with show_progress() as report, app.work(report) as services:
        yield Work(app, services, outlet)


def approve(context: typer.Context, key: Key, as_json: AsJson = False) -> None:
    """Publish an issue that waits for a moderator, or apply the update that is proposed."""
    from bot.workflow.moderation import approve_issue

    with open_work(context) as work:
        issue = work.find_issue(key)
        run = work.services.clock().isoformat()
        result = approve_issue(work.services, work.outlet, issue.key, run)
    _tell(result, as_json=as_json)


def skip(context: typer.Context, key: Key, as_json: AsJson = False) -> None:
    """Make no topic of an issue; jubo approve takes that back."""
    from bot.workflow.moderation import skip_issue

    with open_work(context) as work:
        result = skip_issue(work.services, work.outlet, work.find_issue(key).key)
    _tell(result, as_json=as_json)


def adopt(context: typer.Context, key: Key, url: TopicAddress, as_json: AsJson = False) -> None:
    """Take a topic that stands on the forum for the issue's; no second one is made."""
    from bot.parsing.topics import parse_topic_address
    from bot.workflow.moderation import adopt_topic

    with open_work(context) as work:
        forum = work.app.settings.outlets[work.outlet].url
        topic_id = parse_topic_address(url, forum)
        if topic_id is None:
            raise ConfigError(f"{url} is no topic of {forum}; copy its address: {forum}/t/…/123")
        result = adopt_topic(work.services, work.outlet, work.find_issue(key), topic_id)
    _tell(result, as_json=as_json)


def unlist(
    context: typer.Context,
    key: Key,
    relist: Annotated[bool, typer.Option("--relist", help="Put it back on the lists.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take an issue's topic off the forum's lists; its address keeps working."""
    from bot.workflow.moderation import list_topic

    with open_work(context) as work:
        key = work.find_issue(key).key
        result = list_topic(work.services, work.outlet, key, listed=relist)
    _tell(result, as_json=as_json)


def revert(context: typer.Context, key: Key, as_json: AsJson = False) -> None:
    """Put back the text that an issue's topic had before jubo's last edit."""
    from bot.workflow.moderation import revert_topic

    with open_work(context) as work:
        result = revert_topic(work.services, work.outlet, work.find_issue(key).key)
    _tell(result, as_json=as_json)


def _tell(result: Result, *, as_json: bool) -> None:
    from bot.cli.check import describe_result, status_of

    if as_json:
        print_json(describe_result(result))
    else:
        address = f" {result.url}" if result.url else ""
        say(f"{result.outlet}: {result.key}: {result.action}: {result.reason}{address}")
    raise typer.Exit(status_of(result))
