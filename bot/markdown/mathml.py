"""TeX formulas as MathML, which browsers show without a script or a font from the network.

A small part of TeX, by pylatexenc's parser: scripts, fractions, roots, accents, fonts, big
operators and symbols. What is not known is shown as its readable text, never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape, unescape
from typing import TypeAlias

from pylatexenc.latex2text import LatexNodes2Text
from pylatexenc.latexwalker import (
    LatexCharsNode,
    LatexEnvironmentNode,
    LatexGroupNode,
    LatexMacroNode,
    LatexMathNode,
    LatexNode,
    LatexSpecialsNode,
    LatexWalker,
    LatexWalkerError,
)

from bot.markdown.letters import styled

_LIMIT = 4_000
_NARROW = 30  # characters of TeX that fit a line of a phone, at 10 px each
_DEPTH = 40
_BIG = {"sum": "∑", "prod": "∏", "bigcup": "⋃", "bigcap": "⋂", "bigoplus": "⨁", "coprod": "∐"}
_LIMITS = {"max", "min", "sup", "inf", "lim", "argmax", "argmin", "limsup", "liminf"}
_NAMED = "log ln exp sin cos tan det dim ker Pr gcd deg arg tanh sinh"
_FUNCTIONS = _LIMITS | set(_NAMED.split())
_THIN = '<mspace width="0.17em"></mspace>'
_SYMBOLS = {"|": "‖", "lVert": "‖", "rVert": "‖", "lvert": "|", "rvert": "|", "mid": "∣"}
_ACCENTS = {
    "hat": "^", "widehat": "^", "bar": "¯", "overline": "¯", "tilde": "~", "widetilde": "~",
    "vec": "→", "dot": "˙", "ddot": "¨",
}  # fmt: skip
_FONTS = {
    "mathbf": "bold", "boldsymbol": "bold", "bm": "bold", "textbf": "bold",
    "mathcal": "script", "mathscr": "script", "mathbb": "double", "mathfrak": "fraktur",
}  # fmt: skip
_UPRIGHT_NAMES = "mathrm text operatorname textrm textit emph mathsf mathtt mathit texttt"
_UPRIGHT = set(_UPRIGHT_NAMES.split())
_SPACES = {",", ";", ":", "!", " ", "quad", "qquad", "left", "right", "big", "Big", "bigl", "bigr"}
_TEXT = LatexNodes2Text(math_mode="text", keep_comments=False)
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[가-힣]+(?:\s+[가-힣]+)*|\s+|.", re.DOTALL)
_FORMULA = re.compile(r"<(?P<tag>span|div) class=\"math\">(?P<tex>.*?)</(?P=tag)>", re.DOTALL)


_Part: TypeAlias = "str | LatexNode"


def show_math(html: str) -> str:
    """Cooked HTML whose formulas (``.math``, holding TeX) are MathML.

    One within a line that may not fit a phone's gets the class ``wide``, to be scrolled.

    >>> show_math('<p><span class="math">x_1</span></p>')
    '<p><span class="math"><math><msub><mi>x</mi><mn>1</mn></msub></math></span></p>'
    """

    def replace(found: re.Match[str]) -> str:
        tag, block = found["tag"], found["tag"] == "div"
        tex = unescape(found["tex"]).strip()
        kind = "math wide" if len(tex) > _NARROW and not block else "math"
        return f'<{tag} class="{kind}">{render_mathml(tex, block=block)}</{tag}>'

    return _FORMULA.sub(replace, html)


def render_mathml(tex: str, *, block: bool = False) -> str:
    r"""One formula; unreadable TeX comes back as its own text.

    >>> render_mathml(r"\frac{a}{b}")
    '<math><mfrac><mi>a</mi><mi>b</mi></mfrac></math>'
    """
    display = ' display="block"' if block else ""
    try:
        nodes = LatexWalker(tex[:_LIMIT]).get_latex_nodes()[0]
        body = _row(nodes, 0)
    except (LatexWalkerError, RecursionError, LookupError, AttributeError, TypeError):
        body = _mtext(tex[:_LIMIT])
    return f"<math{display}>{body}</math>"


def _row(nodes: Sequence[LatexNode], depth: int) -> str:
    """The nodes one after another, scripts bound to what stands before them."""
    if depth > _DEPTH:
        return _mtext("…")
    atoms: list[tuple[str, bool]] = []
    queue = [part for node in nodes if node is not None for part in _parts(node)]
    while queue:
        part = queue.pop(0)
        if isinstance(part, str) and part in "_^":
            base = atoms.pop() if atoms else ("<mrow></mrow>", False)
            scripts = {part: _next(queue, depth)}
            # pylatexenc's nodes cannot be compared with text
            following = queue[0] if queue and isinstance(queue[0], str) else ""
            if following in {"_", "^"} - {part}:
                del queue[0]
                scripts[following] = _next(queue, depth)
            atoms.append((_scripted(base, scripts), False))
        elif atom := _atom(part, queue, depth):
            atoms.append(atom)
    return "".join(text for text, _ in atoms)


def _parts(node: LatexNode) -> list[_Part]:
    if node.isNodeType(LatexCharsNode):
        return [token for token in _TOKEN.findall(node.chars) if not token.isspace()]
    if node.isNodeType(LatexSpecialsNode):
        return [str(node.specials_chars)]
    return [node]


def _next(queue: list[_Part], depth: int) -> str:
    if not queue:
        return "<mrow></mrow>"
    atom = _atom(queue.pop(0), queue, depth)
    return atom[0] if atom else "<mrow></mrow>"


def _scripted(base: tuple[str, bool], scripts: dict[str, str]) -> str:
    text, limits = base
    spaced = text.startswith(_THIN)
    text = text.replace(_THIN, "")
    low, high = scripts.get("_"), scripts.get("^")
    names = ("munder", "mover", "munderover") if limits else ("msub", "msup", "msubsup")
    name = names[2] if low and high else names[0] if low else names[1]
    bound = f"<{name}>{text}{low or ''}{high or ''}</{name}>"
    return f"{_THIN}{bound}{_THIN}" if spaced else bound


def _atom(part: _Part, queue: list[_Part], depth: int) -> tuple[str, bool] | None:
    """One part as MathML, and whether its scripts stand above and below it."""
    if isinstance(part, str):
        return _token(part), False
    if part.isNodeType(LatexMacroNode):
        return _macro(part, queue, depth)
    if part.isNodeType(LatexGroupNode) or part.isNodeType(LatexMathNode):
        return _wrap(_row(part.nodelist, depth + 1)), False
    if part.isNodeType(LatexEnvironmentNode):
        return _environment(part, depth), False
    return None


def _macro(node: LatexNode, queue: list[_Part], depth: int) -> tuple[str, bool] | None:
    name = str(node.macroname)
    arguments = _arguments(node, queue)
    render = _MACROS.get(name)
    if render is not None:
        return render([_argument(one, depth + 1) for one in arguments]), False
    if name in _BIG:
        return f"<mo>{_BIG[name]}</mo>", True
    if name in _FUNCTIONS:
        return (f"<mi>{name}</mi>", True) if name in _LIMITS else (_function(name), False)
    if name in _SPACES:
        return None
    if name in _FONTS:
        return f"<mi>{escape(styled(_plain(arguments), _FONTS[name]))}</mi>", False
    if name in _UPRIGHT:
        return _mtext(_plain(arguments)), False
    if name in _ACCENTS:
        body = "".join(_argument(one, depth + 1) for one in arguments) or "<mrow></mrow>"
        return f'<mover accent="true">{body}<mo>{_ACCENTS[name]}</mo></mover>', False
    text = _SYMBOLS.get(name) or _TEXT.nodelist_to_text([node]).strip()
    return _token(text or f"\\{name}"), False


def _argument(node: LatexNode, depth: int) -> str:
    inside = node.nodelist if node.isNodeType(LatexGroupNode) else [node]
    return _wrap(_row(inside, depth))


_WANTED = {"frac": 2, "dfrac": 2, "tfrac": 2, "binom": 2, "sqrt": 1}


def _arguments(node: LatexNode, queue: list[_Part]) -> list[LatexNode]:
    """The macro's mandatory arguments; those the parser did not take follow in the queue."""
    parsed = node.nodeargd.argnlist if node.nodeargd else []
    found = [one for one in parsed if one is not None and _is_mandatory(one)]
    name = node.macroname
    wanted = _WANTED.get(name, 1 if name in {**_ACCENTS, **_FONTS} or name in _UPRIGHT else 0)
    while len(found) < wanted and queue and not isinstance(queue[0], str):
        taken = queue.pop(0)
        assert not isinstance(taken, str)
        found.append(taken)
    return found


