"""Shares, rounded numbers and looking back in words: right ones stand, wrong ones fall."""

from __future__ import annotations

import pytest

from bot.model.commentary import PaperText
from bot.model.edition import Sentence
from bot.model.trend import Change, Direction, Theme, ThemeTrend, Trends
from bot.trends.gate import Gate
from bot.workflow.commentary import make_term_finder
from tests.trends.test_gate import LANGUAGE, WORDS
from tests.words import find_words

PAPERS = (
    PaperText(
        1,
        "Alder",
        "Alder: Sparse Experts",
        "An open model that activates 24% of its weights for a token. Training took 12 months and"
        " ended in October 2023. Each run costs a few hundred dollars and is 4x smaller than dense"
        " models; errors fall in 11 datasets, by 13% on average,"
        " and may differ.",
        ("training",),
    ),
    PaperText(
        2,
        "Birch",
        "Birch: A Search Agent",
        "An agent that reads 45 million papers. Experts prefer it in nine out of ten cases, and"
        " 47% of its answers are complete.",
        ("agents", "search"),
    ),
    PaperText(3, "Cedar", "Cedar: Tools", "An agent that calls tools.", ("agents", "search")),
    PaperText(4, "Draft and Verify", "Draft and Verify", "The paper presents Elm-2Go, a router."),
)
RISING = (Change(Direction.RISING, 12, 6, 120, 0.0001),)
THEMES = (
    Theme("agents", (("ko", "에이전트"),)),
    Theme("search", (("ko", "검색"),)),
    Theme("training", (("ko", "학습"),)),
)
TRENDS = Trends(
    "2024-01-29",
    4,
    (
        ThemeTrend("agents", (2, 3), (0,) * 12, RISING),
        ThemeTrend("search", (2, 3), (0,) * 12),
        ThemeTrend("training", (1,), (0,) * 12),
    ),
    ((4, 4), (12, 12)),
)
AGENTS = {
    "papers": 4,
    "theme/agents": 2,
    "theme/agents/12-weeks": 6,
    "theme/agents/12-weeks/papers": 120,
}


def judge(text: str, *ranks: int, counts: dict[str, int] | None = None) -> list[str]:
    gate = Gate(PAPERS, TRENDS, THEMES, LANGUAGE, WORDS, make_term_finder(LANGUAGE))
    sentence = Sentence(text, ranks, tuple((counts or {}).items()))
    return gate.check(sentence, find_words([text])[0])


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("Alder는 토큰마다 가중치의 4분의 1만 활성화합니다.", 1),
        ("Alder는 토큰마다 가중치 넷 중 하나를 활성화합니다.", 1),
        ("Alder는 밀집 모델의 4분의 1 크기입니다.", 1),
        ("Alder의 학습에는 1년이 걸렸습니다.", 1),
        ("Alder의 학습은 2023년 10월에 끝났습니다.", 1),
        ("Alder를 한 번 실행하는 비용은 수백 달러입니다.", 1),
        ("Alder는 데이터셋 열한 개에서 오류를 줄입니다.", 1),
        ("Birch는 논문 4,500만 편을 읽는 에이전트입니다.", 2),
        ("전문가들은 열에 아홉 번꼴로 Birch를 선호했습니다.", 2),
        ("Birch의 답변은 절반 가까이가 완전했습니다.", 2),
        ("에이전트를 다루는 2위 논문은 Birch입니다.", 2),
    ],
)
def test_what_rounds_or_rewords_the_source_stands(text: str, rank: int) -> None:
    assert judge(text, rank) == []


