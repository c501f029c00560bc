"""A paper's heading: both titles, and the names by which it is called, each of them once.

The commentary calls a paper by the newsletter's name or the system's; a reader who looks for that
name must find it in the heading. A name that only looks different (Flex Attention, FlexAttention)
is the same one.
"""

from __future__ import annotations

import re
import unicodedata

from bot.digest.names import MAXIMUM_NAME, name_halves, system_name
from bot.digest.title import shorten

MAXIMUM_HEADING = 200
"""Of a title; the longest of the source has 134 characters."""
# Nobody reads so far in a heading that does not end; the whole title stands below.
_CUT_HEADING = 120
# More than any title, and few enough to leave room for the paper in a post of 32,000.
_MAXIMUM_TITLE = 4_000


def headings(korean: str, english: str, name: str) -> tuple[str, str]:
    """Both titles as a heading shows them, and in full; alike where nothing had to be cut.

    Args:
        korean: The translated title, "" where there is none.
        english: The title, "" where there is none.
        name: What the newsletter calls the paper.
    """
    whole = _parts(korean, english, name, _MAXIMUM_TITLE)
    parts = _parts(korean, english, name, MAXIMUM_NAME)
    cut = [shorten(part, _CUT_HEADING) if len(part) > MAXIMUM_HEADING else part for part in parts]
    return " / ".join(cut), " / ".join(shorten(part, _MAXIMUM_TITLE) for part in whole)


def holds_name(title: str, name: str) -> bool:
    """Whether the title has the name as whole words, whatever its blanks, hyphens and case.

    >>> holds_name("Flex Attention: A Model", "FlexAttention"), holds_name("Mamba-2", "Mamba")
    (True, False)
    """
    plain = unicodedata.normalize("NFKC", title)
    letters = [(one, place) for place, sign in enumerate(plain) for one in _fold(sign)]
    squeezed, wanted = "".join(letter for letter, _ in letters), _fold(name)
    at = squeezed.find(wanted) if wanted else -1
    while at >= 0:
        first, last = letters[at][1], letters[at + len(wanted) - 1][1]
        before, behind = plain[:first][-1:], plain[last + 1 :][:1]
        latin = behind.isascii() and behind.isalnum()
        if not (before.isalnum() or before in {"_", "-"} or latin or behind == "-"):
            return True
        at = squeezed.find(wanted, at + 1)
    return False


def _fold(text: str) -> str:
    """Without what only looks different: case, superscripts, blanks and hyphens."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return "".join(sign for sign in plain if not sign.isspace() and sign not in "-‐‑‒–")


def _parts(korean: str, english: str, name: str, limit: int) -> list[str]:
    """Both titles, the first with the names that they lack, cut to ``limit``."""
    shown = _named(korean or english, english, name, limit)
    return [part for part in (shown, english if korean else "") if part]


def _named(title: str, english: str, name: str, limit: int) -> str:
    """The title with the system's name and the newsletter's name if it lacks them."""
    title = _spelled(title, name)
    if holds_name(title, name):
        return title
    system = system_name(english)
    if system and not holds_name(title, system):
        title = f"{system}: {title}"
    halves = name_halves(name)
    if not halves:
        found = _is_found(name, title, english)
        return title if found else _prefixed(name, title, limit)
    missing = [half for half in halves if not _is_found(half, title, english)]
    if len(missing) == 1 and _same(system_name(title), *(set(halves) - set(missing))):
        return _prefixed(name, re.split("[:：]", title, maxsplit=1)[1].strip(), limit)
    told = name if len(missing) == len(halves) else next(iter(missing), "")
    return _prefixed(told, title, limit)


def _spelled(title: str, name: str) -> str:
    """The title with the name as the newsletter spells it, where it begins with that name."""
    system = system_name(title)
    same = system != name and _same(system, name)
    return title.replace(system, name, 1) if same else title


def _same(name: str, *others: str) -> bool:
    return bool(name) and _fold(name) in {_fold(other) for other in others}


def _is_found(name: str, title: str, english: str) -> bool:
    """Of several words also where the English title alone has it: nobody writes a title twice."""
    return holds_name(title, name) or (holds_name(english, name) and len(name.split()) > 1)


def _prefixed(name: str, title: str, limit: int) -> str:
    return ": ".join(filter(None, (shorten(name, limit), title)))