def _is_mandatory(node: LatexNode) -> bool:
    return not (node.isNodeType(LatexGroupNode) and node.delimiters == ("[", "]"))


def _plain(nodes: Sequence[LatexNode]) -> str:
    return str(_TEXT.nodelist_to_text(list(nodes)))


def _environment(node: LatexNode, depth: int) -> str:
    """Rows by ``\\\\``, cells by ``&``; aligned equations and matrices."""
    rows: list[list[list[LatexNode]]] = [[[]]]
    for part in node.nodelist:
        if part.isNodeType(LatexMacroNode) and part.macroname == "\\":
            rows.append([[]])
        elif part.isNodeType(LatexSpecialsNode) and part.specials_chars == "&":
            rows[-1].append([])
        else:
            rows[-1][-1].append(part)
    body = "".join(
        "<mtr>" + "".join(f"<mtd>{_row(cell, depth + 1)}</mtd>" for cell in row) + "</mtr>"
        for row in rows
    )
    table = f"<mtable>{body}</mtable>"
    pair = {"pmatrix": "()", "bmatrix": "[]", "vmatrix": "||"}.get(node.environmentname)
    if pair:
        return f"<mrow><mo>{pair[0]}</mo>{table}<mo>{pair[1]}</mo></mrow>"
    return f"<mrow><mo>{{</mo>{table}</mrow>" if node.environmentname == "cases" else table