@pytest.mark.parametrize(
    ("text", "rank", "reason"),
    [
        ("Alder는 토큰마다 가중치의 3분의 1만 활성화합니다.", 1, "share"),
        ("Alder는 토큰마다 가중치 다섯 중 둘을 활성화합니다.", 1, "share"),
        ("Alder의 학습에는 3년이 걸렸습니다.", 1, "3년"),
        ("Alder의 학습은 2023년 11월에 끝났습니다.", 1, "month"),
        ("Alder를 한 번 실행하는 비용은 수천 달러입니다.", 1, "수천"),
        ("Alder를 한 번 실행하는 비용은 몇천 달러입니다.", 1, "몇천"),
        ("Alder의 학습은 2023년 5월에 끝났고, 가중치는 토큰마다 다를 수 있습니다.", 1, "month"),
        ("Alder는 데이터셋 열세 개에서 오류를 줄입니다.", 1, "열세"),
        ("Alder는 데이터셋 13개에서 오류를 줄입니다.", 1, "13"),
        ("Birch는 논문 4,600만 편을 읽는 에이전트입니다.", 2, "4,600만"),
        ("전문가들은 열에 일곱 번꼴로 Birch를 선호했습니다.", 2, "share"),
        ("Alder의 가중치는 절반 가까이가 활성화됩니다.", 1, "절반"),
        ("에이전트를 다루는 3위 논문은 Birch입니다.", 2, "rank"),
    ],
)
def test_what_rounds_to_something_else_falls(text: str, rank: int, reason: str) -> None:
    reasons = judge(text, rank)
    assert any(reason in one for one in reasons), reasons


@pytest.mark.parametrize(
    "text",
    [
        "에이전트 논문은 4편 가운데 2편으로, 전체의 50%입니다.",
        "에이전트의 비중은 지난 12주 5%에서 이번 주 50%로 커졌습니다.",
        "에이전트의 비중은 지난 12주와 견주어 열 배로 커졌습니다.",
        "직전 열두 주 동안 여섯 편이던 에이전트 논문이 이번 주에는 두 편입니다.",
    ],
)
def test_shares_and_weeks_of_the_table_stand(text: str) -> None:
    assert judge(text, 2, 3, counts=AGENTS) == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("에이전트 논문은 4편 가운데 2편으로, 전체의 60%입니다.", "60%"),
        ("에이전트의 비중은 지난 12주 5%에서 이번 주 90%로 커졌습니다.", "90%"),
        ("에이전트의 비중은 지난 12주와 견주어 세 배로 커졌습니다.", "세"),
        ("직전 여덟 주 동안 여섯 편이던 에이전트 논문이 이번 주에는 두 편입니다.", "여덟"),
    ],
)
def test_shares_and_weeks_that_the_table_does_not_have_fall(text: str, reason: str) -> None:
    reasons = judge(text, 2, 3, counts=AGENTS)
    assert any(reason in one for one in reasons), reasons


def test_papers_that_share_two_themes_are_counted() -> None:
    text = "에이전트와 검색을 함께 다루는 논문은 Birch와 Cedar, 두 편입니다."
    assert judge(text, 2, 3) == []
    text = "에이전트와 학습을 함께 다루는 논문은 Birch와 Cedar, 두 편입니다."
    assert judge(text, 2, 3) != []


def test_the_papers_left_out_are_counted_from_all() -> None:
    counts = {"papers": 4, "theme/training": 1}
    text = "세 편을 뺀 나머지 한 편이 학습 논문입니다."
    assert not [reason for reason in judge(text, 1, counts=counts) if "'세'" in reason]
    text = "두 편을 뺀 나머지 한 편이 학습 논문입니다."
    assert [reason for reason in judge(text, 1, counts=counts) if "'두'" in reason]


def test_the_largest_theme_is_the_one_said_to_be() -> None:
    counts = {"theme/agents": 2, "theme/training": 1}
    text = "에이전트가 두 편으로 가장 많고, 학습이 한 편으로 그 뒤를 잇습니다."
    assert judge(text, 1, 2, 3, counts=counts) == []
    text = "학습이 한 편으로 가장 많고, 에이전트가 두 편으로 그 뒤를 잇습니다."
    assert "the most are 2" in judge(text, 1, 2, 3, counts=counts)[0]


def test_a_name_that_only_the_text_has_calls_its_paper() -> None:
    text = "Birch는 논문을 읽고, Elm-2Go는 도구를 호출하는 에이전트입니다."
    assert any("says of Draft and Verify" in reason for reason in judge(text, 2, 4, 3))


def test_what_stands_before_several_names_is_said_of_all_of_them() -> None:
    text = "도구를 쓰는 길로 Birch는 논문을 읽고, Cedar는 도구를 부릅니다."
    assert not [reason for reason in judge(text, 2, 3) if "only another" in reason]
