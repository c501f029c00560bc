"""The gate keeps what a cited paper or the table says, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.config import defaults_folder
from bot.model.commentary import PaperText
from bot.model.edition import Sentence
from bot.model.trend import Change, Direction, Theme, ThemeTrend, Trends
from bot.texts.commentaries import load_commentary_words
from bot.texts.languages import load_language
from bot.trends.gate import Gate
from bot.workflow.commentary import make_term_finder
from tests.words import find_words

FOLDER = defaults_folder() / "languages" / "ko"
LANGUAGE = load_language(FOLDER)
WORDS = load_commentary_words(FOLDER, LANGUAGE)
PAPERS = (
    PaperText(
        1,
        "OLMo",
        "OLMo: Accelerating the Science of Language Models",
        "An open language model of 7B parameters from the Allen Institute, trained on 2.46T tokens"
        " of Dolma; code and two sets of checkpoints are released.",
        ("open-models", "training"),
    ),
    PaperText(
        2,
        "CRAG",
        "Corrective Retrieval Augmented Generation",
        "Improves RAG with a retrieval evaluator; accuracy rises from 54.9% to 59.8% with"
        " Llama 2 by Google researchers.",
        ("rag",),
    ),
    PaperText(3, "MobileVLM", "MobileVLM", "A vision language model for phones.", ("multimodal",)),
)
RISING = Change(Direction.RISING, 12, 3, 120, 0.0001)
TRENDS = Trends(
    "2024-01-29",
    3,
    (ThemeTrend("rag", (2,), (0,) * 12, (RISING,)), ThemeTrend("open-models", (1,), (1,) * 12)),
    ((4, 4), (12, 12)),
    open_code=(1,),
)
THEMES = (
    Theme("rag", (("ko", "검색 증강 생성(RAG)"),)),
    Theme("open-models", (("ko", "공개 모델"),)),
    Theme("multimodal", (("ko", "멀티모달"),)),
    Theme("interpretability", (("ko", "해석 가능성"),)),
)
TRUE = {
    "a number of the source": ("OLMo는 2.46T 토큰으로 학습한 7B 모델입니다.", (1,)),
    "two numbers and a direction in one paper": (
        "CRAG는 정확도를 54.9%에서 59.8%로 높입니다.",
        (2,),
    ),
    "a number word of the source": ("OLMo는 체크포인트 두 가지를 함께 공개합니다.", (1,)),
    "the number of cited papers": ("OLMo와 CRAG, 두 편은 바로 써 볼 만합니다.", (1, 2)),
    "a name with a number": ("CRAG는 Llama 2로 실험했습니다.", (2,)),
    "a name in Hangul that the source has": ("구글 연구진이 쓴 CRAG입니다.", (2,)),
    "a theme that the paper has": ("검색 증강 생성(RAG)을 다룬 논문은 CRAG입니다.", (2,)),
    "a word that only begins like a company": ("CRAG는 메타데이터를 쓰지 않습니다.", (2,)),
    "advice for those who use PyTorch": ("PyTorch를 쓰신다면 OLMo부터 살펴보시기 바랍니다.", (1,)),
}


def judge(sentence: Sentence, trends: Trends = TRENDS) -> list[str]:
    """The gate's reasons, with the sentence's words found by the real analyser."""
    return gate(trends).check(sentence, find_words([sentence.text])[0])


def gate(trends: Trends = TRENDS) -> Gate:
    """The gate of a small week."""
    return Gate(PAPERS, trends, THEMES, LANGUAGE, WORDS, make_term_finder(LANGUAGE))


@pytest.mark.parametrize(("text", "papers"), TRUE.values(), ids=list(TRUE))
def test_what_a_cited_paper_says_stands(text: str, papers: tuple[int, ...]) -> None:
    assert judge(Sentence(text, papers)) == []


FALSE = {
    "an invented number": ("OLMo는 13B 모델입니다.", (1,), "13B"),
    "a number of another paper": ("OLMo의 정확도는 59.8%입니다.", (1,), "59.8"),
    "an invented name": ("OLMo는 Mixtral을 앞섭니다.", (1,), "Mixtral"),
    "a name in the wrong case": ("olmo는 공개 모델입니다.", (1,), "olmo"),
    "a company nobody named": ("엔비디아의 OLMo입니다.", (1,), "엔비디아"),
    "a transliterated name": ("올모는 공개 모델입니다.", (1,), "올모"),
    "a theme the paper does not have": ("CRAG는 해석 가능성 기법입니다.", (2,), "theme"),
    "a count of papers that is not true": (
        "이번 주에는 공개 모델 다섯 편이 나왔습니다.",
        (1,),
        "다섯",
    ),
    "a paper the week does not have": ("OLMo는 공개 모델입니다.", (11,), "paper 11"),
    "nothing to rest on": ("흥미로운 한 주입니다.", (), "rests on no paper"),
    "a link": ("OLMo는 https://example.org 에 있습니다.", (1,), "markup"),
    "markup": ("**OLMo**는 공개 모델입니다.", (1,), "markup"),
    "the wrong register": ("OLMo는 공개 모델이다.", (1,), "register"),
    "an empty sentence": ("", (1,), "empty"),
    "a change that nobody computed": (
        "지난 12주보다 공개 모델이 늘었습니다.",
        (1,),
        "no such change",
    ),
    "a change of no theme": ("관련 연구가 활발해지고 있습니다.", (1,), "no such change"),
}


@pytest.mark.parametrize(("text", "papers", "reason"), FALSE.values(), ids=list(FALSE))
def test_what_nobody_said_is_found(text: str, papers: tuple[int, ...], reason: str) -> None:
    reasons = judge(Sentence(text, papers))
    assert any(reason in one for one in reasons), reasons


def test_a_declared_count_must_be_the_table_s() -> None:
    sentence = Sentence("검색 증강 생성(RAG) 논문은 1편입니다.", (2,), (("theme/rag", 1),))
    assert judge(sentence) == []
    wrong = replace(sentence, counts=(("theme/rag", 2),))
    assert "the table has 1" in judge(wrong)[0]
    unknown = replace(sentence, counts=(("theme/agents", 1),))
    assert "the table has None" in judge(unknown)[0]


CHANGE = "검색 증강 생성(RAG) 논문이 지난 12주보다 {}."


def test_a_change_stands_only_in_its_own_direction() -> None:
    counts = (("theme/rag", 1),)
    rising = Sentence(CHANGE.format("늘었습니다"), (2,), counts)
    falling = Sentence(CHANGE.format("줄었습니다"), (2,), counts)
    assert judge(rising) == []
    assert judge(falling) == ["states a direction that the table does not have"]


def test_a_change_of_another_theme_does_not_bear_it_out() -> None:
    sentence = Sentence("공개 모델이 지난 12주보다 늘었습니다.", (1,), (("theme/open-models", 1),))
    assert any("no such change" in reason for reason in judge(sentence))


def test_that_nothing_changed_is_said_only_where_nothing_did() -> None:
    text = "지난 12주와 비교하면 뚜렷한 변화는 보이지 않습니다."
    calm = replace(TRENDS, themes=(ThemeTrend("rag", (2,), (0,) * 12),))
    assert judge(Sentence(text, (1,)), calm) == []
    assert judge(Sentence(text, (1,))) == ["says that nothing changed, the table has changes"]


@pytest.mark.parametrize(
    ("text", "papers"),
    [
        ("검색 증강 생성(RAG) 논문은 모두 2편입니다.", (1, 2)),
        ("이번 주 논문 가운데 2편이 공개 모델을 다룹니다.", (1, 3)),
    ],
)
def test_as_many_papers_as_it_cites_are_no_count_of_a_theme(
    text: str, papers: tuple[int, ...]
) -> None:
    assert any("no such count" in reason for reason in judge(Sentence(text, papers)))
