"""Pieces of Markdown that render on the forum wherever they stand, whatever touches them.

Everyday Korean puts a particle directly after a word, which CommonMark's emphasis and the forum's
formulas do not foresee: ``**LLM(대규모 언어 모델)**은`` is not bold, ``$x$를`` is no formula
(contract 8). A piece is therefore written with a look at the characters on both sides of it.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bot.markdown.formula import is_boundary
from bot.markdown.linear import linear
from bot.markdown.neutral import SEPARATOR, Markdown, clean, neutralise

_MAXIMUM_TEX = 500
# Macros that load, define, link or style; MathJax and KaTeX know some of them.
_ACTIVE_TEX = re.compile(
    r"\\(?:href|url|require|def|gdef|edef|let|newcommand|renewcommand|newenvironment|input|include"
    r"|includegraphics|write|csname|catcode|style|class|cssId|data|html\w*|mmlToken|unicode|bbox"
    r"|begingroup|special|tooltip|texttip|action|toggle)(?![A-Za-z])"
)


def render_link(label: str, address: str) -> Markdown:
    """A link with a neutral label; ``address`` is one that may stand in a post as it is.

    Without a label the host's name stands there.

    >>> print(render_link("Code [official]", "https://example.org/x"))
    [Code \\[official\\]](https://example.org/x)
    """
    shown = neutralise(label) or neutralise(urlsplit(address).hostname or "link")
    return Markdown(f"[{shown}]({address})")


def render_bold(inner: Markdown, *, before: str = "", after: str = "") -> Markdown:
    """``inner`` in bold between the texts ``before`` and ``after``, of which it is not part.

    Stars where they open and close there (CommonMark 6.2, flanking), else the HTML element.

    >>> print(render_bold(Markdown("LLM(대규모 언어 모델)"), after="은"))
    <b>LLM(대규모 언어 모델)</b>
    """
    if not inner.strip():
        return inner
    first, last, left, right = inner[0], inner[-1], before[-1:], after[:1]
    opens = not is_boundary(first) or is_boundary(left)
    closes = not is_boundary(last) or is_boundary(right)
    clear = "*" not in {first, last, left, right} and not (first.isspace() or last.isspace())
    if opens and closes and clear:
        return Markdown(f"**{inner}**")
    return Markdown(f"<b>{inner}</b>")


def render_formula(tex: str, *, before: str = "", after: str = "") -> Markdown:
    """A formula for the forum's math plugin; text where ``tex`` could do more than be shown.

    Where a letter touches it, an empty comment parts the two: punctuation, which the plugin
    accepts, and nothing to readers.

    >>> print(render_formula("x^2", after="를"))
    $x^2$<!---->
    """
    if not is_plain_tex(tex):
        return neutralise(tex)
    left, right = before[-1:], after[:1]
    opening = "" if is_boundary(left) and left != "$" else SEPARATOR
    closing = "" if is_boundary(right) and right != "$" else SEPARATOR
    return Markdown(f"{opening}${tex}${closing}")


def is_plain_tex(tex: str) -> bool:
    """Whether ``tex`` can stand between dollars: short, one line, balanced, nothing that acts."""
    bare = tex.replace("\\\\", "").replace("\\$", "").replace("\\{", "").replace("\\}", "")
    return (
        0 < len(tex) <= _MAXIMUM_TEX
        and tex == clean(tex)
        and "$" not in bare
        and not bare.endswith("\\")
        and bare.count("{") == bare.count("}")
        and not _ACTIVE_TEX.search(tex)
    )


def readable_formula(tex: str) -> str:
    """A formula as plain text, for a forum without the math plugin; broken TeX as it is.

    >>> readable_formula(r"\\alpha_1 \\leq O(n^2)")
    'α₁ ≤ O(n²)'
    """
    return linear(clean(tex)) or clean(tex)


def render_details(summary: str, body: Markdown, *, plugin: bool = True) -> Markdown:
    """A collapsed section, closed here and nowhere else; open under a bold line without it."""
    title = _QUOTES.sub("", clean(summary))
    if not plugin:
        return Markdown(f"{render_bold(neutralise(title))}\n\n{body}")
    return Markdown(f'[details="{title}"]\n\n{body}\n\n[/details]')


_QUOTES = re.compile(r'["\[\]“”]')
