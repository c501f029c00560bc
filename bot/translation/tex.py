r"""TeX, as arXiv's titles and abstracts hold it, turned into readable text.

What is truly a formula stays as ``$…$``. Seen in the real abstracts: ``\textbf``, ``\emph``,
``\url``, ``\cite``, ``\ie``, accents, ``\%``, ``~``, quotes of backticks, and numbers, names and
whole words between dollars (``$26$``, ``$\textbf{WRAP}$``, ``$78.7\%\rightarrow92.5\%$``).
"""

from __future__ import annotations

import re

from bot.markdown.signs import sign
from bot.translation.addresses import find_bare_addresses
from bot.translation.formulas import find_formulas
from bot.translation.macros import MARKS, expand, strip_style

_ROUNDS = 8
_CODE = re.compile(r"(?<!`)`(?!`)[^`\n]{1,200}`(?!`)")
_QUOTED = re.compile(r"\w'[\s,.;:)]")
_LINK = re.compile(r"\[[^\[\]\n]{1,300}\]\(https?://[^\s()<>]{1,1000}\)")
_ADDRESS = re.compile(r"https?://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]{1,1000}")

_URL = re.compile(r"\\(?:url|path|nolinkurl)\s*\{([^{}]*)\}")
_HREF = re.compile(r"\\href\s*\{([^{}]*)\}\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_VERB = re.compile(r"\\(?:verb\*?|lstinline)([^\w\s*{}$\\~])([^\n`$]{1,200}?)\1")
# A sign alone between dollars before a number: to Pandoc's rule for prices no formula.
_LONE_SIGN = re.compile(
    r"(?<![\\$])\$\s*(\\[a-zA-Z]+|[<>=+\-~])\s*(?:\\[!,;:]\s*)?\$(?:~|\\[,!])?(\s?)(?=\\?\$?\d)"
)
_PRICE = re.compile(r"(?<![\\$])\$\\\$(\d[\d.,]*[KMBT]?)\$(?!\d)")
_TIE = re.compile(rf"(?<=[\w.,)\]}}%'\"”’:;!?{MARKS}])~(?=[\w(\[{{`$\\{MARKS}]|$)")
_MARKED = re.compile(f"[{MARKS}]")
_FIRST_MARK = ord(MARKS[0])

_GROUPED = re.compile(r"(?<=\d)\{,\}(?=\d)")
_LONG_DASH = re.compile(rf"(?<=[\w\s{MARKS}])---(?=[\w\s{MARKS}])")
_DASH = re.compile(rf"(?<=[\w{MARKS}])--(?=[\w{MARKS}])")
# Braces around a sign only take its spaces away: {\sim}3, \mathord{\sim}3.
_WRAPPED_SIGN = re.compile(
    r"(?:\\math(?:ord|bin|rel|op)\s*|\\raisebox\s*\{[^{}]*\}\s*)?"
    r"\{\s*(\\[a-zA-Z]+|[<>=~+\-])\s*\}"
)
_WRAPPED_UNIT = re.compile(r"(?<=\d)\s*\\(?:text|mathrm)\s*\{\s*([KMBTx%]{1,2})\s*\}")
_ABOUT = frozenset({"~", r"\sim", r"\approx", r"\thicksim", r"\simeq"})
_SIMPLE = {
    r"\sim": "~",
    r"\texttildelow": "~",
    r"\textasciitilde": "~",
    r"\%": "%",
    r"\$": "$",
    r"\,": "",
    r"\;": " ",
    r"\ ": " ",
}
_SIGNS = frozenset(
    (
        *("sim", "approx", "times", "pm", "cdot", "cdots", "ldots", "dots", "infty", "neq", "ne"),
        *("leq", "le", "geq", "ge", "ll", "gg", "circ", "dagger", "ddagger", "star", "to"),
        *("rightarrow", "leftarrow", "leftrightarrow", "Rightarrow", "uparrow", "downarrow"),
    )
)
_SIGN = re.compile(r"\\([a-zA-Z]+)\s*|\\([%$,; ])")
_QUANTITY = re.compile(
    r"[~≈<>≤≥≪≫=±+\-−–→↔⇒↑↓∼]*\s*\d[\d.,]*\s*[%×xX°KMBT]{0,2}"
    r"(?:\s*[~≈<>≤≥=±+\-−–→↔⇒/×:∼]+\s*\d[\d.,]*\s*[%×xX°KMBT]{0,2})*"
)
_MARK = re.compile(r"[×→←↔⇒±≈~<>≤≥…°†‡⋆∗*↑↓∞%·+]")
_SCRIPT = re.compile(r"([\^_])\s*\{?\s*([0-9+\-]{1,3})\s*\}?")
_ORDINAL = re.compile(r"(\d+)\^\{?(st|nd|rd|th)\}?")
_ENDING = re.compile(r"\^\{?(st|nd|rd|th)\}?")
_WORDS = re.compile(r"[A-Za-z][\w .,:()/+\-]*[\w)]")
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")


def readable(text: str) -> str:
    r"""The text without TeX; a true formula stays as ``$…$``, prices and case are not touched.

    >>> readable(r"We use \emph{retrieval} on $26$ tasks; $\sim3x$ faster than G\"odel's $O(n^2)$.")
    "We use retrieval on 26 tasks; ~3x faster than Gödel's $O(n^2)$."
    >>> readable(r"$\textbf{WRAP}$ costs $5 and $10, 30\% less; see Fig.~2, \url{https://example.org}")
    'WRAP costs $5 and $10, 30% less; see Fig. 2, https://example.org'

    A lone variable is a formula (``$k$``), but not within a word: ``top-$k$`` becomes ``top-k``.
    A macro that nobody knows gives its argument, or its own name.
    """
    text = re.sub(r"\\\(([^$]{1,600}?)\\\)", r"$\1$", text)
    text = re.sub(r"\\\[([^$]{1,600}?)\\\]", r"$\1$", text)
    text = _prepared(text) if "\\" in text else text
    text = _LONE_SIGN.sub(_lone_sign, text)
    marked, contents = _marked(text)
    result = _MARKED.sub(lambda mark: contents[ord(mark[0]) - _FIRST_MARK], _plain(marked))
    return re.sub(r" {2,}", " ", result).replace(" ,", ",").strip() if "\\" in text else result


def _prepared(text: str) -> str:
    text = _VERB.sub(r"`\2`", _PRICE.sub(r"\\$\1", text))
    return _HREF.sub(r"\2 (\1)", _URL.sub(r"\1", text))


def _lone_sign(match: re.Match[str]) -> str:
    name, space = match[1], match[2]
    if name in _ABOUT:
        return r"\textasciitilde{}"  # a bare ~ would be read as a tie
    if name.startswith("\\") and name[1:] not in _SIGNS:
        return match[0]
    return _signs(name) + space


Part = tuple[str, int, int]


def _marked(text: str) -> tuple[str, list[str]]:
    """The text with one private mark for each formula, code and address, and what they stand for.

    A macro may hold them: its argument is read as a whole.
    """
    pieces: list[str] = []
    contents: list[str] = []
    at = 0
    for kind, start, end in _parts(text):
        pieces += [text[at:start], chr(_FIRST_MARK + len(contents))]
        contents.append(_formula(text, start, end) if kind == "formula" else text[start:end])
        at = end
    return "".join([*pieces, text[at:]]), contents


def _parts(text: str) -> list[Part]:
    """What is not to be read as TeX: ("kept" | "formula", start, end), without overlap."""
    marks: list[Part] = [("formula", f.start, f.end) for f in find_formulas(text)]
    marks += [("kept", m.start(), m.end()) for m in _MARKED.finditer(text)]
    marks += [("kept", m.start(), m.end()) for m in _LINK.finditer(text)]
    marks += [("kept", m.start(), m.end()) for m in _ADDRESS.finditer(text)]
    marks += [("kept", start, end) for start, end in find_bare_addresses(text)]
    marks += [
        ("kept", m.start(), m.end()) for m in _CODE.finditer(text) if not _QUOTED.search(m[0])
    ]
    parts: list[Part] = []
    at = 0
    for kind, start, end in sorted(marks, key=lambda mark: (mark[1], -mark[2])):
        if start >= at:
            parts.append((kind, start, end))
            at = end
    return parts


def _formula(text: str, start: int, end: int) -> str:
    body = text[start:end].strip("$").strip()
    return _simplify(body, text[:start][-1:], text[end:][:1])


def _plain(text: str) -> str:
    text = _TIE.sub(" ", text)
    if "\\" in text or "{" in text:
        text = expand(_GROUPED.sub(",", text))
    if "`" in text or "''" in text:
        text = _quotes(text)
    text = _LONG_DASH.sub("—", text)
    return _DASH.sub("–", re.sub(r" --(?= )", " –", text))


def _quotes(text: str) -> str:
    text = text.replace("``", "“").replace("''", "”" if "“" in text or "``" in text else "''")
    return re.sub(r"(?<![\w`])`([^`'\n]{1,80})'(?!\w)", r"‘\1’", text)


def _simplify(body: str, before: str, after: str) -> str:
    """Readable text where the dollars hold no mathematics, else ``$body$``.

    A formula stands apart from letters, or forums take its dollars for money (Discourse's math
    plugin wants white space or punctuation around them).
    """
    body = " ".join(body.split())
    formula = f"{' ' * before.isalnum()}${body}${' ' * after.isalnum()}"
    if before == "-" or after == "-":
        inner = _signs(body)
        if re.fullmatch(r"[A-Za-z]+", body):
            return body
        if re.fullmatch(r"\\[A-Za-z]+", body):
            return sign(body[1:]) or formula
        if re.fullmatch(r"\d+", inner):
            return inner
    if before.isalnum() and (script := _SCRIPT.fullmatch(body)):
        return script[2].translate(_RAISED if script[1] == "^" else _LOWERED)
    if before.isdigit() and (ordinal := _ENDING.fullmatch(body)):
        return ordinal[1]
    return _words(body) or _quantity(body) or formula


def _words(body: str) -> str | None:
    """The text of a body that is only font commands around words, as ``\\textbf{WRAP}``."""
    if not body.startswith(("\\text", "\\emph", "\\math", "\\mbox", "\\operatorname")):
        return None
    text = body
    for _ in range(_ROUNDS):
        reduced = strip_style(text)
        if reduced == text:
            break
        text = reduced
    if script := re.fullmatch(r"(.*\w)\^\{?(\d)\}?", text):
        text = script[1] + script[2].translate(_RAISED)
    text = " ".join(text.replace("~", " ").split())
    return text if _WORDS.fullmatch(text) or (len(text) == 1 and "\\math" not in body) else None


def _quantity(body: str) -> str | None:
    """The text of a number with its signs, as ``\\sim3x`` or ``78.7\\%\\rightarrow92.5\\%``."""
    bare = _WRAPPED_SIGN.sub(r"\1 ", body.replace(r"\tilde{}", "~"))
    text = _ORDINAL.sub(r"\1\2", _signs(_WRAPPED_UNIT.sub(r"\1", bare))).replace("~ ", "~")
    text = text.replace("{,}", ",")
    if re.fullmatch(r"\d+(?:st|nd|rd|th)", text) or _MARK.fullmatch(text.strip("{}^ ")):
        return text.strip("{}^ ")
    return text if _QUANTITY.fullmatch(text) else None


def _signs(body: str) -> str:
    def written(match: re.Match[str]) -> str:
        simple = _SIMPLE.get(match[0].rstrip() or match[0], _SIMPLE.get(match[0]))
        if simple is not None:
            return simple
        return (match[1] in _SIGNS and sign(match[1])) or match[0]

    return _SIGN.sub(written, body)
