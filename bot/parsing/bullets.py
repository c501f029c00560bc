"""A row's introduction as Markdown: the lead, then one ``- `` line a bullet."""

from __future__ import annotations

import re

_BREAK = re.compile(r"<\s{0,3}br\s{0,3}/?\s{0,3}>|\n", re.IGNORECASE)
_BULLET = re.compile(r"(?:^|\s)[●•▪‣◦]")
_BULLET_AT_START = re.compile(r"[-*–]\s")
_ESCAPED = re.compile(r"\\([&|.+-])")


def parse_summary(text: str) -> str:
    """The text of a row, its ``<br>●`` bullets as Markdown lines; case and links are kept.

    >>> print(parse_summary("An agent plans.  <br>● Memory: it <b>keeps</b> notes.<br>● Cost"))
    An agent plans.
    - Memory: it <b>keeps</b> notes.
    - Cost

    A break without a bullet begins a paragraph, or belongs to the bullet before it.
    """
    lines: list[str] = []
    for part in _BREAK.split(text):
        lead, *bullets = _BULLET.split(part.strip())
        if start := _BULLET_AT_START.match(lead):
            bullets, lead = [lead[start.end() :], *bullets], ""
        if lead := _plain(lead):
            _append(lines, lead)
        lines += [f"- {bullet}" for bullet in map(_plain, bullets) if bullet]
    return "\n".join(lines)


def _append(lines: list[str], text: str) -> None:
    if lines and lines[-1].startswith("- "):
        lines[-1] = f"{lines[-1]} {text}"
    elif lines:
        lines += ["", text]
    else:
        lines.append(text)


def _plain(text: str) -> str:
    return _ESCAPED.sub(r"\1", " ".join(text.split()))
