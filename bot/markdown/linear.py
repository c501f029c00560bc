r"""TeX formulas as plain text on one line, for a forum without the math plugin.

What TeX shows by place or size is shown by brackets: ``\frac{a-b}{c+d}`` is (a-b)/(c+d). No letter,
digit or operator is lost: of a macro that nobody knows its name and arguments stay.
"""

from __future__ import annotations

import re
import unicodedata

from bot.markdown.letters import styled
from bot.markdown.pieces import BIG_SIGNS, BLANK, Kind, Piece, fraction, join, scripted
from bot.markdown.signs import is_bracketed, operand, script, sign

_LIMIT = 4_000
_DEPTH = 40
_TOKEN = re.compile(
    r"\\(?:operatorname|tag|[hv]space|substack|label)\*|\\[A-Za-z]+|\\.|\s+|.", re.DOTALL
)
_BIG = {"bigcup": "⋃", "bigcap": "⋂", "bigoplus": "⨁", "bigotimes": "⨂", "bigvee": "⋁"}
_RELATIONS = frozenset((
    "leq", "le", "geq", "ge", "leqslant", "geqslant", "neq", "ne", "approx", "sim", "simeq",
    "cong", "equiv", "in", "notin", "ni", "to", "rightarrow", "leftarrow", "leftrightarrow",
    "longrightarrow", "Rightarrow", "Leftarrow", "Leftrightarrow", "implies", "iff", "mapsto",
    "propto", "subset", "subseteq", "supset", "supseteq", "ll", "gg", "mid", "triangleq", "prec",
    "succ", "preceq", "succeq",
))  # fmt: skip
_SIGNS = {
    "|": "‖", "lVert": "‖", "rVert": "‖", "Vert": "‖", "lvert": "|", "rvert": "|", "vert": "|",
    "prime": "′", "leqslant": "≤", "geqslant": "≥", "triangleq": "≜", "%": "%", "bmod": "mod",
}  # fmt: skip
_FONTS = {
    "mathbf": "bold", "boldsymbol": "bold", "bm": "bold", "mathcal": "script",
    "mathscr": "script", "mathbb": "double", "mathbbm": "double", "mathds": "double",
    "mathfrak": "fraktur",
}  # fmt: skip
_SHOWN = frozenset((
    "text", "textrm", "textit", "textbf", "texttt", "textsf", "textup", "textnormal", "emph",
    "mathrm", "mathit", "mathsf", "mathtt", "mbox", "hbox", "boxed", "underbrace", "overbrace",
    "mathop", "mathrel", "mathbin", "mathord", "ensuremath",
))  # fmt: skip
_ACCENTS = {
    "hat": "\u0302", "bar": "\u0304", "tilde": "\u0303", "vec": "\u20d7", "dot": "\u0307",
    "ddot": "\u0308", "check": "\u030c", "breve": "\u0306", "overline": "\u0304",
    "underline": "\u0332", "widehat": "\u0302", "widetilde": "\u0303",
}  # fmt: skip
_ACCENT_NAMES = {"overline": "bar", "widehat": "hat", "widetilde": "tilde"}
_SILENT = re.compile(
    r"(?:left|right|middle|[bB]igg?[lrm]?|limits|nolimits|(?:display|text|script|scriptscript)style"
    r"|rm|bf|it|cal|sf|tt|nonumber|notag|[!/\-])"
)
_UNSEEN = {"color", "label", "hspace", "vspace", "phantom", "hphantom", "vphantom"}
_SPACES = {",", ";", ":", " ", ">", "quad", "qquad", "thinspace", "space"}
_FRACTIONS = {"frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac"}
_BINOMIALS = {"binom", "dbinom", "tbinom"}
_PLACED = {"overset": "^", "stackrel": "^", "underset": "_"}
_BRACKETS = {"pmatrix": "()", "bmatrix": "[]", "vmatrix": "||", "Bmatrix": "{}", "cases": "{ "}


