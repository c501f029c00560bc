"""Counts of papers: each is one that the sentence declares, or lists by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.model.commentary import CommentaryWords

Place = tuple[int, str]
"""Where in a sentence a theme is named, and its id."""


@dataclass(frozen=True, slots=True)
class Stated:
    """The counts that a sentence may state.

    Attributes:
        now: Of papers this week.
        before: Of papers in the weeks of a window.
        total: All papers of this week; only as the whole of a part.
        weeks: Lengths of windows.
        cited: How many papers the sentence lists by name.
        declared: All counts of this week that the sentence declares, whatever is spoken of.
        ranks: Of the papers that it rests on.
    """

    now: frozenset[int] = frozenset()
    before: frozenset[int] = frozenset()
    total: int = 0
    weeks: frozenset[int] = frozenset()
    cited: int = 0
    declared: frozenset[int] = frozenset()
    ranks: tuple[int, ...] = ()


def find_false_shares(
    text: str, stated_at: Callable[[int], Stated], words: CommentaryWords
) -> Iterator[str]:
    """Reasons why "half of the week's papers" cannot stand, one line each."""
    for word, (least, largest) in words.shares.items():
        part = rf"(?:{words.whole})[^.]*{word}|{word}의? (?:{words.whole})"
        found = re.search(part, text)
        stated = stated_at(found.end() - 1 if found else 0)
        if found is None or not stated.total:
            continue
        shares = [count / stated.total for count in (*stated.now, stated.cited)]
        shares += [
            count / other for count in stated.now for other in stated.declared if count < other
        ]
        if not any(least <= share <= largest for share in shares):
            yield f"{word!r} of {stated.total} papers: no such count is declared"


def counts_papers(text: str, words: CommentaryWords) -> bool:
    """True where the text says how many papers, in digits or as a word."""
    counters = "|".join(words.paper_counters)
    numerals = "|".join((r"\d", *words.numerals))
    return bool(counters) and re.search(rf"(?:{numerals})\s?(?:{counters})", text) is not None


def is_of_papers(text: str, end: int, words: CommentaryWords) -> bool:
    """True where papers are what the number that ends here counts."""
    return text[end:].lstrip().startswith(words.paper_counters)


def judge_count(
    text: str, span: tuple[int, int], value: int, stated: Stated, words: CommentaryWords
) -> Iterator[str]:
    """The reason why a count of papers cannot stand, if there is one."""
    now, before = stated.now | ({stated.cited} - {0}), stated.before
    if words.part_of and re.match(words.part_of, text[span[1] :]):
        now |= {stated.total}
    if words.whole_of and _is_whole(text, span, words.whole_of):
        now |= {stated.total}
    if words.another and re.search(rf"(?:{words.another})\s?$", text[: span[0]]):
        now |= set(range(1, len(stated.ranks)))
    if words.except_for and re.match(words.except_for, text[span[1] :]):
        now |= {stated.total - count for count in stated.now}
    side = _side(text[: span[0]], words)
    allowed = {"now": now, "before": before}.get(side, now | before)
    if value not in allowed:
        yield f"{text[slice(*span)]!r} papers: no such count is declared for them"


def _side(text: str, words: CommentaryWords) -> str:
    """Whether a count is of this week or of the weeks before, by the last word that says so."""
    now = max((text.rfind(word) for word in words.this_week), default=-1)
    earlier = [match.start() for match in re.finditer(words.earlier, text)] if words.earlier else []
    before = max(earlier, default=-1)
    if now == before == -1:
        return ""
    return "now" if now > before else "before"


def _is_whole(text: str, span: tuple[int, int], whole_of: str) -> bool:
    pattern = whole_of.replace("{count}", re.escape(text[slice(*span)]))
    return any(match.end() == span[0] for match in re.finditer(pattern, text))
