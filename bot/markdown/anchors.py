"""The anchors that the forum gives to headings (contract 8, heading anchors)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token


def heading_anchor(text: str, number: int, post_id: int | None) -> str:
    """The anchor of the ``number``-th heading (from 1) of a post.

    >>> heading_anchor("한국어 제목 / English title", 3, post_id=42)
    'p-42-english-title-3'
    >>> heading_anchor("논문 소개", 1, post_id=42)
    'p-42-h-1'
    >>> heading_anchor("2024 in review", 1, post_id=None)
    'h-2024-in-review-1'
    """
    slug = re.sub(r"\s+", "-", text.lower())
    slug = re.sub(r"[^\w-]+", "", slug, flags=re.ASCII)
    slug = re.sub(r"-{2,}", "-", slug).strip("-")
    if slug and not re.match(r"[a-z]", slug):
        slug = f"h-{slug}"
    prefix = "" if post_id is None else f"p-{post_id}-"
    return f"{prefix}{slug or 'h'}-{number}"


def anchors_plugin(md: MarkdownIt, post_id: int | None) -> None:
    """Put an ``a.anchor`` at the head of every heading outside quote cards."""

    def add(state: StateCore) -> None:
        number = quotes = 0
        for place, token in enumerate(state.tokens):
            if token.type == "bbcode_block" and token.info == "quote":
                quotes += token.nesting
            elif token.type == "heading_open" and not quotes:
                number += 1
                inline = state.tokens[place + 1]
                name = heading_anchor(_plain(inline.children or ()), number, post_id)
                inline.children = [*_anchor(name), *(inline.children or ())]

    md.core.ruler.push("anchors", add)


def _plain(tokens: Sequence[Token]) -> str:
    return "".join(token.content for token in tokens if token.type in {"text", "code_inline"})


def _anchor(name: str) -> tuple[Token, Token]:
    attributes: dict[str, str | int | float] = {
        "name": name,
        "class": "anchor",
        "href": f"#{name}",
    }
    return Token("link_open", "a", 1, attrs=attributes), Token("link_close", "a", -1)
