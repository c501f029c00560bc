"""Every sentence that a language gives is worded once before a model is paid."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.errors import ConfigError
from bot.trends.check import check_words
from bot.trends.computed import SENTENCES
from tests.builders import a_language
from tests.trends.test_gate import THEMES, WORDS


@pytest.mark.parametrize("name", sorted(SENTENCES.keys() - {"unknown"}))
def test_a_sentence_that_cannot_be_worded_is_found(name: str) -> None:
    words = replace(WORDS, computed={**WORDS.computed, name: "{nobody}"})
    with pytest.raises(ConfigError, match=r"languages/ko/commentary\.yml: .*nobody.*; mend it"):
        check_words(a_language(), words, THEMES)


@pytest.mark.parametrize("count", [0, 1, 3])
def test_few_themes_are_enough(count: int) -> None:
    check_words(a_language(), WORDS, THEMES[:count])


def test_words_that_only_fail_together_are_found() -> None:
    """Each expression compiles; the gate puts them into one in which a name stands twice."""
    words = replace(WORDS, counters=("(?P<even>개)",))
    with pytest.raises(ConfigError, match=r"cannot be worded or judged: .*redefinition"):
        check_words(a_language(), words, THEMES)
