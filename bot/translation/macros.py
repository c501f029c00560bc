r"""TeX's macros outside formulas, turned into text: styles, accents, letters, signs.

What stands between dollars as a formula is not touched here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from bot.markdown.signs import operand, quotient, script, sign

_ROUNDS = 16
MARKS = "\U000f0000-\U000ffffd"
"""The private characters that stand for formulas, code and addresses, as a range of a pattern."""

_STYLE = re.compile(
    r"\\(?:emph|text(?:bf|it|tt|sc|rm|sf|sl|up|normal)?|math(?:rm|bf|it|sf|tt)|mbox|underline|uline"
    r"|operatorname|boldsymbol|bm)\s*\{([^{}]*)\}"
)
_OLD_STYLE = re.compile(r"\{\\(?:em|bf|it|tt|sc|rm|sf|sl)\s+([^{}]*)\}")
# What is no part of the sentence: references by key, notes, colours, sizes, pictures.
_REFERENCE = (
    r"\\(?:cite[a-zA-Z]*|(?:eq|page|auto|name|sub|[cCvVz])?ref|label|footnote(?:text)?|thanks)\*?(?:\s?\[[^\]]*\]){0,2}"
    r"\s*\{[^{}]*\}"
)
_ASIDE = re.compile(
    rf"[\s~]*(?:\(\s*{_REFERENCE}\s*\)|\[\s*{_REFERENCE}\s*\]|{_REFERENCE})"
    r"|\\(?:color|pagecolor|[vh]space|vskip|hskip|includegraphics)\*?(?:\[[^\]]*\])?\s*\{[^{}]*\}"
)
_COLOURED = re.compile(
    r"\\(?:(?:textcolor|colorbox|scalebox|raisebox|hyperlink)\*?(?:\[[^\]]*\])?\s*\{[^{}]*\}"
    r"|(?:fcolorbox|resizebox)\*?(?:\[[^\]]*\])?\s*\{[^{}]*\}\s*\{[^{}]*\}"
    r"|hyperref\s*\[[^\]]*\])\s*(?=\{)"
)
_KEPT_ASIDE = re.compile(rf"\{{([^{{}}]*[{MARKS}][^{{}}]*)\}}[)\]\s]*\Z")
_BARE_ACCENT = re.compile(r"\\([~^])(?:\s*\{\s*\}|(?=\d))")
_SPACING = re.compile(r"\\(?:[,;:! ]|\\|quad\b|qquad\b|newline\b|par\b|xspace\b|noindent\b)\s*")
_ENVIRONMENT = re.compile(r"\\(?:begin|end)\s*\{[^{}]*\}|\\item\b")
_SCRIPT = re.compile(r"(.?)\\text(super|sub)script\s*\{([^{}]*)\}")
_FRACTION = re.compile(
    r"(\d?)\\(?:[dtc]?frac|nicefrac|sfrac|textfrac)\s*(?:\{([^{}]*)\}\s*\{([^{}]*)\}|(\d)\s*(\d))"
)
_BINOMIAL = re.compile(r"\\[dt]?binom\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_ROOT = re.compile(r"\\sqrt\s*(?:\[(\w)\])?\s*\{([^{}]*)\}")
_DING = re.compile(r"\\ding\s*\{(\d+)\}")
_DINGS = {"51": "✓", "52": "✓", "55": "✗", "56": "✗"}
_SECTION = re.compile(r"\\([SP])(?![A-Za-z])\s*")
_SIGNS = {
    "textless": "<", "textgreater": ">", "textbar": "|", "textasciicircum": "^",
    "textunderscore": "_", "textpercent": "%", "texttildelow": "~",
    "checkmark": "✓", "cmark": "✓", "xmark": "✗",
}  # fmt: skip
_RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_ALWAYS_RAISED = {"TM": "™", "R": "®", "st": "st", "nd": "nd", "rd": "rd", "th": "th"}
_SHORT = {"ie": "i.e.", "eg": "e.g.", "etal": "et al.", "etc": "etc.", "wrt": "w.r.t."}
_ACCENT = re.compile(
    r"""\\(['"`^~=.]|[uvHtcdbrk](?=\s*\{|\s+[A-Za-z]))\s*(?:\{\s*(\\?[A-Za-z]{1,2})\s*\}|(\\?[A-Za-z]))"""
)
_LETTER = re.compile(
    r"\{\\(aa|AA|ae|AE|oe|OE|ss|l|L|o|O|i|j)\}|\\(aa|AA|ae|AE|ss|[oOlL])(?![A-Za-z])\s?"
)
_LETTERS = dict(
    zip(
        ("aa", "AA", "ae", "AE", "oe", "OE", "ss", "l", "L", "o", "O", "i", "j"),
        ("å", "Å", "æ", "Æ", "œ", "Œ", "ß", "ł", "Ł", "ø", "Ø", "ı", "ȷ"),
        strict=True,
    )
)
# Under an accent, TeX's dotless letters are the plain ones: \"\i is ï.
_DOTLESS = {"i": "i", "j": "j"}
# The combining mark of each accent; \c{c} is a cedilla, \t{oo} a tie over both letters.
_COMBINING = dict(
    zip(
        "'\"`^~=.uvHtcdbrk",
        (
            *("\u0301", "\u0308", "\u0300", "\u0302", "\u0303", "\u0304", "\u0307", "\u0306"),
            *("\u030c", "\u030b", "\u0361", "\u0327", "\u0323", "\u0331", "\u030a", "\u0328"),
        ),
        strict=True,
    )
)
_MACRO_WITH_TEXT = re.compile(
    r"\\(?![dtcs]?frac\b|[dt]?binom\b|sqrt\b|nicefrac\b|textfrac\b|text(?:super|sub)script\b|footnote)"
    r"[a-zA-Z]{2,}\*?\s*\{([^{}]+)\}"
)
_MACRO = re.compile(r"\\([a-zA-Z]{2,})\*?(?:\{\})?")
_BRACES = re.compile(r"(?<!\\)\{([^{}\\,:\"]*)\}")
_ESCAPED = re.compile(r"\\([%&#_${}])")


def expand(text: str) -> str:
    r"""The text with every macro replaced by what a reader would see of it.

    >>> expand(r"\emph{G\"odel} is 30\% \unknown{shorter}, \sqrt")
    'Gödel is 30% shorter, sqrt'
    """
    text = _COLOURED.sub(r"\\text", _ENVIRONMENT.sub("", text))
    text = _SECTION.sub(lambda match: "§" if match[1] == "S" else "¶", text)
    text = _DING.sub(lambda match: _DINGS.get(match[1], ""), text)
    text = _BARE_ACCENT.sub(r"\1", text)
    text = _LETTER.sub(_letter, _ACCENT.sub(_accented, text))
    text = unstyle(_SPACING.sub(" ", text))
    return _ESCAPED.sub(r"\1", _MACRO.sub(_named, text))


def unstyle(text: str) -> str:
    r"""The text without font commands and the braces around words, however deep they nest.

    >>> unstyle(r"\textbf{a \emph{b}} {\em c} {D}ense")
    'a b c Dense'
    """
    steps: tuple[Callable[[str], str], ...] = (
        lambda value: _ASIDE.sub(_aside, value),
        lambda value: _STYLE.sub(r"\1", value),
        lambda value: _OLD_STYLE.sub(r"\1", value),
        lambda value: _SCRIPT.sub(_script, value),
        lambda value: _FRACTION.sub(_fraction, value),
        lambda value: _BINOMIAL.sub(r"C(\1, \2)", value),
        lambda value: _ROOT.sub(_root, value),
        lambda value: _MACRO_WITH_TEXT.sub(r"\1", value),
    )
    for _ in range(_ROUNDS):
        before = text
        for step in steps:
            text = step(text)
        # Bare braces last: within \frac{\emph{a}}{b} they still part the arguments.
        if text == before and (text := _BRACES.sub(r"\1", text)) == before:
            break
    return text


def strip_style(text: str) -> str:
    r"""One layer of font commands less, dollars within taken along: ``\textit{a$\textbf{b}$}``."""
    return _STYLE.sub(r"\1", text.replace("}$", "}").replace("$\\", "\\"))


def _named(match: re.Match[str]) -> str:
    """A macro without argument: its sign where one is known, else its name."""
    name = match[1]
    return _SHORT.get(name) or _SIGNS.get(name) or sign(name) or name


def _aside(match: re.Match[str]) -> str:
    """Nothing, and the space before it where words would otherwise touch.

    A note that holds a formula or an address stands in parentheses: the address is given nowhere
    else.
    """
    if kept := _KEPT_ASIDE.search(match[0]):
        return f" ({kept[1].strip()})"
    spaced = match[0][0] in " ~" and match.string[match.end() : match.end() + 1].isalnum()
    return " " * spaced


def _script(match: re.Match[str]) -> str:
    r"""10\textsuperscript{4} is 10⁴ and never 104; what has no raised form stands behind ^ or _."""
    before, kind, content = match[1], match[2], _MACRO.sub(_named, match[3]).strip()
    if kind == "super" and content in _ALWAYS_RAISED:
        return before + _ALWAYS_RAISED[content]
    mark, table = ("^", _RAISED) if kind == "super" else ("_", _LOWERED)
    if all(ord(character) in table for character in content):
        return before + content.translate(table)
    if not (before.isalnum() and content):
        return before + content
    if content.isalnum() and not match.string[match.end() : match.end() + 1].isalnum():
        return f"{before}{mark}{content}"
    return before + script(mark, content, touched=True)


def _fraction(match: re.Match[str]) -> str:
    r"""1\frac{1}{2} is 1 1/2, not 11/2; sums get their brackets, and so does it beside a factor."""
    over, under = (match[2], match[3]) if match[2] is not None else (match[4], match[5])
    text = quotient(over, under)
    factor = re.match(r"[A-Za-z0-9\\(]", match.string[match.end() :])
    return f"{match[1]}{' ' if match[1] else ''}{f'({text})' if factor else text}"


def _root(match: re.Match[str]) -> str:
    return f"{(match[1] or '').translate(_RAISED)}√{operand(match[2])}"


def _letter(match: re.Match[str]) -> str:
    return _LETTERS[match[1] or match[2]]


def _accented(match: re.Match[str]) -> str:
    letters = match[2] or match[3]
    if letters[0] == "\\":
        letters = _DOTLESS.get(letters[1:]) or _LETTERS.get(letters[1:], letters[1:])
    return unicodedata.normalize("NFC", letters[0] + _COMBINING[match[1]] + letters[1:])
