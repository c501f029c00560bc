"""What the papers say, said of another paper, of another result or the other way round, falls."""

from __future__ import annotations

import pytest

from bot.model.commentary import PaperText
from bot.model.edition import Sentence
from bot.model.trend import Trends
from bot.trends.clauses import Clause, split_clauses
from bot.trends.gate import Gate
from bot.trends.told import read_parts, read_sentences
from bot.workflow.commentary import make_term_finder
from tests.trends.test_gate import LANGUAGE, THEMES, WORDS
from tests.words import find_words

PAPERS = (
    PaperText(
        1,
        "Jamba",
        "Jamba: A Hybrid Transformer-Mamba Language Model",
        "Interleaves Mamba layers and attention layers with a mixture of experts. Throughput is 3x"
        " that of Mixtral on long contexts. On HellaSwag it reaches 87.1% and on ARC 64.4%, close"
        " to Llama-2 70B. It needs less memory for the KV cache. The weights are released."
        " No positional encoding is used.",
    ),
    PaperText(
        2,
        "Medusa",
        "Medusa: Simple LLM Inference Acceleration with Multiple Decoding Heads",
        "Adds decoding heads that predict several tokens in parallel. Medusa-1 trains the heads on"
        " a frozen backbone and speeds up inference by 2.2x; Medusa-2 trains them together with the"
        " backbone. A typical acceptance scheme raises the acceptance rate.",
    ),
)


def judge(text: str, *papers: int) -> list[str]:
    """The gate's reasons against a sentence that cites the papers."""
    trends = Trends("2024-03-25", len(PAPERS), (), ((4, 0), (12, 0)))
    gate = Gate(PAPERS, trends, THEMES, LANGUAGE, WORDS, make_term_finder(LANGUAGE))
    return gate.check(Sentence(text, papers), find_words([text])[0])


def cut(text: str) -> list[Clause]:
    """The clauses of a sentence that cites both papers."""
    found = find_words([text])[0]
    return split_clauses(text, PAPERS, found, LANGUAGE, WORDS, make_term_finder(LANGUAGE))


TRUE = {
    "each paper with its own": (
        "Jamba는 Mamba 층과 어텐션 층을 번갈아 쌓고, Medusa는 디코딩 헤드를 더합니다.",
        (1, 2),
    ),
    "both in one clause": ("Jamba와 Medusa는 모두 추론 속도를 높입니다.", (1, 2)),
    "not the one but the other": (
        "가중치를 공개한 것은 Medusa가 아니라 Jamba입니다.",
        (1, 2),
    ),
    "a result where it belongs": ("Jamba는 긴 컨텍스트에서 Mixtral의 3배 처리량을 냅니다.", (1,)),
    "two results of a list": ("Jamba는 HellaSwag에서 87.1%, ARC에서 64.4%를 기록합니다.", (1,)),
    "a direction that is denied": ("Jamba는 KV 캐시의 메모리가 크게 늘어나지 않습니다.", (1,)),
    "what the source denies, denied": ("Jamba는 위치 인코딩을 쓰지 않습니다.", (1,)),
    "less": ("Jamba는 KV 캐시에 필요한 메모리를 줄입니다.", (1,)),
}


@pytest.mark.parametrize(("text", "papers"), TRUE.values(), ids=list(TRUE))
def test_what_is_said_of_the_right_thing_stands(text: str, papers: tuple[int, ...]) -> None:
    assert judge(text, *papers) == []


FALSE = {
    "words of the other paper": (
        "Jamba는 디코딩 헤드로 여러 토큰을 병렬로 예측하고, Medusa는 수용률을 높입니다.",
        (1, 2),
        "says of Jamba",
    ),
    "a name of the other paper": (
        "Jamba는 Mamba 층을 쌓고, Medusa는 Mixtral과 비교합니다.",
        (1, 2),
        "Mixtral",
    ),
    "a number of the other paper": (
        "Medusa는 디코딩 헤드를 더하고, Jamba는 추론을 2.2배 빠르게 합니다.",
        (1, 2),
        "2.2",
    ),
    "of the one that is denied": (
        "디코딩 헤드로 토큰을 병렬로 예측하는 쪽은 Medusa가 아니라 Jamba입니다.",
        (1, 2),
        "says of Jamba",
    ),
    "a result of another sentence": (
        "Jamba는 HellaSwag에서 Llama-2 70B의 3배 점수를 냅니다.",
        (1,),
        "3배 stands with HellaSwag",
    ),
    "a result of another item of the list": (
        "Jamba는 ARC에서 87.1%를 기록합니다.",
        (1,),
        "87.1% stands with ARC",
    ),
    "more instead of less": (
        "Jamba는 KV 캐시에 메모리가 더 필요합니다.",
        (1,),
        "'더 필요' is not",
    ),
    "what the source denies": ("Jamba는 위치 인코딩을 사용합니다.", (1,), "denies"),
    "slower instead of faster": ("Medusa-1은 추론이 2.2배 느립니다.", (2,), "'느립' is not"),
}


@pytest.mark.parametrize(("text", "papers", "reason"), FALSE.values(), ids=list(FALSE))
def test_what_is_said_of_the_wrong_thing_is_found(
    text: str, papers: tuple[int, ...], reason: str
) -> None:
    reasons = judge(text, *papers)
    assert any(reason in one for one in reasons), reasons


def test_a_clause_speaks_of_the_paper_it_names_or_the_one_before() -> None:
    clauses = cut("Jamba는 Mamba 층을 쌓으며, 가중치를 공개하고, Medusa는 헤드를 더합니다.")
    ranks = [[paper.rank for paper in clause.papers] for clause in clauses]
    assert ranks == [[1], [1], [2]]


@pytest.mark.parametrize(
    "text",
    [
        "Jamba는 가중치를 공개하고, 헤드를 더한 논문은 따로 있습니다.",
        "Jamba는 빠르고, Medusa-1도 그렇습니다.",
    ],
)
def test_a_clause_that_may_speak_of_another_paper_speaks_of_all(text: str) -> None:
    """It is described, or a name stands in it that the paper before does not have."""
    assert [paper.rank for paper in cut(text)[-1].papers] == [1, 2]


def test_numbers_of_names_are_no_numbers_of_a_clause() -> None:
    (clause,) = cut("Jamba는 Llama-2 70B에 가까운 87.1%를 냅니다.")
    assert [number.unit for number in clause.numbers if number.unit == "percent"] == ["percent"]
    assert all(value != 2 for number in clause.numbers for value in number.values)


def test_sentences_and_parts_have_their_numbers() -> None:
    told = {one.text: one.values for one in read_parts(PAPERS[0])}
    assert [float(value) for value in told["On HellaSwag it reaches 87.1%"]] == [87.1]
    assert read_sentences(PAPERS[0])[0].text == PAPERS[0].title
