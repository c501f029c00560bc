"""Which themes a paper has, by rules on its words and arXiv categories."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

from bot.model.issue import Paper, Record
from bot.model.trend import Theme

# A word that a summary mentions in passing is not its theme. Of 264 memberships by any mention,
# sampled from the 1160 papers of 2023, 2024 and early 2026 and read, 157 were right; by this rule
# 234 of 262. Of those that rest on two mentions alone some 9 of 30 were, on three 20 of 30.
_OFTEN = 3
# "Dr. Zero …" is not over yet.
_SHORTEST = 12
_END = re.compile(r"(?<=[.!?])\s+(?=\W*[A-Z0-9])|;|\n")


def find_themes(paper: Paper, record: Record | None, themes: Sequence[Theme]) -> tuple[str, ...]:
    """The ids of all themes of which a rule fits, in the themes' order.

    >>> agents = Theme("agents", (("en", "Agents"),), words=("agent",))
    >>> find_themes(Paper(1, "MindSearch", "A planner and search Agents."), None, [agents])
    ('agents',)
    """
    title = f"{paper.name}\n{record.title if record else ''}"
    categories = set(record.categories) if record else set()
    return tuple(
        theme.theme_id for theme in themes if _fits(theme, title, paper.summary, categories)
    )


def _fits(theme: Theme, title: str, text: str, categories: set[str]) -> bool:
    if _mentions(theme.excluded, f"{title}\n{text}"):
        return False
    return (
        _mentions(theme.words, f"{title}\n{opening(text)}")
        or _mentions(theme.words, text, times=_OFTEN)
        or _mentions(theme.title_words, title)
        or not categories.isdisjoint(theme.categories)
    )


def opening(text: str) -> str:
    """The first sentence, where a summary says what the paper is about; a semicolon ends it, too.

    >>> opening("presents a family of open models; strong in maths and code.")
    'presents a family of open models'
    """
    end = _END.search(text, _SHORTEST)
    return text[: end.start()] if end else text


def _mentions(words: tuple[str, ...], text: str, *, times: int = 1) -> bool:
    """True where so many of the words stand in the text."""
    if not words:
        return False
    found = _pattern(words).finditer(text)
    return sum(1 for _ in islice(found, times)) == times


@lru_cache(maxsize=256)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Whole words; acronyms of up to three capitals keep their case, so that RL is not "url"."""
    parts = [_word(word) for word in words]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")


def _word(word: str) -> str:
    escaped = re.escape(word).replace(r"\ ", r"[\s-]+")
    if word.isupper() and len(word) <= 3:
        return f"{escaped}s?"
    return f"(?i:{escaped}(?:s|es)?)"