def linear(tex: str) -> str | None:
    r"""The formula as a line of text; None where the TeX is broken, too long or too deep.

    >>> linear(r"\eta_t \leq \frac{a-b}{c+d}"), linear(r"\mathbb{R}^{d \times d}")
    ('ηₜ ≤ (a-b)/(c+d)', 'ℝ^(d×d)')
    >>> linear(r"\binom{n}{k}"), linear(r"\sqrt{a+b}"), linear(r"\frac{a")
    ('C(n, k)', '√(a+b)', None)
    """
    if len(tex) > _LIMIT:
        return None
    reader = _Reader(_TOKEN.findall(tex))
    try:
        text = join(reader.row())
    except _BrokenError:
        return None
    return " ".join(text.split()) or None


class _BrokenError(ValueError):
    """A brace or an argument is missing, or braces nest too deep."""


class _Reader:
    """Reads tokens of TeX into pieces, left to right."""

    def __init__(self, lexemes: list[str]) -> None:
        self._lexemes = lexemes
        self._at = 0
        self._depth = 0
        self._environments = 0

    def row(self, closing: str = "") -> list[Piece]:
        """What stands up to the ``closing`` lexeme, which is taken along."""
        pieces: list[Piece] = []
        while (lexeme := self._peek()) != closing:
            if not lexeme or lexeme == "}":
                raise _BrokenError
            self._at += 1
            if lexeme in ("^", "_"):
                pieces.append(scripted(_pop_base(pieces), lexeme, self._argument(small=True)))
            elif lexeme == r"\over":
                under = join(self.row(closing))
                return [fraction(join(pieces), under)]
            else:
                pieces += self._read(lexeme)
        self._at += 1
        return pieces

    def _peek(self) -> str:
        return self._lexemes[self._at] if self._at < len(self._lexemes) else ""

    def _read(self, lexeme: str) -> list[Piece]:
        if lexeme.isspace() or lexeme == "~" or (lexeme == "&" and self._environments):
            return [BLANK]
        if lexeme == "$":  # mathematics within \text
            return []
        if lexeme == "{":
            return [self._group()]
        if lexeme[0] != "\\":
            return [Piece("′" if lexeme == "'" else lexeme)]
        return self._spaced_macro(lexeme[1:].removesuffix("*") or "*")

    def _spaced_macro(self, name: str) -> list[Piece]:
        """A macro; the blank that ends its name counts only where one stands before it, too."""
        spaced = self._at > 1 and self._lexemes[self._at - 2].isspace()
        behind = self._at
        if name.isalpha():
            self._skip_blanks()
        skipped, after = self._at > behind, self._at
        pieces = self._macro(name)
        return [*pieces, BLANK] if spaced and skipped and pieces and after == self._at else pieces

    def _group(self) -> Piece:
        pieces = self._nested("}")
        told = [piece for piece in pieces if piece.kind is not Kind.SPACE]
        if len(told) == 1:
            return told[0]
        text = join(pieces)
        return Piece(text, Kind.GROUP, operand(text))

    def _nested(self, closing: str) -> list[Piece]:
        self._depth += 1
        if self._depth > _DEPTH:
            raise _BrokenError
        pieces = self.row(closing)
        self._depth -= 1
        return pieces

    def _argument(self, *, small: bool = False) -> str:
        """The next group or single lexeme as text; without blanks where it is ``small``."""
        self._skip_blanks()
        lexeme = self._peek()
        if lexeme in ("", "}", "^", "_"):
            raise _BrokenError
        self._at += 1
        pieces = self._nested("}") if lexeme == "{" else self._read(lexeme)
        return join(pieces, spaced=not small).strip()

    def _option(self) -> str:
        self._skip_blanks()
        if self._peek() != "[":
            return ""
        self._at += 1
        return join(self._nested("]"))

    def _skip_blanks(self) -> None:
        while self._peek().isspace():
            self._at += 1

    def _macro(self, name: str) -> list[Piece]:
        if name in _SPACES:
            return [BLANK]
        if name == "\\":
            return [Piece(";"), BLANK]
        if name in ("begin", "end"):
            return self._environment(name)
        if _SILENT.fullmatch(name):
            if name in ("left", "right") and self._peek() == ".":
                self._at += 1
            return []
        if name in _UNSEEN:
            self._argument()
            return []
        return [self._built(name) or self._sign(name)]

    def _environment(self, edge: str) -> list[Piece]:
        name = self._argument().removesuffix("*")
        if name == "array" and edge == "begin":
            self._argument()
        self._environments += 1 if edge == "begin" else -1
        brackets = _BRACKETS.get(name, "  ")
        return [Piece(brackets[edge == "end"])]

    def _built(self, name: str) -> Piece | None:
        """What a macro makes of its arguments; None where it is a sign or not known."""
        if name in _FRACTIONS:
            return fraction(self._argument(), self._argument())
        if name in _BINOMIALS:
            return Piece(f"C({self._argument()}, {self._argument()})")
        if name == "sqrt":
            return self._root()
        if name in _FONTS:
            text = self._argument()
            return Piece(styled(text, _FONTS[name]) if len(text) == 1 else text)
        if name in _ACCENTS:
            return Piece(_accented(self._argument(), name))
        if name in _PLACED:
            above = self._argument(small=True)
            return scripted(Piece(self._argument()), _PLACED[name], above)
        return self._named(name)

    def _named(self, name: str) -> Piece | None:
        if name in _SHOWN:
            text = self._argument()
            return Piece(text, Kind.GROUP, operand(text))
        if name == "operatorname":
            return Piece(self._argument(), Kind.WORD)
        if name == "textcolor":
            self._argument()
            return Piece(self._argument())
        if name in ("pmod", "pod"):
            return Piece(f" (mod {self._argument()})")
        if name in ("xrightarrow", "xleftarrow"):
            below, above = self._option(), self._argument(small=True)
            arrow = Piece("→" if name == "xrightarrow" else "←", Kind.RELATION)
            arrow = scripted(arrow, "_", below) if below else arrow
            return scripted(arrow, "^", above) if above else arrow
        if name == "not":
            return Piece(_composed(self._argument(), "\u0338"), Kind.RELATION)
        return None

    def _root(self) -> Piece:
        degree = self._option()
        small = script("^", degree).strip("^") if degree else ""
        text = f"{small}√{operand(self._argument(), tight=True)}"
        return Piece(text, Kind.ROOT, f"({text})")

    def _sign(self, name: str) -> Piece:
        """A sign, a function's name, or the name and the arguments of what nobody knows."""
        text = _SIGNS.get(name) or _BIG.get(name) or sign(name)
        if text is None and not name.isalpha():
            return Piece(name)
        if text is None:
            while self._peek() == "{":
                inside = self._argument()
                name += f"({inside})" if inside else ""
            return Piece(name, Kind.WORD)
        if name in _RELATIONS:
            return Piece(text, Kind.RELATION)
        big = text in BIG_SIGNS or (len(text) > 1 and text[0].isalpha())
        return Piece(text, Kind.WORD if big else Kind.PLAIN)


def _pop_base(pieces: list[Piece]) -> Piece:
    """The piece that a script belongs to; an empty one where nothing stands before it."""
    while pieces and pieces[-1].kind is Kind.SPACE:
        pieces.pop()
    return pieces.pop() if pieces else Piece("")


def _accented(text: str, name: str) -> str:
    """x̂ for one letter, hat(xy) for more: a mark over several is not seen on every device."""
    if len(text) == 1:
        return _composed(text, _ACCENTS[name])
    return f"{_ACCENT_NAMES.get(name, name)}{text if is_bracketed(text) else f'({text})'}"


def _composed(text: str, mark: str) -> str:
    return unicodedata.normalize("NFC", text[:1] + mark + text[1:])