def _token(text: str) -> str:
    if re.fullmatch(r"\d+(?:[.,]\d+)*", text):
        return f"<mn>{text}</mn>"
    if len(text) == 1 and text.isalpha():
        return f"<mi>{escape(text)}</mi>"
    if text == "-":
        return "<mo>−</mo>"
    if text in {"|", "‖"}:
        return f'<mo stretchy="false" lspace="0em" rspace="0em">{text}</mo>'
    if len(text) == 1:
        return f"<mo>{escape(text)}</mo>"
    return _mtext(text)


def _function(name: str) -> str:
    """A name such as log with the thin spaces that TeX leaves around it."""
    return f"{_THIN}<mi>{name}</mi>{_THIN}"


def _mtext(text: str) -> str:
    return f"<mtext>{escape(text)}</mtext>"


def _wrap(body: str) -> str:
    single = re.fullmatch(r"<(m[ino]|mtext)>[^<]*</\1>", body)
    return body if single else f"<mrow>{body}</mrow>"


def _fraction(parts: list[str]) -> str:
    top, bottom = (*parts, "<mrow></mrow>", "<mrow></mrow>")[:2]
    return f"<mfrac>{top}{bottom}</mfrac>"


def _binomial(parts: list[str]) -> str:
    top, bottom = (*parts, "<mrow></mrow>", "<mrow></mrow>")[:2]
    pile = f'<mfrac linethickness="0">{top}{bottom}</mfrac>'
    return f"<mrow><mo>(</mo>{pile}<mo>)</mo></mrow>"


_MACROS: dict[str, Callable[[list[str]], str]] = {
    "frac": _fraction,
    "dfrac": _fraction,
    "tfrac": _fraction,
    "binom": _binomial,
    "sqrt": lambda parts: f"<msqrt>{''.join(parts)}</msqrt>",
}
