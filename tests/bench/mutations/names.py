"""Names of models, data sets, companies and people, and their case."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.bench.mutations.registry import SPAN, mutation, substitute, substitute_first
from tests.bench.samples import Sample

_MIXED_CASE = re.compile(r"(?<![\w/.\\-])(?=\w*[a-z])(?=\w*[A-Z]\w*[A-Z])[A-Za-z]\w{2,}", re.ASCII)
_CAPITALISED = re.compile(r"(?<![\w/.\\-])[A-Z][a-z]{3,}(?:-?\d[\w.]*)?(?![\w.])", re.ASCII)
_ACRONYM = re.compile(r"(?<![\w/.\\-])[A-Z]{3,5}(?![\w-])", re.ASCII)
_SIZED_NAME = re.compile(r"(?<![\w/.\\-])[A-Z][A-Za-z]+[\w.]*-\d+B(?!\w)", re.ASCII)
_HANGUL = {
    r"LLaMA|Llama ?": "라마",
    r"RAG": "래그",
    r"GPT-4": "지피티-4",
    r"Mixtral": "믹스트랄",
    r"Mistral": "미스트랄",
    r"Mamba": "맘바",
    r"Gemma": "젬마",
    r"Gemini": "제미니",
    r"Claude": "클로드",
    r"Qwen": "큐웬",
    r"DeepSeek": "딥시크",
    r"FlashAttention": "플래시어텐션",
    r"Stable Diffusion": "스테이블 디퓨전",
    r"BERT": "버트",
    r"Toolformer": "툴포머",
    r"Voyager": "보이저",
    r"Falcon": "팰컨",
    r"OLMo": "올모",
    r"Kimi": "키미",
    r"Vicuna": "비쿠나",
    r"Titans": "타이탄스",
    r"LoRA": "로라",
}


@mutation("case")
def mixed_case_lowered(sample: Sample) -> str | None:
    """A name loses its capitals (design.md): OLMo → olmo."""
    return _recase(_MIXED_CASE, sample, str.lower)


@mutation("case")
def capital_lowered(sample: Sample) -> str | None:
    """A capitalised name becomes a common word: Mixtral → mixtral."""
    return _recase(_CAPITALISED, sample, str.lower)


@mutation("case")
def acronym_lowered(sample: Sample) -> str | None:
    """An acronym loses its capitals (design.md, `LLMs` → `llms`): RAG → rag."""
    return _recase(_ACRONYM, sample, str.lower)


@mutation("case")
def acronym_capitalised(sample: Sample) -> str | None:
    """Only the first letter stays a capital: DPO → Dpo."""
    return _recase(_ACRONYM, sample, str.capitalize)


@mutation("case")
def mixed_case_raised(sample: Sample) -> str | None:
    """Everything becomes a capital: OLMo → OLMO."""
    return _recase(_MIXED_CASE, sample, str.upper)


@mutation("case")
def sized_name_lowered(sample: Sample) -> str | None:
    """A name with its size is lowered whole (design.md): Llama2-70B → llama2-70b."""
    return _recase(_SIZED_NAME, sample, str.lower)


@mutation("names")
def name_in_hangul(sample: Sample) -> str | None:
    """A name is written by its sound (design.md, Llama2-70B → 라마2-70b): Mixtral → 믹스트랄."""
    for name, hangul in _HANGUL.items():
        if re.search(name, sample.source):
            changed = substitute(name, hangul, sample.target, count=9)
            if changed is not None:
                return changed
    return None


@mutation("names")
def rag_as_a_rag(sample: Sample) -> str | None:
    """RAG is read aloud (design.md): RAG의 → 래그의."""
    return substitute(r"(?<![\w-])RAG", "래그", sample.target, count=9)


@mutation("names")
def name_dropped(sample: Sample) -> str | None:
    """A name becomes "this model": LLaMA를 소개합니다 → 이 모델을 소개합니다."""
    names = re.findall(_MIXED_CASE, sample.target)
    single = [name for name in names if sample.target.count(name) == 1 and name in sample.source]
    if not single:
        return None
    return substitute(rf"{re.escape(single[-1])}[A-Za-z0-9.-]*(?!/)", "해당 모델", sample.target)


@mutation("names")
def version_changed(sample: Sample) -> str | None:
    """Another version of the model: GPT-4 → GPT-3, Llama 2 → Llama 5."""
    return substitute_first(
        {
            r"GPT-4(?![\w.])": "GPT-2",
            r"Llama 2(?![\w.])": "Llama 5",
            r"Llama-3": "Llama-1",
            r"Claude 3": "Claude 1",
            r"Gemini 1\.5": "Gemini 3.5",
            r"Gemma 3": "Gemma 4",
            r"Qwen2\.5": "Qwen1.5",
            r"V3(?!\w)": "V2",
            r"FlashAttention-2": "FlashAttention-5",
        },
        sample.target,
        count=9,
    )


@mutation("names")
def name_replaced(sample: Sample) -> str | None:
    """A rival takes the name's place: Mamba → Griffin, GSM8K → AQuA."""
    return substitute_first(
        {
            r"(?<![\w-])Mamba(?![\w-])": "Griffin",
            r"GSM8K": "AQuA",
            r"HumanEval": "APPS",
            r"ImageNet": "Places365",
            r"MMLU": "ARC-Challenge",
            r"BERT(?![\w-])": "ELMo",
            r"AdamW?": "Lion",
            r"A100": "V100",
            r"H100": "B200",
        },
        sample.target,
        count=9,
    )


