"""Terms of the field in renderings that no Korean engineer uses, or in two within one post."""

from __future__ import annotations

import re

from bot.model.finding import Severity
from tests.bench.mutations.registry import mutation, substitute, substitute_first
from tests.bench.samples import Sample

_LITERAL = {
    r"transformer": (r"트랜스포머", "변압기"),
    r"\bagents?\b": (r"에이전트", "요원"),
    r"attention": (r"어텐션", "주의력"),
    r"reinforcement": (r"강화 ?학습", "보강 학습"),
    r"weights": (r"가중치", "무게"),
    r"hallucinat": (r"환각|할루시네이션", "환상"),
    r"pruned|pruning|prune": (r"가지치기", "자두 따기"),
    r"state of the art|state-of-the-art": (r"최고 수준", "예술의 상태"),
    r"fine-?tun": (r"파인튜닝|미세 조정", "벌금 튜닝"),
    r"\btokens?\b": (r"토큰", "상징물"),
}
_TWO_RENDERINGS = (
    ("파인튜닝", "미세 조정"),
    ("환각", "할루시네이션"),
    ("매개변수", "파라미터"),
    ("벤치마크", "성능 시험"),
    ("강화 학습", "보강 학습"),
    ("검색 증강 생성", "검색 기반 생성"),
    ("전문가 혼합", "혼합 전문가"),
    ("대규모 언어 모델", "거대 언어 모델"),
    ("사전 학습", "프리트레이닝"),
    ("컨텍스트 윈도우", "문맥 창"),
    ("처리량", "스루풋"),
    ("지연 시간", "레이턴시"),
    ("서베이", "리뷰 조사"),
    ("밀집", "덴스"),
)


@mutation("glossary")
def survey_as_questionnaire(sample: Sample) -> str | None:
    """A survey paper becomes an opinion poll (design.md): 서베이 논문 → 설문조사 논문."""
    if not re.search(r"survey", sample.source, re.IGNORECASE):
        return None
    return substitute(r"서베이|조사(?!한 결과)", "설문조사", sample.target, count=9)


@mutation("glossary")
def dense_as_density(sample: Sample) -> str | None:
    """A dense model becomes a density: 밀집 검색 → 밀도 검색."""
    return substitute(r"밀집", "밀도", sample.target, count=9)


@mutation("glossary")
def prompt_as_quick(sample: Sample) -> str | None:
    """The noun is read as an adjective (design.md): 프롬프트에 → 빠른 지시에."""
    return substitute(r"프롬프트", "빠른 지시", sample.target, count=9)


@mutation("glossary")
def prompt_as_swift(sample: Sample) -> str | None:
    """The same in a bookish word: 프롬프트를 → 신속한 명령을."""
    return substitute(r"프롬프트", "신속한 명령", sample.target)


@mutation("glossary")
def llms_as_machine_learning(sample: Sample) -> str | None:
    """LLMs become the whole field (design.md): 대규모 언어 모델(LLM) → 머신러닝."""
    if not re.search(r"\bLLMs?\b|large language model", sample.source, re.IGNORECASE):
        return None
    pattern = r"(?:대규모 언어 모델\(LLM\)|대규모 언어 모델|(?<![\w-])LLM(?![\w-]))"
    return substitute(pattern, "머신러닝", sample.target, count=9)


@mutation("glossary")
def perplexity_as_bewilderment(sample: Sample) -> str | None:
    """The measure becomes a feeling: 퍼플렉시티 → 당혹감."""
    return substitute(r"퍼플렉시티", "당혹감", sample.target, count=9)


@mutation("glossary")
def zero_shot_as_a_shot(sample: Sample) -> str | None:
    """Someone shoots: 제로샷 → 영점 사격."""
    return substitute(r"제로샷", "영점 사격", sample.target, count=9)


@mutation("glossary")
def low_rank_as_a_grade(sample: Sample) -> str | None:
    """A matrix loses its standing: 저랭크 → 낮은 계급."""
    return substitute(r"저랭크", "낮은 계급", sample.target, count=9)


@mutation("glossary")
def term_word_for_word(sample: Sample) -> str | None:
    """Other terms taken from the wrong page of the dictionary: 트랜스포머 → 변압기."""
    for english, (korean, literal) in _LITERAL.items():
        if re.search(english, sample.source, re.IGNORECASE):
            changed = substitute(korean, literal, sample.target, count=9)
            if changed is not None:
                return changed
    return None


@mutation("consistency", Severity.MINOR)
def two_renderings_in_a_post(sample: Sample) -> str | None:
    """파인튜닝 elsewhere in the post, 미세 조정 here (design.md: four renderings of a term)."""
    for pair in _TWO_RENDERINGS:
        for here, other in (pair, pair[::-1]):
            if here in sample.context and other not in sample.context and here in sample.target:
                return substitute(here, other, sample.target, count=9)
    return None


@mutation("consistency", Severity.MINOR)
def two_renderings_in_a_pair(sample: Sample) -> str | None:
    """One pair has both: … 파인튜닝하고 … 미세 조정 …."""
    for pair in _TWO_RENDERINGS:
        for here, other in (pair, pair[::-1]):
            if sample.target.count(here) > 1:
                return substitute_first({here: other}, sample.target)
    return None
