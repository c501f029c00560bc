"""Changes over time in a commentary: none stands that the table does not bear out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.model.commentary import CommentaryWords
from bot.model.trend import Change, Direction, ThemeTrend, Trends
from bot.trends.computed import comparable_windows
from bot.trends.tally import Place
from bot.trends.windows import weeks_named


@dataclass(frozen=True, slots=True)
class Claim:
    """What a sentence says.

    Attributes:
        text: All of it.
        themes: Those it names, from left to right.
        declares: It declares the counts of a window.
        grounded: It states a count of papers or names what a cited paper names.
        cited: The English of the papers it cites.
    """

    text: str
    themes: Sequence[Place]
    declares: bool
    grounded: bool
    cited: str


def find_false_changes(claim: Claim, trends: Trends, words: CommentaryWords) -> Iterator[str]:
    """Reasons why what a sentence says of time cannot stand, one line each."""
    yield from _unsupported_words(claim, words)
    yield from _most(claim, trends, words)
    unknown = _first(words.unknown, claim.text) and not _directions(claim.text, words)
    if not unknown and (beyond := _first(words.beyond, claim.text)):
        yield f"{beyond!r} compares with a time that the table does not have"
        return
    if _first(words.unknown, claim.text):
        if comparable_windows(trends):
            yield "says that nothing can be compared, but enough weeks are stored"
        return
    if _first(words.unchanged, claim.text):
        yield from _unchanged(claim, trends, words)
    elif _first(words.time, claim.text) or _is_trend(claim, words):
        yield from _changed(claim, trends, words)
    elif claim.themes and not claim.grounded:
        yield "speaks of a theme, but states no count of papers and names no paper"


def _unsupported_words(claim: Claim, words: CommentaryWords) -> Iterator[str]:
    """Words such as 최초, which the cited English must have in its own words."""
    for sign, originals in words.claims.items():
        if re.search(sign, claim.text) and not any(
            re.search(rf"\b{re.escape(original)}", claim.cited, re.IGNORECASE)
            for original in originals
        ):
            yield f"{sign!r} is borne out by no cited paper"


def _most(claim: Claim, trends: Trends, words: CommentaryWords) -> Iterator[str]:
    """The theme with the most papers must be it."""
    sign = _search(words.most, claim.text)
    if not claim.themes or sign is None:
        return
    named = _subjects(claim.themes, 0, sign.start())
    counts = {theme.theme_id: theme.count for theme in trends.themes if theme.theme_id != "surveys"}
    largest = max(counts.values(), default=0)
    if any(counts.get(theme_id, 0) < largest for theme_id in named):
        yield f"says that a theme has the most papers; the most are {largest}"


def _unchanged(claim: Claim, trends: Trends, words: CommentaryWords) -> Iterator[str]:
    windows = set(comparable_windows(trends))
    if not windows or not weeks_named(claim.text, words.numerals) <= windows:
        yield "says that nothing changed, but too few weeks are stored to tell"
    named = {theme_id for _, theme_id in claim.themes}
    if any(theme.changes for theme in trends.themes if not named or theme.theme_id in named):
        yield "says that nothing changed, the table has changes"
    if any(not _is_quoted(claim.text, end, words) for _, end, _ in _directions(claim.text, words)):
        yield "says at once that something changed and that nothing did"


def _changed(claim: Claim, trends: Trends, words: CommentaryWords) -> Iterator[str]:
    weeks = weeks_named(claim.text, words.numerals)
    by_theme = {theme.theme_id: _within(theme, weeks) for theme in trends.themes}
    if not any(by_theme.get(theme_id) for _, theme_id in claim.themes):
        yield "compares with other weeks, the table has no such change"
        return
    directions = list(_directions(claim.text, words))
    if not directions and not claim.declares:
        yield "compares with other weeks, but neither says how nor declares the counts"
    after = 0
    for start, end, direction in directions:
        if words.negated and re.match(words.negated, claim.text[end:]):
            yield "denies a change that the table has, or does not have"
        for theme_id in _subjects(claim.themes, after, start):
            if not _bears_out(by_theme.get(theme_id, ()), direction):
                yield "states a direction that the table does not have"
        after = end


def _within(theme: ThemeTrend, weeks: set[int]) -> tuple[Change, ...]:
    return tuple(change for change in theme.changes if not weeks or change.weeks in weeks)


def _subjects(themes: Sequence[Place], after: int, start: int) -> list[str]:
    """The themes that a word of direction speaks of: those before it, or else the next one."""
    before = [theme_id for place, theme_id in themes if after <= place < start]
    behind = [theme_id for place, theme_id in themes if place >= start]
    earlier = [theme_id for place, theme_id in themes if place < after]
    return before or behind[:1] or earlier[-1:]


def _bears_out(changes: Sequence[Change], direction: Direction) -> bool:
    there = {change.direction for change in changes}
    if direction is Direction.RISING:
        return bool(there & {Direction.RISING, Direction.NEW})
    return direction in there


def _is_trend(claim: Claim, words: CommentaryWords) -> bool:
    """논문이 늘었습니다 compares with other weeks although it names none."""
    if not words.subjects:
        return False
    signs = "|".join((*words.rising, *words.falling, *words.new))
    return (
        re.search(rf"(?:{words.subjects})\s(?:\S+\s){{0,2}}\S*(?:{signs})", claim.text) is not None
    )


def _directions(text: str, words: CommentaryWords) -> list[tuple[int, int, Direction]]:
    """Where the sentence says in which direction something went, from left to right."""
    signs: Mapping[Direction, Sequence[str]] = {
        Direction.NEW: words.new,
        Direction.RISING: words.rising,
        Direction.FALLING: words.falling,
    }
    found = [
        (match.start(), match.end(), direction)
        for direction, stems in signs.items()
        for stem in stems
        for match in re.finditer(re.escape(stem), text)
    ]
    return sorted(found, key=lambda one: one[:2])


def _is_quoted(text: str, end: int, words: CommentaryWords) -> bool:
    return bool(words.quoted) and re.match(words.quoted, text[end:]) is not None


def _search(signs: Sequence[str], text: str) -> re.Match[str] | None:
    return next((match for sign in signs if (match := re.search(sign, text))), None)


def _first(signs: Sequence[str], text: str) -> str | None:
    found = _search(signs, text)
    return found[0] if found else None
