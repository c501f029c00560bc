"""Protected spans: formulas, code, links and addresses travel as ⟦1⟧, ⟦2⟧, … and come back whole.

Names, acronyms and numbers are not masked: a Korean particle depends on the sound before it, so the
model must see the word; checks verify it afterwards.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from bot.translation.addresses import BARE_ADDRESS
from bot.translation.formulas import find_formulas

_TOKEN = re.compile(
    r"⟦\s*(\d{1,3})\s*⟧|\[\[\s*(\d{1,3})\s*\]\]|【\s*(\d{1,3})\s*】|〚\s*(\d{1,3})\s*〛"
    r"|［［\s*(\d{1,3})\s*］］|〖\s*(\d{1,3})\s*〗|⟪\s*(\d{1,3})\s*⟫"
)
_LITERAL = re.compile(
    r"`[^`\n]{1,300}`"
    r"|!?\[[^\[\]\n]{1,300}\]\((?:https?://)?[^\s()<>]{1,1000}\)"
    r"|<?\b(?:https?|ftp)://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]{1,1000}>?"
    r"|\bwww\.[A-Za-z0-9\-._~:/?#@!$&'*+,;=%]{1,1000}"
    r"|\b[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,4}\b"
    rf"|{BARE_ADDRESS}"
)
_QUOTE = re.compile(r"\w'[\s,.;:)]")
_AFTER_ADDRESS = ".,;:!?'"


@dataclass(frozen=True, slots=True)
class Protected:
    """A text with its protected spans replaced by tokens; ``spans[0]`` is ⟦1⟧."""

    text: str
    spans: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Restored:
    """A text with its spans put back; both tuples are empty where the multiset is the same."""

    text: str
    missing: tuple[str, ...] = ()
    unexpected: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Every span is there as often as in the source, and none that is not the source's."""
        return not (self.missing or self.unexpected)


def find_spans(text: str) -> list[str]:
    """The protected spans of a text, in order.

    >>> find_spans("Run `jubo demo`, see https://example.org/a_b. It is $O(n)$ and costs $5.")
    ['`jubo demo`', 'https://example.org/a_b', '$O(n)$']
    """
    return [text[start:end] for start, end in _places(text)]


def protect(text: str) -> Protected:
    """The text with ⟦1⟧, ⟦2⟧, … in place of its spans, numbered in order of appearance.

    >>> protect("It takes $O(n)$ steps with `sort`.")
    Protected(text='It takes ⟦1⟧ steps with ⟦2⟧.', spans=('$O(n)$', '`sort`'))

    What already looks like a token is protected too, so a source cannot forge one.
    """
    pieces: list[str] = []
    spans: list[str] = []
    at = 0
    for start, end in _places(text):
        spans.append(text[start:end])
        pieces += [text[at:start], f"⟦{len(spans)}⟧"]
        at = end
    return Protected("".join([*pieces, text[at:]]), tuple(spans))


def restore(text: str, spans: tuple[str, ...]) -> Restored:
    """Put the spans back, wherever their tokens stand now.

    >>> restore("【2】로 정렬하면 ⟦ 1 ⟧ 단계가 걸립니다.", ("$O(n)$", "`sort`")).text
    '`sort`로 정렬하면 $O(n)$ 단계가 걸립니다.'

    Tokens may stand in any order, with spaces inside and in the brackets models like to write
    instead (``[[1]]``, ``【1】``, full-width digits). A span written out in full instead of its
    token counts as the span. A token with an unknown number stays and is ``unexpected``, and so
    is an address that touches a letter (``x⟦1⟧``).
    """
    found: Counter[str] = Counter()
    pieces: list[str] = []
    at = 0
    for token in _TOKEN.finditer(text):
        span = _span_of(token, spans)
        before = text[at : token.start()]
        found.update([_glued_to(before, span), *find_spans(before)])
        pieces += [text[at : token.start()], span]
        at = token.end()
    found.update(find_spans(text[at:]))
    expected = Counter(spans)
    return Restored(
        "".join([*pieces, text[at:]]),
        tuple((expected - found).elements()),
        tuple((found - expected).elements()),
    )


def hide(text: str, spans: tuple[str, ...]) -> str:
    """The tokens in place of spans that stand in full: what ``restore`` undoes.

    >>> hide("`sort`로 $O(n)$ 단계", ("$O(n)$", "`sort`"))
    '⟦2⟧로 ⟦1⟧ 단계'
    """
    pieces: list[str] = []
    free = list(enumerate(spans, start=1))
    at = 0
    for start, end in _places(text):
        found = next((each for each in free if each[1] == text[start:end]), None)
        if found:
            free.remove(found)
            pieces += [text[at:start], f"⟦{found[0]}⟧"]
            at = end
    return "".join([*pieces, text[at:]])


def _glued_to(before: str, span: str) -> str:
    """The span with the letter that it touches, which makes another address of it."""
    letter = before[-1:]
    touches = letter.isascii() and letter.isalnum() and span[:1].isalnum()
    return letter + span if touches else span


def _span_of(token: re.Match[str], spans: tuple[str, ...]) -> str:
    number = int(next(group for group in token.groups() if group))
    return spans[number - 1] if 1 <= number <= len(spans) else token[0]


def _places(text: str) -> list[tuple[int, int]]:
    places = [(formula.start, formula.end) for formula in find_formulas(text)]
    places += [match.span() for match in _TOKEN.finditer(text)]
    places += [_trim(match) for match in _LITERAL.finditer(text) if not _is_quote(match[0])]
    kept: list[tuple[int, int]] = []
    for start, end in sorted(places, key=lambda place: (place[0], -place[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _is_quote(text: str) -> bool:
    """`where' and `what': TeX's quotes, not code."""
    return text.startswith("`") and bool(_QUOTE.search(text))


def _trim(match: re.Match[str]) -> tuple[int, int]:
    """An address ends before the sentence's own punctuation and an unopened bracket."""
    start, end = match.span()
    text = match[0]
    if text[0] in "`[!" or "@" in text.split("/")[0]:
        return start, end
    while text and (text[-1] in _AFTER_ADDRESS or _unopened(text)):
        text = text[:-1]
    return start, start + len(text)


def _unopened(text: str) -> bool:
    return any(
        text.endswith(close) and text.count(close) > text.count(opening)
        for opening, close in ("()", "[]", "<>")
    )
