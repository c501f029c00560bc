"""Content words of a commentary: each is borne out by the English that its sentence rests on.

A word that speaks of time, standing or the whole field (업계, 표준, 시대) must be borne out for its
sentence to stand; of the others enough of them must.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.model.commentary import CommentaryWords, ContentWord

LOOSE = 1
"""So many words without support are let pass in any sentence: dictionaries have gaps."""

UNKNOWN = 0.5
"""What a word weighs that no list has: less than one whose English is known and missing."""

SHARE = 0.3
"""Beyond that, the share of words without support from which on a sentence on papers falls.

Measured (``python -m tests.bench gate``): 493 true sentences, 33 that are true of another paper
than the one they name, and 130 unsupported ones written without sight of the gate.

=====  =============  =====================  ===================
share  true, dropped  misattributed, caught  unsupported, caught
=====  =============  =====================  ===================
0.2    3 (0.6 %)      30 (91 %)              127 (98 %)
0.3    2 (0.4 %)      30 (91 %)              127 (98 %)
0.4    1 (0.2 %)      28 (85 %)              125 (96 %)
0.5    1 (0.2 %)      23 (70 %)              124 (95 %)
off    0              10 (30 %)              121 (93 %)
=====  =============  =====================  ===================
"""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Ground:
    """What a sentence rests on.

    Attributes:
        text: The sentence.
        english: The texts of the papers it speaks of, in small letters.
        vouched: Places whose words other checks answer for: themes, terms, changes.
        tabular: It states counts of the table or what they do not tell.
    """

    text: str
    english: str
    vouched: Sequence[Span]
    tabular: bool


def find_unsupported(
    found: Sequence[ContentWord],
    ground: Ground,
    words: CommentaryWords,
    *,
    share: float = SHARE,
) -> Iterator[str]:
    """Reasons why the words cannot stand, one line each."""
    claimed: list[str] = []
    missing: list[str] = []
    weight = 0.0
    all_told = 0
    for word in found:
        if word.lemma in words.plain or (ground.tabular and word.lemma in words.tabular):
            continue
        if word.lemma in words.claims_of and ground.text[word.start - 1 : word.start].isalpha():
            continue  # a syllable of a longer word (지식), not one that claims anything
        all_told += 1
        if _is_vouched(word, ground.vouched) or is_borne_out(word.lemma, ground.english, words):
            continue
        (claimed if word.lemma in words.claims_of else missing).append(word.lemma)
        weight += 1 if word.lemma in words.words else UNKNOWN
    for lemma in claimed:
        yield f"{lemma!r} says more than what it rests on"
    most = 0 if ground.tabular else max(LOOSE, share * all_told)
    if not claimed and weight > most:
        yield f"{len(missing)} of its {all_told} words are not in what it rests on: {missing}"


def _is_vouched(word: ContentWord, spans: Sequence[Span]) -> bool:
    """Within a span; a particle that the analyser took for part of the word may stick out."""
    return any(start <= word.start < end and word.end <= end + 1 for start, end in spans)


def is_borne_out(lemma: str, english: str, words: CommentaryWords) -> bool:
    """True where the English, in small letters, has a word that bears the Korean one out."""
    originals = words.claims_of.get(lemma, words.words.get(lemma, ()))
    return any(stands_in(original, english) for original in originals)


def stands_in(original: str, english: str) -> bool:
    """True where a beginning of English words, as the languages' files write them, stands there."""
    return _beginning(original).search(english) is not None


@lru_cache(maxsize=8192)
def _beginning(original: str) -> re.Pattern[str]:
    """``train`` begins training, ``rl$`` is whole, ``so_far`` two words; hyphens do not count."""
    end = r"(?![a-z])" if original.endswith("$") else ""
    parts = (re.escape(part) for part in re.split(r"[_-]", original.rstrip("$")))
    joined = r"[\s-]*".join(parts)
    return re.compile(rf"(?<![a-z0-9]){joined}{end}")
