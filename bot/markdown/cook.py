"""Markdown to the HTML that readers of the forum see (contract 8)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from bot.markdown import words
from bot.markdown.anchors import anchors_plugin
from bot.markdown.bbcode import bbcode_plugin
from bot.markdown.formula import formula_plugin
from bot.markdown.linkify import DEFAULT_TLDS, Linkifier
from bot.markdown.onebox import onebox_plugin
from bot.markdown.sanitiser import sanitise

_SIZE = re.compile(r"(?P<width>\d{1,4})x(?P<height>\d{1,4})(?:,\s*(?P<scale>\d{1,3})%)?")


@dataclass(frozen=True, slots=True)
class CookOptions:
    """How the forum is set up; defaults are Discourse's own for a Korean forum.

    Attributes:
        post_id: Heading anchors carry it; None before the forum has assigned one.
        math: The math plugin is on.
        users: Names (lower case) that exist; None treats every mention as a known user's.
        hashtags: Categories and tags (lower case) that exist.
        emoji_in_words: ``enable_inline_emoji_translation``, on for ja, ko and zh forums.
        site_url: The forum's own address, for inline previews.
        resolve_upload: ``upload://…`` to an address; None where the upload is not known.
    """

    post_id: int | None = None
    math: bool = False
    users: frozenset[str] | None = None
    hashtags: frozenset[str] = frozenset()
    mentions: bool = True
    emoji: bool = True
    emoji_shortcuts: bool = True
    emoji_in_words: bool = True
    linkify: bool = True
    linkify_tlds: Sequence[str] = DEFAULT_TLDS
    typographer: bool = True
    hard_breaks: bool = True
    footnotes: bool = True
    checklists: bool = True
    oneboxes: int = 50
    site_url: str | None = None
    resolve_upload: Callable[[str], str | None] = lambda _: None


_DEFAULTS = CookOptions()


def cook(raw: str, options: CookOptions = _DEFAULTS) -> str:
    """The HTML of a post as the forum shows it.

    What acts on a forum can be seen by its class: ``a.mention``, ``a.hashtag-cooked``,
    ``img.emoji``, ``aside.onebox``, ``span.math`` and ``div.math`` (holding TeX), ``spoiler``,
    ``sup.footnote-ref``, ``chcklst-box``, ``aside.quote``.

    >>> cook("**굵게** @jubo")
    '<p><strong>굵게</strong> <a class="mention" href="/u/jubo">@jubo</a></p>\\n'
    >>> cook("값은 $x^2$ 입니다", CookOptions(math=True))
    '<p>값은 <span class="math">x^2</span> 입니다</p>\\n'
    """
    return sanitise(str(_engine(options).render(raw))).replace("<p></p>", "")


def _engine(options: CookOptions) -> MarkdownIt:
    md = MarkdownIt(
        "default",
        {
            "html": True,
            "linkify": options.linkify,
            "typographer": options.typographer,
            "breaks": options.hard_breaks,
        },
    )
    md.linkify = Linkifier(options.linkify_tlds)
    bbcode_plugin(md)
    if options.math:
        formula_plugin(md)
    if options.footnotes:
        footnote_plugin(md)
    words.words_plugin(md, _rewrites(options))
    onebox_plugin(md, maximum=options.oneboxes, site_url=options.site_url)
    anchors_plugin(md, options.post_id)
    _render_rules(md, options)
    return md


def _rewrites(options: CookOptions) -> Iterator[tuple[re.Pattern[str], words.Rewrite]]:
    if options.checklists:
        yield words.checkboxes()
    if options.mentions:
        yield words.mentions(options.users)
    yield words.hashtags(options.hashtags)
    if options.emoji:
        yield words.emoji_codes(inside_words=options.emoji_in_words)
        yield words.unicode_emoji()
    if options.emoji and options.emoji_shortcuts:
        yield words.emoji_shortcuts()


def _render_rules(md: MarkdownIt, options: CookOptions) -> None:
    def image(_: Any, tokens: Sequence[Token], index: int, *__: Any) -> str:
        return _image(tokens[index], options)

    def link_open(renderer: Any, tokens: Sequence[Token], index: int, *rest: Any) -> str:
        _attachment(tokens, index, options)
        return str(renderer.renderToken(tokens, index, *rest))

    md.add_render_rule("image", image)
    md.add_render_rule("link_open", link_open)
    md.add_render_rule("fence", lambda _, tokens, index, *__: _fence(tokens[index]))
    md.add_render_rule("table_open", lambda *_: '<div class="md-table">\n<table>\n')
    md.add_render_rule("table_close", lambda *_: "</table>\n</div>\n")


def _image(token: Token, options: CookOptions) -> str:
    alt, *modifiers = [part.strip() for part in token.content.split("|")]
    attributes = {"src": str(token.attrs.get("src", "")), "alt": alt}
    if title := token.attrs.get("title"):
        attributes["title"] = str(title)
    for modifier in modifiers:
        if size := _SIZE.fullmatch(modifier):
            scale = int(size["scale"] or 100)
            attributes["width"] = str(int(size["width"]) * scale // 100)
            attributes["height"] = str(int(size["height"]) * scale // 100)
    if attributes["src"].startswith("upload://"):
        attributes["data-orig-src"] = attributes["src"]
        attributes["src"] = options.resolve_upload(attributes["src"]) or "/images/transparent.png"
    kind = next((modifier for modifier in modifiers if modifier in {"video", "audio"}), None)
    if kind:
        return f'<{kind} src="{escapeHtml(attributes["src"])}" controls></{kind}>'
    return f"<img{_html(attributes)}>"


def _attachment(tokens: Sequence[Token], index: int, options: CookOptions) -> None:
    """A link ``[name.pdf|attachment](upload://…)`` is a file to download."""
    href, text = str(tokens[index].attrs.get("href", "")), tokens[index + 1 : index + 2]
    if not href.startswith("upload://"):
        return
    tokens[index].attrSet("href", options.resolve_upload(href) or "/404")
    if text and text[0].content.endswith("|attachment"):
        text[0].content = text[0].content.removesuffix("|attachment")
        tokens[index].attrSet("class", "attachment")


def _fence(token: Token) -> str:
    language = (token.info.split() or [""])[0]
    code = f"{escapeHtml(token.content)}</code></pre>\n"
    if not language:
        return f'<pre><code class="lang-auto">{code}'
    name = escapeHtml(language)
    return f'<pre data-code-wrap="{name}"><code class="lang-{name}">{code}'


def _html(attributes: dict[str, str]) -> str:
    return "".join(f' {name}="{escapeHtml(value)}"' for name, value in attributes.items())
