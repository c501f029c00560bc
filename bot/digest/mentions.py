"""Where a sentence names a paper of the week, and which one.

Names stand inside other names (Mamba in Mamba-2, LLaMA in Code LLaMA), so that every paper of the
week is looked for, longest names first, also those that the sentence does not cite: what is called
by another paper's name is no mention of this one. In doubt there is none; a number follows then.
Doubt ends where the word beside a name is one of the whole field (DAPO LLM), or a company that made
the paper as far as the paper says (Meta SWE-RL).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from bot.digest.names import FIELD
from bot.markdown.neutral import Markdown
from bot.translation.particles import ends_word


@dataclass(frozen=True, slots=True)
class Citation:
    """A paper as the commentary may cite it.

    Attributes:
        number: Its place in the post, from 1.
        address: Where it stands.
        names: What is called so is this paper.
        words: Words of its names that stand for it where no other paper is called so.
        short: Its name as the contents show it, empty where it has none.
        companies: Every company there is, by name.
        makers: Those that the paper names itself.
    """

    number: int
    address: Markdown
    names: tuple[str, ...]
    words: tuple[str, ...] = ()
    short: str = ""
    companies: frozenset[str] = frozenset()
    makers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a sentence, and the paper it names."""

    start: int
    end: int
    paper: Citation


# A word that begins with a capital and stands close by belongs to the name: Code LLaMA, Mamba
# Vision. So does a version (OLMo 2), but no size (OLMo 7B) and no count (OLMo 3편).
_WORD_BEFORE = re.compile(r"(?<![\w-])((?:[A-Z][A-Za-z0-9.+-]*\s)*[A-Z][A-Za-z0-9.+-]*)\s\Z")
_WORD_BEHIND = re.compile(r"\s([A-Z][A-Za-z][A-Za-z0-9+-]*)")
# What everybody uses names no system beside a name: SWE-RL PyTorch 구현.
_COMMON = FIELD | {
    "CPU",
    "CPUs",
    "CUDA",
    "GPUs",
    "GitHub",
    "JAX",
    "Python",
    "PyTorch",
    "TPU",
    "arXiv",
}
_NUMBER_BEHIND = re.compile(r"\s\d[\d.,]*(?![\d.,]*[A-Za-z%])")


def find_mentions(
    text: str, papers: Iterable[Citation], cited: Collection[Citation]
) -> list[Mention]:
    """The first place at which the ``text`` names each of the ``cited`` papers, left to right.

    ``papers`` are all of the week. Particles may follow a name, the rest of a longer one may not.

    >>> week = [Citation(1, Markdown("#1"), ("LLaMA",)), Citation(2, Markdown("#2"), ("Mamba",))]
    >>> text = "Code LLaMA도 Mamba-2도 아니고 Mamba입니다."
    >>> [(text[one.start :], one.paper.number) for one in find_mentions(text, week, week)]
    [('Mamba입니다.', 2)]
    """
    first: dict[int, Mention] = {}
    for mention in sorted(_mentions(text, papers, cited), key=lambda one: one.start):
        first.setdefault(mention.paper.number, mention)
    return list(first.values())


def is_named(text: str, paper: Citation) -> bool:
    """Whether a name of the paper stands in the text, be it a mention or in doubt."""
    names = {paper.short, *paper.names}
    return any(any(_occurrences(name, text)) for name in names if _tells(name))


def _mentions(
    text: str, papers: Iterable[Citation], cited: Collection[Citation]
) -> Iterator[Mention]:
    """Every mention, in no order."""
    taken: list[tuple[int, int]] = []
    for name, called in _names(papers):
        for start, end in _occurrences(name, text):
            if any(start < last and first < end for first, last in taken):
                continue
            taken.append((start, end))
            meant = _meant(text[start:end], called, cited)
            if meant and not _is_part(text, start, end, meant):
                yield Mention(start, end, meant)


def _names(papers: Iterable[Citation]) -> list[tuple[str, list[Citation]]]:
    """What papers are called, in lower case, longest first; a word only if nobody's name is so."""
    names: defaultdict[str, list[Citation]] = defaultdict(list)
    words: defaultdict[str, list[Citation]] = defaultdict(list)
    for paper in papers:
        for found, given in ((names, paper.names), (words, paper.words)):
            for name in {name.lower() for name in given if _tells(name)}:
                found[name].append(paper)
    return sorted({**words, **names}.items(), key=lambda item: -len(item[0]))


def _tells(name: str) -> bool:
    """One letter, or a number, can stand in a sentence for anything."""
    return len(name) > 1 and any(character.isalpha() for character in name)


def _occurrences(name: str, text: str) -> Iterator[tuple[int, int]]:
    """Where the name stands as a whole word of its script; Hangul may follow Latin."""
    pattern = rf"(?<![\w-]){re.escape(name)}(?![A-Za-z0-9_+-]|\.[A-Za-z0-9])"
    return (found.span() for found in re.finditer(pattern, text, re.IGNORECASE))


def _meant(written: str, called: list[Citation], cited: Collection[Citation]) -> Citation | None:
    """The one cited paper that is called so, one spelled just so first; None where several are."""
    exact = [paper for paper in called if written in {*paper.names, *paper.words}]
    found = [paper for paper in exact or called if paper in cited]
    return found[0] if len(found) == 1 else None


def _is_part(text: str, start: int, end: int, paper: Citation) -> bool:
    """Whether a longer name, of no paper of the week, stands there."""
    number = _NUMBER_BEHIND.match(text, end)
    before, behind = _WORD_BEFORE.search(text[:start]), _WORD_BEHIND.match(text, end)
    if (before and not _is_beside(before[1], paper)) or (behind and behind[1] not in _COMMON):
        return True
    return number is not None and ends_word(text, number.end())


def _is_beside(words: str, paper: Citation) -> bool:
    """Whether the words before a name are no part of it: the field's, or its maker's.

    A paper that names companies, and not this one, may be another's than the one meant.
    """
    last = words.split()[-1]
    company = {words, last} & paper.companies
    return last in _COMMON or bool(company and (not paper.makers or company & paper.makers))
