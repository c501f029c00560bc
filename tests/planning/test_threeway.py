"""Merging by lines: what one side changed is kept, what both changed is shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.planning.threeway import merge_texts

TEXTS = st.lists(st.sampled_from(["a", "b", "c", "", "- x"]), max_size=8).map("\n".join)


@given(TEXTS, TEXTS)
def test_one_sides_changes_are_taken_whole(base: str, changed: str) -> None:
    assert merge_texts(base, changed, base).text == changed
    assert merge_texts(base, base, changed).text == changed
    assert merge_texts(base, changed, base).conflicts == 0


@given(TEXTS, TEXTS)
def test_the_same_change_on_both_sides_is_taken_once(base: str, changed: str) -> None:
    merge = merge_texts(base, changed, changed)
    assert (merge.text, merge.conflicts) == (changed, 0)


@given(TEXTS, TEXTS, TEXTS)
def test_nobody_is_favoured(base: str, ours: str, theirs: str) -> None:
    one, other = merge_texts(base, ours, theirs), merge_texts(base, theirs, ours)
    assert one.conflicts == other.conflicts
    if not one.conflicts:
        assert one.text == other.text


@given(TEXTS, TEXTS, TEXTS)
def test_no_line_that_somebody_added_is_lost(base: str, ours: str, theirs: str) -> None:
    merged = merge_texts(base, ours, theirs).text.split("\n")
    for side in (ours, theirs):
        for line in set(side.split("\n")) - set(base.split("\n")):
            assert line in merged


def test_both_sides_of_a_conflict_are_shown() -> None:
    merge = merge_texts("1\n2\n3", "1\nzwei\n3", "1\ndos\n3")
    assert merge.text.split("\n") == [
        "1", "<<<<<<< jubo", "zwei", "=======", "dos", ">>>>>>> forum", "3",
    ]  # fmt: skip
    assert merge.conflicts == 1
