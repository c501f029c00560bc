"""What the forum makes of a text, a title or a tag, so that its cleaning is not seen as an edit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# Contract 13.2: these become an ASCII space, in every raw.
_SPACES = "\u00a0\u1680\u180e\u2028\u2029\u202f\u205f\u3000" + "".join(
    chr(code) for code in range(0x2000, 0x200B)
)
_TO_SPACE = str.maketrans(dict.fromkeys(_SPACES, " ") | {"\x00": None})
_RAILS_STRIP = "\t\n\v\f\r \x00"
# Contract 3.4: symbols that a new tag loses.
_NOT_IN_TAG = re.compile(r"[/?#@!$&*+,;=.%^\[\]{}'\"()<>\\`|:]")


def normalise_raw(raw: str) -> str:
    """``raw`` as the forum stores it (contract 13.2); two texts are compared in this form.

    >>> normalise_raw("a\\u00a0b \\u3000\\n")
    'a b'
    """
    return raw.translate(_TO_SPACE).rstrip(_RAILS_STRIP)


def fold_title(title: str) -> str:
    """A title reduced to what the forum's cleaning leaves alone (contract 3.2); to compare only.

    Case, spaces, ``!!`` and ``??``, trailing periods and zero-width spaces do not count.

    >>> fold_title("top  ML papers.") == fold_title("Top ML papers")
    True
    """
    text = unicodedata.normalize("NFC", title).translate(_TO_SPACE).replace("\u200b", "")
    text = re.sub(r"([!?])\1+", r"\1", " ".join(text.split()))
    return re.sub(r" +(?=[!?]+$)", "", text.rstrip(". ")).casefold()


def clean_tag(tag: str, max_length: int = 20) -> str:
    """A tag's name as the forum would create it (contract 3.4).

    >>> clean_tag("GPT-4.1"), clean_tag("Large Models")
    ('gpt-41', 'large-models')
    """
    name = "-".join(tag.translate(_TO_SPACE).strip().lower().split())
    return re.sub(r"-{2,}", "-", _NOT_IN_TAG.sub("", name))[:max_length]


def clean_tags(tags: Iterable[str], max_length: int = 20) -> frozenset[str]:
    """The set of names to compare; a name of which nothing is left is absent."""
    return frozenset(name for tag in tags if (name := clean_tag(tag, max_length)))
