"""What a sentence says of several themes' counts: two each, all of them, more than another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.model.commentary import CommentaryWords
from bot.trends.numerals import number_pattern, read_number
from bot.trends.tally import Place

_ORDERS: Mapping[str, int] = {"more": 1, "fewer": -1, "same": 0}
"""What the first theme's count less the second's may be, as a sign."""


def find_false_groups(
    text: str, themes: Sequence[Place], table: Mapping[str, int], words: CommentaryWords
) -> Iterator[str]:
    """Reasons why counts of several themes cannot stand, one line each.

    Args:
        text: The sentence, names of themes blanked out.
        themes: Where which stand.
        table: The counts of this week.
        words: For the ways to say that each, that all, that more.
    """
    ends = [match.end() for match in re.finditer(words.clause_end or r"(?!)", text)]
    for start, end in zip([0, *ends], [*ends, len(text)], strict=True):
        here = [(at - start, theme_id) for at, theme_id in themes if start <= at < end]
        counts = {theme_id: _count(table, theme_id) for _, theme_id in here}
        if not re.search(words.earlier or r"(?!)", text[start:end]):
            yield from _each(text[start:end], here, counts, words)
        yield from _order(text[start:end], here, counts, words)


def _count(table: Mapping[str, int], theme_id: str) -> int:
    return table.get(f"theme/{theme_id}", table.get(theme_id, 0))


def _each(
    clause: str, themes: Sequence[Place], counts: Mapping[str, int], words: CommentaryWords
) -> Iterator[str]:
    """Every theme before "two each", and every one behind "all ten are", has that count."""
    for signs, behind in ((words.each, False), (words.all_of, True)):
        for sign in signs:
            for match in re.finditer(_with_count(sign, words), clause):
                value = read_number(match["count"], words.numerals)
                spoken_of = {one for at, one in themes if (at > match.start()) is behind}
                for theme_id in sorted(spoken_of):
                    if counts[theme_id] != value:
                        yield f"{match[0]!r}: the table has {counts[theme_id]} of {theme_id}"


def _with_count(sign: str, words: CommentaryWords) -> str:
    counters = "|".join(words.paper_counters) or r"(?!)"
    number = number_pattern("count", words.numerals)
    return sign.replace("{count}", rf"{number}\s?(?:{counters})")


def _order(
    clause: str, themes: Sequence[Place], counts: Mapping[str, int], words: CommentaryWords
) -> Iterator[str]:
    """Of two themes the one right before "than" is what the other is compared with."""
    for kind, sign in words.compared.items():
        match = re.search(sign, clause)
        before = [one for at, one in themes if match and (at < match.start() or kind == "same")]
        if match is None or not before or len(counts) != 2:
            continue
        second = before[-1]
        first = next(one for one in counts if one != second)
        difference = counts[first] - counts[second]
        if (difference > 0) - (difference < 0) != _ORDERS[kind]:
            yield f"{match[0]!r}: the table has {counts[first]} and {counts[second]}"
