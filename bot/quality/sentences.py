"""Sentences of Markdown text in either language, and which of them belong together."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BULLET = re.compile(r"^\s{0,6}(?:[-*+•●]|\d{1,2}[.)])\s+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|cf|Figs?|Eq|Sec|No|Dr|Mr|Ms|St|approx|resp|w\.r\.t|al|Inc|Ltd)"
    r"|(?<![A-Za-z])[A-Z]|(?:^|[:;,)]\s)\(?\d{1,2})\.\Z"
)
_QUOTED = re.compile(
    r"\"[^\"\n]{1,600}\"|“[^“”\n]{1,600}”|‘[^‘’\n]{1,600}’|「[^「」\n]{1,600}」|『[^『』\n]{1,600}』"
    r"|(?<!\w)'(?:[^'\n]|(?<=[A-Za-z])'(?=[a-z])){1,600}'"
)
_END = re.compile(r"[.!?]+[\"'”’)\]*_]{0,4}(?=\s|$)|[。！？]+[」』）)\]*_]{0,4}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; ``start`` is its place in the text, ``bullet`` where its line is a bullet."""

    text: str
    start: int
    bullet: bool = False

    @property
    def end(self) -> int:
        """The place behind it."""
        return self.start + len(self.text)


def split(text: str) -> list[Sentence]:
    """Give the sentences of ``text``; a line ends one, too.

    >>> [found.text for found in split("It works, e.g. here. 두 배입니다. 3.5배입니다.")]
    ['It works, e.g. here.', '두 배입니다.', '3.5배입니다.']
    """
    found: list[Sentence] = []
    offset = 0
    for line in text.split("\n"):
        bullet = _BULLET.match(line)
        start = bullet.end() if bullet else 0
        found += _of_line(line, start, offset, bullet is not None)
        offset += len(line) + 1
    return found


def bullets(text: str) -> int:
    """Count the bullet lines.

    >>> bullets("lead\\n- one\\n- two")
    2
    """
    return sum(_BULLET.match(line) is not None for line in text.split("\n"))


def quoted(text: str) -> list[tuple[int, int]]:
    """Give the spans inside quotation marks.

    >>> quoted('그는 "없어 보인다. 끝이다"라고 말합니다.')
    [(4, 15)]
    """
    return [(match.start() + 1, match.end() - 1) for match in _QUOTED.finditer(text)]


def aligned(source: str, target: str) -> list[tuple[Sentence, Sentence]]:
    """Pair the sentences of both where their counts agree, else both texts as wholes.

    >>> [(a.text, b.text) for a, b in aligned("One. Two.", "하나다. 둘이다.")]
    [('One.', '하나다.'), ('Two.', '둘이다.')]
    """
    left, right = split(source), split(target)
    if len(left) == len(right):
        return list(zip(left, right, strict=True))
    return [(Sentence(source, 0), Sentence(target, 0))]


def _of_line(line: str, start: int, offset: int, bullet: bool) -> list[Sentence]:
    found: list[Sentence] = []
    for match in _END.finditer(line, start):
        if _ABBREVIATION.search(line[start : match.end()]):
            continue
        found.append(_sentence(line, start, match.end(), offset, bullet))
        start = match.end()
    if line[start:].strip():
        found.append(_sentence(line, start, len(line), offset, bullet))
    return found


def _sentence(line: str, start: int, end: int, offset: int, bullet: bool) -> Sentence:
    text = line[start:end]
    lead = len(text) - len(text.lstrip())
    return Sentence(text.strip(), offset + start + lead, bullet)
