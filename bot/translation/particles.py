"""Korean particles: which form follows a word, and mending one after the word has changed.

The form depends on the last sound: 은/이/을/과/으로 after a final consonant, 는/가/를/와/로 after a
vowel, and 로 after ㄹ as well (국립국어원, 한국어 어문 규범). Latin letters
and digits count as they are read aloud.
"""

from __future__ import annotations

import re
from enum import Enum

from bot.translation.sounds import Final, final_sound

# (after a consonant, after a vowel), each with the tails that may follow and never change.
_BASES: tuple[tuple[str, str, str], ...] = (
    ("은", "는", "커녕"),
    ("이", "가", ""),
    ("을", "를", ""),
    ("과", "와", "의 는 도 만 만은 만의 까지 까지도 조차 마저"),
    ("으로", "로", "의 는 도 만 만은 만이 만의 만도 까지 까지도 까지의 까지는 밖에 조차 나마"),
    ("으로서", "로서", "의 는 도 만 까지"),
    ("으로써", "로써", "의 는 도 만"),
    ("으로부터", "로부터", "의 는 도 만"),
    ("이라", "라", "는 고 고는 고도 면 도 서 야 던 기보다"),
    ("이란", "란", ""),
    ("이랑", "랑", "은 도 만 의"),
    ("이나", "나", "마"),
    ("이며", "며", ""),
    ("이고", "고", ""),
    ("이든", "든", "지 가"),
    ("이야말로", "야말로", ""),
    ("이었", "였", ""),
    ("이어", "여", "서 야"),
    ("이에요", "예요", ""),
    ("이지만", "지만", ""),
    ("이므로", "므로", ""),
)
# Without a tail these are no particles: 라 and 여 begin too many words.
_ONLY_WITH_TAIL = frozenset({"이라", "이어"})
PAIRS: tuple[tuple[str, str], ...] = tuple(
    (first + tail, second + tail)
    for first, second, tails in _BASES
    for tail in (*(("",) if first not in _ONLY_WITH_TAIL else ()), *tails.split())
)
# The copula, whose stem may fall after a vowel and need not: 학교이었다 is as right as 학교였다
# (표준어 규정), 학교이고 as 학교고. But 모델였다 is wrong.
_LONG = frozenset({"이었", "이어서", "이어야", "이에요", "이고", "이며", "이지만", "이므로"})
# An ending always follows: 였습니다, 이었던.
_STEMS = frozenset({"이었", "였"})
_FORMS = {form: pair for pair in PAIRS for form in pair}
_SAME = (
    *(
        "에서",
        "에게",
        "에는",
        "에도",
        "에",
        "의",
        "도",
        "만",
        "까지",
        "부터",
        "보다",
        "처럼",
        "마다",
    ),
    *("뿐", "들", "입니다", "인", "이다", "였", "이었", "하", "한", "할", "해", "했", "합", "함"),
    *(
        "되",
        "된",
        "될",
        "됩",
        "됨",
        "적",
        "용",
        "형",
        "화",
        "별",
        "식",
        "및",
        "조차",
        "밖에",
        "대로",
        "같",
    ),
)
_FORM = re.compile("|".join(sorted(map(re.escape, _FORMS), key=len, reverse=True)))
_TAIL = re.compile("|".join(sorted(map(re.escape, (*_FORMS, *_SAME)), key=len, reverse=True)))
_HANGUL = re.compile(r"[가-힣]")
# What may stand between a word and its particle: emphasis, code, quotation marks, a gloss.
_BETWEEN = re.compile(r"(?:[*_`'\"”’」』)\]]|\([^()\n]{1,80}\))*")


class Fit(Enum):
    """Whether a particle suits the word before it."""

    RIGHT = "right"
    WRONG = "wrong"
    UNKNOWN = "unknown"


def choose_particle(word: str, form: str) -> str:
    """Give the form of a particle that follows ``word``; ``form`` is either of the pair.

    >>> [choose_particle("모델", form) for form in ("는", "가", "를", "와", "으로")]
    ['은', '이', '을', '과', '로']
    >>> choose_particle("LLM", "는"), choose_particle("GPT-4", "은"), choose_particle("RAG", "을")
    ('은', '는', '를')
    >>> choose_particle("Llama 3", "는"), choose_particle("7", "으로"), choose_particle("0", "로")
    ('은', '로', '으로')

    A word whose last sound cannot be guessed keeps ``form``.

    Raises:
        KeyError: ``form`` is not a particle with two forms.
    """
    pair = _FORMS[form]
    final = final_sound(word).final
    if final is Final.UNKNOWN:
        return form
    return pair[_index(final, pair)]


def fit(word: str, form: str) -> Fit:
    """Say whether ``form`` may follow ``word``; UNKNOWN where people read the word differently.

    >>> fit("데이터", "를"), fit("데이터", "을"), fit("CLIP", "을")
    (<Fit.RIGHT: 'right'>, <Fit.WRONG: 'wrong'>, <Fit.UNKNOWN: 'unknown'>)
    """
    sound = final_sound(word)
    if sound.final is Final.UNKNOWN or not sound.certain:
        return Fit.UNKNOWN
    pair = _FORMS[form]
    if form in _LONG:
        return Fit.RIGHT
    return Fit.RIGHT if pair[_index(sound.final, pair)] == form else Fit.WRONG


def find_particle(text: str, at: int) -> tuple[int, int] | None:
    """Find the two-formed particle of the word that ends at ``at``, past marks and a gloss.

    >>> find_particle("**LLM**은 강력합니다", 5)
    (7, 8)
    >>> find_particle("모델(LM)을 씁니다", 2)
    (6, 7)

    None where none follows: ``이`` of 이미지 is not one. What stands behind it and never changes
    belongs to it: ``와도``, ``로서의``.
    """
    start = _skip(text, at)
    match = _FORM.match(text, start)
    if match is None or (match[0] not in _STEMS and _HANGUL.match(text, match.end())):
        return None
    return match.span()


def swap(text: str, span: tuple[int, int], replacement: str) -> str:
    """Put ``replacement`` in the place of ``span`` and mend the particle that follows.

    >>> swap("설문조사를 제공합니다", (0, 4), "서베이")
    '서베이를 제공합니다'
    >>> swap("밀도 모델은 라마를 씁니다", (7, 9), "LLM")
    '밀도 모델은 LLM을 씁니다'
    """
    start, end = span
    particle = find_particle(text, end)
    if particle is None:
        return text[:start] + replacement + text[end:]
    mended = choose_particle(replacement, text[slice(*particle)])
    return text[:start] + replacement + text[end : particle[0]] + mended + text[particle[1] :]


def ends_word(text: str, at: int) -> bool:
    """Say whether a noun may end at ``at``: a particle or no letter follows.

    >>> ends_word("강화 학습을", 5), ends_word("라마단", 2)
    (True, False)
    """
    return _HANGUL.match(text, at) is None or _TAIL.match(text, at) is not None


def _skip(text: str, at: int) -> int:
    match = _BETWEEN.match(text, at)
    return match.end() if match else at


def _index(final: Final, pair: tuple[str, str]) -> int:
    if final is Final.RIEUL:
        return 1 if pair[0].startswith("으로") else 0
    return 0 if final is Final.CONSONANT else 1
