"""Every regular expression of commentary.yml is compiled when it is read, as it will be used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.model.commentary import CommentaryWords

# Searched for as they stand.
_ALONE = (
    *("time", "beyond", "unchanged", "unknown", "most", "claims"),
    *("quoted", "part_of", "earlier", "ending", "clause_end", "describes", "preface"),
    *("ratios", "another", "except_for", "whole_of", "each", "all_of", "compared", "rank_of"),
)
# Put into a longer expression, or beside others.
_INSIDE = (
    *("negated", "subjects", "whole", "instead", "rising", "falling", "new"),
    *("counters", "paper_counters", "numerals", "counted_alone", "shares", "directions"),
)
# These are looked up by what was found, so they mean themselves.
_WORDS = ("numerals", "counted_alone")
# What stands for the numbers of these.
_SLOTS = {
    "ratios": ("{whole}", "{part}"),
    **dict.fromkeys(("whole_of", "each", "all_of"), ("{count}",)),
}
_SIGNS = re.compile(r"[.^$*+?{}\[\]\\|()]")


def find_pattern_faults(words: CommentaryWords) -> Iterator[tuple[str, str, str]]:
    """Key, expression and what is wrong with it; nothing where all can be used.

    >>> list(find_pattern_faults(CommentaryWords(clause_end="(")))
    [('clause_end', '(', 'missing ), unterminated subpattern at position 0')]
    """
    for key in (*_ALONE, *_INSIDE):
        for pattern in _patterns(getattr(words, key)):
            if fault := _fault(key, pattern):
                yield key, pattern, fault


def _patterns(value: str | Iterable[str]) -> Iterable[str]:
    """Of an entry: one, or a list, or the keys of a mapping; an empty text turns a check off."""
    return ([value] if value else []) if isinstance(value, str) else value


def _fault(key: str, pattern: str) -> str:
    if not pattern:
        return "an empty word is found everywhere"
    if missing := [slot for slot in _SLOTS.get(key, ()) if slot not in pattern]:
        return f"must have {missing[0]} where the number stands"
    if key in _WORDS and _SIGNS.search(pattern):
        return "must be a word, not a regular expression"
    try:
        re.compile(pattern)
        if key in _INSIDE:
            re.compile(f"x(?:{pattern})")
    except (re.error, OverflowError, RecursionError) as error:
        return str(error) or "is nested too deeply"
    return ""
