"""A revision never takes another's place, nor the word of a person, however close the race."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.app import App
from bot.demo import open_stage
from bot.model.edition import Commentary, Edition, TranslatedPaper
from bot.model.issue import Issue, Paper, Week
from bot.model.memory import Remembered
from bot.model.translation import Bilingual, Origin, Translation
from bot.translation.segments import join_paper, split_paper
from bot.workflow.keep import human_key, keep_next
from bot.workflow.services import Services

IDENTITY = "jubo-dair-2024-01-29-ko"


def a_paper(rank: int, title: str) -> TranslatedPaper:
    paper = Paper(rank, f"Paper {rank}", "")
    segments = split_paper("2024-01-29", paper, None)
    joined = join_paper(segments, {segments[0].key: title})
    return TranslatedPaper(
        paper=paper,
        record=None,
        title=joined.title,
        introduction=joined.introduction,
        abstract=None,
        segments=segments,
        translations=(Translation(segments[0].key, title),),
    )


def an_edition(*titles: str) -> Edition:
    papers = tuple(a_paper(rank, title) for rank, title in enumerate(titles, 1))
    week = Week(date(2024, 1, 29), date(2024, 2, 4))
    issue = Issue("2024-01-29", week, "Top", tuple(paper.paper for paper in papers))
    return Edition(issue, "ko", IDENTITY, papers, Commentary(()), "m")


def titles(edition: Edition | None) -> list[str | None]:
    assert edition is not None
    return [paper.title.target for paper in edition.papers]


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with (
        open_stage(tmp_path) as stage,
        App(stage.settings, outlet="demo").work(lambda progress: None) as services,
    ):
        yield services


def test_whoever_is_slower_builds_on_the_quicker(services: Services) -> None:
    """Between the look at the newest revision and the write somebody keeps the same number."""
    services.editions.put(an_edition("하나", "둘"))
    rivals = [replace(an_edition("남이 고친 하나", "둘"), revision=2)]

    def change_second(newest: Edition | None) -> Edition:
        assert newest is not None
        if rivals:
            assert services.editions.put(rivals.pop())
        return replace(newest, papers=(newest.papers[0], a_paper(2, "새 둘")))

    after = keep_next(services, IDENTITY, change_second)

    assert after.revision == 3
    assert titles(services.editions.find(IDENTITY, 2)) == ["남이 고친 하나", "둘"]
    assert titles(services.editions.find(IDENTITY)) == ["남이 고친 하나", "새 둘"]


def test_a_correction_that_is_in_no_edition_yet_is_put_in(services: Services) -> None:
    """A person's word is in the memory a moment before their revision is kept."""

    def build(newest: Edition | None) -> Edition:
        person = Remembered("사람의 하나", Origin.HUMAN)
        services.memory.put({human_key("Paper 1", "ko"): person})
        return an_edition("하나", "둘")

    after = keep_next(services, IDENTITY, build)

    assert after.revision == 1
    assert titles(after) == ["사람의 하나", "둘"]
    assert after.papers[0].title == Bilingual("Paper 1", "사람의 하나")
    assert after.papers[0].translations[0].origin is Origin.HUMAN


def test_another_edition_never_takes_a_number_that_is_taken(services: Services) -> None:
    first = an_edition("하나")
    assert services.editions.put(first)
    assert services.editions.put(first)
    assert not services.editions.put(an_edition("다른 하나"))
    assert services.editions.find(IDENTITY) == first
