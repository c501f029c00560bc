"""``jubo trends``: what the stored weeks say of one week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.common import AsJson, From, Invocation, print_json, say

if TYPE_CHECKING:
    from bot.model.trend import Theme, ThemeTrend, Trends


def trends(
    context: typer.Context,
    key: Annotated[str, typer.Argument(help="An issue's first day, or latest.")] = "latest",
    source: From = None,
    language: Annotated[str, typer.Option(help="Of the themes' names.")] = "ko",
    as_json: AsJson = False,
) -> None:
    """Show themes, counts and changes that the stored issues bear out."""
    from bot.app import App

    invocation: Invocation = context.obj
    app = App(invocation.settings(), outlet=invocation.outlet)
    found, themes = app.compute_trends(key, source)
    if as_json:
        print_json(describe(found, themes, language))
        return
    names = {theme.theme_id: theme.name(language) for theme in themes}
    for trend in found.themes:
        if trend.count or trend.changes:
            say(_line(trend, names.get(trend.theme_id, trend.theme_id)))
    stored = ", ".join(f"{weeks} of the last {window}" for window, weeks in found.stored)
    say(f"calendar weeks with stored issues: {stored}")


def _line(trend: ThemeTrend, name: str) -> str:
    history = " ".join("·" if count is None else str(count) for count in trend.history)
    changes = ", ".join(f"{change.direction} ({change.weeks} weeks)" for change in trend.changes)
    return f"{trend.count:>3}  [{history}]  {name}  {changes}".rstrip()


def describe(trends: Trends, themes: tuple[Theme, ...], language: str) -> dict[str, Any]:
    """Trends as ``--json`` gives them; a week without a stored issue is null in ``history``."""
    names = {theme.theme_id: theme.name(language) for theme in themes}
    return {
        "key": trends.key,
        "papers": trends.papers,
        "stored": [{"window": window, "weeks": weeks} for window, weeks in trends.stored],
        "themes": [
            {
                "theme": trend.theme_id,
                "name": names.get(trend.theme_id, trend.theme_id),
                "count": trend.count,
                "ranks": list(trend.ranks),
                "history": list(trend.history),
                "changes": [
                    {
                        "direction": change.direction.value,
                        "weeks": change.weeks,
                        "before": change.before,
                        "papers_before": change.papers_before,
                        "chance": change.chance,
                    }
                    for change in trend.changes
                ],
            }
            for trend in trends.themes
        ],
        "surveys": list(trends.surveys),
        "open_code": list(trends.open_code),
        "recurring": [
            {
                "name": one.name,
                "ranks": list(one.ranks),
                "earlier": [day.isoformat() for day in one.earlier],
            }
            for one in trends.recurring
        ],
        "seen": [{"rank": one.rank, "row": one.row} for one in trends.seen],
    }
