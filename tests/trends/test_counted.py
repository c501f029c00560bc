"""A count of the table stands only where what it counts is spoken of."""

from __future__ import annotations

import pytest

from bot.model.edition import Sentence
from bot.model.trend import Change, Direction, ThemeTrend, Trends
from bot.trends.gate import Gate
from bot.workflow.commentary import make_term_finder
from tests.trends.test_gate import LANGUAGE, PAPERS, THEMES, WORDS
from tests.words import find_words

COUNTS = {
    "papers": 3,
    "open_code": 2,
    "theme/rag": 1,
    "theme/rag/12-weeks": 5,
    "theme/rag/12-weeks/papers": 120,
}
TRENDS = Trends(
    "2024-01-29",
    3,
    (
        ThemeTrend("rag", (2,), (0,) * 12, (Change(Direction.RISING, 12, 5, 120, 0.0001),)),
        ThemeTrend("open-models", (1,), (1,) * 12),
    ),
    ((4, 4), (12, 12)),
    open_code=(1, 2),
)


def judge(text: str) -> list[str]:
    """The gate's reasons against a sentence that declares every count of the table."""
    gate = Gate(PAPERS, TRENDS, THEMES, LANGUAGE, WORDS, make_term_finder(LANGUAGE))
    return gate.check(Sentence(text, (), tuple(COUNTS.items())), find_words([text])[0])


@pytest.mark.parametrize(
    "text",
    [
        "검색 증강 생성(RAG) 논문은 1편입니다.",
        "코드를 공개한 논문은 2편입니다.",
        "이번 주 논문 3편 가운데 1편이 검색 증강 생성(RAG)을 다룹니다.",
        "검색 증강 생성(RAG) 논문은 1편이며, 코드를 공개한 논문은 2편입니다.",
        "검색 증강 생성(RAG) 논문은 1편이고, 전체는 3편입니다.",
        "이번 주에는 논문 3편을 소개합니다.",
        "검색 증강 생성(RAG) 논문은 지난 12주 동안 5편이었으나 이번 주에는 1편입니다.",
    ],
)
def test_a_count_stands_with_what_it_counts(text: str) -> None:
    assert not [reason for reason in judge(text) if "count" in reason]


@pytest.mark.parametrize(
    "text",
    [
        "검색 증강 생성(RAG) 논문은 2편입니다.",
        "검색 증강 생성(RAG) 논문은 3편입니다.",
        "코드를 공개한 논문은 3편입니다.",
        "코드를 공개한 논문은 1편입니다.",
        "이번 주에는 논문 2편을 소개합니다.",
        "검색 증강 생성(RAG) 논문은 지난 12주 동안 5편이었으나, 이번 주에는 3편입니다.",
        "코드를 공개한 논문은 2편이며, 검색 증강 생성(RAG) 논문은 2편입니다.",
    ],
)
def test_a_true_count_of_something_else_is_found(text: str) -> None:
    assert any("no such count" in reason for reason in judge(text))
