"""The week's picture as values: the themes with the most papers, over the last 12 weeks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType

from bot.model.picture import Chart
from bot.model.trend import Theme, ThemeTrend, Trends
from bot.parsing.slots import Slots

_ROWS = 8
_FEWEST_WEEKS = 3
LABELS: Mapping[str, Slots] = MappingProxyType(
    {
        "picture_title": Slots(),
        "picture_note": Slots(),
        "picture_alt": Slots(("counts",), ("total",)),
    }
)
"""What a language needs for a picture, with what is filled in; without them none is drawn."""


def chart(
    trends: Trends,
    monday: date,
    themes: Sequence[Theme],
    language: str,
    labels: Mapping[str, str],
) -> Chart | None:
    """What to draw; None where too few weeks are stored to say anything, or a label is missing.

    Args:
        trends: The week's counts, with each theme's history of 12 calendar weeks.
        monday: The Monday of this calendar week.
        themes: For their names.
        language: Of the names.
        labels: That language's; ``LABELS`` names those that are used.
    """
    shown = sorted(trends.themes, key=_weight, reverse=True)[:_ROWS]
    if not set(LABELS) <= set(labels) or not shown or _stored(shown[0]) < _FEWEST_WEEKS:
        return None
    names = {theme.theme_id: theme.name(language) for theme in themes}
    english = {theme.theme_id: theme.name("en") for theme in themes}
    length = len(shown[0].history)
    starts = [monday - timedelta(weeks=back) for back in range(length, -1, -1)]
    return Chart(
        title=labels["picture_title"],
        weeks=tuple(f"{start.month}/{start.day}" for start in starts),
        themes=tuple(names.get(theme.theme_id, theme.theme_id) for theme in shown),
        counts=tuple((*theme.history, theme.count) for theme in shown),
        note=labels["picture_note"],
        alt=_alt(trends, shown, names, labels),
        fallbacks=tuple(english.get(theme.theme_id, theme.theme_id) for theme in shown),
    )


def _weight(theme: ThemeTrend) -> tuple[int, int, str]:
    return theme.count, sum(count or 0 for count in theme.history), theme.theme_id


def _stored(theme: ThemeTrend) -> int:
    return sum(count is not None for count in theme.history)


def _alt(
    trends: Trends,
    shown: Sequence[ThemeTrend],
    names: Mapping[str, str],
    labels: Mapping[str, str],
) -> str:
    counts = ", ".join(
        f"{names.get(theme.theme_id, theme.theme_id)} {theme.count}"
        for theme in shown
        if theme.count
    )
    return labels["picture_alt"].format(total=trends.papers, counts=counts)
