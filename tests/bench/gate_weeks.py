"""The weeks, true sentences and handwritten false ones of tests/data/gate as values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.config import defaults_folder
from bot.model.commentary import PaperText
from bot.model.edition import Sentence
from bot.model.trend import Change, Direction, Theme, ThemeTrend, Trends
from bot.parsing.page import parse_page
from bot.sandbox import week as sample
from bot.texts.commentaries import load_commentary_words
from bot.texts.languages import load_language
from bot.texts.themes import load_themes
from bot.trends.gate import Gate
from bot.trends.support import SHARE
from bot.trends.week import compute_trends
from bot.workflow.commentary import describe_papers, make_term_finder

FOLDER = Path(__file__).resolve().parent.parent / "data" / "gate"
THEMES = load_themes(defaults_folder() / "themes.yml").themes
_KOREAN = defaults_folder() / "languages" / "ko"
LANGUAGE = load_language(_KOREAN)
WORDS = load_commentary_words(_KOREAN, LANGUAGE)


@dataclass(frozen=True, slots=True)
class GateWeek:
    """One week: the papers' English texts and the table."""

    key: str
    papers: tuple[PaperText, ...]
    trends: Trends

    def gate(self, share: float = SHARE) -> Gate:
        """The gate of this week."""
        finder = make_term_finder(LANGUAGE)
        return Gate(self.papers, self.trends, THEMES, LANGUAGE, WORDS, finder, share=share)

    def paper(self, rank: int) -> PaperText:
        """The paper of a rank."""
        return next(paper for paper in self.papers if paper.rank == rank)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence of one week; ``kind`` says what is wrong with it, empty where nothing is."""

    week: str
    sentence: Sentence
    kind: str = ""
    by_hand: bool = False


@cache
def load_weeks() -> Mapping[str, GateWeek]:
    """The sample week and those of weeks.yml, by key."""
    rows: dict[str, dict[str, Any]] = _read("weeks.yml")
    own = {key: _week(key, row) for key, row in rows.items()}
    return {sample.KEY: _sample_week(), **own}


def load_sound() -> list[Labelled]:
    """The true sentences."""
    return list(_sentences("sound.yml"))


def load_handwritten() -> list[Labelled]:
    """The false sentences that a person wrote."""
    return list(_sentences("seeded.yml"))


def load_second() -> tuple[list[Labelled], list[Labelled]]:
    """True and false sentences written without sight of the gate."""
    return list(_sentences("second-sound.yml")), list(_sentences("second-seeded.yml"))


def load_third() -> tuple[list[Labelled], list[Labelled]]:
    """The same, later; most of the false ones take from the papers what they say."""
    return list(_sentences("third-sound.yml")), list(_sentences("third-seeded.yml"))


def _sentences(name: str) -> Iterator[Labelled]:
    for week, rows in _read(name).items():
        for row in rows:
            sentence = Sentence(row["t"], tuple(row["p"]), tuple(row.get("c", {}).items()))
            yield Labelled(week, sentence, row.get("k", ""), "k" in row)


def _sample_week() -> GateWeek:
    page = parse_page((sample.PAGES / "years" / "2026.md").read_text(encoding="utf-8"))
    issue = next(issue for issue in page.issues if issue.key == sample.KEY)
    records = sample.load_records()
    trends = compute_trends(issue, page.issues, THEMES)
    return GateWeek(sample.KEY, describe_papers(issue, records, THEMES), trends)


def _week(key: str, row: dict[str, Any]) -> GateWeek:
    papers = tuple(
        PaperText(rank, paper["name"], paper["title"], paper["text"], tuple(paper["themes"]))
        for rank, paper in enumerate(row["papers"], start=1)
    )
    trends = Trends(
        key=key,
        papers=len(papers),
        themes=tuple(_theme(theme, papers, row["changes"]) for theme in THEMES),
        stored=tuple(row["stored"].items()),
        surveys=tuple(row["surveys"]),
        open_code=tuple(row["open_code"]),
    )
    return GateWeek(key, papers, trends)


def _theme(
    theme: Theme, papers: tuple[PaperText, ...], changes: list[dict[str, Any]]
) -> ThemeTrend:
    return ThemeTrend(
        theme.theme_id,
        tuple(paper.rank for paper in papers if theme.theme_id in paper.themes),
        changes=tuple(_change(row) for row in changes if row["theme"] == theme.theme_id),
    )


def _change(row: dict[str, Any]) -> Change:
    direction = Direction(row["direction"])
    return Change(direction, row["weeks"], row["before"], row["papers_before"], chance=0.001)


def _read(name: str) -> Any:
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
