"""Clauses of a commentary's sentence, the papers each speaks of, and what each says of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.model.commentary import CommentaryWords, ContentWord, PaperText, TermFinder
from bot.model.language import Language
from bot.quality.quantities import Quantity, target_quantities
from bot.trends.figures import blank_names
from bot.trends.names import find_latin, occurs_spelled, occurs_word, short_name
from bot.trends.support import is_borne_out

# A capital within a word, or behind a hyphen: a name that somebody made up.
_COINED = re.compile(r"[A-Za-z0-9-][A-Z]")
_FEW_WORDS = 5
Test = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Item:
    """A word, term or name that says something; ``stands_in`` tells whether an English text does.

    ``kind`` is "word", "term" or "name"; ``start`` its first place in the clause.
    """

    shown: str
    kind: str
    stands_in: Test
    start: int = 0


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence.

    Attributes:
        text: The part, the names of the cited papers blanked out.
        papers: Those it speaks of: the ones it names, else the ones named before it, else all.
        items: What it says, numbers aside.
        numbers: Its numbers, without those of names (GPT-4, AIME 2024).
    """

    text: str
    papers: tuple[PaperText, ...]
    items: tuple[Item, ...]
    numbers: tuple[Quantity, ...]


def split_clauses(
    text: str,
    papers: Sequence[PaperText],
    found: Sequence[ContentWord],
    language: Language,
    words: CommentaryWords,
    find_terms: TermFinder,
) -> list[Clause]:
    """The clauses from left to right.

    Args:
        text: The sentence.
        papers: Those that it cites.
        found: Its content words.
        language: For the numbers.
        words: For the ends of clauses, and for what each word needs in English.
        find_terms: Finds glossary terms with the English that each can stand for.
    """
    clauses = []
    spoken_of = tuple(papers)
    terms = find_terms(text)
    cited = "\n".join(paper.whole for paper in papers)
    for start, end in _cut_preface(_cut(text, words.clause_end), text, papers, words):
        named, blank = _take_names(text[start:end], papers, words.instead)
        spoken_of = named or _guess(blank, spoken_of, papers, words)
        here = [word for word in found if start <= word.start < end]
        items = tuple(_find_items(blank, start, here, words, terms))
        numbers = tuple(target_quantities(blank_names(blank, cited), language))
        clauses.append(Clause(blank, spoken_of, items, numbers))
    return clauses


def _cut(text: str, clause_end: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in re.finditer(clause_end, text) if clause_end else ():
        yield start, match.end()
        start = match.end()
    yield start, len(text)


def _cut_preface(
    places: Iterator[tuple[int, int]],
    text: str,
    papers: Sequence[PaperText],
    words: CommentaryWords,
) -> Iterator[tuple[int, int]]:
    """What stands before the first of several names and is no part of it is said of all."""
    named = [
        min(at)
        for paper in papers
        if (at := [place for name in _calls(paper, papers) if (place := text.find(name)) >= 0])
    ]
    first = min(named, default=0)
    for start, end in places:
        shared = len(named) > 1 and start == 0 < first < end and bool(words.preface)
        if shared and re.search(words.preface, text[:first]):
            yield start, first
            start = first
        yield start, end


def _take_names(
    text: str, papers: Sequence[PaperText], instead: str
) -> tuple[tuple[PaperText, ...], str]:
    """The papers a clause speaks of, and the clause without their names.

    Of "not A but B" only B is spoken of.
    """
    named = []
    calls = ((name, paper) for paper in papers for name in _calls(paper, papers))
    for name, paper in sorted(calls, key=lambda call: -len(call[0])):
        whole = rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9]|-[A-Za-z0-9])"
        if not re.search(whole, text):
            continue
        denied = instead and re.search(rf"{whole}\s?(?:{instead})", text)
        named += [] if denied or paper in named else [paper]
        text = re.sub(whole, " " * len(name), text)
    return tuple(named), text


def _calls(paper: PaperText, papers: Sequence[PaperText]) -> set[str]:
    """What may call the paper: its name, and words of name or title that no other cited one has."""
    others = "\n".join(other.whole for other in papers if other is not paper)
    titled = {name for name in find_latin(f"{paper.name} {paper.title}") if name[0].isupper()}
    coined = {name for name in find_latin(_beginning(paper)) if _COINED.search(name)}
    own = {name for name in titled | coined if not occurs_spelled(name, others)}
    return {short_name(paper)} | own


def _beginning(paper: PaperText) -> str:
    """Where a list's text names what the title does not: "Terminal-Bench 2.0 presents"."""
    return " ".join(paper.text.split()[:_FEW_WORDS])


def _guess(
    text: str, before: tuple[PaperText, ...], papers: Sequence[PaperText], words: CommentaryWords
) -> tuple[PaperText, ...]:
    """Of whom a clause without a paper's name speaks: of those before, unless it describes
    another ("the chess paper") or names what those do not have."""
    strange = [
        name
        for name in find_latin(text)
        if name not in words.known and not any(occurs_spelled(name, one.whole) for one in before)
    ]
    described = words.describes and re.search(words.describes, text)
    return tuple(papers) if strange or described else before


def _find_items(
    text: str,
    offset: int,
    found: Sequence[ContentWord],
    words: CommentaryWords,
    terms: Mapping[str, Sequence[str]],
) -> Iterator[Item]:
    here = [shown for shown in terms if shown in text]
    spans: list[tuple[int, int]] = []
    for shown in here:
        if any(shown in other and shown != other for other in here):
            continue
        spans += [match.span() for match in re.finditer(re.escape(shown), text)]
        if shown not in words.general:
            yield Item(shown, "term", _any_word(terms[shown]), text.find(shown))
    for word in found:
        inside = any(start <= word.start - offset < end for start, end in spans)
        if not inside and word.lemma not in words.plain:
            yield Item(word.lemma, "word", _bears(word.lemma, words), word.start - offset)
    for name in dict.fromkeys(find_latin(text)):
        if name not in words.known and name not in terms:
            yield Item(name, "name", _spells(name), text.find(name))


def _any_word(english: Sequence[str]) -> Test:
    return lambda text: any(occurs_word(word, text) for word in english)


def _bears(lemma: str, words: CommentaryWords) -> Test:
    return lambda text: is_borne_out(lemma, text.lower(), words)


def _spells(name: str) -> Test:
    return lambda text: occurs_spelled(name, text)
