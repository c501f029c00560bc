"""The little Markdown that sources and model replies hold, rebuilt so that nothing else passes.

Understood are paragraphs, ``- `` bullets, ``**bold**``, ``*italics*``, code, formulas between
dollars and links; of links only the addresses that the caller allows. Everything else is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import Enum, auto
from itertools import groupby

from bot.markdown.addresses import find_addresses, safe_address
from bot.markdown.compose import (
    is_plain_tex,
    readable_formula,
    render_bold,
    render_formula,
    render_link,
)
from bot.markdown.neutral import Markdown, clean, escape

_BULLET = re.compile(r"\s*(?:[-*+●•◦▪]|\u2022)\s+(?=\S)")
_HEADING = re.compile(r"\s*#{1,6}\s+")
# The first words of a bullet, up to a colon: its title, which readers skim.
_LEAD_IN = re.compile(r"^([^\s:：*`$\[\]<>\\][^:：*`$\[\]<>\\.!?]{1,48})[:：]\s+(?=\S)")
# A closing dollar before a digit, or with a space before it, is a price (as Pandoc has it).
_TOKEN = re.compile(
    r"""
      \\(?P<escaped>[!-/:-@\[-`{-~])(?![A-Za-z])
    | (?<!`)`(?P<code>[^`]{0,300}[^`\s][^`]{0,300})`(?!`)
    | \$(?P<tex>(?![\s$])(?:\\.|[^$\\])+?(?<!\s))\$(?![\d$])
    | !?\[(?P<label>(?:[^\[\]]|\[[^\[\]]*\]){0,500})\]
        \(\s*<?(?P<target>(?:[^\s()<>]|\([^\s()<>]*\))*)>?(?:\s+"[^"]*")?\s*\)
    | <(?P<angle>https?://[^\s<>]+)>
    | (?P<bare>https?://\S+)
    | (?P<stars>\*{2,4})(?P<bold>(?=[^\s*])(?:[^*]|\*(?!\*))*?(?<=[^\s*]))(?P=stars)
    | (?<![A-Za-z0-9*])\*(?P<italic>(?=[^\s*])[^*]*?(?<=[^\s*]))\*(?![A-Za-z0-9*])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_KOREAN_OR_KANA = re.compile(r"[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\uac00-\ud7a3]")
_PRICE = re.compile(r"\d[\d.,]*\s*[A-Za-z]*\b[^\\]*[A-Za-z]{2,}[^\\]*")
_DEPTH = 3
_SHOWN = 60


class _Kind(Enum):
    TEXT = auto()
    CODE = auto()
    FORMULA = auto()
    LINK = auto()
    BOLD = auto()
    ITALIC = auto()


@dataclass(frozen=True, slots=True)
class _Span:
    kind: _Kind
    text: str
    address: str = ""


def render_prose(text: str, *, addresses: AbstractSet[str], math: bool) -> Markdown:
    """Paragraphs and lists of ``text``; one line of the source is one paragraph or bullet.

    A bullet's first words up to a colon are bold, as the newsletter itself has them.

    Args:
        text: Markdown from outside.
        addresses: What links may lead to, each as ``safe_address`` gives it.
        math: The forum shows formulas; otherwise they become readable text.

    >>> print(render_prose("Lead\\n- Size: $x$", addresses=frozenset(), math=True))
    Lead
    <BLANKLINE>
    - **Size:** $x$
    """
    blocks: list[str] = []
    in_list = False
    for line in text.splitlines():
        bullet = _BULLET.match(line)
        rest = line[bullet.end() :] if bullet else _HEADING.sub("", line, count=1)
        if bullet:
            rest = _LEAD_IN.sub(r"**\1:** ", rest, count=1)
        rendered = render_inline(rest, addresses=addresses, math=math)
        if not rendered:
            continue
        if bullet and in_list:
            blocks[-1] += f"\n- {rendered}"
        else:
            blocks.append(f"- {rendered}" if bullet else rendered)
        in_list = bullet is not None
    return Markdown("\n\n".join(blocks))


def render_inline(text: str, *, addresses: AbstractSet[str], math: bool) -> Markdown:
    """One line of Markdown from one line of ``text``.

    >>> print(render_inline("**OLMo(7B)**은 [새](http://a.io) 모델", addresses=set(), math=False))
    <b>OLMo(7B)</b>은 새 모델
    """
    return _render(clean(text), addresses, math, _DEPTH)


def plain_text(text: str) -> str:
    """What readers see of one line of Markdown, formulas readable.

    >>> plain_text("**a** [b](https://example.org) $x^2$")
    'a b x²'
    """
    return _plain(clean(text), _DEPTH)


def given_addresses(text: str) -> frozenset[str]:
    """Every address that a source's text links to or names, where a post may link to it."""
    links = (found["target"] for found in _TOKEN.finditer(text) if found["target"])
    bare = (url for _, _, url in find_addresses(text))
    return frozenset(address for url in (*links, *bare) if (address := safe_address(url)))


def _render(line: str, addresses: AbstractSet[str], math: bool, depth: int) -> Markdown:
    spans = list(_merged(_spans(line, addresses, math)))
    drafts = [_draft(span, addresses, math, depth) for span in spans]
    touched = (
        "*" if span.kind is _Kind.BOLD else draft for span, draft in zip(spans, drafts, strict=True)
    )
    edges = ["", *touched, ""]
    pieces = (
        _finish(span, draft, edges[place], edges[place + 2])
        for place, (span, draft) in enumerate(zip(spans, drafts, strict=True))
    )
    return Markdown("".join(pieces))


def _draft(span: _Span, addresses: AbstractSet[str], math: bool, depth: int) -> Markdown:
    """The piece without regard to its neighbours; its ends tell theirs what they touch."""
    if span.kind is _Kind.TEXT:
        return escape(span.text)
    if span.kind is _Kind.CODE:
        return Markdown(f"`{span.text}`")
    if span.kind is _Kind.FORMULA:
        return render_formula(span.text)
    if span.kind is _Kind.LINK:
        return render_link(plain_text(span.text), span.address)
    inner = _render(span.text, addresses, math, depth - 1) if depth else escape(span.text)
    return Markdown(f"<i>{inner}</i>") if span.kind is _Kind.ITALIC else inner


def _finish(span: _Span, draft: Markdown, before: str, after: str) -> Markdown:
    if span.kind is _Kind.BOLD:
        return render_bold(draft, before=before, after=after)
    if span.kind is _Kind.FORMULA:
        return render_formula(span.text, before=before, after=after)
    return draft


def _spans(line: str, addresses: AbstractSet[str], math: bool) -> Iterator[_Span]:
    last = 0
    while found := _TOKEN.search(line, last):
        yield _Span(_Kind.TEXT, line[last : found.start()])
        end, span = _span(found, addresses, math)
        yield span
        last = end
    yield _Span(_Kind.TEXT, line[last:])


def _span(found: re.Match[str], addresses: AbstractSet[str], math: bool) -> tuple[int, _Span]:
    """The token's end, which may lie before the match's, and what it is."""
    group, end = str(found.lastgroup), found.end()
    if group == "tex":
        return _formula(found, math)
    if group == "bare":
        return _bare(found, addresses)
    if group == "angle":
        return end, _link("", found[group], addresses)
    if group == "target":
        return end, _link(found["label"], found[group], addresses)
    kind = {"code": _Kind.CODE, "bold": _Kind.BOLD, "italic": _Kind.ITALIC}.get(group, _Kind.TEXT)
    return end, _Span(kind, found[group].strip())


def _bare(found: re.Match[str], addresses: AbstractSet[str]) -> tuple[int, _Span]:
    for start, stop, url in find_addresses(found.group()):
        if start == 0:
            return found.start() + stop, _link("", url, addresses)
    return found.end(), _Span(_Kind.TEXT, found.group())


def _link(label: str, target: str, addresses: AbstractSet[str]) -> _Span:
    address = safe_address(target)
    if address is None or address not in addresses:
        return _Span(_Kind.TEXT, plain_text(label) or target)
    return _Span(_Kind.LINK, label.strip() or _shortened(target), address)


def _shortened(url: str) -> str:
    shown = url.split("://", 1)[-1].removeprefix("www.").rstrip("/")
    return shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…"


def _formula(found: re.Match[str], math: bool) -> tuple[int, _Span]:
    tex = found["tex"]
    if _KOREAN_OR_KANA.search(tex) or _PRICE.fullmatch(tex):
        return found.start() + 1, _Span(_Kind.TEXT, "$")
    if math and is_plain_tex(tex):
        return found.end(), _Span(_Kind.FORMULA, tex)
    return found.end(), _Span(_Kind.TEXT, readable_formula(tex))


def _merged(spans: Iterator[_Span]) -> Iterator[_Span]:
    """Texts that touch become one, so that what they form together is seen when escaping."""
    for is_text, group in groupby(spans, lambda span: span.kind is _Kind.TEXT):
        if not is_text:
            yield from group
        elif text := "".join(span.text for span in group):
            yield _Span(_Kind.TEXT, text)


def _plain(line: str, depth: int) -> str:
    nested = {_Kind.BOLD, _Kind.ITALIC}
    return "".join(
        _plain(span.text, depth - 1) if span.kind in nested and depth else span.text
        for span in _spans(line, frozenset(), math=False)
    )
