"""The files an index page links to."""

from __future__ import annotations

import re

_TARGET = re.compile(r"\]\(\s*<?(?:\./)?((?:[\w-]+/){0,3}(20\d\d)\.md)(?:#[^)\s>]*)?>?\s*\)")
_MOST_PAGES = 30


def find_year_paths(index: str) -> tuple[str, ...]:
    """Paths of the year pages that ``README.md`` links to, newest first, each once.

    Only relative paths below the index count; there are none in the old layout, where the index
    holds the issues itself.

    >>> find_year_paths("- [Week](years/2025.md#a)\\n- [Week](years/2026.md#b) [x](../2024.md)")
    ('years/2026.md', 'years/2025.md')
    """
    years = {match[1]: match[2] for match in _TARGET.finditer(index)}
    newest_first = sorted(years, key=lambda path: years[path], reverse=True)
    return tuple(newest_first[:_MOST_PAGES])


def guess_year_path(paths: tuple[str, ...], year: int) -> str | None:
    """Where the page of ``year`` would stand beside ``paths``; None where it is among them.

    The index names a new page only some time after it is there.

    >>> guess_year_path(("years/2026.md", "years/2025.md"), 2027)
    'years/2027.md'
    """
    if not paths:
        return None
    guess = f"{paths[0].rpartition('/')[0]}/{year}.md".lstrip("/")
    return None if guess in paths else guess
