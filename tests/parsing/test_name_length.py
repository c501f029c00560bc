"""Names of any length are read, in time that grows with the text."""

from __future__ import annotations

import time

import pytest

from bot.parsing.name import parse_name


def test_a_title_of_3000_characters_is_a_name() -> None:
    title = "A very long title " * 166 + "ends here"

    assert parse_name(f"**{title}** - sorts numbers.") == (title, "sorts numbers.")


@pytest.mark.parametrize(
    "text", ["**" + " " * 5000 + "x", "**a" + " " * 5000, "*" + "a " * 3000, "__" + " " * 6000]
)
def test_a_name_without_an_end_takes_no_time(text: str) -> None:
    start = time.perf_counter()
    parse_name(text)

    assert time.perf_counter() - start < 2
