"""Where a sentence names which themes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.model.language import Language
from bot.model.trend import Theme
from bot.translation.glossary import find_rendering

Mention = tuple[int, int, Theme]
"""Where it begins and ends, and the theme."""


def find_mentions(text: str, themes: Sequence[Theme], language: Language) -> list[Mention]:
    """Where which themes are named, from left to right; a longer name hides a shorter one."""
    found: list[Mention] = []
    code = language.code
    names = [(name, theme) for theme in themes for name in _aliases(theme.name(code))]
    for name, theme in sorted(names, key=lambda one: -len(one[0])):
        for start, end in find_rendering(text, name, language):
            if not any(begin < end and start < stop for begin, stop, _ in found):
                found.append((start, end, theme))
    return sorted(found, key=lambda one: one[0])


def _aliases(name: str) -> set[str]:
    """검색 증강 생성(RAG) is called by either half as well."""
    match = re.fullmatch(r"([^()]+?)\s?\(([^()]+)\)", name)
    return {name, match[1], match[2]} if match else {name}
