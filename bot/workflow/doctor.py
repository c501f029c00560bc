"""``jubo doctor``: the configuration held against the real services; nothing is posted.

Every part is alone: what fails in one hides nothing of another, and each waits a bounded time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import partial

from bot.config import Model, Outlet, Settings
from bot.errors import BotError, BudgetExceeded, ConfigError
from bot.forum.discourse import Discourse
from bot.forum.doctor import check_forum
from bot.http import fetch, max_body_bytes, open_client
from bot.llm.doctor import check_model
from bot.model.health import Line, Status
from bot.papers.arxiv import ArxivRecords
from bot.papers.pace import Pace
from bot.planning.budget import Account
from bot.source.read import open_feed, read_pages
from bot.store.database import open_database
from bot.store.health import check_database, check_disk
from bot.workflow.doctor_texts import (
    check_language,
    check_prompts,
    check_templates,
    check_themes,
)
from bot.workflow.prices import check_prices
from bot.workflow.purse import open_purse

Part = tuple[str, Callable[[], Iterable[Line]]]

_PATIENCE_SECONDS = 15.0
_MODEL_SECONDS = 60.0
_TOGETHER = 4
# Any paper that arXiv has; the sample week's has this one, too.
_ARXIV_ID = "2503.10622"
_CLOCK_WARN_SECONDS, _CLOCK_FAIL_SECONDS = 30, 300


def examine(
    settings: Settings, outlets: Sequence[str], clock: Callable[[], datetime]
) -> tuple[Line, ...]:
    """A line for each thing looked at, in the order in which to mend them.

    Args:
        settings: The configuration; its waits are shortened.
        outlets: Names of the outlets to look at.
        clock: This machine's time.
    """
    hurried = _hurry(settings)
    parts = [*_local_parts(hurried, outlets, clock), *_outside_parts(hurried, outlets, clock)]
    with ThreadPoolExecutor(_TOGETHER) as pool:
        return tuple(line for lines in pool.map(_look, parts) for line in lines)


def _local_parts(
    settings: Settings, outlets: Sequence[str], clock: Callable[[], datetime]
) -> Iterator[Part]:
    url = settings.database_url
    yield "database", lambda: [check_database(url, clock)]
    yield "disk", lambda: [line] if (line := check_disk(url)) else []
    yield "themes", lambda: check_themes(settings)
    yield "prompts", lambda: check_prompts(settings)
    for code in dict.fromkeys(settings.outlets[name].language for name in outlets) or ("ko",):
        yield f"language {code}", partial(check_language, settings, code)
        yield f"templates {code}", partial(check_templates, settings, code)


def _outside_parts(
    settings: Settings, outlets: Sequence[str], clock: Callable[[], datetime]
) -> Iterator[Part]:
    yield "pages", lambda: _check_pages(settings, clock())
    yield "feed", lambda: _check_feed(settings)
    yield "arXiv", lambda: _check_arxiv(settings)
    for name in _models(settings.model):
        yield "model", partial(_check_model, settings, name, clock)
    yield "model", lambda: check_prices(settings.model, clock().date())
    if not outlets:
        yield "forum", _no_outlet
    for name in outlets:
        outlet = settings.outlets[name]
        yield f"forum {name}", partial(_check_outlet, name, outlet)
        yield f"clock {name}", partial(_check_clock, settings, outlet, clock)


def _hurry(settings: Settings) -> Settings:
    """The same with short waits: a person sits before the screen."""

    def at_most(seconds: float, most: float = _PATIENCE_SECONDS) -> dict[str, float]:
        return {"timeout_seconds": min(seconds, most)}

    outlets = {
        name: outlet.model_copy(update=at_most(outlet.timeout_seconds))
        for name, outlet in settings.outlets.items()
    }
    http = settings.http.model_copy(update=at_most(settings.http.timeout_seconds))
    model = settings.model
    model = model.model_copy(update=at_most(model.timeout_seconds, _MODEL_SECONDS))
    return settings.model_copy(update={"http": http, "model": model, "outlets": outlets})


def _look(part: Part) -> list[Line]:
    """The part's lines; whatever it raises is one of them."""
    area, check = part
    lines: list[Line] = []
    try:
        lines += check()
    except BotError as error:
        lines.append(Line(Status.FAIL, *_split(str(error))))
    except Exception as error:  # one part's fault hides nothing of the others
        what = f"the check itself failed: {type(error).__name__}: {error}"[:300]
        lines.append(Line(Status.FAIL, what, "report it"))
    return [replace(line, area=area) for line in lines]


