"""Formulas by the rules of the forum's math plugin (contract 8, math), and accidental ones."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml, isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline


def formula_plugin(md: MarkdownIt) -> None:
    """Make ``$…$`` a ``span.math`` and a block between two ``$$`` lines a ``div.math``."""
    md.inline.ruler.after("escape", "math", _inline)
    md.block.ruler.after(
        "code", "math", _block, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )


def is_boundary(character: str) -> bool:
    """Whether a formula, mention or hashtag may begin after or end before ``character``.

    The empty string stands for the start or the end of the text. Whitespace and punctuation
    count, Korean letters do not: ``$x$를`` is no formula.
    """
    return (
        not character
        or isWhiteSpace(ord(character))
        or isMdAsciiPunct(ord(character))
        or isPunctChar(character)
    )


def _inline(state: StateInline, silent: bool) -> bool:
    source, start = state.src, state.pos
    if silent or source[start] != "$" or source[start + 1 : start + 2] in {"$", ""}:
        return False
    if start and not _may_touch(source[start - 1]):
        return False
    end = source.find("$", start + 1, state.posMax)
    while end > 0 and source[end - 1] == "\\":
        end = source.find("$", end + 1, state.posMax)
    if end < 0 or not _may_touch(source[end + 1 : end + 2]):
        return False
    token = state.push("html_inline", "", 0)
    token.content = f'<span class="math">{escapeHtml(source[start + 1 : end])}</span>'
    state.pos = end + 1
    return True


def _may_touch(character: str) -> bool:
    return character != "$" and is_boundary(character)


def _block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    if not _is_marker(state, start_line):
        return False
    if silent:
        return True
    close = next(
        (line for line in range(start_line + 1, end_line) if _is_marker(state, line)), end_line
    )
    lines = state.getLines(start_line + 1, close, state.blkIndent, False)
    token = state.push("html_block", "", 0)
    token.content = f'<div class="math">\n{escapeHtml(lines)}\n</div>\n'
    token.map = [start_line, close]
    state.line = min(close + 1, end_line)
    return True


def _is_marker(state: StateBlock, line: int) -> bool:
    first, last = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    return state.src[first:last].rstrip() == "$$"
