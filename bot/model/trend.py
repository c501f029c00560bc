"""Themes and what the stored weeks say of them: counts, changes, names and papers that return."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Theme:
    """A topic that papers are counted under, by rules on words and arXiv categories.

    ``names`` are what readers see, by language code; ``words`` look at name and title, at the
    first sentence of the text and at what is repeated in it, ``title_words`` at name and title
    only, ``excluded`` takes the theme away again.
    """

    theme_id: str
    names: tuple[tuple[str, str], ...]
    words: tuple[str, ...] = ()
    title_words: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()

    def name(self, language: str) -> str:
        """What a reader of that language sees; English, or the id, where it has no name."""
        names = dict(self.names)
        return names.get(language) or names.get("en") or self.theme_id


class Direction(StrEnum):
    """How a theme's share of this week compares with the weeks before."""

    NEW = "new"
    RISING = "rising"
    FALLING = "falling"


@dataclass(frozen=True, slots=True)
class Change:
    """A change that the counts bear out.

    Attributes:
        direction: Which way.
        weeks: Against how many calendar weeks: 4 or 12.
        before: Papers of the theme in the stored weeks of that window.
        papers_before: All papers in them.
        chance: Probability of a count so extreme had nothing changed (one-sided, binomial).
    """

    direction: Direction
    weeks: int
    before: int
    papers_before: int
    chance: float


@dataclass(frozen=True, slots=True)
class ThemeTrend:
    """One theme this week: which ranks, and how many papers in each of the last 12 weeks.

    ``history`` runs from the oldest calendar week to last week; None where no issue is stored.
    """

    theme_id: str
    ranks: tuple[int, ...]
    history: tuple[int | None, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def count(self) -> int:
        """Papers of the theme this week."""
        return len(self.ranks)


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A name in this week's titles that earlier weeks' titles had too."""

    name: str
    ranks: tuple[int, ...]
    earlier: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """A paper that an earlier issue had already; ``row`` is its last, such as "2024-01-22/3"."""

    rank: int
    row: str


@dataclass(frozen=True, slots=True)
class Trends:
    """What can be said of one week, computed from stored issues.

    ``stored`` says, for the windows of 4 and 12 calendar weeks, in how many an issue is stored.
    """

    key: str
    papers: int
    themes: tuple[ThemeTrend, ...]
    stored: tuple[tuple[int, int], ...] = ()
    surveys: tuple[int, ...] = ()
    open_code: tuple[int, ...] = ()
    recurring: tuple[Recurrence, ...] = ()
    seen: tuple[Seen, ...] = field(default=())

    def table(self) -> dict[str, int]:
        """Every count a sentence may state, by the key under which it names it.

        >>> Trends("2024-01-29", 10, (ThemeTrend("agents", (1, 4)),)).table()
        {'papers': 10, 'surveys': 0, 'open_code': 0, 'theme/agents': 2}
        """
        counts = {
            "papers": self.papers,
            "surveys": len(self.surveys),
            "open_code": len(self.open_code),
        }
        for theme in self.themes:
            counts[f"theme/{theme.theme_id}"] = theme.count
            for change in theme.changes:
                counts[f"theme/{theme.theme_id}/{change.weeks}-weeks"] = change.before
                counts[f"theme/{theme.theme_id}/{change.weeks}-weeks/papers"] = change.papers_before
        return counts
