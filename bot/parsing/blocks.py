"""HTML of a newsletter → plain blocks in order: headings, paragraphs, bullets, rules.

Markup changes with every redesign; what stays is the order of lines, what is bold, what is linked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import quote, urljoin, urlsplit

import nh3
from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from bot.errors import ParseError

_LONGEST_HTML = 1_000_000
_MOST_TAGS = 50_000  # nesting so deep costs time by its square; a real page has a tenth of it
_LONGEST_BLOCK = 20_000
_LONGEST_URL = 2_000
_BOLD = frozenset({"b", "strong"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BREAKS = frozenset(
    {"p", "div", "br", "li", "ul", "ol", "hr", "blockquote", "pre", "section", "article", "main"}
    | {"table", "tr", "td", "th", "header", "aside", "figcaption"}
    | _HEADINGS
)
_DROPPED = frozenset(
    {"script", "style", "template", "noscript", "iframe", "svg", "form", "button", "figure"}
    | {"nav", "footer", "head", "select", "video", "audio", "object"}
)
_NOISE = re.compile(
    r"subscri|button|captioned-image|image-gallery|poll|digest-post|embedded-post|sponsor"
    r"|promo|share|comment|paywall|footnote|twitter-embed|youtube|advert",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_BULLET = re.compile(r"^[●•▪‣◦·]\s*")


class Kind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    TEXT = "text"
    BULLET = "bullet"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Block:
    """One line of a page; ``text`` is Markdown with nothing but ``**bold**`` and links."""

    kind: Kind
    text: str = ""


def parse_blocks(html: str, *, base: str = "") -> list[Block]:
    """The blocks of an HTML text, without scripts, hidden parts, forms, images and buttons.

    >>> parse_blocks('<h2>1. <b>Sieve</b></h2><p>See <a href="/x">this</a>.', base="https://a.example")
    [Block(kind=<Kind.HEADING: 'heading'>, text='1. **Sieve**'), Block(kind=<Kind.TEXT: 'text'>, text='See [this](https://a.example/x).')]

    Args:
        base: The page's own address, for relative links. Links other than http lose their target.

    Raises:
        ParseError: The text is too large or too deeply nested to be a newsletter.
    """  # noqa: E501  one line as Python prints it
    if len(html) > _LONGEST_HTML or html.count("<") > _MOST_TAGS:
        raise ParseError(f"an HTML text of {len(html):,} characters is not read")
    # html5ever reads hostile markup in linear time; what it writes html.parser reads safely
    clean = nh3.clean(
        html,
        tags=set(_BREAKS | _BOLD | {"a"}),
        clean_content_tags=set(_DROPPED),
        attributes={"*": {"class", "style", "hidden"}, "a": {"href", "class", "style", "hidden"}},
        url_schemes={"http", "https"},
        link_rel=None,
    )
    writer = _Writer(base)
    _walk(BeautifulSoup(clean, "html.parser"), writer)
    return writer.finish()


@dataclass(slots=True)
class _Writer:
    """Collects runs of text into blocks."""

    base: str
    blocks: list[Block] = field(default_factory=list)
    runs: list[tuple[str, bool, str]] = field(default_factory=list)
    bold: int = 0
    links: list[str] = field(default_factory=list)
    headings: int = 0
    items: int = 0
    fresh_item: bool = False
    size: int = 0

    def enter(self, tag: Tag) -> None:
        if tag.name in _BREAKS:
            self.flush()
        if tag.name == "hr":
            self.blocks.append(Block(Kind.RULE))
        self._count(tag, 1)
        if tag.name == "li":
            self.fresh_item = True
        if tag.name == "a":
            self.links.append(_safe_url(str(tag.get("href") or ""), self.base))

    def leave(self, tag: Tag) -> None:
        if tag.name in _BREAKS:
            self.flush()
        self._count(tag, -1)
        if tag.name == "a":
            self.links.pop()

    def write(self, text: str) -> None:
        self.size += len(text)
        if self.size - len(text) > _LONGEST_BLOCK:
            return
        text = _INVISIBLE.sub("", text).replace("](", "] (")
        text = re.sub(r"\*{2,}", "*", text)
        self.runs.append((text, self.bold > 0, self.links[-1] if self.links else ""))

    def flush(self) -> None:
        text = _render(self.runs)[:_LONGEST_BLOCK]
        self.runs, self.size = [], 0
        if not text:
            return
        kind = Kind.HEADING if self.headings else Kind.TEXT
        marker = _BULLET.match(text)
        if marker or (self.items and self.fresh_item):
            kind, text = Kind.BULLET, text[marker.end() :] if marker else text
            self.fresh_item = False
        elif self.items and self.blocks and self.blocks[-1].kind is Kind.BULLET:
            self.blocks[-1] = Block(Kind.BULLET, f"{self.blocks[-1].text} {text}"[:_LONGEST_BLOCK])
            return
        self.blocks.append(Block(kind, text))

    def finish(self) -> list[Block]:
        self.flush()
        return self.blocks

    def _count(self, tag: Tag, step: int) -> None:
        self.bold += step * (tag.name in _BOLD)
        self.headings += step * (tag.name in _HEADINGS)
        self.items += step * (tag.name == "li")


def _walk(root: Tag, writer: _Writer) -> None:
    """Depth first without recursion, so that deep nesting is no danger."""
    stack: list[tuple[Tag, Iterator[object]]] = [(root, iter(root.children))]
    while stack:
        tag, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            writer.leave(tag)
        elif isinstance(child, Tag):
            if not _is_noise(child):
                writer.enter(child)
                stack.append((child, iter(child.children)))
        elif type(child) is NavigableString:
            writer.write(str(child))


def _is_noise(tag: Tag) -> bool:
    if tag.has_attr("hidden") or _HIDDEN.search(str(tag.get("style") or "")):
        return True
    return any(_NOISE.search(name or "") for name in tag.get_attribute_list("class"))


def _safe_url(href: str, base: str) -> str:
    try:
        url = urljoin(base, href.strip())
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not parts.hostname or len(url) > _LONGEST_URL:
        return ""
    return quote(url, safe="/:?#@!$&'*+,;=%~._-")


def _render(runs: list[tuple[str, bool, str]]) -> str:
    """Runs with the same look become one, so that a link or a bold span stays whole."""
    merged: list[tuple[str, bool, str]] = []
    for text, bold, url in runs:
        if merged and merged[-1][2] == url and (url or merged[-1][1] == bold):
            merged[-1] = (merged[-1][0] + text, merged[-1][1] or bold, url)
        elif text.strip() or not merged:
            merged.append((text, bold, url))
        else:
            merged[-1] = (merged[-1][0] + " ", *merged[-1][1:])
    return " ".join("".join(_mark(*run) for run in merged).split())


def _mark(text: str, bold: bool, url: str) -> str:
    core = text.strip()
    if not core or not (bold or url):
        return text
    marked = f"[{core}]({url})" if url else f"**{core}**"
    before, _, after = text.partition(core)
    return f"{' ' * bool(before)}{marked}{' ' * bool(after)}"
