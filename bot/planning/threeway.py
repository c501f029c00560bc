"""Three-way merge of texts by lines: what a person changed and what jubo changed, in one.

The method is diff3's (Khanna, Kunal, Pierce: "A formal investigation of Diff3", 2007): lines
that both sides kept divide the text into chunks; a chunk that one side changed is that side's, a
chunk that both changed alike is taken once, any other is a conflict.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_OURS, _MIDDLE, _THEIRS = "<<<<<<< jubo", "=======", ">>>>>>> forum"


@dataclass(frozen=True, slots=True)
class Merge:
    """The merged text; ``conflicts`` places hold both sides between conflict markers."""

    text: str
    conflicts: int


def merge_texts(base: str, ours: str, theirs: str) -> Merge:
    """Apply to ``base`` what ``ours`` and what ``theirs`` changed.

    >>> merge_texts("a\\nb\\nc", "A\\nb\\nc", "a\\nb\\nC")
    Merge(text='A\\nb\\nC', conflicts=0)
    >>> merge_texts("a", "b", "c").conflicts
    1
    """
    lines: list[str] = []
    conflicts = 0
    for chunk in _chunks(base.split("\n"), ours.split("\n"), theirs.split("\n")):
        merged = _merge_chunk(*chunk)
        if merged is None:
            conflicts += 1
            merged = [_OURS, *chunk[1], _MIDDLE, *chunk[2], _THEIRS]
        lines += merged
    return Merge("\n".join(lines), conflicts)


_Lines = Sequence[str]


def _merge_chunk(base: _Lines, ours: _Lines, theirs: _Lines) -> list[str] | None:
    if ours in (theirs, base):
        return list(theirs)
    return list(ours) if theirs == base else None


def _chunks(
    base: list[str], ours: list[str], theirs: list[str]
) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """Cut all three at the runs of lines that all of them share; those runs are chunks too."""
    at = (0, 0, 0)
    for start, start_ours, start_theirs, size in _common_runs(base, ours, theirs):
        yield base[at[0] : start], ours[at[1] : start_ours], theirs[at[2] : start_theirs]
        yield (same := base[start : start + size]), same, same
        at = start + size, start_ours + size, start_theirs + size
    yield base[at[0] :], ours[at[1] :], theirs[at[2] :]


def _common_runs(
    base: list[str], ours: list[str], theirs: list[str]
) -> Iterator[tuple[int, int, int, int]]:
    """Runs of ``base`` that stand in both others: places in all three, and length."""
    left = SequenceMatcher(None, base, ours, autojunk=False).get_matching_blocks()
    right = SequenceMatcher(None, base, theirs, autojunk=False).get_matching_blocks()
    for one in left:
        for other in right:
            start = max(one.a, other.a)
            end = min(one.a + one.size, other.a + other.size)
            if start < end:
                yield start, one.b + start - one.a, other.b + start - other.a, end - start
