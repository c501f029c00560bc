"""Names of a commentary: each stands in a cited paper as it is written there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.model.commentary import CommentaryWords, PaperText
from bot.translation.particles import ends_word

_LATIN = re.compile(r"(?<![A-Za-z0-9%])[A-Za-z][A-Za-z0-9]*(?:[.+/_@-][A-Za-z0-9]+)*\+*")


def find_false_names(text: str, cited: str, words: CommentaryWords) -> Iterator[str]:
    """Reasons why a name cannot stand, one line each.

    Args:
        text: The sentence, names of themes taken out.
        cited: The English of the papers that it cites.
        words: For names that need no paper, and for names in the language's own script.
    """
    for name in _LATIN.findall(text):
        if name not in words.known and not occurs(name, cited):
            yield f"name {name} is in no cited paper"
    for shown, originals in words.entities.items():
        if _stands(shown, text) and not _is_in(originals, cited):
            yield f"name {shown} ({originals[0]}) is in no cited paper"
    for shown, originals in words.transliterations.items():
        if not _stands(shown, text):
            continue
        if _is_in(originals, cited):
            yield f"name {shown} has a spelling of its own: {originals[0]}"
        elif shown not in words.homographs:
            yield f"name {shown} ({originals[0]}) is in no cited paper"


def find_latin(text: str) -> list[str]:
    """The words of a text in Latin letters, as written.

    >>> find_latin("Claude 2는 SWE-bench를 풉니다.")
    ['Claude', 'SWE-bench']
    """
    return _LATIN.findall(text)


def names_any(text: str, words: CommentaryWords) -> bool:
    """True where a name stands in the text that not every paper may have."""
    return any(name not in words.known for name in _LATIN.findall(text))


def find_named(text: str, papers: Sequence[PaperText], words: CommentaryWords) -> list[PaperText]:
    """The papers that the text speaks of by name, or by a name that no paper so named has."""
    named = [paper for paper in papers if short_name(paper) in text]
    there = "\n".join(paper.whole for paper in named)
    strange = [
        name
        for name in _LATIN.findall(text)
        if named and name not in words.known and not occurs(name, there)
    ]
    return [
        paper
        for paper in papers
        if paper in named or any(occurs(name, paper.whole) for name in strange)
    ]


def short_name(paper: PaperText) -> str:
    """What a sentence calls the paper: its name without what explains it."""
    return re.split(r" \(|: ", paper.name)[0]


def occurs(name: str, text: str) -> bool:
    """True where the name stands in the text as written, apart from a plural s.

    >>> occurs("RAG", "several RAGs"), occurs("RAG", "GraphRAG"), occurs("rag", "RAG")
    (True, False, False)
    """
    return re.search(rf"(?<![A-Za-z0-9]){re.escape(name)}s?(?![A-Za-z0-9])", text) is not None


def occurs_spelled(name: str, text: str) -> bool:
    """Like ``occurs``, whatever the case.

    >>> occurs_spelled("Transformer", "a transformer")
    True
    """
    return occurs(name.lower(), text.lower())


def occurs_word(word: str, text: str) -> bool:
    """True where the English word begins in the text, case, hyphens and ending aside.

    >>> occurs_word("fine-tuning", "Finetuning helps"), occurs_word("rank", "Frank")
    (True, False)
    """
    pattern = re.sub(r"(?:\\ |\\-|\s|-)+", lambda _: r"[\s-]*", re.escape(word))
    return re.search(rf"(?<![a-z0-9]){pattern}", text, re.IGNORECASE) is not None


def _is_in(originals: Sequence[str], cited: str) -> bool:
    return any(original in cited for original in originals)


def _stands(name: str, text: str) -> bool:
    """True where the name is a whole word, particles aside (아이디 is not 아이디어)."""
    if name not in text:
        return False
    pattern = rf"(?<!\w){re.escape(name)}"
    return any(ends_word(text, match.end()) for match in re.finditer(pattern, text))
