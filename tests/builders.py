"""Values for tests: a builder names only what matters to its test."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache

from bot.config import defaults_folder
from bot.digest import Layout
from bot.model.edition import Commentary, Edition, Sentence, TranslatedPaper
from bot.model.issue import Author, Issue, Link, Paper, Record, Week
from bot.model.language import Language
from bot.model.translation import Bilingual
from bot.texts.languages import load_language
from bot.texts.layouts import load_layout


@cache
def a_language(code: str = "ko") -> Language:
    """The language as shipped."""
    return load_language(defaults_folder() / "languages" / code)


@cache
def a_layout(code: str = "ko") -> Layout:
    """The layout as shipped."""
    return load_layout(defaults_folder() / "languages" / code)


def an_arxiv_id(rank: int = 1) -> str:
    """An id of the right shape, another one for every rank."""
    return f"2402.{rank:05d}"


def a_paper(rank: int = 1, name: str = "", **changes: object) -> Paper:
    """A row with a paper and a tweet."""
    arxiv_id = an_arxiv_id(rank)
    values: dict[str, object] = {
        "rank": rank,
        "name": name or f"System{rank}",
        "summary": f"introduces System{rank}, which does one thing well.\n- Detail: it is small.",
        "links": (
            Link("Paper", f"https://arxiv.org/abs/{arxiv_id}"),
            Link("Tweet", f"https://x.com/example/status/{rank}"),
        ),
        "arxiv_id": arxiv_id,
    }
    return Paper(**(values | changes))  # type: ignore[arg-type]  # checked by the dataclass


def a_record(rank: int = 1, **changes: object) -> Record:
    """What arXiv knows of ``a_paper(rank)``."""
    values: dict[str, object] = {
        "arxiv_id": an_arxiv_id(rank),
        "title": f"System{rank}: Doing One Thing Well",
        "abstract": f"We present System{rank}. It does one thing well.",
        "authors": (Author("Ada Example", "Example University"), Author("Ben Example")),
        "categories": ("cs.CL", "cs.AI"),
        "version": 2,
        "published": datetime(2024, 1, 30, tzinfo=UTC),
        "updated": datetime(2024, 2, 2, tzinfo=UTC),
    }
    return Record(**(values | changes))  # type: ignore[arg-type]  # checked by the dataclass


def a_translated_paper(rank: int = 1, **changes: object) -> TranslatedPaper:
    """A paper with everything that a digest can show."""
    values: dict[str, object] = {
        "paper": a_paper(rank),
        "record": a_record(rank),
        "title": Bilingual(
            f"System{rank}: Doing One Thing Well", f"System{rank}: 한 가지를 제대로 하는 방법"
        ),
        "introduction": Bilingual(
            f"introduces System{rank}, which does one thing well.\n- Detail: it is small.",
            f"System{rank}은 한 가지 일을 제대로 해내는 시스템입니다.\n- **크기:** 아주 작습니다.",
        ),
        "abstract": Bilingual(
            f"We present System{rank}. It does one thing well.",
            f"이 논문은 System{rank}을 소개합니다. 한 가지 일을 제대로 합니다.",
        ),
        "summary_line": f"한 가지 일을 제대로 하는 시스템 {rank}호",
    }
    return TranslatedPaper(**(values | changes))  # type: ignore[arg-type]  # checked by the dataclass


def a_commentary(ranks: Sequence[int] = (1, 2, 3), **changes: object) -> Commentary:
    """Three paragraphs that cite the papers of ``ranks``."""
    first, *others = ranks
    values: dict[str, object] = {
        "paragraphs": (
            (Sentence(f"이번 주에는 System{first}이 돋보입니다.", (first,)),),
            (Sentence("지난 4주와 견주어 에이전트 논문이 늘었습니다.", tuple(others)),),
            (Sentence(f"PyTorch를 쓰신다면 System{first}부터 읽어 보세요.", (first,)),),
        ),
        "model": "model-1",
    }
    return Commentary(**(values | changes))  # type: ignore[arg-type]  # checked by the dataclass


def an_issue(papers: Sequence[Paper] = (), **changes: object) -> Issue:
    """The list of 29 January to 4 February 2024."""
    values: dict[str, object] = {
        "key": "2024-01-29",
        "week": Week(date(2024, 1, 29), date(2024, 2, 4)),
        "title": "Top AI Papers of the Week (January 29 - February 4) - 2024",
        "papers": tuple(papers),
        "url": "https://example.org/years/2024.md#january-29",
    }
    return Issue(**(values | changes))  # type: ignore[arg-type]  # checked by the dataclass


def an_edition(papers: Sequence[TranslatedPaper] | int = 10, **changes: object) -> Edition:
    """An edition of the given papers, or of that many."""
    if isinstance(papers, int):
        papers = [a_translated_paper(rank) for rank in range(1, papers + 1)]
    values: dict[str, object] = {
        "issue": an_issue([paper.paper for paper in papers]),
        "language": "ko",
        "external_id": "jubo-dair-2024-01-29-ko",
        "papers": tuple(papers),
        "commentary": a_commentary([paper.paper.rank for paper in papers[:3]]),
        "model": "model-1",
    }
    return Edition(**(values | changes))  # type: ignore[arg-type]  # checked by the dataclass
