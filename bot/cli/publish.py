"""``jubo publish``: one edition onto its forum, or the plan of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.common import AsJson, Invocation, Key, describe_usage, print_json, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.model.edition import Edition
    from bot.model.issue import Issue
    from bot.model.publication import Publication
    from bot.model.topic import Action
    from bot.workflow.services import Services

    Act = tuple[Publication, Sequence[Action], Edition | None]


def publish(
    context: typer.Context,
    key: Key,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the plan and stop.")] = False,
    as_json: AsJson = False,
) -> None:
    """Build what is missing and publish it; a dry run prints the plan that a real run follows."""
    from bot.app import App
    from bot.cli.progress import show_progress

    invocation: Invocation = context.obj
    settings = invocation.settings()
    outlet = invocation.outlet_name(settings)
    app = App(settings, outlet=outlet)
    with show_progress() as report, app.work(report) as services:
        issue = app.find_issue(key, None)
        act = _plan if dry_run else _publish
        record, actions, edition = act(services, outlet, issue)
    if as_json:
        print_json(describe(issue.key, record, actions, edition))
    else:
        if edition:
            expected, spent = edition.estimate.cost_usd, edition.usage.cost_usd
            say(f"model: ${expected:.4f} expected, ${spent:.4f} spent")
        for action in actions:
            say(f"{action.kind.value:<13} {action.target}: {action.reason}")
        say(record.url or "no topic stands yet")
    if any(action.kind.value == "hold" for action in actions):
        raise typer.Exit(1)


def _plan(services: Services, outlet: str, issue: Issue) -> Act:
    from bot.model.publication import Publication
    from bot.workflow.edition import build_edition
    from bot.workflow.publication import plan_publication

    edition = build_edition(issue, services.settings.outlets[outlet].language)
    plan = plan_publication(outlet, edition, asked=True)
    record = services.publications(outlet).get(edition.external_id)
    new = Publication(edition.external_id, outlet, issue.key, edition.language)
    return record or new, plan.in_order, edition


def _publish(services: Services, outlet: str, issue: Issue) -> Act:
    from bot.workflow.moderation import publish_now

    report = publish_now(services, outlet, issue, run=services.clock().isoformat())
    return report.publication, report.account, None


def describe(
    key: str, record: Publication, actions: Sequence[Action], edition: Edition | None = None
) -> dict[str, Any]:
    """A publication as ``--json`` gives it; a plan comes with what its edition cost."""
    cost = {}
    if edition:
        cost["estimate"] = describe_usage(edition.estimate)
        cost["usage"] = describe_usage(edition.usage)
    return {
        **cost,
        "key": key,
        "external_id": record.external_id,
        "topic_id": record.topic_id,
        "url": record.url,
        "actions": [
            {"action": action.kind.value, "target": action.target, "reason": action.reason}
            for action in actions
        ],
    }
