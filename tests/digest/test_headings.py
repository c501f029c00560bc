"""A heading has every name by which the commentary may call its paper, and none of them twice."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from bot.digest.headings import headings, holds_name
from bot.digest.names import name_halves, system_name

_WORDS = [
    "NSA",
    "Sparse",
    "sparse",
    "Flex",
    "Attention",
    "FlexAttention",
    "Mamba-2",
    "Memory³",
    "3",
]
_NAMES = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=3).map(" ".join)
_LABELS = st.one_of(_NAMES, st.builds("{} ({})".format, _NAMES, _NAMES))
_TITLES = st.one_of(
    _NAMES, st.builds("{}: {}".format, _NAMES, _NAMES), st.builds("{}: 빠른 모델".format, _NAMES)
)


@given(_TITLES, _TITLES, _LABELS)
def test_each_name_is_found_in_the_heading(korean: str, english: str, label: str) -> None:
    assume(len(label) <= 60)  # a longer one is cut, and its end is not to be found
    shown, full = headings(korean, english, label)
    assert shown == full
    for name in name_halves(label) or (label,):
        assert holds_name(shown, name)


@given(_NAMES, st.sampled_from([": 빠른 모델", "：빠른 모델", ""]))
def test_a_name_that_the_title_begins_with_is_not_put_before_it(name: str, rest: str) -> None:
    spelled = name.replace("FlexAttention", "flex attention").replace("³", "3").replace("-", " ")
    heading, _ = headings(f"{spelled}{rest}", f"{spelled}: A Model", name)
    korean = heading.split(" / ")[0]
    if system_name(korean):
        assert korean == f"{name}{rest}"
    assert not holds_name(korean.split(":", 1)[-1], name) or ":" not in korean


def test_a_name_is_whole_words() -> None:
    assert holds_name("빠른 Flex-Attention을 씁니다", "FlexAttention")
    assert holds_name("Memory3: 언어", "Memory³")
    for title in ("Mamba-2", "BigMamba", "Big-Mamba", "Mamba2", "맘바"):
        assert not holds_name(title, "Mamba")
    assert not holds_name("title", " - ")