@mutation("entities")
def we_as_unity(sample: Sample) -> str | None:
    """ "we" becomes a company (design.md): 이 연구에서는 → 유니티에서는."""
    if not re.search(r"\b(?:we|our)\b", sample.source, re.IGNORECASE):
        return None
    changed = substitute_first(
        {r"(?<![가-힣])(?:이|본) (?:연구|논문)(?:에서는|은|는)": "유니티는"}, sample.target
    )
    return changed or f"유니티는 {sample.target}"


@mutation("entities")
def pile_as_a_heap(sample: Sample) -> str | None:
    """The data set becomes a heap (design.md): the Pile → 더미."""
    return substitute(r"(?:the )?Pile", "더미", sample.target, count=9)


@mutation("entities")
def company_invented(sample: Sample) -> str | None:
    """A company that the source does not name: 저자들은 → Microsoft 연구진은."""
    if "Microsoft" in sample.source:
        return None
    return substitute_first(
        {
            r"저자들은": "Microsoft 연구진은",
            r"(?<![가-힣])(?:이|본) (?:연구|논문)에서는": "Microsoft 연구진은",
            r"제안합니다": "Microsoft가 제안합니다",
        },
        sample.target,
    )


@mutation("entities")
def person_invented(sample: Sample) -> str | None:
    """A person that the source does not name: 저자들은 → 얀 르쿤은."""
    return substitute_first(
        {
            r"저자들은": "얀 르쿤은",
            r"(?<![가-힣])(?:이|본) (?:연구|논문)에서는": "얀 르쿤 교수는",
            r"소개합니다": "얀 르쿤이 소개합니다",
        },
        sample.target,
    )


@mutation("entities")
def hangul_company_invented(sample: Sample) -> str | None:
    """A company in Hangul that the source does not name: 이 보고서는 → 네이버의 논문은."""
    if re.search(r"Meta|Google|Microsoft|Naver", sample.source):
        return None
    company = ("구글", "메타", "네이버", "마이크로소프트")[len(sample.source) % 4]
    pronoun = r"(?<![가-힣])(?:이|본) (?:논문|연구)(?=에서는)"
    return substitute_first(
        {pronoun: f"{company}의 논문", r"공개합니다": f"{company}에서 공개합니다"}, sample.target
    )


def _recase(pattern: re.Pattern[str], sample: Sample, change: Callable[[str], str]) -> str | None:
    """The target with the first name that the source shares in another case, everywhere."""
    for name in pattern.findall(SPAN.sub(" ", sample.target)):
        if name in sample.source and change(name) != name:
            alone = rf"(?<![\w/.]){re.escape(name)}(?![A-Za-z0-9_])"
            return substitute(alone, change(name), sample.target, count=9)
    return None
