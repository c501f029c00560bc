"""``jubo issues``: what the source shows, and where each issue stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.common import AsJson, From, Invocation, print_json, say

if TYPE_CHECKING:
    from bot.model.issue import Issue, Paper


def issues(
    context: typer.Context,
    source: From = None,
    year: Annotated[int | None, typer.Option(help="Only issues that begin in this year.")] = None,
    backfill: Annotated[
        bool, typer.Option("--backfill", help="Store all of them, for the trends.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show the source's issues and our state of each."""
    from bot.app import App

    invocation: Invocation = context.obj
    app = App(invocation.settings(), outlet=invocation.outlet)
    found = app.read_issues(source, keep=backfill)
    shown = [one for one in found.issues if year is None or one.week.first.year == year]
    states = app.find_states()
    for problem in found.problems:
        typer.echo(f"not read: line {problem.line}: {problem.reason}", err=True)
    if as_json:
        print_json([describe(issue, states.get(issue.key, "new")) for issue in shown])
        return
    for issue in shown:
        state = states.get(issue.key, "new")
        say(f"{issue.key}  {state:<9}  {len(issue.papers):>2} papers  {issue.title}")
    if backfill:
        say(f"stored {len(found.issues)} issues")


def describe(issue: Issue, state: str) -> dict[str, Any]:
    """An Issue as ``--json`` gives it."""
    return {
        "key": issue.key,
        "first": issue.week.first.isoformat(),
        "last": issue.week.last.isoformat(),
        "title": issue.title,
        "state": state,
        "papers": [_describe_paper(paper) for paper in issue.papers],
    }


def _describe_paper(paper: Paper) -> dict[str, Any]:
    return {
        "rank": paper.rank,
        "name": paper.name,
        "summary": paper.summary,
        "links": [{"label": link.label, "url": link.url} for link in paper.links],
        "arxiv_id": paper.arxiv_id,
    }
