"""Sentences lost, added, repeated, left in English, or turned into their opposite."""

from __future__ import annotations

import re

from bot.model.translation import Kind
from tests.bench.mutations.registry import mutation, sentences, substitute_first
from tests.bench.samples import Sample

_COMPARES = re.compile(
    r"\b(?:than|outperform\w*|exceed\w*|surpass\w*|better|worse|more|less|fewer|higher|lower|beats?)\b"
)
_DENIES = re.compile(r"\b(?:not?|never|none|nothing|without|cannot|nor|neither|hardly)\b|n't\b")


@mutation("omission")
def sentence_dropped(sample: Sample) -> str | None:
    """One sentence of an abstract is gone: the first, the third and the rest stand."""
    parts = sentences(sample.target)
    if len(parts) < 4:
        return None
    return " ".join(parts[:1] + parts[2:])


@mutation("omission")
def half_dropped(sample: Sample) -> str | None:
    """The translation stops at the end of a sentence: two of five are there."""
    parts = sentences(sample.target)
    if len(parts) < 3:
        return None
    return " ".join(parts[: len(parts) // 2])


@mutation("omission")
def cut_off(sample: Sample) -> str | None:
    """The reply ran out of tokens: 대부분의 벤치마크에서 뛰어."""
    if sample.kind is Kind.TITLE or len(sample.target) < 80:
        return None
    return sample.target[: len(sample.target) * 55 // 100].rstrip()


@mutation("addition")
def sentence_added(sample: Sample) -> str | None:
    """Praise that nobody wrote: 이러한 성과는 … 기대를 모으고 있습니다."""
    if sample.kind is Kind.TITLE:
        return None
    praise = (
        "이러한 성과는 앞으로 다양한 산업 분야에서 폭넓게 활용될 것으로 기대를 모으고 있습니다."
    )
    advice = "관심 있는 독자라면 반드시 원문을 직접 읽어 보시기를 적극적으로 권해 드립니다."
    return f"{sample.target} {praise} {advice}"


@mutation("repetition")
def sentence_repeated(sample: Sample) -> str | None:
    """The decoder got stuck: the last sentence comes three times."""
    if sample.kind is Kind.TITLE:
        return None
    last = sentences(sample.target)[-1]
    return f"{sample.target} {last} {last}"


@mutation("repetition")
def words_repeated(sample: Sample) -> str | None:
    """A loop of words: 모델 모델 모델 모델 모델 모델."""
    found = re.search(r"(?<!\S)[가-힣]{2,}(?!\S)", sample.target)
    if found is None:
        return None
    return sample.target[: found.end()] + f" {found.group()}" * 5 + sample.target[found.end() :]


@mutation("untranslated")
def unchanged(sample: Sample) -> str | None:
    """The English comes back as it went: introduces LLaMA, …."""
    return sample.source if len(sample.source.split()) > 4 else None


@mutation("untranslated")
def last_sentence_in_english(sample: Sample) -> str | None:
    """The last sentence stays English: …합니다. All models are public."""
    korean, english = sentences(sample.target), sentences(sample.source)
    if len(korean) != len(english) or len(korean) < 2 or len(english[-1].split()) < 4:
        return None
    return " ".join([*korean[:-1], english[-1]])


@mutation("meaning")
def negation_dropped(sample: Sample) -> str | None:
    """The opposite: 필요하지 않습니다 → 필요합니다, 없이 → 함께."""
    if not _DENIES.search(sample.source):
        return None
    return substitute_first(
        {
            r"하지 않습니다": "합니다",
            r"되지 않습니다": "됩니다",
            r"지 않으며": "며",
            r"하지 않": "하",
            r"이 필요 없습니다": "이 필요합니다",
            r"없습니다": "있습니다",
            r" 없이": "을 이용해",
            r"지 못합니다": "ㄹ 수 있습니다",
        },
        sample.target,
    )


@mutation("meaning")
def comparison_reversed(sample: Sample) -> str | None:
    """The loser wins: 능가합니다 → 뒤처집니다, 빠르 → 느리."""
    if not _COMPARES.search(sample.source):
        return None
    return substitute_first(
        {
            r"를 능가": "에 미달",
            r"을 능가": "에 미달",
            r"빠르": "느리",
            r"빠릅": "느립",
            r"빠르게": "느리게",
            r"높습니다": "낮습니다",
            r"적게": "많이",
            r"뛰어난 성능": "뒤떨어진 성능",
            r"더 나은": "더 나쁜",
            r"줄어듭니다": "늘어납니다",
        },
        sample.target,
    )
