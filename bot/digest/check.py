"""Whether a language's layout and labels can show every digest: what ``jubo doctor`` asks."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import product

from bot.digest.compose import compose
from bot.digest.layout import Layout
from bot.model.edition import Commentary, Edition, Sentence, TranslatedPaper
from bot.model.issue import Author, Issue, Link, Paper, Record, Week
from bot.model.language import Language
from bot.model.topic import ForumLimits
from bot.model.translation import Bilingual, Segment, Translation

_LONG = "A sentence of some length. " * 60


def check_layout(layout: Layout, language: Language) -> None:
    """Lay out editions that between them hold everything a digest can hold or lack.

    Raises:
        ConfigError: What is wrong, in one line with file and line.
    """
    sizes = (ForumLimits(), ForumLimits(max_post_length=4_000, details=False, math=True))
    for edition, limits in product((_full_edition(), _bare_edition()), sizes):
        compose(edition, language, limits, layout)


def _full_edition() -> Edition:
    names = [f"Paper {rank}" for rank in range(1, 4)]
    papers = tuple(_full_paper(rank, name) for rank, name in enumerate(names, start=1))
    commentary = Commentary(((Sentence("Paper 1 stands out.", (1, 2)),),) * 3, model="model")
    return _edition(papers, commentary, picture_alt="picture", url="https://example.org/week")


def _bare_edition() -> Edition:
    paper = Paper(1, "Paper", "", (Link("Paper", "http://localhost/"),))
    text = Bilingual("Text", None)
    papers = (
        TranslatedPaper(paper, None, Bilingual("Paper", None), Bilingual("", None), None),
        TranslatedPaper(paper, None, Bilingual("Paper " * 100, "논문"), text, text),
        _partly_translated(paper),
    )
    return _edition(papers, Commentary(()), picture_alt=None, url=None)


def _partly_translated(paper: Paper) -> TranslatedPaper:
    segments = (
        Segment("2024-01-29/1/introduction/0", "A"),
        Segment("2024-01-29/1/introduction/1", "B"),
    )
    return TranslatedPaper(
        paper,
        None,
        Bilingual("Paper", "논문"),
        Bilingual("A\n- B", None),
        None,
        segments=segments,
        translations=(Translation(segments[0].key, "가"), Translation(segments[1].key, None)),
    )


def _full_paper(rank: int, name: str) -> TranslatedPaper:
    links = tuple(Link(f"Link {number}", f"https://example.org/{number}") for number in range(12))
    record = Record(
        arxiv_id=f"2402.0000{rank}",
        title=name,
        abstract=_LONG,
        authors=tuple(Author(f"Author {number}", "University") for number in range(5)),
        categories=("cs.CL",),
        version=2,
        published=datetime(2024, 2, 1, tzinfo=UTC),
        updated=datetime(2024, 2, 2, tzinfo=UTC),
    )
    long = Bilingual(_LONG, _LONG)
    return TranslatedPaper(
        paper=Paper(rank, name, _LONG, links, record.arxiv_id),
        record=record,
        title=Bilingual(name, name),
        introduction=long,
        abstract=long,
        summary_line="Summary",
        seen_before="2024-01-22/1",
    )


def _edition(
    papers: tuple[TranslatedPaper, ...],
    commentary: Commentary,
    *,
    picture_alt: str | None,
    url: str | None,
) -> Edition:
    week = Week(date(2024, 1, 29), date(2024, 2, 4))
    rows = tuple(paper.paper for paper in papers)
    issue = Issue("2024-01-29", week, "Papers of the Week", rows, url=url)
    return Edition(
        issue, "", "jubo-check", papers, commentary, model="model", picture_alt=picture_alt
    )
