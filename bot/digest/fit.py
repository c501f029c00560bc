"""Posts that fit the forum: papers shared out evenly, a paper that is too long in parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Protocol

from bot.errors import ConfigError
from bot.model.edition import TranslatedPaper
from bot.model.translation import Bilingual


class Fits(Protocol):
    """Whether a part can stand in a post of its own; ``continued``: it is not the first."""

    def __call__(self, paper: TranslatedPaper, *, continued: bool) -> bool:
        """Render it and count."""
        ...


_SPACE = re.compile(r"\s+")
_SENTENCE = re.compile(r"(?<=[.!?。！？])\s+")
_SLOTS = ("introduction.target", "introduction.source", "abstract.target", "abstract.source")


@dataclass(frozen=True, slots=True)
class _Unit:
    """A line of one of a paper's texts."""

    slot: str
    line: str


@dataclass(frozen=True, slots=True)
class _Prefixes:
    """The paper with the first so many of the units."""

    paper: TranslatedPaper
    units: tuple[_Unit, ...]

    def longest(self, fits: Callable[[TranslatedPaper], bool]) -> int | None:
        """The most units that fit, None where not even the paper without any does."""
        if not fits(_part(self.paper, ())):
            return None
        low, high = 0, len(self.units)
        while low < high:
            middle = (low + high + 1) // 2
            fit = fits(_part(self.paper, self.units[:middle]))
            low, high = (middle, high) if fit else (low, middle - 1)
        return low


def share_out(sizes: Sequence[int], capacity: int) -> list[int]:
    """How many of the items each post takes: fewest posts, then the most even ones.

    The first item is the overview and the last the closing; both are as indivisible as a paper.

    >>> share_out([300, 400, 400, 400, 100], 1_000)
    [2, 3]

    Raises:
        ConfigError: An item alone is larger than ``capacity``.
    """
    if max(sizes) > capacity:
        raise ConfigError(
            f"the forum's posts hold {capacity} characters, one part of the digest has "
            f"{max(sizes)}; raise max_post_length on the forum"
        )
    starts = [0]
    for size in sizes:
        starts.append(starts[-1] + size)

    @cache
    def best(first: int, posts: int) -> tuple[int, tuple[int, ...]]:
        """The largest post and the counts, for the items from ``first`` in that many posts."""
        if posts == 1:
            return starts[-1] - starts[first], (len(sizes) - first,)
        options = (
            (max(starts[end] - starts[first], rest[0]), (end - first, *rest[1]))
            for end in range(first + 1, len(sizes) - posts + 2)
            for rest in (best(end, posts - 1),)
        )
        return min(options)

    plans = (best(0, posts) for posts in range(1, len(sizes) + 1))
    return list(next(counts for largest, counts in plans if largest <= capacity))


def split_paper(paper: TranslatedPaper, fits: Fits) -> Iterator[TranslatedPaper]:
    """The paper in as few parts as ``fits`` allows; together they hold every word of its texts.

    Args:
        paper: Its texts are cut between lines, else between sentences, else between words.
        fits: Whether a part can stand in one post.

    Raises:
        ConfigError: Not even the heading and the links fit.
    """
    if fits(paper, continued=False):
        yield paper
        return
    units = [_Unit(slot, line) for slot in _SLOTS for line in _lines(paper, slot)]
    continued = False
    while units or not continued:
        parts = _Prefixes(paper, tuple(units))
        taken = parts.longest(partial(fits, continued=continued))
        if taken is None or (taken == 0 and units and len(units[0].line) < 2):
            raise ConfigError(
                f"paper {paper.paper.rank}: its heading and links alone are longer than a post "
                "may be; raise max_post_length on the forum"
            )
        if taken == 0 and units:
            units[:1] = _halves(units[0])
            continue
        yield _part(paper, units[:taken])
        units, continued = units[taken:], True


def _lines(paper: TranslatedPaper, slot: str) -> list[str]:
    text, language = slot.split(".")
    both: Bilingual | None = getattr(paper, text)
    found: str | None = getattr(both, language) if both else None
    return [line for line in (found or "").splitlines() if line.strip()]


def _part(paper: TranslatedPaper, units: Sequence[_Unit]) -> TranslatedPaper:
    """The paper with only those lines; what was never translated stays so."""
    held = {slot: "\n".join(unit.line for unit in units if unit.slot == slot) for slot in _SLOTS}
    return replace(
        paper,
        introduction=_held(paper.introduction, "introduction", held),
        abstract=_held(paper.abstract, "abstract", held) if paper.abstract else None,
    )


def _held(text: Bilingual, name: str, held: Mapping[str, str]) -> Bilingual:
    target = None if text.target is None else held[f"{name}.target"]
    return Bilingual(held[f"{name}.source"], target)


def _halves(unit: _Unit) -> tuple[_Unit, _Unit]:
    """Cut at the end of a sentence, else at a space, nearest the middle; else in the middle."""
    line, middle = unit.line, len(unit.line) // 2
    for ends in (_SENTENCE, _SPACE):
        cuts = [found.end() for found in ends.finditer(line) if 0 < found.end() < len(line)]
        if cuts:
            middle = min(cuts, key=lambda cut: abs(cut - len(line) // 2))
            break
    return _Unit(unit.slot, line[:middle].rstrip()), _Unit(unit.slot, line[middle:])
