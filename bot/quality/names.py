"""Names and acronyms of a text, and how sure it is that they are names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from bot.quality.english import COMMON, COUNTED, MEASURES, MONTHS, SHOUTED

# Letters, digits and inner joints: GPT-4, Llama2-70B, Qwen2.5-VL, o1, DALL-E, Auto-RAG.
_TOKEN = re.compile(
    r"(?<![A-Za-z0-9\\@])[A-Za-z][A-Za-z0-9]*(?:[-.+/_][A-Za-z0-9]+)*(?:@[A-Za-z0-9]+)?\+*"
    r"|(?<![\w.])\d+[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*"
)
# text-davinci-003, gpt-3.5-turbo, phi-1
_MODEL_ID = re.compile(r"[a-z]{2,}(?:-[a-z]+)+-\d{2,}|[a-z]{2,}-\d+(?:\.\d+)?(?:-[a-z]+)*")
_NUMBER_UNIT = re.compile(
    r"\d+[xX]\d+(?:[KMGT]B|px)?"
    r"|\d[\d.,]*(?:[kKMBTxXm]|bn|mn|th|st|nd|rd|ms|s|GB|MB|TB|KB|[kMG]?Hz|[kMG]?bps|fps|FPS|rpm|bpm|[kmcn]m|[km]?g|m?[lL]|dB|[kM]?Wh?|px|min|hr|yr|%|h|d)?(?:-.*)?\Z"
)
_COUNT = re.compile(r"\d{1,4}[xX](?=[A-Z][A-Za-z]*\d)")  # 8xH100 is eight of the name H100
# Parts of 9-January-2023, 12-Feb-2024 and mid-May.
_PART_OF_A_DATE = re.compile(
    rf"\d+|mid|early|late|{'|'.join(f'{name}|{name[:3]}' for name in MONTHS)}|sept", re.IGNORECASE
)
_LEAD = re.compile(r"(?:^|[.!?:;]\s+|\n\s*(?:[-*+•]\s+)?|[\"“‘(*_]\s*|[-*+•]\s+)\Z")
# What follows the name of a system at the beginning of a sentence; "Generates 5,000 dialogs" and
# "Combines 3 models" begin with no name.
_ACTS = re.compile(
    r"[*_]{0,2}\s(?:is|presents|introduces|proposes|achieves|outperforms|uses|extends|improves|builds|"
    r"combines|enables|leverages|adds|reaches|supports|surpasses|\d(?![\d,]*[,%+xX]|\d*\s[a-z]+s\b))\b"
)


class Certainty(IntEnum):
    """How sure it is that a token is a name and has to stand as it is written."""

    WORD = 0
    CAPITALISED = 1
    NAME = 2
    SURE = 3


@dataclass(frozen=True, slots=True)
class Name:
    """A token that may be a name."""

    text: str
    span: tuple[int, int]
    certainty: Certainty


@lru_cache(maxsize=512)
def find_names(text: str) -> tuple[Name, ...]:
    """Give what may be a name: inner capitals, acronyms, letters with digits, capitalised words.

    >>> [(name.text, name.certainty.name) for name in find_names("The OLMo and Mamba, 7B of 3x")]
    [('OLMo', 'SURE'), ('Mamba', 'NAME')]

    A capitalised word that may only begin a sentence is CAPITALISED and left out where the same
    word stands in lower case elsewhere.
    """
    return tuple(_find_names(text))


def _find_names(text: str) -> Iterator[Name]:
    lower = {match.group() for match in _TOKEN.finditer(text) if match.group().islower()}
    for match in _TOKEN.finditer(text):
        if counted := _COUNT.match(match.group()):
            rest = match.group()[counted.end() :]
            yield Name(rest, (match.start() + counted.end(), match.end()), Certainty.SURE)
            continue
        certainty = _certainty(text, match)
        word = match.group()
        if certainty is Certainty.WORD:
            continue
        if certainty is Certainty.CAPITALISED and word.lower() in lower:
            continue
        if certainty < Certainty.SURE and word.lower() in COMMON:
            continue
        yield Name(word, match.span(), certainty)


def find_tokens(text: str) -> dict[str, tuple[int, int]]:
    """Words in Latin letters and the first place of each, names or not.

    >>> find_tokens("LLM은 gpt-4를 씁니다")
    {'LLM': (0, 3), 'gpt-4': (5, 10)}
    """
    found: dict[str, tuple[int, int]] = {}
    for match in _TOKEN.finditer(text):
        found.setdefault(match.group(), match.span())
    return found


def begins_sentence(text: str, at: int) -> bool:
    """Say whether a sentence, label or bullet begins at ``at``.

    >>> begins_sentence("One. Two", 5), begins_sentence("One Two", 4)
    (True, False)
    """
    return at == 0 or _LEAD.search(text[max(0, at - 12) : at]) is not None


def stem(name: str) -> str:
    """The name without a plural or possessive: LLMs → LLM.

    >>> stem("LLMs"), stem("VLM's"), stem("RLHF"), stem("GPUs")
    ('LLM', 'VLM', 'RLHF', 'GPU')
    """
    bare = re.sub(r"['’]s?\Z", "", name)
    return bare[:-1] if re.search(r"[A-Z0-9]s\Z", bare) else bare


def _certainty(text: str, match: re.Match[str]) -> Certainty:
    word = match.group()
    if _NUMBER_UNIT.fullmatch(word) or word in SHOUTED | MEASURES or len(word) < 2:
        return Certainty.WORD
    parts = re.split(r"[-/_]", word)
    if len(parts) > 1 and all(_PART_OF_A_DATE.fullmatch(part) for part in parts):
        return Certainty.WORD
    if any(re.search(r"[a-z][A-Z]|[A-Z]{2}|[A-Z][a-z]*\d", part) for part in parts):
        return Certainty.SURE
    if "@" in word or word.endswith("++"):
        return Certainty.SURE  # pass@1, C++
    if _MODEL_ID.fullmatch(word) and parts[0] not in COUNTED:
        return Certainty.SURE
    if parts[0].lower() in COUNTED and _NUMBER_UNIT.fullmatch("-".join(parts[1:])):
        return Certainty.WORD  # Sub-1B
    if re.search(r"\d", word) and re.search(r"[A-Za-z]", word):
        named = word[0].isupper() and parts[0].lower() not in COUNTED
        return Certainty.SURE if _versioned(word) or named else Certainty.WORD
    if not word[0].isupper():
        return Certainty.WORD
    acts = _ACTS.match(text, match.end())
    # Ages 3 and up, Testing 7 models, Notably 3 of them
    verb = acts and acts.group()[-1].isdigit() and re.search(r"(?:[^sui]s|ing|ed|ly)\Z", word)
    if begins_sentence(text, match.start()) and (verb or not acts):
        return Certainty.CAPITALISED
    return Certainty.NAME


def _versioned(word: str) -> bool:
    """o1, gpt-4o, v2: letters and digits in one part; not top-1 or 5-shot."""
    return any(re.fullmatch(r"[a-z]+\d[\w.]*|\d+[A-Za-z]\w*", part) for part in word.split("-"))
