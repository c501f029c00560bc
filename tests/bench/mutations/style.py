"""Register, particles, and scripts that do not belong in Korean."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.model.finding import Severity
from bot.model.translation import Kind
from tests.bench.mutations.registry import mutation, sentences, substitute_first
from tests.bench.samples import Sample

_POLITE = re.compile(r"([가-힣])니다(?=[.?!])")
_FINAL_B = 17  # index of the final consonant ㅂ among the 28 of a Hangul syllable
_FINAL_N = 4
_FINAL_M = 16


@mutation("register", Severity.MINOR)
def plain_style(sample: Sample) -> str | None:
    """한다체 throughout: 제안합니다 → 제안한다."""
    return _restyle(sample, _to_plain)


@mutation("register", Severity.MINOR)
def plain_style_once(sample: Sample) -> str | None:
    """One sentence of several in 한다체: …합니다. …한다. …합니다."""
    return _restyle_one(sample, _to_plain)


@mutation("register", Severity.MINOR)
def casual_style(sample: Sample) -> str | None:
    """해체: 제안합니다 → 제안해, 모델입니다 → 모델이야."""
    return _restyle(sample, _to_casual)


@mutation("register", Severity.MINOR)
def informal_polite_style(sample: Sample) -> str | None:
    """해요체: 제안합니다 → 제안해요."""
    return _restyle(sample, _to_informal_polite)


@mutation("register", Severity.MINOR)
def informal_polite_style_once(sample: Sample) -> str | None:
    """One sentence of several in 해요체: …합니다. …해요. …합니다."""
    return _restyle_one(sample, _to_informal_polite)


@mutation("register", Severity.MINOR)
def noun_ending(sample: Sample) -> str | None:
    """Prose ends like a slide: 제안합니다. → 제안함."""
    return _restyle(sample, _to_noun)


@mutation("register", Severity.MINOR)
def fragment(sample: Sample) -> str | None:
    """Prose without a verb: 모델 X를 소개합니다. → 모델 X 소개."""
    changed = re.sub(r"[을를] (소개|제안|제시|공개|발표)합니다\.", r" \1.", sample.target)
    return changed if changed != sample.target else None


@mutation("grammar", Severity.MINOR)
def particle_doubled(sample: Sample) -> str | None:
    """Two particles in a row: 모델을 → 모델을를."""
    return substitute_first(
        {
            r"(?<=[가-힣])을(?= )": "을를",
            r"(?<=[가-힣])를(?= )": "를을",
            r"(?<=[가-힣])은(?= )": "은는",
        },
        sample.target,
    )


@mutation("grammar", Severity.MINOR)
def object_particle_wrong(sample: Sample) -> str | None:
    """을 after a vowel or 를 after a consonant: 성능을 → 성능를."""
    return substitute_first(
        {
            r"(모델|성능|결과|토큰)을(?= )": r"\1를",
            r"(데이터|에이전트|프롬프트|가중치|벤치마크|메모리)를(?= )": r"\1을",
            r"(?<=[가-힣])를(?= )": "을",
        },
        sample.target,
    )


@mutation("grammar", Severity.MINOR)
def particle_after_acronym_wrong(sample: Sample) -> str | None:
    """The sound of Latin letters is not heard: LLM은 → LLM는, GPT-4는 → GPT-4은."""
    return substitute_first(
        {
            r"(?<=LLM)은(?= )": "는",
            r"(?<=LLM)을(?= )": "를",
            r"(?<=LLM)이(?= )": "가",
            r"(?<=GPT-4)는(?= )": "은",
            r"(?<=GPT-4)와(?= )": "과",
            r"(?<=\d)는(?= )": "은",
            r"(?<=[A-Z])는(?= )": "은",
            r"(?<=[A-Z])은(?= )": "는",
        },
        sample.target,
    )


@mutation("grammar", Severity.MINOR)
def subject_particle_wrong(sample: Sample) -> str | None:
    """가 after a consonant, 이 after a vowel: 모델이 → 모델가, 정확도가 → 정확도이."""
    return substitute_first(
        {
            r"(모델|성능|토큰|영향)이(?= )": r"\1가",
            r"(정확도|에이전트|크기|난이도|점수|속도)가(?= )": r"\1이",
        },
        sample.target,
    )


@mutation("scripts")
def han_left(sample: Sample) -> str | None:
    """Chinese characters: 학습 → 学习."""
    return substitute_first(
        {"학습": "学习", "모델": "模型", "성능": "性能", "데이터": "数据", "토큰": "代币"},
        sample.target,
    )


@mutation("scripts")
def hanja_left(sample: Sample) -> str | None:
    """Korean words in traditional characters: 연구 → 硏究."""
    return substitute_first(
        {"연구": "硏究", "정확도": "正確度", "비용": "費用", "언어": "言語", "결과": "結果"},
        sample.target,
    )


@mutation("scripts")
def kana_left(sample: Sample) -> str | None:
    """Japanese: 모델 → モデル."""
    return substitute_first(
        {
            "모델": "モデル",
            "데이터": "データ",
            "벤치마크": "ベンチマーク",
            "에이전트": "エージェント",
        },
        sample.target,
    )


@mutation("scripts")
def cyrillic_left(sample: Sample) -> str | None:
    """Russian: 모델 → модель."""
    return substitute_first(
        {"모델": "модель", "데이터": "данные", "학습": "обучение"}, sample.target
    )


@mutation("scripts")
def cyrillic_look_alike(sample: Sample) -> str | None:
    """A Latin name with a Cyrillic а in it: LLaMA → LLаMA."""
    return substitute_first({r"(?<=[A-Za-z])a(?=[A-Za-z])": "а"}, sample.target)


def _restyle(sample: Sample, style: Callable[[str], str]) -> str | None:
    if sample.kind is Kind.TITLE or not _POLITE.search(sample.target):
        return None
    return style(sample.target)


def _restyle_one(sample: Sample, style: Callable[[str], str]) -> str | None:
    parts = sentences(sample.target)
    if sample.kind is Kind.TITLE or len(parts) < 3 or not _POLITE.search(parts[1]):
        return None
    return " ".join([parts[0], style(parts[1]), *parts[2:]])


def _to_plain(text: str) -> str:
    """한다체.

    >>> _to_plain("제안합니다. 모델입니다. 빠릅니다. 높였습니다. 씁니다.")
    '제안한다. 모델이다. 빠르다. 높였다. 쓴다.'
    """
    return _replace_endings(text, {"습": "다", "입": "이다", "릅": "르다"}, _FINAL_N, "다")


def _to_casual(text: str) -> str:
    """해체.

    >>> _to_casual("제안합니다. 모델입니다. 높였습니다.")
    '제안해. 모델이야. 높였어.'
    """
    endings = {"합": "해", "입": "이야", "습": "어", "됩": "돼", "릅": "라", "옵": "와", "줍": "줘"}
    return _replace_endings(text, endings, None, "어")


def _to_informal_polite(text: str) -> str:
    """해요체.

    >>> _to_informal_polite("제안합니다. 모델입니다. 높였습니다.")
    '제안해요. 모델이에요. 높였어요.'
    """
    endings = {"합": "해요", "입": "이에요", "습": "어요", "됩": "돼요", "릅": "라요", "줍": "줘요"}
    return _replace_endings(text, endings, None, "어요")


def _to_noun(text: str) -> str:
    """Noun endings.

    >>> _to_noun("제안합니다. 높였습니다.")
    '제안함. 높였음.'
    """
    return _replace_endings(text, {"습": "음"}, _FINAL_M, "")


def _replace_endings(text: str, endings: dict[str, str], final: int | None, suffix: str) -> str:
    """``X니다`` as ``endings`` has it; else X with another final consonant and the suffix."""

    def ending(found: re.Match[str]) -> str:
        syllable = found.group(1)
        if syllable in endings:
            return endings[syllable]
        code = ord(syllable) - ord("가")
        if code % 28 != _FINAL_B:
            return found.group()
        return chr(ord(syllable) - _FINAL_B + (final or 0)) + suffix

    return _POLITE.sub(ending, text)
