"""A Paper cut into Segments, and the translated Segments joined into what a reader sees."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping, Set
from dataclasses import dataclass

from bot.model.issue import Paper, Record
from bot.model.translation import Bilingual, Kind, Segment
from bot.translation.tex import readable

MAX_CHARACTERS = 12_000
MAX_BULLETS = 60
_BULLET = re.compile(r"^\s*[-*•●▪◦‣]\s+")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# <s> is a token of models oftener than a line through words.
_TAG = re.compile(
    r"</?(?P<name>a|abbr|b|big|blockquote|body|br|button|center|code|details|div|em|embed|font|form"
    r"|h[1-6]|head|hr|html|i|iframe|img|inf|input|jats:[a-z]+|li|link|math|meta|object|ol|p|pre|q"
    r"|script|small|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|th|title|tr|u|ul"
    r"|video)"
    r"(?P<attributes>(?:[\s/]{1,20}(?:[a-z][\w:.-]{0,60}\s?=\s?(?:\"[^\"]{0,500}\"|'[^']{0,500}'"
    r"|[^\s\"'<>]{1,500})|async|checked|controls|defer|disabled|hidden|open)){0,20})[\s/]{0,20}>"
    r"|<!--.{0,2000}?-->",
    re.IGNORECASE | re.DOTALL,
)
_RAISED = re.compile(
    r"<(?P<name>(?:jats:)?(?:su[bp]|inf))>(?P<text>[^<>{}\\$]{1,40})</(?P=name)>", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Joined:
    """The texts of one paper in both languages."""

    title: Bilingual
    introduction: Bilingual
    abstract: Bilingual | None


def split_paper(issue_key: str, paper: Paper, record: Record | None) -> tuple[Segment, ...]:
    """The Segments of a paper: title, introduction (lead, then each bullet), abstract.

    >>> paper = Paper(3, "Tiny", "A small model.\\n- Size: 26M weights.")
    >>> for segment in split_paper("2024-01-29", paper, None):
    ...     print(segment.key, segment.source)
    2024-01-29/3/title/0 Tiny
    2024-01-29/3/introduction/0 A small model.
    2024-01-29/3/introduction/1 Size: 26M weights.

    TeX is readable text afterwards, HTML tags and invisible characters are gone, case stays.
    A text longer than ``MAX_CHARACTERS`` is cut at a sentence; an empty one gives no Segment.
    """
    lines = paper.summary.splitlines()
    pieces: list[tuple[Kind, int, str]] = [(Kind.TITLE, 0, record.title if record else paper.name)]
    pieces += [(Kind.INTRODUCTION, place, text) for place, text in enumerate(_points(lines))]
    if record:
        pieces.append((Kind.ABSTRACT, 0, record.abstract))
    segments = (
        Segment(f"{issue_key}/{paper.rank}/{kind}/{place}", clean(text), kind)
        for kind, place, text in pieces
    )
    return tuple(segment for segment in segments if segment.source)


def join_paper(segments: tuple[Segment, ...], targets: Mapping[str, str | None]) -> Joined:
    """Both languages of a paper from its Segments and the targets by key; the exact reverse.

    An introduction of which one piece has no target has none as a whole: original and translation
    never share a field. The pieces stay available beside it (``TranslatedPaper.translations``).
    """
    by_kind = {kind: [s for s in segments if s.kind is kind] for kind in Kind}
    abstract = by_kind[Kind.ABSTRACT]
    return Joined(
        title=_bilingual(by_kind[Kind.TITLE], targets),
        introduction=_bilingual(by_kind[Kind.INTRODUCTION], targets),
        abstract=_bilingual(abstract, targets) if abstract else None,
    )


def clean(text: str) -> str:
    """One line of readable text from a source's: no TeX, tags, control or invisible characters.

    >>> clean("See <b>bold</b>\\u200b text,\\n\\u202e5\\\\% more")
    'See bold text, 5% more'

    Only the names of HTML are tags: ``<think>``, ``a < b`` and ``a<b and c>d`` stay, and ``<p>``
    where no ``</p>`` closes it. What HTML raises is raised: 10⁴ and never 104.
    """
    text = _ENTITY.sub(lambda match: html.unescape(match[0]), text[: MAX_CHARACTERS * 2])
    text = _RAISED.sub(_as_tex, text)
    closed = {tag["name"].lower() for tag in _TAG.finditer(text) if tag[0].startswith("</")}
    text = visible(_TAG.sub(lambda tag: _without(tag, closed), text))
    return _cut(visible(readable(text)))


def _as_tex(match: re.Match[str]) -> str:
    kind = "super" if match["name"].lower().endswith("sup") else "sub"
    return rf"\text{kind}script{{{match['text']}}}"


def _without(tag: re.Match[str], closed: Set[str]) -> str:
    """Nothing; the tag itself where a single letter may well be a variable, ``x<p>``."""
    name = (tag["name"] or "").lower()
    if len(name) == 1 and not tag["attributes"] and name not in closed:
        return tag[0]
    return " " if name == "br" else ""


def visible(text: str) -> str:
    """NFC, white space as single spaces, and nothing a reader cannot see (categories C*)."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(mark for mark in text if not unicodedata.category(mark).startswith("C")).strip()


def _cut(text: str) -> str:
    if len(text) <= MAX_CHARACTERS:
        return text
    head = text[:MAX_CHARACTERS]
    return head[: head.rfind(". ") + 1] or head


def _points(lines: list[str]) -> list[str]:
    """Lead and bullets; lines without a bullet belong to the one before them.

    A summary that begins with a bullet has an empty lead, so that place 1 is the first bullet.
    """
    points = [""]
    for line in lines:
        if _BULLET.match(line) and len(points) <= MAX_BULLETS:
            points.append(_BULLET.sub("", line))
        else:
            points[-1] = f"{points[-1]} {line}".strip()
    return points


def _bilingual(segments: list[Segment], targets: Mapping[str, str | None]) -> Bilingual:
    rendered = [targets.get(segment.key) for segment in segments]
    complete = [target for target in rendered if target is not None]
    source = _markdown(segments, [segment.source for segment in segments])
    whole = bool(segments) and len(complete) == len(segments)
    return Bilingual(source, _markdown(segments, complete) if whole else None)


def _markdown(segments: list[Segment], texts: list[str]) -> str:
    lines = (
        f"- {text}" if segment.kind is Kind.INTRODUCTION and _place(segment) else text
        for segment, text in zip(segments, texts, strict=True)
    )
    return "\n".join(lines)


def _place(segment: Segment) -> int:
    return int(segment.key.rpartition("/")[2])
