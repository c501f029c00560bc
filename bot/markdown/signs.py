r"""What single pieces of TeX look like in plain text: signs, raised and lowered ones, quotients.

Nothing here hands text to a TeX parser: pylatexenc raises where a macro lacks its argument
(``\sqrt``, ``\verb``, ``\href`` at the end of a text), so only its table of signs is asked.
"""

from __future__ import annotations

import re

from pylatexenc.latex2text import get_default_latex_context_db

_KNOWN = get_default_latex_context_db()
_RAISED = dict(zip("0123456789+-−=()niT", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱᵀ", strict=True))
_LOWERED = dict(
    zip("0123456789+-−=()aeoxhklmnpstijruv", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜᵢⱼᵣᵤᵥ", strict=True)
)
_SMALL = {"^": _RAISED, "_": _LOWERED}
# Small as they are, behind what they mark.
_MARKS = {"∘": "°", "°": "°", "†": "†", "‡": "‡", "*": "*", "⋆": "⋆", "′": "′", "⊤": "ᵀ"}
_LOW = "[₀-₎ₐ-ₜᵢᵣᵤᵥⱼ]*"
_WORD = re.compile(rf"\\?[^\W\d_]+|[\d.,]+%?|√\w{_LOW}")


def sign(name: str) -> str | None:
    r"""What pylatexenc writes for a macro that takes no argument; None where it knows none.

    >>> sign("alpha"), sign("sqrt"), sign("author"), sign("today")
    ('α', None, None, None)
    """
    spec = _KNOWN.get_macro_spec(name)
    value = getattr(spec, "simplify_repl", None)
    # A text with "%" waits for arguments; a function may read the clock or a file.
    if not isinstance(value, str) or "%" in value or name == "today":
        return None
    return value.strip() or None


def script(mark: str, content: str, *, touched: bool = False) -> str:
    """What stands raised ("^") or lowered ("_"), small where Unicode has it, else in brackets.

    ``touched`` where a letter or digit follows that does not belong to it.

    >>> script("^", "2"), script("_", "ij"), script("^", "b"), script("^", "b+c")
    ('²', 'ᵢⱼ', '^b', '^(b+c)')
    >>> script("^", "b", touched=True), script("^", "(t)")
    ('^(b)', '^(t)')
    """
    small = _SMALL[mark]
    if content in _MARKS and mark == "^":
        return _MARKS[content]
    # A word is not legible in small letters.
    if all(sign in small for sign in content) and not (content.isalpha() and len(content) > 2):
        return "".join(small[sign] for sign in content)
    single = len(content) == 1 and not touched
    return mark + (content if single or is_bracketed(content) else f"({content})")


def quotient(over: str, under: str) -> str:
    """A fraction on one line, in which brackets part what the line would run together.

    >>> quotient("1", "2"), quotient("a+b", "c"), quotient("tokens", "second"), quotient("1", "2n")
    ('1/2', '(a+b)/c', 'tokens/second', '1/(2n)')
    """
    under = under.strip()
    rooted = under.startswith("√") and is_bracketed(under[1:])
    below = under if rooted or _WORD.fullmatch(under) else operand(under, tight=True)
    return f"{operand(over)}/{below}"


def operand(text: str, *, tight: bool = False) -> str:
    """What a sign applies to, in brackets unless it is one word, number or macro already."""
    text = text.strip()
    plain = rf"\w?{_LOW}" if tight else r"\\?[\w.,%]*"
    return text if re.fullmatch(plain, text) or is_bracketed(text) else f"({text})"


def is_bracketed(text: str) -> bool:
    """Whether one pair of brackets holds all of it: (a+b), and not (a)+(b)."""
    if not (text.startswith("(") and text.endswith(")")):
        return False
    depth = 0
    for place, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return place == len(text) - 1
    return False
