"""Which counts a place in a sentence may state: those of what is spoken of there.

A count that the table has is false where it is said of another theme, or of the week's papers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.model.commentary import CommentaryWords
from bot.model.edition import Sentence
from bot.model.trend import Trends
from bot.trends.tally import Place, Stated

_OPEN_CODE = "open_code"
_PAPERS = "papers"


class Counted:
    """What a sentence declares, asked place by place."""

    def __init__(
        self,
        sentence: Sentence,
        plain: str,
        themes: Sequence[Place],
        trends: Trends,
        words: CommentaryWords,
        *,
        weeks: frozenset[int],
        cited: int,
    ) -> None:
        """``plain`` is the text, names of themes blanked out; ``themes`` where they stand."""
        self._counts = sentence.counts
        self._spoken_of = list(_find_subjects(plain, themes, words))
        self._total = trends.papers
        self._weeks = weeks
        self._cited = cited
        self._ranks = sentence.papers

    def at(self, place: int) -> Stated:
        """The counts that may stand at this place of the text."""
        subjects = self._subjects(place)
        counts = [(key, value) for key, value in self._counts if _is_of(key, subjects)]
        return Stated(
            now=frozenset(value for key, value in counts if "-weeks" not in key),
            before=frozenset(value for key, value in counts if "-weeks" in key),
            total=self._total,
            weeks=self._weeks,
            cited=self._cited,
            declared=frozenset(value for key, value in self._counts if "-weeks" not in key),
            ranks=self._ranks,
        )

    def _subjects(self, place: int) -> set[str]:
        """What the clause speaks of, else what the one before it spoke of."""
        subjects: set[str] = set()
        for start, own in self._spoken_of:
            if start <= place:
                subjects = own or subjects
        return subjects


def _find_subjects(
    plain: str, themes: Sequence[Place], words: CommentaryWords
) -> Iterator[tuple[int, set[str]]]:
    """Where each clause begins, and the themes, open code or all papers that it speaks of."""
    ends = re.finditer(words.clause_end, plain) if words.clause_end else ()
    starts = [0, *(match.end() for match in ends)]
    for start, end in zip(starts, [*starts[1:], len(plain)], strict=True):
        own = {theme_id for at, theme_id in themes if start <= at < end}
        if words.open_code and re.search(words.open_code, plain[start:end]):
            own.add(_OPEN_CODE)
        if not own and words.all_papers and re.search(words.all_papers, plain[start:end]):
            own.add(_PAPERS)
        yield start, own


def _is_of(key: str, subjects: set[str]) -> bool:
    """Open code is counted only by a clause that says so; without a subject it may be any other."""
    kind = key.removeprefix("theme/").split("/")[0]
    return kind in subjects or (not subjects and kind != _OPEN_CODE)