def _split(message: str) -> tuple[str, str]:
    """What is wrong and the cure, as jubo's messages put them.

    >>> _split("ko.yml:3: is not YAML; mend the row")
    ('ko.yml:3: is not YAML', 'mend the row')
    """
    what, _, cure = message.rpartition("; ")
    return (what, cure) if what else (message, "see the README's chapter on this part")


def _check_pages(settings: Settings, now: datetime) -> Iterator[Line]:
    with open_client(settings.http) as client:
        read = read_pages(settings, client, now=now)
    newest = read.issues[0].key
    yield Line(Status.PASS, f"{len(read.issues)} issues, the newest of {newest}")
    if read.problems:
        first = read.problems[0]
        what = f"{len(read.problems)} lines cannot be read, the first: {first.reason}"
        yield Line(Status.WARN, what, "look at it with: jubo issues; the other issues are read")


def _check_feed(settings: Settings) -> Iterator[Line]:
    with open_client(settings.http) as client:
        feed = open_feed(settings, client)
        if feed is None:
            yield Line(Status.PASS, "none is configured; the pages alone are read")
            return
        letter = feed.read()
    if letter.issues:
        yield Line(
            Status.PASS, f"{len(letter.issues)} issues, the newest of {letter.issues[0].key}"
        )
    else:
        cure = "look at sources.feed; the pages alone are enough"
        yield Line(Status.WARN, "the feed holds no weekly issue", cure)


def _check_arxiv(settings: Settings) -> Iterator[Line]:
    with open_client(settings.http) as client:
        records = ArxivRecords(
            client, settings.arxiv.api_url, pace=Pace(0), max_bytes=max_body_bytes(settings.http)
        )
        found = records.fetch_records([_ARXIV_ID])
    if _ARXIV_ID in found:
        yield Line(Status.PASS, "arXiv knows its papers")
    else:
        what = f"arXiv answers, without a record of {_ARXIV_ID}"
        yield Line(Status.WARN, what, "look at arxiv.api_url; papers go without abstracts")


def _check_model(settings: Settings, name: str, clock: Callable[[], datetime]) -> list[Line]:
    """One call, paid for like any other; without a ledger to write it in, none is made."""
    try:
        database = open_database(settings.database_url, clock)
    except ConfigError:
        what = f"{name} was not asked: no database holds what the call costs"
        return [Line(Status.WARN, what, "mend the database first")]
    month = clock().strftime("%Y-%m")
    # by the month: looking often must not use up the cap of one edition for ever
    account = Account(f"doctor-{month}", month)
    purse = open_purse(database, settings.model)
    with closing(database):
        try:
            pay = partial(purse.pay, f"doctor/{name}"[:48], account)
            return [check_model(settings.model, settings.http, name, pay)]
        except BudgetExceeded as error:
            what, cure = _split(str(error))
            return [Line(Status.WARN, f"{name} was not asked: {what}", cure)]


def _models(model: Model) -> list[str]:
    names = (model.name, model.fallback, model.reviewer)
    return list(dict.fromkeys(name for name in names if name))


def _no_outlet() -> Iterator[Line]:
    cure = "write a configuration with: jubo init"
    yield Line(Status.WARN, "no outlet is configured: nothing can be published", cure)


def _check_outlet(name: str, outlet: Outlet) -> list[Line]:
    if outlet.api_key is None:
        return [Line(Status.FAIL, f"outlets.{name}.api_key is not set", "set it or its _FILE")]
    forum = Discourse(
        outlet.url,
        outlet.api_username,
        outlet.api_key.get_secret_value(),
        timeout_seconds=outlet.timeout_seconds,
        requests_per_minute=outlet.requests_per_minute,
    )
    return check_forum(
        forum,
        category=outlet.category,
        tags=outlet.tags,
        wants_math=outlet.math == "on",
        wants_picture=outlet.picture,
    )


def _check_clock(
    settings: Settings, outlet: Outlet, clock: Callable[[], datetime]
) -> Iterator[Line]:
    """This machine's time beside the forum's; a forum that is away is its own part's line."""
    with closing(open_client(settings.http)) as client:
        try:
            reply = fetch(
                client,
                f"{outlet.url}/site/basic-info.json",
                service="discourse",
                max_bytes=max_body_bytes(settings.http),
            )
            theirs = parsedate_to_datetime(reply.headers.get("date", ""))
        except (BotError, ValueError):
            return
    seconds = round(abs((clock() - theirs).total_seconds()))
    if seconds <= _CLOCK_WARN_SECONDS:
        yield Line(Status.PASS, "this machine's clock is the forum's")
        return
    status = Status.WARN if seconds <= _CLOCK_FAIL_SECONDS else Status.FAIL
    yield Line(
        status, f"this machine's clock and the forum's differ by {seconds} s", "set it by NTP"
    )
