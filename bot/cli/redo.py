"""``jubo redo`` and ``jubo correct``: one paper anew, by the model or by a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.common import AsJson, Key, print_json, say
from bot.cli.moderate import Work, open_work

if TYPE_CHECKING:
    from bot.model.publication import Report
    from bot.workflow.redo import Revised

Publish = Annotated[bool, typer.Option("--publish", help="Write it to the topic as well.")]


def redo(
    context: typer.Context,
    key: Key,
    rank: Annotated[int, typer.Argument(metavar="N", help="The paper's rank.")],
    publish: Publish = False,
    as_json: AsJson = False,
) -> None:
    """Translate one paper anew and show what changed; people's corrections stand."""
    from bot.workflow.redo import redo_paper

    with open_work(context) as work:
        revised = redo_paper(work.services, work.find_issue(key).key, rank, _language(work))
        report = _publish(work, revised) if publish else None
    _tell(revised, report, as_json=as_json)


def correct(
    context: typer.Context,
    key: Key,
    segment: Annotated[
        str,
        typer.Argument(
            help="As jubo redo shows it: 3/introduction/0, or 3/summary, its line in the contents."
        ),
    ],
    text: Annotated[str, typer.Argument(help="What it should read.")],
    publish: Publish = False,
    as_json: AsJson = False,
) -> None:
    """Set one text right; the correction holds for ever, whatever a model says later."""
    from bot.workflow.redo import correct as correct_segment

    with open_work(context) as work:
        found = work.find_issue(key).key
        revised = correct_segment(work.services, found, segment, text, _language(work))
        report = _publish(work, revised) if publish else None
    _tell(revised, report, as_json=as_json)


def _language(work: Work) -> str:
    return work.app.settings.outlets[work.outlet].language


def _publish(work: Work, revised: Revised) -> Report:
    from bot.workflow.moderation import publish_revision

    run = work.services.clock().isoformat()
    return publish_revision(work.services, work.outlet, revised.edition, run=run)


def _tell(revised: Revised, report: Report | None, *, as_json: bool) -> None:
    if as_json:
        print_json(describe(revised, report))
    else:
        for line in revised.diff or ("nothing differs",):
            say(line)
        for finding in revised.findings:
            say(f"{finding.severity.value}: {finding.key}: {finding.message or finding.check}")
        if report is None:
            say(f"revision {revised.edition.revision} is stored; jubo publish KEY writes it")
        else:
            for action in (*report.done, *report.held):
                say(f"{action.kind.value:<13} {action.target}: {action.reason}")
            say(report.publication.url or "no topic stands yet")
    if report is not None and report.held:
        raise typer.Exit(1)


def describe(revised: Revised, report: Report | None) -> dict[str, Any]:
    """A revision as ``--json`` gives it; ``url`` is null where nothing was published."""
    from bot.cli.findings import describe_finding

    return {
        "key": revised.edition.issue.key,
        "paper": revised.rank,
        "revision": revised.edition.revision,
        "diff": list(revised.diff),
        "findings": [describe_finding(finding) for finding in revised.findings],
        "held": [action.reason for action in report.held] if report else [],
        "url": report.publication.url if report else None,
    }
