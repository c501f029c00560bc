"""The topic's title: the language's pattern, the forum's limits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.digest.title import render_title, shorten
from bot.errors import ConfigError
from bot.model.issue import Week
from bot.model.topic import ForumLimits
from tests.builders import a_language

WEEK = Week(date(2024, 1, 29), date(2024, 2, 4))


def test_the_korean_title_is_the_forums_own_form() -> None:
    assert render_title(a_language(), WEEK, ForumLimits()) == (
        "[2024/01/29 ~ 02/04] 이번 주의 주요 AI 논문 (Top AI Papers of the Week)"
    )


def test_the_year_is_repeated_only_where_it_changes() -> None:
    week = Week(date(2024, 12, 30), date(2025, 1, 5))
    assert render_title(a_language(), week, ForumLimits()).startswith("[2024/12/30 ~ 2025/01/05]")


def test_a_title_is_cut_to_the_forums_length() -> None:
    title = render_title(a_language(), WEEK, ForumLimits(max_title_length=40))
    assert len(title) <= 40
    assert title.startswith("[2024/01/29 ~ 02/04]")


@pytest.mark.parametrize("pattern", ["{week}", "{", "{first.__class__.x}", "{0}", "kurz"])
def test_an_unusable_pattern_is_a_mistake_in_the_configuration(pattern: str) -> None:
    with pytest.raises(ConfigError, match=r"ko/language\.yml: title"):
        render_title(replace(a_language(), title=pattern), WEEK, ForumLimits())


def test_short_text_is_not_cut() -> None:
    assert shorten("가나다", 3) == "가나다"
    assert shorten("가나다라", 3) == "가나…"
