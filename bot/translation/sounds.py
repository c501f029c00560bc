"""The last sound of a word as Koreans read it aloud, whatever it is written in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum


class Final(Enum):
    """How a word ends, as far as particles care."""

    VOWEL = "vowel"
    RIEUL = "rieul"
    CONSONANT = "consonant"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Sound:
    """A final sound; ``certain`` where all readers agree on it."""

    final: Final
    certain: bool = True


_V, _L, _C = Final.VOWEL, Final.RIEUL, Final.CONSONANT
_NOTHING = Sound(Final.UNKNOWN, certain=False)
_FIRST_SYLLABLE, _LAST_SYLLABLE, _FINALS, _RIEUL = 0xAC00, 0xD7A3, 28, 8

# 영 일 이 삼 사 오 육 칠 팔 구
_DIGITS = (_C, _L, _V, _C, _V, _V, _C, _L, _L, _V)
# Letter names: 엘, 엠, 엔 end in a consonant; R is 아르 by the rules and 알 in the street.
_LETTERS = {"L": Sound(_L), "M": Sound(_C), "N": Sound(_C), "R": Sound(_L, certain=False)}
_SIGNS = {"%": Sound(_V), "$": Sound(_V), "+": Sound(_V), "°": Sound(_V)}
# Acronyms that are read as words, and words whose spelling misleads.
_WORDS = {
    **dict.fromkeys(("bert", "lora", "dpo", "moe", "bleu", "relu", "gelu"), Sound(_V)),
    **dict.fromkeys(("claude", "llava", "gemini", "dino", "yolo", "suite", "dall-e"), Sound(_V)),
    **dict.fromkeys(("python", "falcon", "chain"), Sound(_C)),
    **dict.fromkeys(("mistral", "mixtral", "google"), Sound(_L)),
    "rag": Sound(_V, certain=False),  # 래그, 랙
    **dict.fromkeys(("clip", "sam", "net", "bit", "pet"), Sound(_C, certain=False)),
}
# Units are read out (미터, 바이트, 초, 헤르츠, 와트, 그램), some in two ways (데시벨 or 디비).
_UNITS = {
    **dict.fromkeys(("km", "cm", "mm", "nm", "µm", "μm", "um", "ms", "ns", "µs", "μs"), Sound(_V)),
    **dict.fromkeys(("KB", "kB", "MB", "GB", "TB", "PB", "KiB", "MiB", "GiB", "TiB"), Sound(_V)),
    **dict.fromkeys(("Hz", "kHz", "MHz", "GHz", "THz", "kW", "MW", "GW", "kV", "mV"), Sound(_V)),
    **dict.fromkeys(("Wh", "kWh", "MWh", "GWh", "mAh"), Sound(_V, certain=False)),
    **dict.fromkeys(("kg", "mg"), Sound(_C)),
    **dict.fromkeys(("dB", "mL", "ml", "min"), Sound(_C, certain=False)),
}
# Too short to be units anywhere but behind a number; 3h is 시간 or 에이치.
_UNITS_OF_NUMBERS = {
    **dict.fromkeys(("m", "s"), Sound(_V)),
    "g": Sound(_C),
    "h": Sound(_C, certain=False),
    "l": Sound(_V, certain=False),
    "L": Sound(_V, certain=False),
}
_TOKEN = re.compile(r"[µμ]?[A-Za-z]+|\d[\d,]*(?:\.\d+)?|.", re.DOTALL)
_TRAILING = re.compile(r"(?:[*_`'\"”’」』\s]|\([^()]*\)|\[[^\[\]]*\])+\Z")


def final_sound(word: str) -> Sound:
    """Give the last sound of ``word``; marks and a gloss in parentheses behind it do not count.

    >>> final_sound("학습").final, final_sound("모델").final, final_sound("데이터(data)").final
    (<Final.CONSONANT: 'consonant'>, <Final.RIEUL: 'rieul'>, <Final.VOWEL: 'vowel'>)
    >>> final_sound("LLM").final, final_sound("10").final, final_sound("GPT-4").final
    (<Final.CONSONANT: 'consonant'>, <Final.CONSONANT: 'consonant'>, <Final.VOWEL: 'vowel'>)
    """
    bare = _TRAILING.sub("", word)
    if not bare:
        return _NOTHING
    if _FIRST_SYLLABLE <= ord(bare[-1]) <= _LAST_SYLLABLE:
        return Sound(_of_index((ord(bare[-1]) - _FIRST_SYLLABLE) % _FINALS))
    known = _WORDS.get(re.split(r"\s", bare)[-1].lower())
    if known:
        return known
    tokens = _TOKEN.findall(bare)
    last = tokens[-1]
    if last[0].isascii() and last[0].isdigit():
        return Sound(_of_number(last))
    after_digit = len(tokens) > 1 and tokens[-2][0].isdigit()
    counted = re.search(r"\d\s?\Z", "".join(tokens[:-1])) is not None
    if last in _UNITS or (counted and last in _UNITS_OF_NUMBERS):
        return _UNITS.get(last) or _UNITS_OF_NUMBERS[last]
    if last.isascii() and last.isalpha():
        return _of_latin(last, after_digit=after_digit)
    return _SIGNS.get(last, _NOTHING)


def _of_index(index: int) -> Final:
    if index == 0:
        return _V
    return _L if index == _RIEUL else _C


def _of_number(number: str) -> Final:
    digits = number.replace(",", "")
    if "." in digits or not digits.endswith("0"):
        return _DIGITS[int(digits[-1])]
    zeros = len(digits) - len(digits.rstrip("0"))
    # 십, 백, 천, 만, 억 end in a consonant; 조 (10^12) does not.
    return _V if set(digits) != {"0"} and 12 <= zeros < 16 else _C


def _of_latin(word: str, *, after_digit: bool) -> Sound:
    lower = word.lower()
    if lower in _WORDS:
        return _WORDS[lower]
    if len(word) == 1 or word.isupper() or (after_digit and len(word) <= 2):
        return _of_acronym(word.upper())
    if word[:-1].isupper() and word.endswith("s"):
        return Sound(_V)
    return _of_spelling(lower)


def _of_acronym(word: str) -> Sound:
    letter = _LETTERS.get(word[-1], Sound(_V))
    if len(word) < 3 or not re.search(r"[AEIOU]", word):
        return letter
    spoken = _of_spelling(word.lower())
    same = spoken.final is letter.final and spoken.certain
    return Sound(letter.final, certain=letter.certain and same)


def _of_spelling(word: str) -> Sound:
    """Guess how an English word ends in Korean: 에이전트, 스케일, 체인, 챗봇."""
    silent_e = len(word) > 3 and word.endswith("e") and word[-2] not in "aeiouy"
    stem = word[:-1] if silent_e else word
    last = stem[-1]
    if last == "l":
        return Sound(_L)
    if last in "mn" or stem.endswith("ng"):
        return Sound(_C)
    if last in "ptkbc" and not silent_e:
        # 봇, 웹, 스텝; but 에이전트, 벤치마크: after a consonant a syllable of its own
        after_consonant = len(stem) > 1 and stem[-2] not in "aeiou"
        return Sound(_V, certain=True) if after_consonant else Sound(_C, certain=False)
    if last in "gd":
        return Sound(_V, certain=False)
    return Sound(_V)
