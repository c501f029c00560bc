"""Pieces of a formula on one line, and how they stand side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum, auto

from bot.markdown.signs import quotient, script

BIG_SIGNS = frozenset("∑∏∐∫∮⋃⋂⨁⨂⋁⋀")
_CLOSING = frozenset(";,)]}⌋⌉⟩")


class Kind(Enum):
    """How a piece stands beside others."""

    PLAIN = auto()
    SPACE = auto()
    RELATION = auto()
    WORD = auto()  # a function or big operator: blanks part it from letters
    GROUP = auto()  # brackets under a script alone
    QUOTIENT = auto()  # brackets beside a factor
    ROOT = auto()  # brackets before a factor


@dataclass(frozen=True, slots=True)
class Piece:
    """``touched`` is the text where a letter, digit or bracket stands directly beside it."""

    text: str
    kind: Kind = Kind.PLAIN
    touched: str = ""


BLANK = Piece(" ", Kind.SPACE)


def scripted(base: Piece, mark: str, content: str) -> Piece:
    """The base with what is raised ("^") or lowered ("_") at it."""
    if not content:
        return base
    bracketed = base.kind in {Kind.GROUP, Kind.QUOTIENT, Kind.ROOT}
    text = base.touched if bracketed else base.text
    kind = base.kind if base.kind in {Kind.WORD, Kind.RELATION} else Kind.PLAIN
    loose, tight = script(mark, content), script(mark, content, touched=True)
    return replace(base, text=text + loose, kind=kind, touched=text + tight)


def fraction(over: str, under: str) -> Piece:
    """A quotient, which gets brackets of its own beside a factor."""
    text = quotient(over, under)
    return Piece(text, Kind.QUOTIENT, f"({text})")


def join(pieces: Iterable[Piece], *, spaced: bool = True) -> str:
    """The pieces in a row; blanks and brackets where the eye needs them."""
    told = [piece for piece in pieces if spaced or piece.kind is not Kind.SPACE]
    text = ""
    for place, piece in enumerate(told):
        behind = next((one for one in told[place + 1 :] if one.kind is not Kind.SPACE), None)
        text = _append(text, piece, behind, spaced=spaced)
    return text


def _append(text: str, piece: Piece, behind: Piece | None, *, spaced: bool) -> str:
    if piece.kind is Kind.RELATION and spaced:
        return f"{text.rstrip()} {piece.text} " if text.strip() else piece.text
    if piece.kind is Kind.SPACE:
        return text if text.endswith((" ", "(")) else f"{text} "
    if piece.text in _CLOSING:
        return text.rstrip() + piece.text
    shown = piece.touched if _is_touched(text, piece, behind) else piece.text
    if piece.kind is Kind.QUOTIENT and text[-1:].isdigit() and shown[1:2].isdigit():
        return f"{text} {piece.text}"
    follows = behind is not None and (_is_factor(behind) or behind.text[:1] in BIG_SIGNS)
    if piece.kind is Kind.WORD:
        gap = " " if text[-1:].isalnum() or text.endswith(")") else ""
        return f"{text}{gap}{shown}{' ' * follows}"
    return text + shown


def _is_touched(text: str, piece: Piece, behind: Piece | None) -> bool:
    if not piece.touched or piece.kind is Kind.GROUP:
        return False
    before = text.rstrip()[-1:]
    left = piece.kind is Kind.QUOTIENT and (before.isalnum() or before in {")", "/", "^"})
    compound = piece.kind in {Kind.QUOTIENT, Kind.ROOT}
    opens = compound and behind is not None and behind.text[:1] in {"(", "[", "/", "√", *BIG_SIGNS}
    return left or opens or (behind is not None and _is_factor(behind))


def _is_factor(piece: Piece) -> bool:
    return piece.kind is not Kind.SPACE and piece.text[:1].isalnum()
