"""The topic's title, by the language's pattern, inside the forum's limits."""

from __future__ import annotations

from bot.errors import ConfigError
from bot.markdown.neutral import clean
from bot.model.issue import Week
from bot.model.language import Language
from bot.model.topic import ForumLimits


def render_title(language: Language, week: Week, limits: ForumLimits) -> str:
    """The title, cut with an ellipsis where the forum allows less.

    The pattern's ``{first}`` is ``2024/01/29``; ``{last}`` is ``02/04``, with its year where
    that is another one.

    >>> from datetime import date
    >>> korean = Language("ko", "한국어", title="[{first} ~ {last}] 이번 주의 주요 AI 논문")
    >>> render_title(korean, Week(date(2024, 12, 30), date(2025, 1, 5)), ForumLimits())
    '[2024/12/30 ~ 2025/01/05] 이번 주의 주요 AI 논문'

    Raises:
        ConfigError: The pattern cannot be filled, or is shorter than the forum's minimum.
    """
    same_year = week.first.year == week.last.year
    last = f"{week.last:%m/%d}" if same_year else f"{week.last:%Y/%m/%d}"
    try:
        title = clean(language.title.format(first=f"{week.first:%Y/%m/%d}", last=last))
    except (KeyError, IndexError, ValueError, AttributeError):
        raise ConfigError(
            f"languages/{language.code}/language.yml: title: use only {{first}} and {{last}}"
        ) from None
    if len(title) < limits.min_title_length:
        raise ConfigError(
            f"languages/{language.code}/language.yml: title: {title!r} is shorter than the "
            f"forum's {limits.min_title_length} characters; lengthen the pattern"
        )
    return shorten(title, limits.max_title_length)


def shorten(text: str, limit: int) -> str:
    """At most ``limit`` characters, cut between words where one ends in the last third.

    >>> shorten("a rather long title", 12), shorten("short", 12)
    ('a rather…', 'short')
    """
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    at_word = cut.rfind(" ")
    return (cut[:at_word] if at_word > limit * 2 // 3 - 1 else cut).rstrip(" ,.;:-") + "…"
