"""Numbers, units, signs and approximations that say something else than the source."""

from __future__ import annotations

import re
from itertools import pairwise

from tests.bench.mutations.registry import mutation, substitute, substitute_first
from tests.bench.samples import Sample

# A number of its own: not a part of a name (GPT-4, Llama2-70B), of a version or of another number.
_NUMBER = r"(?<![A-Za-z0-9_.,/$+\-])(?<![A-Za-z] )\d+(?:[.,]\d+)*(?![A-Za-z0-9_/\-]|[.,]\d)"
_COUNTED = rf"{_NUMBER}(?=만|억|조|천|%|배|개|명|점|시간|일|달러|장|편|종|단계|층|GB|비트)"


@mutation("numbers")
def number_changed(sample: Sample) -> str | None:
    """Another digit: 86.5% → 86.8%."""
    found = re.search(_COUNTED, sample.target)
    if found is None:
        return None
    number = found.group()
    last = (int(number[-1]) + 3) % 10 or 1
    return f"{sample.target[: found.end() - 1]}{last}{sample.target[found.end() :]}"


@mutation("numbers")
def digits_swapped(sample: Sample) -> str | None:
    """Two digits in the wrong order: 58.3% → 53.8%, 1,600개 → 6,100개."""
    for found in re.finditer(_COUNTED, sample.target):
        number = found.group()
        digits = [place for place, sign in enumerate(number) if sign.isdigit()]
        for one, two in pairwise(digits):
            if number[one] != number[two] and number[two] != "0":
                swapped = list(number)
                swapped[one], swapped[two] = swapped[two], swapped[one]
                return (
                    sample.target[: found.start()] + "".join(swapped) + sample.target[found.end() :]
                )
    return None


@mutation("numbers")
def number_dropped(sample: Sample) -> str | None:
    """A figure becomes a vague word: 정확도가 30% 이상 → 정확도가 상당히."""
    return substitute(
        rf"(?:약 |최대 |평균 )?{_NUMBER}(?:%|배)(?:포인트|p)?(?: 이상| 미만)?",
        "상당히",
        sample.target,
    )


@mutation("numbers")
def number_invented(sample: Sample) -> str | None:
    """A figure the source does not have: 능가합니다 → 38%p 차이로 능가합니다."""
    if "38" in sample.source:
        return None
    return substitute_first(
        {"능가합": "38%p 차이로 능가합", "뛰어난": "38% 더 뛰어난", "향상": "38% 향상"},
        sample.target,
    )


@mutation("numbers")
def myriads_scaled(sample: Sample) -> str | None:
    """The Korean unit of thousands is wrong: 700억 개 → 700만 개, 1.4조 → 1.4억."""
    return substitute_first(
        {r"(?<=\d)억": "만", r"(?<=\d)조": "억", r"(?<=\d)만(?= |개|장|건)": "억"}, sample.target
    )


@mutation("numbers")
def thousands_misread(sample: Sample) -> str | None:
    """7B is read as 7 × 10⁸: 70억 → 7억, 1,750억 → 175억."""
    return substitute(r"(?<![\d,])(\d+)0억", r"\1억", sample.target)


@mutation("numbers")
def decimal_point_shifted(sample: Sample) -> str | None:
    """The point stands in the wrong place: 14.41% → 144.1%, 0.4% → 4%."""
    found = re.search(r"(?<![\d.A-Za-z])(\d+)\.(\d)(\d*)(?=%)", sample.target)
    if found is None:
        return None
    whole, first, rest = found.groups()
    shifted = (whole + first).lstrip("0") or "0"
    number = f"{shifted}.{rest}" if rest else shifted
    return sample.target[: found.start()] + number + sample.target[found.end() :]


@mutation("numbers")
def percent_sign_lost(sample: Sample) -> str | None:
    """A share becomes a multiple: 40% 커졌습니다 → 40배 커졌습니다."""
    return substitute(rf"({_NUMBER})%(?:포인트|p)?", r"\1배", sample.target)


@mutation("numbers")
def unit_changed(sample: Sample) -> str | None:
    """Another unit: 48GB → 48MB, 24시간 → 24분, 300달러 → 300원."""
    return substitute_first(
        {
            r"(?<=\d)GB": "MB",
            r"(?<=\d)KB": "MB",
            r"(?<=\d)시간": "분",
            r"(?<=\d)ms": "초",
            r"(?<=\d)초(?!당)": "분",
            r"(?<=\d)분(?!의)": "초",
            r"(?<=\d)주 ": "년 ",
            r"달러": "원",
        },
        sample.target,
    )


@mutation("numbers")
def sign_flipped(sample: Sample) -> str | None:
    """A loss becomes a gain: -0.8 → +0.8."""
    return substitute_first({r"(?<![\w.])-(?=\d)": "+", r"(?<![\w.])\+(?=\d)": "-"}, sample.target)


@mutation("numbers")
def approximation_as_maximum(sample: Sample) -> str | None:
    """ "~3x" becomes "up to 3x" (design.md): 약 3배 → 최대 3배."""
    if re.search(r"up to|as much as|at most", sample.source):
        return None
    return substitute(r"(?<![가-힣])약 (?=\d)", "최대 ", sample.target)


@mutation("numbers")
def bound_inverted(sample: Sample) -> str | None:
    """An upper bound becomes a lower one: 최대 75% → 최소 75%, 10% 이상 → 10% 이하."""
    return substitute_first(
        {r"최대 (?=\d)": "최소 ", r"(?<=[\d%배개]) 이상": " 이하", r"(?<=[\d%배개]) 미만": " 이상"},
        sample.target,
    )


@mutation("numbers")
def range_cut(sample: Sample) -> str | None:
    """A range loses its lower end: 2~4배 → 4배."""
    return substitute(r"\d[\d.,]*~(?=\d)", "", sample.target)


@mutation("numbers")
def number_word_changed(sample: Sample) -> str | None:
    """A number written as a word changes: 세 가지 → 네 가지, 두 배 → 다섯 배."""
    if not re.search(r"\b(two|three|four|five|twice|doubl|seven|eight)", sample.source):
        return None
    return substitute_first(
        {
            r"세 (?=가지|개|곳|라운드|대륙|방식)": "네 ",
            r"(?<![가-힣])두 (?=배|개|번|가지|장|차례)": "다섯 ",
            r"네 (?=가지|개|곳|배|번)": "여섯 ",
            r"다섯 (?=가지|개)": "아홉 ",
            r"여덟 (?=가지|개)": "세 ",
        },
        sample.target,
    )


@mutation("numbers")
def year_changed(sample: Sample) -> str | None:
    """A date moves: 2023년 3월 → 2021년 3월."""
    return substitute(r"20(?:2[2-9])년", "2021년", sample.target)
