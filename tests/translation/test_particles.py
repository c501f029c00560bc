"""Every listed particle after every kind of ending."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.translation.particles import (
    PAIRS,
    Fit,
    choose_particle,
    ends_word,
    find_particle,
    fit,
    swap,
)
from bot.translation.sounds import Final, final_sound

_V, _L, _C = Final.VOWEL, Final.RIEUL, Final.CONSONANT

# word, its final sound, how it is read
WORDS = [
    ("데이터", _V, "데이터"),
    ("학습", _C, "학습"),
    ("모델", _L, "모델"),
    ("강화 학습", _C, "학습"),
    ("LLM", _C, "엘엘엠"),
    ("LLMs", _V, "엘엘엠스"),
    ("RAG", _V, "래그"),
    ("RL", _L, "알엘"),
    ("URL", _L, "유알엘"),
    ("API", _V, "에이피아이"),
    ("CNN", _C, "시엔엔"),
    ("GPU", _V, "지피유"),
    ("GPT-4", _V, "지피티 사"),
    ("GPT-3", _C, "지피티 삼"),
    ("GPT-4o", _V, "지피티 사오"),
    ("Llama 3", _C, "라마 삼"),
    ("Llama 2", _V, "라마 이"),
    ("Llama2-70B", _V, "칠십비"),
    ("Gemini", _V, "제미나이"),
    ("Claude", _V, "클로드"),
    ("Python", _C, "파이썬"),
    ("Mistral", _L, "미스트랄"),
    ("10km", _V, "킬로미터"),
    ("5nm", _V, "나노미터"),
    ("3 mm", _V, "밀리미터"),
    ("2m", _V, "미터"),
    ("10M", _C, "십 엠"),
    ("16GB", _V, "기가바이트"),
    ("100ms", _V, "밀리초"),
    ("2.4GHz", _V, "기가헤르츠"),
    ("5kg", _C, "킬로그램"),
    ("5 g", _C, "그램"),
    ("3kW", _V, "킬로와트"),
    ("25°C", _V, "도, 씨"),
    ("30%", _V, "퍼센트"),
    ("Transformer", _V, "트랜스포머"),
    ("benchmark", _V, "벤치마크"),
    ("agent", _V, "에이전트"),
    ("scale", _L, "스케일"),
    ("chain", _C, "체인"),
    ("phone", _C, "폰"),
    ("0", _C, "영"),
    ("1", _L, "일"),
    ("2", _V, "이"),
    ("3", _C, "삼"),
    ("4", _V, "사"),
    ("5", _V, "오"),
    ("6", _C, "육"),
    ("7", _L, "칠"),
    ("8", _L, "팔"),
    ("9", _V, "구"),
    ("10", _C, "십"),
    ("100", _C, "백"),
    ("1,000", _C, "천"),
    ("10,000", _C, "만"),
    ("100,000,000", _C, "억"),
    ("1,000,000,000,000", _V, "조"),
    ("3.5", _V, "삼 점 오"),
    ("2.0", _C, "이 점 영"),
    ("17.8%", _V, "퍼센트"),
    ("7B", _V, "칠비"),
    ("2M", _C, "이엠"),
    ("**LLM**", _C, "엘엘엠"),
    ("`시드`", _V, "시드"),
    ("모델(model)", _L, "모델"),
    ("대규모 언어 모델(LLM)", _L, "모델"),
]
FORMS = {
    ("은", "는"): {_V: "는", _L: "은", _C: "은"},
    ("이", "가"): {_V: "가", _L: "이", _C: "이"},
    ("을", "를"): {_V: "를", _L: "을", _C: "을"},
    ("과", "와"): {_V: "와", _L: "과", _C: "과"},
    ("으로", "로"): {_V: "로", _L: "로", _C: "으로"},
    ("으로서", "로서"): {_V: "로서", _L: "로서", _C: "으로서"},
    ("이라는", "라는"): {_V: "라는", _L: "이라는", _C: "이라는"},
}


@pytest.mark.parametrize(("word", "final", "read"), WORDS, ids=[row[0] for row in WORDS])
@pytest.mark.parametrize("pair", FORMS, ids=["/".join(pair) for pair in FORMS])
def test_the_particle_follows_the_sound(
    word: str, final: Final, read: str, pair: tuple[str, str]
) -> None:
    """Whichever form stood there before, the right one comes out."""
    assert final_sound(word).final is final
    assert {choose_particle(word, form) for form in pair} == {FORMS[pair][final]}


@pytest.mark.parametrize("word", ["CLIP", "chatbot", "SAM", "R", "world"])
def test_words_that_people_read_differently_are_never_called_wrong(word: str) -> None:
    assert {fit(word, form) for pair in PAIRS for form in pair} == {Fit.UNKNOWN}


@pytest.mark.parametrize("word", ["", "!?", "★"])
def test_what_has_no_sound_keeps_the_particle(word: str) -> None:
    assert choose_particle(word, "를") == "를"
    assert fit(word, "를") is Fit.UNKNOWN


@pytest.mark.parametrize(
    ("text", "old", "new", "mended"),
    [
        ("설문조사를 제공합니다", "설문조사", "서베이", "서베이를 제공합니다"),
        ("라마는 빠릅니다", "라마", "LLM", "LLM은 빠릅니다"),
        ("머신러닝이 늘어납니다", "머신러닝", "RAG", "RAG가 늘어납니다"),
        ("래그와 비교합니다", "래그", "LLM", "LLM과 비교합니다"),
        ("모형으로 확장합니다", "모형", "모델", "모델로 확장합니다"),
        ("모델로 확장합니다", "모델", "학습", "학습으로 확장합니다"),
        ("**라마**를 씁니다", "라마", "LLM", "**LLM**을 씁니다"),
        ("더미에서 학습합니다", "더미", "the Pile", "the Pile에서 학습합니다"),
        ("밀도 이미지", "밀도", "밀집", "밀집 이미지"),
        ("설문조사입니다", "설문조사", "서베이", "서베이입니다"),
        ("설문조사와도 다릅니다", "설문조사", "LLM", "LLM과도 다릅니다"),
        ("당혹감으로만 측정", "당혹감", "퍼플렉시티", "퍼플렉시티로만 측정"),
        ("설문조사로까지 넓힌", "설문조사", "LLM", "LLM으로까지 넓힌"),
        ("설문조사로서의 역할", "설문조사", "학습", "학습으로서의 역할"),
        ("설문조사로부터의 신호", "설문조사", "학습", "학습으로부터의 신호"),
        ("설문조사라도 씁니다", "설문조사", "LLM", "LLM이라도 씁니다"),
        ("LLM이랑 씁니다", "LLM", "서베이", "서베이랑 씁니다"),
        ("설문조사는커녕", "설문조사", "LLM", "LLM은커녕"),
        ("설문조사였습니다", "설문조사", "LLM", "LLM이었습니다"),
        ("모델이었던", "모델", "서베이", "서베이였던"),
        ("설문조사여서", "설문조사", "LLM", "LLM이어서"),
        ("설문조사에서의 결과", "설문조사", "LLM", "LLM에서의 결과"),
    ],
)
def test_after_a_swap_the_particle_is_mended(text: str, old: str, new: str, mended: str) -> None:
    start = text.index(old)
    assert swap(text, (start, start + len(old)), new) == mended


@pytest.mark.parametrize(("long", "short"), [("이었", "였"), ("이고", "고"), ("이며", "며")])
def test_the_long_form_of_the_copula_is_right_after_a_vowel_too(long: str, short: str) -> None:
    assert fit("감쇠", long) is fit("감쇠", short) is Fit.RIGHT
    assert fit("모델", short) is Fit.WRONG


def test_a_word_that_begins_like_a_particle_is_none() -> None:
    assert find_particle("모델 이미지", 2) is None
    assert find_particle("모델이미지", 2) is None
    assert find_particle("모델은", 2) == (2, 3)


@pytest.mark.parametrize("tail", ["", " ", "을", "에서", "입니다", "(LLM)", "까지", "의", "."])
def test_a_noun_ends_before_a_particle_or_a_mark(tail: str) -> None:
    assert ends_word("모델" + tail, 2)


def test_a_noun_does_not_end_inside_a_longer_word() -> None:
    assert not ends_word("라마단", 2)


@given(st.text(max_size=30), st.sampled_from([form for pair in PAIRS for form in pair]))
def test_the_chosen_particle_always_fits(word: str, form: str) -> None:
    assert fit(word, choose_particle(word, form)) is not Fit.WRONG


@pytest.mark.parametrize("word", ["RAG", "3h", "10dB", "2L", "5kWh"])
@pytest.mark.parametrize("form", ["은", "는"])
def test_words_with_two_readings_take_either_form(word: str, form: str) -> None:
    """RAG is 래그 or 랙, 3h is 시간 or 에이치."""
    assert fit(word, form) is Fit.UNKNOWN
