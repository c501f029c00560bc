"""Which themes a paper has, by rules on its words and arXiv categories."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.model.issue import Paper, Record
from bot.model.trend import Theme


def find_themes(paper: Paper, record: Record | None, themes: Sequence[Theme]) -> tuple[str, ...]:
    """The ids of all themes of which a rule fits, in the themes' order.

    >>> agents = Theme("agents", (("en", "Agents"),), words=("agent",))
    >>> find_themes(Paper(1, "MindSearch", "A planner and search Agents."), None, [agents])
    ('agents',)
    """
    title = f"{paper.name}\n{record.title if record else ''}"
    text = f"{title}\n{paper.summary}"
    categories = set(record.categories) if record else set()
    return tuple(theme.theme_id for theme in themes if _fits(theme, title, text, categories))


def _fits(theme: Theme, title: str, text: str, categories: set[str]) -> bool:
    if _mentions(theme.excluded, text):
        return False
    return (
        _mentions(theme.words, text)
        or _mentions(theme.title_words, title)
        or not categories.isdisjoint(theme.categories)
    )


def _mentions(words: tuple[str, ...], text: str) -> bool:
    return bool(words) and _pattern(words).search(text) is not None


@lru_cache(maxsize=256)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Whole words; acronyms of up to three capitals keep their case, so that RL is not "url"."""
    parts = [_word(word) for word in words]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w])")


def _word(word: str) -> str:
    escaped = re.escape(word).replace(r"\ ", r"[\s-]+")
    if word.isupper() and len(word) <= 3:
        return f"{escaped}s?"
    return f"(?i:{escaped}(?:s|es)?)"
