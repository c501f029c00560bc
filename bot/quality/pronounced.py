"""Whether a Hangul word spells an English name by its sound, vowels included: 누가 and Nougat.

The letters of each syllable become what English writes for them; the name has to be spelled so
from its first letter to its last. That tells more than consonants alone (bot.quality.hearing),
and holds for names too short for these.
"""

from __future__ import annotations

import re
from functools import lru_cache

_FIRST = 0xAC00
_INITIALS = (
    "gg?|gh|gu|c|k", "gg?|ck?|k", "nn?|kn|gn", "dd?|th", "dd?|t", "ll?|rr?|wr|rh", "mm?",
    "bb?|v", "bb?|p", "ss?|sc?h?|c|z|th", "ss?|c|z|th", "", "j|g|dg|z|s|x|zz", "j|g|z", "t?ch|t|c",
    "kk?|ck?|cc|ch|qu?|kh", "tt?|th|pt", "pp?|ff?|ph", "h|wh|j",
)  # fmt: skip
_VOWELS = (
    "a|u|o|aw|ah|oa|e|ea", "a|e|ai|ae", "ya|ia|ja", "ya|ia",
    "e|u|o|a|ea|eo|i|ou|io|ie|oe", "e|a|ai|ay|ea|ae|ei|ie|i",
    "ye|yu|yo|io|ia|ea|ie|u", "ye|ie|e", "o|oa|ow|au|aw|a|ou|oo|oe|u",
    "wh?a|a|oa|ua|o|ui|wo|oi|oya|oy", "we|ue|wa|oe", "we|oe|oi|ui|ue",
    "yo|eo|io|o", "u|oo|ou|o|w|ew|ue|wo|eu", "wo|wa|o|we|ue|ua|uo", "wh?e|ue|wa|ui|e",
    "wh?i|ui|we|i", "yu|u|ew|eu|ue|iu|ou", "|e|eu|u|o|i|a", "u?i|ee|i",
    "i|ee?|ea|y|ie|ei|ey|ui|a|ae",
)  # fmt: skip
_FINALS = {
    0: "", 1: "gg?u?e?|ck?|k|que|gh", 4: "nn?e?|gn", 7: "t|d", 8: "ll?e?|r|re", 16: "mm?e?|mb|mn",
    17: "pp?e?|bb?e?|f|v", 19: "tt?e?|d|th|s|de", 21: "ng?|ngue",
}  # fmt: skip
# Two syllables for one English vowel: 라이 in Lion, 케이 in Kate, 나우 in Now.
_GLIDES = {
    (0, 20): "i|y|ai|ei|igh|ie|ye|eye|uy|aye|ij", (5, 20): "a|ai|ay|ei|ey|ea|e",
    (1, 20): "a|ai|ay|ae", (0, 13): "ou|ow|au|ao", (8, 13): "o|ow|oa|oe", (8, 20): "oi|oy|oe",
    (20, 4): "ea|ia|io|ie|ee|eo|yo|ya|iu", (20, 0): "ia|ea|ya",
    (20, 13): "iu|ew|eu|iew", (20, 8): "io|eo|yo",
}  # fmt: skip
_X = "x|cks?|ks|cs|ex|xe"
# Syllables: each more doubles the ways to try, and no name is as long.
_LONGEST = 12
_END = {True: "(?:e|s|es|t|h|d)?", False: "(?:e|s|es)?"}  # after a vowel a t is silent, too


def spells(word: str, name: str) -> bool:
    """Say whether ``word``, in Hangul, is ``name`` as one hears it.

    >>> spells("누가", "Nougat"), spells("라마", "Llama"), spells("미스트랄", "Mistral")
    (True, True, True)
    >>> spells("모델", "Medal"), spells("사용", "Sayings")
    (False, False)
    """
    letters = re.sub(r"[^a-z]", "", name.lower())
    if len(word) > _LONGEST:
        return False
    return len(letters) > 2 and _pattern(word).fullmatch(letters) is not None


@lru_cache(maxsize=16_384)
def _pattern(word: str) -> re.Pattern[str]:
    syllables = [(code // 588, code % 588 // 28, code % 28) for code in map(_index, word)]
    parts: list[str] = []
    place = 0
    while place < len(syllables):
        initial, vowel, final = syllables[place]
        behind = syllables[place + 1] if place + 1 < len(syllables) else None
        sounds = _VOWELS[vowel]
        if behind and final == 0 and behind[0] == 11 and (vowel, behind[1]) in _GLIDES:
            sounds = f"(?:{_GLIDES[vowel, behind[1]]}|(?:{sounds})(?:{_VOWELS[behind[1]]}))"
            final, place = behind[2], place + 1
            behind = syllables[place + 1] if place + 1 < len(syllables) else None
        parts.append(f"(?:{_INITIALS[initial]})(?:{sounds})r?h?")
        if final == 1 and behind and behind[:2] == (9, 18):  # 맥스: Max
            parts.append(f"(?:{_X}|(?:{_FINALS[1]})ss?)")
            place += 1
            final = 0
        if final == 8 and behind and behind[0] == 5:  # 밀라: one l
            parts.append("l?")
        else:
            parts.append(f"(?:{_FINALS.get(final, '(?!)')})")
        place += 1
    return re.compile("".join(parts) + _END[syllables[-1][2] == 0])


def _index(sign: str) -> int:
    return ord(sign) - _FIRST
