"""``jubo check``: one look at the sources and all that is due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from bot.cli.common import AsJson, Invocation, print_json, say

if TYPE_CHECKING:
    from bot.model.check import Checked, Result


def check(context: typer.Context, as_json: AsJson = False) -> None:
    """Look for new issues once and do what is due."""
    from bot.app import App, utc_now
    from bot.cli.progress import show_progress
    from bot.workflow.check import check as run_check

    invocation: Invocation = context.obj
    settings = invocation.settings()
    outlets = [invocation.outlet_name(settings)] if invocation.outlet else list(settings.outlets)
    if not outlets:
        invocation.outlet_name(settings)
    app = App(settings, outlet=invocation.outlet)
    with show_progress() as report, app.work(report):
        checked = run_check(outlets, utc_now())
    if as_json:
        print_json(describe(checked))
    else:
        show(checked)
    raise typer.Exit(exit_status(checked))


def exit_status(checked: Checked) -> int:
    """75 where something is to be tried again, 1 where a person is needed, else 0."""
    if checked.looked.failure:
        return 75
    return max((status_of(result) for result in checked.results), default=0)


def status_of(result: Result) -> int:
    """The exit status of one result alone."""
    return {"later": 75, "review": 1, "held": 1}.get(result.action, 0)


def show(checked: Checked) -> None:
    """The result for people."""
    looked = checked.looked
    if looked.failure:
        say(f"nothing read: {looked.failure}")
    elif looked.issues is None:
        say("the source is unchanged")
    for outlet, decision in looked.decisions:
        say(f"{outlet}: {decision.key}: {decision.verdict.value}: {decision.reason}")
    for result in checked.results:
        say(f"{result.outlet}: {result.key}: {result.action}: {result.url or result.reason}")


def describe(checked: Checked) -> dict[str, Any]:
    """A check as ``--json`` gives it."""
    looked = checked.looked
    return {
        "checked": [
            {
                "issues": looked.issues,
                "unchanged": looked.issues is None and not looked.failure,
                "failure": looked.failure or None,
                "problems": list(looked.problems),
                "decisions": [
                    {
                        "outlet": outlet,
                        "key": decision.key,
                        "action": decision.verdict.value,
                        "reason": decision.reason,
                        "papers": decision.papers,
                    }
                    for outlet, decision in looked.decisions
                ],
                "next_check": looked.next_at.isoformat() if looked.next_at else None,
            }
        ],
        "actions": [describe_result(result) for result in checked.results],
    }


def describe_result(result: Result) -> dict[str, Any]:
    """What was done for one issue, as ``--json`` gives it."""
    return {
        "outlet": result.outlet,
        "key": result.key,
        "action": result.action,
        "reason": result.reason,
        "url": result.url,
    }
