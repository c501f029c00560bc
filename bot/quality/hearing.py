"""Whether a Hangul word sounds like an English name: 팔콘 and Falcon share p, l, k, n.

Consonants are compared in classes that Korean transliteration cannot tell apart (f and p, r and l,
b and v); vowels are left out, as is r before a consonant, which Korean drops.
"""

from __future__ import annotations

import re
from functools import lru_cache

_FIRST = 0xAC00
_INITIALS = [
    "k",
    "k",
    "n",
    "t",
    "t",
    "l",
    "m",
    "p",
    "p",
    "s",
    "s",
    "",
    "k",
    "k",
    "k",
    "k",
    "t",
    "p",
    "",
]
_FINALS = {1: "k", 4: "n", 7: "t", 8: "l", 16: "m", 17: "p", 19: "s", 21: "n"}
_CLUSTERS = (
    ("tion", "sn"), ("ch", "k"), ("sh", "s"), ("th", "s"), ("ph", "p"), ("ck", "k"), ("qu", "k"),
    ("ng", "n"), ("x", "ks"), ("ce", "s"), ("ci", "s"),
)  # fmt: skip
_LETTERS = str.maketrans("bcdfgjqrvzaeiouy", "pktpkkklps......", "hw")
_SHORTEST = 3


def sounds_like(word: str, name: str) -> bool:
    """Say whether ``word``, in Hangul, may be a transliteration of ``name``.

    >>> sounds_like("팔콘", "Falcon"), sounds_like("맘바", "Mamba"), sounds_like("모델", "Falcon")
    (True, True, False)

    Names with fewer than three consonants sound like too much to tell: False.
    """
    heard = _of_hangul(word)
    return len(heard) >= _SHORTEST and heard in _of_latin(name)


@lru_cache(maxsize=4096)
def _of_hangul(word: str) -> str:
    heard = ""
    for sign in word:
        index = ord(sign) - _FIRST
        heard += _INITIALS[index // 588] + "." + _FINALS.get(index % 28, "")
    return _single(heard)


@lru_cache(maxsize=4096)
def _of_latin(name: str) -> frozenset[str]:
    text = re.sub(r"[^a-z]", "", name.lower())
    for cluster, sound in _CLUSTERS:
        text = text.replace(cluster, sound)
    silent = re.sub(r"r(?![aeiouy])", "", text)
    return frozenset(_single(one.translate(_LETTERS)) for one in (text, silent))


def _single(sounds: str) -> str:
    """Doubled letters are one sound; vowels, marked by dots, have done their work."""
    return re.sub(r"(.)\1+", r"\1", sounds).replace(".", "")
