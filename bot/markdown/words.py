"""What single words of a post become: mentions, hashtags, emoji, checkboxes (contract 8)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from bot.markdown import emoji
from bot.markdown.formula import is_boundary

Rewrite = Callable[[str, re.Match[str]], str | None]

_MENTION = re.compile(r"@([a-z0-9_](?:[a-z0-9_.-]{0,58}[a-z0-9_])?)", re.IGNORECASE)
_HASHTAG = re.compile(r"#([\w\u00c0-\u1fff\u2c00-\ud7ff:-]{1,101})")
_CHECKBOX = re.compile(r"\[[ xX_*-]?\]")


def mentions(users: frozenset[str] | None) -> tuple[re.Pattern[str], Rewrite]:
    """Rewrite ``@name``: a link where the user is known (or all are), else a span."""

    def rewrite(text: str, found: re.Match[str]) -> str | None:
        if not _stands_alone(text, found):
            return None
        name, shown = found[1].lower(), escapeHtml(found.group())
        if users is not None and name not in users:
            return f'<span class="mention">{shown}</span>'
        return f'<a class="mention" href="/u/{escapeHtml(name)}">{shown}</a>'

    return _MENTION, rewrite


def hashtags(known: frozenset[str]) -> tuple[re.Pattern[str], Rewrite]:
    """Rewrite ``#name`` where a category or tag has that name."""

    def rewrite(text: str, found: re.Match[str]) -> str | None:
        name = found[1].lower().removesuffix("::tag")
        if name not in known or not _stands_alone(text, found):
            return None
        slug = escapeHtml(name)
        return (
            f'<a class="hashtag-cooked" href="/tag/{slug}" data-slug="{slug}">'
            f"<span>{slug}</span></a>"
        )

    return _HASHTAG, rewrite


def emoji_codes(*, inside_words: bool) -> tuple[re.Pattern[str], Rewrite]:
    """Rewrite ``:name:``; ``inside_words`` is the setting of Korean and Japanese forums."""

    def rewrite(text: str, found: re.Match[str]) -> str | None:
        if not inside_words and not is_boundary(text[: found.start()][-1:]):
            return None
        return emoji.render_emoji(found["name"]) if emoji.find_emoji(found["name"]) else None

    return emoji.CODE, rewrite


def emoji_shortcuts() -> tuple[re.Pattern[str], Rewrite]:
    """Rewrite ``:-)`` and its like between spaces; punctuation may stand before."""

    def rewrite(text: str, found: re.Match[str]) -> str | None:
        after = text[found.end() : found.end() + 1]
        if not is_boundary(text[: found.start()][-1:]) or not (not after or after.isspace()):
            return None
        return emoji.render_emoji(emoji.shortcut_name(found.group()))

    return emoji.SHORTCUT, rewrite


def unicode_emoji() -> tuple[re.Pattern[str], Rewrite]:
    """Rewrite Unicode emoji to images."""
    return emoji.UNICODE, lambda _, found: emoji.render_emoji(emoji.name_of(found.group()))


def checkboxes() -> tuple[re.Pattern[str], Rewrite]:
    """Rewrite ``[ ]`` and ``[x]`` between spaces."""

    def rewrite(text: str, found: re.Match[str]) -> str | None:
        around = text[: found.start()][-1:] + text[found.end() : found.end() + 1]
        if around.strip():
            return None
        checked = found.group() in {"[x]", "[X]"}
        return f'<span class="chcklst-box{" checked" if checked else ""}"></span>'

    return _CHECKBOX, rewrite


def words_plugin(md: MarkdownIt, rewrites: Iterable[tuple[re.Pattern[str], Rewrite]]) -> None:
    """Apply the rewrites, each in turn, to the text outside links and code.

    They see decoded text, as on the forum: a backslash or ``&#64;`` protects nothing.
    """
    steps = tuple(rewrites)

    def run(state: StateCore) -> None:
        for token in state.tokens:
            for pattern, rewrite in steps:
                if token.type == "inline" and token.children:
                    token.children = list(_rewritten(token.children, pattern, rewrite))

    md.core.ruler.push("words", run)


def _rewritten(
    tokens: Iterable[Token], pattern: re.Pattern[str], rewrite: Rewrite
) -> Iterator[Token]:
    links = 0
    for token in tokens:
        links += token.nesting * (token.type in {"link_open", "link_close"})
        if token.type == "html_inline":
            links += _opens_link(token.content)
        if token.type == "text" and links <= 0:
            yield from _split(token, pattern, rewrite)
        else:
            yield token


def _split(token: Token, pattern: re.Pattern[str], rewrite: Rewrite) -> Iterator[Token]:
    text, pieces = token.content, []
    for found in pattern.finditer(text):
        html = rewrite(text, found)
        if html is not None:
            pieces.append((found.start(), found.end(), html))
    if not pieces:
        yield token
        return
    for (_, last, _), (start, end, html) in pairwise([(0, 0, ""), *pieces]):
        yield _text(text[last:start])
        yield Token("html_inline", "", 0, content=html)
        rest = end
    yield _text(text[rest:])


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _opens_link(html: str) -> int:
    return (html[:2].lower() == "<a" and html[2:3] in " >") - (html[:3].lower() == "</a")


def _stands_alone(text: str, found: re.Match[str]) -> bool:
    before, after = text[: found.start()][-1:], text[found.end() : found.end() + 1]
    return is_boundary(before) and is_boundary(after)
