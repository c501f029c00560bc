"""What an edit upstream changes in a published issue, in lines a moderator can judge."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.model.issue import Paper, Week
from bot.planning.marks import describe, mark

_LONGEST_QUOTE = 60
_MOST_WORDS = 2_000


@dataclass(frozen=True, slots=True)
class Change:
    """One difference; ``characters`` come or go in what readers see."""

    text: str
    characters: int


def find_changes(
    before: Sequence[Paper], after: Sequence[Paper], week_before: Week, week_after: Week
) -> tuple[Change, ...]:
    """Every difference between the published papers and those shown now, by rank."""
    return tuple(_changes(before, after, week_before, week_after))


def _changes(
    before: Sequence[Paper], after: Sequence[Paper], week_before: Week, week_after: Week
) -> Iterator[Change]:
    if week_before != week_after:
        text = f"days: {describe(week_before)} became {describe(week_after)}"
        yield Change(text, _distance(describe(week_before), describe(week_after)))
    old = {paper.rank: paper for paper in before}
    new = {paper.rank: paper for paper in after}
    for rank in sorted(old.keys() | new.keys()):
        if rank not in new:
            yield Change(f"rank {rank}: {_quote(old[rank].name)} is gone", _size(old[rank]))
        elif rank not in old:
            yield Change(f"rank {rank}: {_quote(new[rank].name)} is new", _size(new[rank]))
        else:
            yield from _row_changes(old[rank], new[rank])


def _row_changes(old: Paper, new: Paper) -> Iterator[Change]:
    if set(mark(old)).isdisjoint(mark(new)):
        names = f"{_quote(old.name)} became {_quote(new.name)}"
        yield Change(f"rank {new.rank}: another paper, {names}", _size(old) + _size(new))
        return
    if old.name != new.name:
        text = f"rank {new.rank}: name {_quote(old.name)} became {_quote(new.name)}"
        yield Change(text, _distance(old.name, new.name))
    if old.summary.split() != new.summary.split():
        size = _distance(old.summary, new.summary)
        yield Change(f"rank {new.rank}: text, {size} characters come or go", size)
    if old.links != new.links:
        gone, come = set(old.links) - set(new.links), set(new.links) - set(old.links)
        text = f"rank {new.rank}: links, {len(gone)} gone, {len(come)} new"
        size = sum(len(link.url) for link in gone | come)
        yield Change(text, size)


def _distance(old: str, new: str) -> int:
    """Characters of the words that come or go."""
    before, after = old.split(), new.split()
    if max(len(before), len(after)) > _MOST_WORDS:
        return sum(map(len, set(before) ^ set(after)))
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    return sum(
        len(" ".join(before[i1:i2])) + len(" ".join(after[j1:j2]))
        for kind, i1, i2, j1, j2 in matcher.get_opcodes()
        if kind != "equal"
    )


def _size(paper: Paper) -> int:
    return len(paper.name) + len(paper.summary)


def _quote(name: str) -> str:
    short = name if len(name) <= _LONGEST_QUOTE else name[: _LONGEST_QUOTE - 1] + "…"
    return f"“{short}”"
