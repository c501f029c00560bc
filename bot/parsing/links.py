"""Links of a row, however they are written, and the arXiv ids in addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.model.issue import Link

_LABELLED = re.compile(
    r"\[(?P<label>[^\[\]]{0,200})\]\s{0,3}\.?[\[(]\s{0,3}[(<]{0,2}(?:\[[^\[\]]{0,50}\]\()?"
    r"|(?<![\w\]])(?P<word>[A-Za-z][\w-]{0,30})\s?\((?=https?://)"
    r"|(?P<bare>(?=https?://))"
)
_URL_CHARACTER = re.compile(r"[^\s<>\[\]]*")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_HTTP = re.compile(r"https?://[^\s/.]+\.[^\s]+", re.IGNORECASE)
_ARXIV = re.compile(
    r"(?:(?:^|[/.@])(?:arxiv|ar5iv|alphaxiv)[\w.]*\.org/{1,3}(?:abs|pdf|html|overview)/{1,3}"
    r"|huggingface\.co/papers/|10\.48550/arxiv\.)"
    r"(\d{4}\.\d{4,5}|[a-z][a-z-]{1,9}(?:\.[a-z]{2})?/\d{7})(?!\d)",
    re.IGNORECASE,
)
_LONGEST_URL = 2_000


@dataclass(frozen=True, slots=True)
class Place:
    """A Link and where it stands in the text: ``[start, end)``."""

    link: Link
    start: int
    end: int


def find_links(text: str) -> tuple[Link, ...]:
    """Every link of a cell in order, labels as written, empty addresses kept as "".

    >>> [link.url for link in find_links("[Paper] (https://a.example/1), [Tweet]()")]
    ['https://a.example/1', '']
    >>> find_links("[Paper]([XXX](https://a.example/1)), Code(https://a.example/2)")[1]
    Link(label='Code', url='https://a.example/2')

    Real cells also hold ``[Paper][https://…]``, ``[Tweet]((https://…)``, ``[Tweet)](https://…)``,
    an unclosed ``(https://…, [Tweet](…)`` and bare addresses; those have the label "".
    """
    return tuple(place.link for place in find_places(text))


def find_places(text: str) -> list[Place]:
    """The same links with their places, so that a caller can see what stands between them.

    An address repeated without a label, ``[Tweet](https://…)](https://…)``, belongs to the first.
    """
    places: list[Place] = []
    position = 0
    while match := _LABELLED.search(text, position):
        url, end = _read_url(text, match.end())
        start, position = match.start(), max(end, match.end(), match.start() + 1)
        if match["bare"] is not None and places and places[-1].link.url == url:
            places[-1] = Place(places[-1].link, places[-1].start, position)
            continue
        label = match["label"] if match["label"] is not None else match["word"] or ""
        places.append(Place(Link(label.strip(), url), start, position))
    return places


def find_arxiv_id(url: str) -> str | None:
    """The bare id, without version, of an arXiv address or one that mirrors it.

    >>> find_arxiv_id("https://www.arxiv.org/pdf/2401.00001v3.pdf")
    '2401.00001'
    >>> find_arxiv_id("https://example.org/2401.00001") is None
    True
    """
    match = _ARXIV.search(url[:_LONGEST_URL])
    return match[1].lower() if match else None


def is_http(url: str) -> bool:
    """Whether a reader can follow it: neither empty nor a placeholder such as ``XXX``."""
    return _HTTP.match(url) is not None


def _read_url(text: str, start: int) -> tuple[str, int]:
    run = _URL_CHARACTER.match(text, start, start + _LONGEST_URL)
    end = _closing(text, start, run.end() if run else start)
    url = _ESCAPED.sub(r"\1", text[start:end].rstrip(",;|"))
    rest = re.compile(r"[)>\]]{0,3}").match(text, end)
    return url, rest.end() if rest else end


def _closing(text: str, start: int, limit: int) -> int:
    depth = 0
    for index in range(start, limit):
        if text[index] == "(":
            depth += 1
        elif text[index] == ")":
            depth -= 1
            if depth < 0:
                return index
    return limit
