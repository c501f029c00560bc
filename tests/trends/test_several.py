"""What a sentence says of several counts or results together: right ones stand, wrong ones fall."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.commentary import ContentWord, PaperText
from bot.model.edition import Sentence
from bot.model.trend import Theme, ThemeTrend, Trends
from bot.trends.gate import Gate
from bot.workflow.commentary import make_term_finder
from tests.trends.test_gate import LANGUAGE, WORDS
from tests.words import find_words

PAPERS = (
    PaperText(
        1,
        "Alder",
        "Alder: Sparse Experts",
        "Improves accuracy by 14% on MBPP, and by 26% on HumanEval. Decoding is 3x faster.",
        ("agents", "search"),
    ),
    PaperText(2, "Birch", "Birch", "An agent for search in three layers.", ("agents", "search")),
    PaperText(3, "Cedar", "Cedar", "An agent that learns to rank.", ("agents", "training")),
)
THEMES = (
    Theme("agents", (("ko", "에이전트"),)),
    Theme("search", (("ko", "검색"),)),
    Theme("training", (("ko", "강화 학습"),)),
    Theme("vision", (("ko", "컴퓨터 비전"),)),
)
TRENDS = Trends(
    "2024-01-29",
    3,
    (
        ThemeTrend("agents", (1, 2, 3), (0,) * 12),
        ThemeTrend("search", (1, 2), (0,) * 12),
        ThemeTrend("training", (3,), (0,) * 12),
        ThemeTrend("vision", (), (0,) * 12),
    ),
    ((4, 4), (12, 12)),
)
COUNTS = {"papers": 3, "theme/agents": 3, "theme/search": 2, "theme/training": 1}


def judge(text: str, *ranks: int, counts: dict[str, int] | None = None) -> list[str]:
    gate = Gate(PAPERS, TRENDS, THEMES, LANGUAGE, WORDS, make_term_finder(LANGUAGE))
    declared = COUNTS if counts is None else counts
    sentence = Sentence(text, ranks, tuple(declared.items()))
    return gate.check(sentence, find_words([text])[0])


@pytest.mark.parametrize(
    "text",
    [
        "이번 주 3편은 모두 에이전트 논문입니다.",
        "이번 주 3편에는 검색 논문 2편이 들어 있습니다.",
        "에이전트 논문이 검색 논문보다 많습니다.",
        "강화 학습 논문이 검색 논문보다 적습니다.",
        "에이전트 논문은 강화 학습 논문의 세 배입니다.",
        "검색 논문이 2편이고, 강화 학습 논문은 그 절반인 1편입니다.",
        "검색 논문 2편은 이번 주 3편의 절반을 넘습니다.",
        "검색 논문은 2편, 강화 학습 논문은 1편입니다.",
    ],
)
def test_counts_of_several_themes_stand_as_the_table_has_them(text: str) -> None:
    assert judge(text, 1, 2, 3) == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("에이전트와 검색 논문이 각각 3편입니다.", "2 of search"),
        ("에이전트와 검색에는 논문이 두 편씩 있습니다.", "3 of agents"),
        ("이번 주 3편은 모두 검색 논문입니다.", "2 of search"),
        ("검색 논문이 에이전트 논문보다 많습니다.", "2 and 3"),
        ("에이전트 논문이 검색 논문보다 적습니다.", "3 and 2"),
        ("검색 논문과 강화 학습 논문은 수가 같습니다.", "'수가 같'"),
        ("에이전트 논문은 강화 학습 논문의 다섯 배입니다.", "다섯"),
        ("검색 논문은 1편, 강화 학습 논문은 2편입니다.", "papers"),
        ("강화 학습 논문 1편은 이번 주 3편의 절반을 넘습니다.", "절반"),
    ],
)
def test_counts_of_several_themes_fall_where_the_table_has_others(text: str, reason: str) -> None:
    reasons = judge(text, 1, 2, 3)
    assert any(reason in one for one in reasons), reasons


def test_results_of_two_benchmarks_do_not_change_places() -> None:
    right = "Alder는 정확도를 MBPP에서 14%, HumanEval에서 26% 높입니다."
    wrong = "Alder는 정확도를 MBPP에서 26%, HumanEval에서 14% 높입니다."
    assert judge(right, 1, counts={}) == []
    assert any("each other's place" in one for one in judge(wrong, 1, counts={}))


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("Alder는 디코딩을 세 배 빠르게 합니다.", True),
        ("Alder는 디코딩을 다섯 배 빠르게 합니다.", False),
        ("Alder는 디코딩을 스무 배 빠르게 합니다.", False),
    ],
)
def test_times_in_words_are_the_source_s(text: str, stands: bool) -> None:
    assert (judge(text, 1, counts={}) == []) is stands


def test_what_is_counted_in_the_source_is_counted_so() -> None:
    assert judge("Birch는 검색을 위한 세 계층을 둔 에이전트입니다.", 2, counts={}) == []
    wrong = judge("Birch는 검색을 위한 네 계층을 둔 에이전트입니다.", 2, counts={})
    assert any("'네'" in one for one in wrong), wrong


def test_a_syllable_of_a_longer_word_claims_nothing() -> None:
    """The analyser cuts 지식 in two, and 식 is a word of trends that cool down."""
    text = "Cedar는 순위를 배우는 에이전트의 지식입니다."
    at = text.index("식입")
    words = [ContentWord("식", at, at + 1)]
    assert "식" in WORDS.claims_of
    gate = Gate(PAPERS, TRENDS, THEMES, LANGUAGE, WORDS, make_term_finder(LANGUAGE))
    assert gate.check(Sentence(text, (3,)), words) == []
    alone = text.replace("의 지식", " 식")
    words = [ContentWord("식", alone.index("식입"), alone.index("식입") + 1)]
    assert "'식'" in gate.check(Sentence(alone, (3,)), words)[0]


PIECES = (
    *(
        "에이전트",
        "검색",
        "강화 학습",
        "컴퓨터 비전",
        "Alder",
        "Birch와",
        "보다 많",
        "보다 적",
        "수가 같",
    ),
    *(
        "각각",
        "모두",
        "두 편씩",
        "3편은 ",
        "이번 주",
        "지난 12주",
        "직전 열두 주",
        "절반을 넘",
        "4분의 1",
    ),
    *(
        "열에 아홉",
        "세 배",
        "40%",
        "수천 ",
        "10월",
        "9위 논문",
        "한 편을 뺀",
        "다른 한 편",
        "고, ",
        "습니다.",
    ),
)


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=9), st.booleans())
def test_no_sentence_that_a_model_may_write_breaks_the_gate(
    pieces: list[str], declares: bool
) -> None:
    assert isinstance(judge(" ".join(pieces), 1, 3, counts=COUNTS if declares else {}), list)
