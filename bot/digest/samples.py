"""Editions made up to hold, between them, everything that a digest can hold or lack."""

from __future__ import annotations

from datetime import UTC, date, datetime

from bot.model.edition import Commentary, Edition, Sentence, TranslatedPaper
from bot.model.issue import Author, Issue, Link, Paper, Record, Week
from bot.model.translation import Bilingual, Segment, Translation

EXTERNAL_ID = "jubo-check"
EARLIER = "2024-01-22"
"""A week that had the papers before."""
_SENTENCE = "A sentence of some length. "
_REFUSED = Link("Refused", "http://localhost/")


def full_edition() -> Edition:
    """Papers that have everything, and links that may not stand in a post; one is a long one."""
    names = [f"Paper {rank}" for rank in range(1, 4)]
    papers = tuple(_full_paper(rank, name) for rank, name in enumerate(names, start=1))
    commentary = Commentary(((Sentence("Paper 1 stands out.", (1, 2)),),) * 3, model="model")
    return _edition(papers, commentary, picture_alt="picture", url="https://example.org/week")


def bare_edition() -> Edition:
    """Papers without links, texts, translations, one without a name; no commentary, no picture."""
    text = Bilingual("Text", None)
    first, second, third, nameless = (_bare_row(rank) for rank in range(1, 5))
    papers = (
        TranslatedPaper(first, None, Bilingual("Paper 1", None), Bilingual("", None), None),
        TranslatedPaper(second, None, Bilingual("Paper 2 " * 100, "논문"), text, text),
        _partly_translated(third),
        TranslatedPaper(nameless, None, Bilingual("", None), Bilingual("", None), None),
    )
    return _edition(papers, Commentary(()), picture_alt=None, url=None)


def _bare_row(rank: int) -> Paper:
    return Paper(rank, f"Paper {rank}" if rank < 4 else "", "", (_REFUSED,))


def _partly_translated(paper: Paper) -> TranslatedPaper:
    segments = (
        Segment(f"2024-01-29/{paper.rank}/introduction/0", "A"),
        Segment(f"2024-01-29/{paper.rank}/introduction/1", "B"),
    )
    return TranslatedPaper(
        paper,
        None,
        Bilingual(paper.name, "논문"),
        Bilingual("A\n- B", None),
        None,
        segments=segments,
        translations=(Translation(segments[0].key, "가"), Translation(segments[1].key, None)),
    )


def _full_paper(rank: int, name: str) -> TranslatedPaper:
    text = _SENTENCE * (60 if rank == 1 else 15)
    links = tuple(Link(f"Link {number}", f"https://example.org/{number}") for number in range(12))
    record = Record(
        arxiv_id=f"2402.0000{rank}",
        title=name,
        abstract=text,
        authors=tuple(Author(f"Author {number}", "University") for number in range(5)),
        categories=("cs.CL",),
        version=2,
        published=datetime(2024, 2, 1, tzinfo=UTC),
        updated=datetime(2024, 2, 2, tzinfo=UTC),
    )
    return TranslatedPaper(
        paper=Paper(rank, name, text, (*links, _REFUSED), record.arxiv_id),
        record=record,
        title=Bilingual(name, name),
        introduction=Bilingual(text, text),
        abstract=Bilingual(text, text),
        summary_line="Summary",
        seen_before=f"{EARLIER}/{rank}",
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
        issue, "", EXTERNAL_ID, papers, commentary, model="model", picture_alt=picture_alt
    )
