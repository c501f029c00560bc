"""Which dollar signs enclose a formula, and which are prices."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LONGEST = 600
_TEX = re.compile(r"[\\^_{}]")
_HANGUL = re.compile("[가-힣]")
_WORD = re.compile(r"\b[A-Za-z]{2,}\b")
_TEXT_MACRO = re.compile(r"\\(?:text\w*|mathrm|mbox|emph)\s*\{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class Formula:
    """One formula: where it stands in the text, dollars included, and what is inside."""

    start: int
    end: int
    body: str


def find_formulas(text: str) -> list[Formula]:
    r"""The formulas of a text in order; prices are none.

    >>> [formula.body for formula in find_formulas(r"$O(n^2)$ steps for $5 or $10, \$3")]
    ['O(n^2)']
    >>> find_formulas("from $100K to $2M (about $3)")
    []

    The rule is Pandoc's (``tex_math_dollars``: no space inside the dollars, no digit after the
    closing one), with braces counted, because authors nest ``$\textit{a$\textbf{b}$}$``; and a
    body without any TeX that reads like a sentence is not a formula.
    """
    formulas: list[Formula] = []
    at = text.find("$")
    while at != -1:
        formula = None if _escaped(text, at) else _formula_at(text, at)
        if formula:
            formulas.append(formula)
        at = text.find("$", formula.end if formula else at + 1)
    return formulas


def _formula_at(text: str, start: int) -> Formula | None:
    width = 2 if text.startswith("$$", start) else 1
    opening = start + width
    closing = _closing(text, opening, "$" * width)
    if closing is None:
        return None
    body = text[opening:closing]
    end = closing + width
    if width == 2:
        return Formula(start, end, body.strip()) if body.strip(" $") else None
    if not body or body[0].isspace() or body[-1].isspace() or text[end : end + 1].isdigit():
        return None
    return Formula(start, end, body) if _is_mathematics(body) else None


def _closing(text: str, start: int, mark: str) -> int | None:
    depth = 0
    at = start
    while at < min(len(text), start + _LONGEST):
        if text[at] == "\\":
            at += 2
            continue
        depth += (text[at] == "{") - (text[at] == "}")
        if depth < 0:
            return None
        if depth == 0 and text.startswith(mark, at):
            return at
        at += 1
    return None


def _is_mathematics(body: str) -> bool:
    prose = _TEXT_MACRO.sub("", body)
    if _HANGUL.search(prose) or "\\$" in prose or not _balanced(body):
        return False
    if _TEX.search(body):
        return True
    return not (" " in body.strip() and _WORD.search(body))


def _balanced(body: str) -> bool:
    """No closing bracket without its opening one; half-open intervals ``[0, 1)`` count as one."""
    opened = sum(body.count(mark) for mark in "([")
    closed = sum(body.count(mark) for mark in ")]")
    return opened == closed


def _escaped(text: str, at: int) -> bool:
    before = text[:at]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1
