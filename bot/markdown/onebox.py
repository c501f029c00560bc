"""Previews of bare addresses: oneboxes, and titles in running text (contract 8, onebox)."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_BREAKS = {"softbreak", "hardbreak"}


def onebox_plugin(md: MarkdownIt, *, maximum: int, site_url: str | None) -> None:
    """Turn auto-linked addresses into previews.

    Alone on a line of a top-level paragraph an address becomes an ``aside.onebox``; elsewhere
    one with a path on ``site_url`` itself gets the class ``inline-onebox``.
    """

    def run(state: StateCore) -> None:
        count = 0
        for place, token in enumerate(state.tokens):
            if token.type != "inline" or not token.children:
                continue
            parent = state.tokens[place - 1]
            top = parent.type == "paragraph_open" and parent.level == 0
            children: list[Token] = []
            for index, child in enumerate(token.children):
                alone = top and count < maximum and _alone(token.children, index)
                if alone and not _indented(token.content, str(child.attrs["href"])):
                    count += 1
                    _hide(token.children, index)
                    children.append(_preview(str(child.attrs["href"])))
                elif not child.hidden:
                    _mark_inline(child, site_url)
                    children.append(child)
            token.children = children

    md.core.ruler.push("onebox", run)


def _alone(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if token.type != "link_open" or token.info != "auto" or token.markup != "linkify":
        return False
    if not str(token.attrs["href"]).startswith(("http://", "https://")):
        return False
    if "://" not in tokens[index + 1].content:
        return False
    return _is_edge(tokens, index - 1) and _is_edge(tokens, index + 3)


def _is_edge(tokens: Sequence[Token], index: int) -> bool:
    """Whether a line starts or ends there; empty texts between links do not count."""
    if not 0 <= index < len(tokens):
        return True
    return tokens[index].type in _BREAKS


def _indented(content: str, href: str) -> bool:
    return any(line != line.lstrip() and line.strip() == href for line in content.split("\n"))


def _hide(tokens: Sequence[Token], index: int) -> None:
    for token in tokens[index : index + 3]:
        token.hidden = True


def _preview(url: str) -> Token:
    address, host = escapeHtml(url), escapeHtml(urlsplit(url).hostname or url)
    html = (
        f'<aside class="onebox" data-onebox-src="{address}"><header class="source">'
        f'<a href="{address}">{host}</a></header><article class="onebox-body">'
        f'<p><a href="{address}">{address}</a></p></article></aside>'
    )
    return Token("html_inline", "", 0, content=html)


def _mark_inline(token: Token, site_url: str | None) -> None:
    own = token.type == "link_open" and token.info == "auto" and site_url is not None
    if own and str(token.attrs["href"]).startswith(f"{site_url}/"):
        token.attrSet("class", "inline-onebox")
