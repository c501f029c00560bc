"""The computed table as sentences: what stands where the model's commentary does not pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from bot.model.edition import Commentary, Sentence
from bot.model.issue import Issue
from bot.model.trend import Change, Theme, ThemeTrend, Trends
from bot.parsing.slots import Slots
from bot.trends.counts import WINDOWS

_SHOWN = 4
# A longer name is a title that never ends; no sentence can carry it.
_LONGEST_NAME = 150

_CHANGED = Slots(("theme", "count", "before"), ("total", "weeks", "papers_before"))
SENTENCES: Mapping[str, Slots] = MappingProxyType(
    {
        "total": Slots(("total",)),
        "most": Slots(("theme", "count")),
        "next": Slots(("theme", "count")),
        "surveys": Slots(("count",)),
        # before is 0 where something is new
        "new": Slots(("theme", "count"), ("total", "weeks", "before", "papers_before")),
        "rising": _CHANGED,
        "falling": _CHANGED,
        "unchanged": Slots(("weeks",)),
        "unknown": Slots(),
        "code": Slots(("count",)),
        "read": Slots(("name",)),
    }
)
"""The sentences that a language gives, each with what is filled in."""


def word_trends(
    issue: Issue,
    trends: Trends,
    themes: Sequence[Theme],
    language: str,
    templates: Mapping[str, str],
) -> Commentary:
    """Three paragraphs from the table alone: what there is, what changed, what to read first.

    Each keeps its place; the last is empty where no paper has a name to be called by.

    ``templates`` are the language's sentences (config/languages/*/commentary.yml, ``computed``).
    """
    names = {theme.theme_id: theme.name(language) for theme in themes}
    paragraphs = (
        tuple(_what_stands_out(trends, names, templates)),
        tuple(_what_changed(trends, names, templates)),
        tuple(_what_to_read(issue, trends, templates)),
    )
    return Commentary(paragraphs)


def _what_stands_out(
    trends: Trends, names: Mapping[str, str], templates: Mapping[str, str]
) -> Iterator[Sentence]:
    yield Sentence(
        templates["total"].format(total=trends.papers), counts=(("papers", trends.papers),)
    )
    largest = [theme for theme in trends.themes if theme.count >= 2 and theme.theme_id != "surveys"]
    for place, theme in enumerate(largest[:_SHOWN]):
        text = templates["most" if place == 0 and _is_alone(largest) else "next"]
        yield _about(theme, text, names)
    if trends.surveys:
        count = len(trends.surveys)
        text = templates["surveys"].format(count=count)
        yield Sentence(text, trends.surveys, (("surveys", count),))


def _is_alone(largest: Sequence[ThemeTrend]) -> bool:
    return len(largest) == 1 or largest[0].count > largest[1].count


def _about(theme: ThemeTrend, template: str, names: Mapping[str, str]) -> Sentence:
    text = template.format(theme=names.get(theme.theme_id, theme.theme_id), count=theme.count)
    return Sentence(text, theme.ranks, ((f"theme/{theme.theme_id}", theme.count),))


def _what_changed(
    trends: Trends, names: Mapping[str, str], templates: Mapping[str, str]
) -> Iterator[Sentence]:
    changes = [(theme, theme.changes[-1]) for theme in trends.themes if theme.changes]
    for theme, change in changes[:_SHOWN]:
        yield _about_change(theme, change, trends, names, templates)
    if changes:
        return
    comparable = comparable_windows(trends)
    if comparable:
        yield Sentence(templates["unchanged"].format(weeks=max(comparable)))
    else:
        yield Sentence(templates["unknown"])


def _about_change(
    theme: ThemeTrend,
    change: Change,
    trends: Trends,
    names: Mapping[str, str],
    templates: Mapping[str, str],
) -> Sentence:
    text = templates[change.direction.value].format(
        theme=names.get(theme.theme_id, theme.theme_id),
        count=theme.count,
        total=trends.papers,
        weeks=change.weeks,
        before=change.before,
        papers_before=change.papers_before,
    )
    keys = (f"theme/{theme.theme_id}", f"theme/{theme.theme_id}/{change.weeks}-weeks")
    table = trends.table()
    return Sentence(text, theme.ranks, tuple((key, table[key]) for key in keys))


def comparable_windows(trends: Trends) -> list[int]:
    """The windows (4, 12) in which enough weeks are stored for a comparison."""
    return [window for window, stored in trends.stored if stored >= WINDOWS[window]]


def _what_to_read(issue: Issue, trends: Trends, templates: Mapping[str, str]) -> Iterator[Sentence]:
    if trends.open_code:
        count = len(trends.open_code)
        text = templates["code"].format(count=count)
        yield Sentence(text, trends.open_code, (("open_code", count),))
        return
    names = {paper.rank: paper.name.strip() for paper in issue.papers}
    weights = {
        rank: sum(theme.count for theme in trends.themes if rank in theme.ranks)
        for rank, name in names.items()
        if 0 < len(name) <= _LONGEST_NAME
    }
    if not weights:
        return
    rank = max(weights, key=lambda one: (weights[one], -one))
    yield Sentence(templates["read"].format(name=names[rank]), (rank,))
