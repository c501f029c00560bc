"""Text from outside, written so that it stands on the forum as it is and does nothing there.

What acts on a Discourse forum is of two kinds (contract 8). Markdown, HTML and BBCode are read
before a backslash is: escaping stops them. Mentions, hashtags, emoji, checkboxes and links are
found in the decoded text, where a backslash is gone: there an empty HTML comment parts the
characters. It leaves no trace in what readers see, copy or search, unlike a zero-width space.

Documented differences between a text and what readers see of it: white space becomes single
spaces; characters that show nothing or turn the writing direction are gone; a tower of
combining marks is cut; nine symbols that the forum would show as pictures have plain twins;
and the forum's typographer curls straight quotation marks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bot.markdown.emoji import UNICODE as PICTOGRAPH

SEPARATOR = "<!---->"

_TWINS = str.maketrans(
    {"↔": "⟷", "➡": "→", "⬅": "←", "⬆": "↑", "⬇": "↓", "▶": "▸", "◀": "◂", "✔": "✓", "™": "ᵀᴹ"}
)
_TWIN_SELECTOR = re.compile(r"([⟷→←↑↓▸◂✓ᴹ])\ufe0f")
# Letters that show nothing: Hangul fillers, the blank Braille pattern, the combining joiner.
_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_DROPPED = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})
_MARKS_IN_A_ROW = 3

# Gaps into which a separator goes: found in the decoded text, whatever is escaped.
_GAPS = re.compile(
    r"""
      (?<=@)(?=\w)                           # mentions, mail addresses
    | (?<=\#)(?=[\w:-])                      # hashtags
    | (?<=:)(?=[\w+-]{1,60}:)                # emoji codes
    | (?<=[:;])(?=-?[()pPdDoO|/$'\\*@])      # emoji shortcuts, and the slashes of an address
    | (?<=8)(?=-\)) | (?<=\^)(?=_{1,2}\^)
    | (?<=\[)(?=[ xX_*-]?\])                 # checkboxes
    | (?<=\w\.)(?=[A-Za-zа-я]{2}|xn--)       # host names
    | (?<=\bwww\.)(?=\S)
    | (?<=/)(?=/)
    | (?<=\bmailto:)(?=\S)
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Characters that get a backslash.
_ESCAPED = re.compile(
    r"""
      [\\`*_^\[\]<$|] | !$                                         # "!" before a link: an image
    | &(?=\#?\w{1,40};)                                            # entities
    | (?<=~)~ | ~(?=~) | (?<=\{)\{ | \{(?=\{) | (?<!\w)%           # strike-through, AsciiMath
    | \((?=(?:c|r|p|tm|pa)\)) | (?<=\+)-                           # typographer
    | (?<=([.,!?-]))\1 | ([.,!?-])(?=\2) | (?<=[<-])> | -(?=>) | (?<=<)-
    | ^[-+=\#>:~%]                                                 # blocks, at a line's start
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ORDERED = re.compile(r"^\s*(\d{1,9})[.)](?=\s|$)")
_PICTOGRAPHS = re.compile(f"(?:{PICTOGRAPH.pattern})+")


class Markdown(str):
    """Markdown that may be sent as it is: composed here, not taken from outside."""

    __slots__ = ()


def neutralise(text: str) -> Markdown:
    """One line of Markdown that shows ``text`` and nothing else, wherever in a post it stands.

    >>> print(neutralise("- **5** for @all, see arxiv.org: $5 and $10 :100:"))
    \\- \\*\\*5\\*\\* for @<!---->all, see arxiv.<!---->org: \\$5 and \\$10 :<!---->100:
    """
    return escape(clean(text))


def clean(text: str) -> str:
    """The text on one line, without characters that hide or turn what stands around them.

    Controls, format characters (zero width, direction, tags), surrogates, unassigned and private
    ones go; more than three combining marks in a row are cut; white space becomes single spaces.

    >>> clean("a\\u202eb\\u200b  c\\td")
    'ab c d'
    """
    return _TWIN_SELECTOR.sub(r"\1", " ".join("".join(_visible(text)).split()).translate(_TWINS))


def escape(line: str) -> Markdown:
    """The Markdown of a ``clean`` line; spaces at its ends stay, for those who join parts."""
    gaps = {found.start() for found in _GAPS.finditer(line)}
    escaped = {found.start() for found in _ESCAPED.finditer(line)}
    escaped.update(found.end(1) for found in _ORDERED.finditer(line))
    pieces: list[str] = []
    last = 0
    for found in _PICTOGRAPHS.finditer(line):
        pieces += [_write(line, last, found.start(), gaps, escaped), f"`{found.group()}`"]
        last = found.end()
    return Markdown("".join([*pieces, _write(line, last, len(line), gaps, escaped)]))


def _visible(text: str) -> Iterator[str]:
    marks = 0
    for character in text:
        if character.isspace():
            yield " "
            continue
        category = unicodedata.category(character)
        if category in _DROPPED or character in _BLANKS:
            continue
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if marks <= _MARKS_IN_A_ROW:
            yield character


def _write(line: str, first: int, end: int, gaps: set[int], escaped: set[int]) -> str:
    return "".join(
        ("\\" if place in escaped else "") + line[place] + (SEPARATOR if place + 1 in gaps else "")
        for place in range(first, end)
    )
