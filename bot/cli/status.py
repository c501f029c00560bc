"""``jubo status``: what is waiting, and for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from bot.cli.common import AsJson, Invocation, describe_usage, print_json, say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from bot.app import App
    from bot.model.decision import KnownIssue

_WHO = {
    "review": "moderator",
    "held": "moderator",
    "queued": "forum",
    "waiting": "source",
    "building": "jubo",
    "published": "moderator",
}
_NEWEST = 3


def status(context: typer.Context, as_json: AsJson = False) -> None:
    """Show what is waiting and for whom, the last and next check, and what was spent."""
    from bot.app import App

    invocation: Invocation = context.obj
    app = App(invocation.settings(), outlet=invocation.outlet)
    found = describe(app)
    if as_json:
        print_json(found)
        return
    for row in found["waiting"]:
        say(f"{row['outlet']}: {row['key']}: {row['state']}, for {row['for']}: {row['reason']}")
    if not found["waiting"]:
        say("nothing is waiting")
    for row in found["issues"][:5]:
        say(f"{row['outlet']}: {row['key']}: {row['state']} {row['url'] or ''}".rstrip())
    for line in _without_picture(found["issues"]):
        say(line)
    next_check = found["next_check"] or "not planned"
    say(f"last check: {found['last_check'] or 'never'}; next: {next_check}")
    if found["failure"]:
        say(f"last failure: {found['failure']}")
    spend = found["spend"]
    say(
        f"model in {spend['month']}: ${spend['cost_usd']:.2f} of ${spend['cap_usd']:.2f}, "
        f"{spend['requests']} calls, by prices of {spend['prices_as_of']}"
        + (", which are old: compare them with the vendor's" if spend["prices_old"] else "")
    )
    for row in found["editions"]:
        say(
            f"model for {row['key']} {row['language']}: ${row['usage']['cost_usd']:.4f} spent; "
            f"${row['estimate']['cost_usd']:.4f} were expected when it was last built"
        )


def describe(app: App) -> dict[str, Any]:
    """The state as ``--json`` gives it."""
    from bot.app import utc_now
    from bot.model.edition import Usage
    from bot.store.ledger import StoredLedger
    from bot.store.notes import Notes
    from bot.workflow.prices import is_old

    now = utc_now()
    as_of = app.settings.model.prices.as_of
    month = now.strftime("%Y-%m")
    budget = app.settings.model.budget
    spent = describe_usage(Usage())
    last: dict[str, Any] = {}
    issues: list[dict[str, Any]] = []
    if app.has_database():
        last = Notes(app.database, "check").get("last") or {}
        spent = describe_usage(StoredLedger(app.database).month(month).usage)
        issues = [row for name in app.outlet_names() for row in _issues(app, name)]
    return {
        "issues": issues,
        "waiting": [{**row, "for": _WHO[row["state"]]} for row in issues if _waits(row)],
        "last_check": _time(last.get("at")),
        "next_check": _time(last.get("next_at")),
        "failure": last.get("failure") or None,
        "problems": list(last.get("problems", ())),
        "editions": _editions(app),
        "spend": {
            "month": month,
            **spent,
            "cap_usd": float(budget.month_usd),
            "edition_cap_usd": float(budget.edition_usd),
            "prices_as_of": as_of.isoformat(),
            "prices_old": is_old(as_of, now.date()),
        },
    }


def _editions(app: App) -> list[dict[str, Any]]:
    """What the newest cost; ``usage`` counts all revisions, ``estimate`` the last build."""
    from bot.store.editions import Editions
    from bot.store.ledger import StoredLedger

    if not app.has_database():
        return []
    ledger = StoredLedger(app.database)
    return [
        {
            "key": edition.issue.key,
            "language": edition.language,
            "revision": edition.revision,
            "estimate": describe_usage(edition.estimate),
            "usage": describe_usage(ledger.usage(edition.external_id)),
        }
        for edition in Editions(app.database).newest(_NEWEST)
    ]


def _waits(row: dict[str, Any]) -> bool:
    """Something is left to do; of a published issue, an update that its topic lacks."""
    return row["state"] in _WHO and (row["state"] != "published" or row["update"])


def _issues(app: App, outlet: str) -> list[dict[str, Any]]:
    from bot.planning.known import is_update_open
    from bot.store.issues import Issues
    from bot.store.notes import Notes
    from bot.store.publications import StoredPublications

    known = Issues(app.database).known(outlet)
    records = {one.key: one for one in StoredPublications(app.database, outlet).all()}
    urls = {key: one.url for key, one in records.items()}
    refused = {key: one.picture_refusal for key, one in records.items() if one.topic_id}
    held = Notes(app.database, "update").all()
    return [
        {
            "outlet": outlet,
            "key": key,
            "title": one.title,
            "state": one.state.value,
            "reason": _reason(one, held.get(f"{outlet}/{key}")),
            "update": is_update_open(one),
            "papers": one.rows,
            "url": urls.get(key),
            "picture_refusal": refused.get(key, ""),
        }
        for key, one in sorted(known.items(), reverse=True)
    ]


def _reason(one: KnownIssue, held: dict[str, Any] | None) -> str:
    """Why it stands where it does; of an update that was tried, why it was not applied."""
    if held and one.published_at and held["content"] == one.content != one.base_content:
        return str(held["reason"])
    return one.reason


def _without_picture(issues: list[dict[str, Any]]) -> Iterator[str]:
    """A line an outlet: the topics that stand without their picture, the newest one's reason."""
    refused = [row for row in issues if row["picture_refusal"]]
    for outlet in dict.fromkeys(row["outlet"] for row in refused):
        rows = [row for row in refused if row["outlet"] == outlet]
        keys = ", ".join(row["key"] for row in rows)
        yield f"{outlet}: {keys}: without the picture: {rows[0]['picture_refusal']}"


def _time(value: datetime | None) -> str | None:
    return value.isoformat() if value else None
