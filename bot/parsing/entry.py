"""The HTML of one newsletter issue → Papers, by rank, bold name and links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from bot.model.issue import Paper
from bot.parsing.blocks import Block, Kind
from bot.parsing.links import Place, find_places, is_http
from bot.parsing.row import find_paper

_START = re.compile(
    r"^\**\s*(?P<open>\[)?\**\s*(?P<rank>\d{1,2})\s?(?P<close>\)\s?\.?|\.\s?\)?|:)(?!\d)\s*"
)
_BETWEEN_LINKS = re.compile(r"[\s,;:.|&/·•_*()\[\]–—-]*")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
_LABEL = re.compile(r"(?:[\W_]*(?:\w+\W+){0,2}\w+\s?:)?[\W_]*")  # nothing, or "Links:"
_MOST_BLOCKS = 60
_LONGEST_LABEL = 40


@dataclass(slots=True)
class _Draft:
    """A paper while its blocks are read.

    ``ended`` once a paragraph closed with its links, so that only bullets may follow; ``closed``
    once its own line of links, a rule or a heading has come.
    """

    rank: int
    name: str
    parts: list[str] = field(default_factory=list)
    links: list[Place] = field(default_factory=list)
    ended: bool = False
    closed: bool = False


def parse_papers(blocks: Iterable[Block]) -> tuple[Paper, ...]:
    """The Papers of an issue in the order of the page.

    A paper begins where the next rank stands before a bold name, in a heading or with a bracket,
    and ends with its line of links: sponsors, editor's messages and other news that follow are
    not its own. Where ranks begin anew (a table of contents), the fuller list counts.
    """
    lists: list[list[_Draft]] = [[]]
    for block in blocks:
        drafts = lists[-1]
        match = _begin(block, drafts)
        if match:
            if int(match["rank"]) == 1 and drafts:
                drafts = []
                lists.append(drafts)
            drafts.append(_open(block, match))
        elif drafts:
            _add(drafts[-1], block)
    papers = [tuple(filter(None, map(_finish, drafts))) for drafts in lists]
    return max(papers, key=_worth)


def _begin(block: Block, drafts: Sequence[_Draft]) -> re.Match[str] | None:
    if block.kind in {Kind.BULLET, Kind.RULE}:
        return None
    match = _START.match(block.text)
    if not match or not int(match["rank"]):
        return None
    bold = block.text.startswith("**") or block.text[match.end() :].startswith("**")
    if not (bold or block.kind is Kind.HEADING or ")" in match["close"] or match["open"]):
        return None
    rank, last = int(match["rank"]), drafts[-1].rank if drafts else 0
    restarts = rank == 1 and (bold or block.kind is Kind.HEADING)
    return match if rank > last or restarts else None


def _open(block: Block, match: re.Match[str]) -> _Draft:
    rank, rest = int(match["rank"]), (match["open"] or "") + block.text[match.end() :]
    if block.text.startswith("**") and not rest.startswith("**"):
        rest = f"**{rest}"
    if block.kind is Kind.HEADING:
        places = list(find_places(rest))
        name = _LINK.sub(r"\1", rest).replace("**", "").strip(" -–—:")
        return _Draft(rank, f"**{name}**" if name else "", links=places)
    text, links, own = _split_links(rest)
    return _Draft(rank, text or rest, links=links, ended=own and bool(text))


def _add(draft: _Draft, block: Block) -> None:
    if draft.closed or len(draft.parts) > _MOST_BLOCKS:
        return
    if block.kind in {Kind.RULE, Kind.HEADING}:
        draft.closed = True
        return
    text, links, own = _split_links(block.text)
    if draft.ended and text and block.kind is not Kind.BULLET:
        return
    if own:
        draft.links = links
        draft.ended, draft.closed = True, not text
    if text:
        draft.parts.append(f"● {text}" if block.kind is Kind.BULLET else text)


def _split_links(text: str) -> tuple[str, list[Place], bool]:
    """Text, the links at its end, and whether those are the paper's own line of links.

    They are where nothing but a label stands before them, where they stand in brackets or are
    parted by a bar; a link that merely ends a sentence belongs to the text.
    """
    places = [place for place in find_places(text) if place.link.label]
    cut, end = len(places), len(text)
    while cut and _BETWEEN_LINKS.fullmatch(text, places[cut - 1].end, end):
        cut -= 1
        end = places[cut].start
    tail, before = places[cut:], text[:end].rstrip()
    if not tail:
        return text, [], False
    if len(before) <= _LONGEST_LABEL and _LABEL.fullmatch(before):
        return "", tail, True
    if before.endswith(("(", "|", "[")) or "|" in text[end:]:
        return before.rstrip(" (|[-–—•·"), tail, True
    return text, [], False


def _finish(draft: _Draft) -> Paper | None:
    """The Paper, read by the same grammar as a row of the repository's table."""
    summary = "<br>".join(draft.parts)
    glue = (
        " - " if draft.name.endswith("**") and summary and not summary.startswith("●") else "<br>"
    )
    text = f"{draft.name}{glue}{summary}" if summary else draft.name
    links = ", ".join(
        f"[{_label(place.link.label)}]({place.link.url})"
        for place in draft.links
        if is_http(place.link.url)
    )
    cells = [text.replace("|", r"\|"), links]
    paper = find_paper(f"| {draft.rank}) {' | '.join(filter(None, cells))} |")
    if paper is None:
        return None
    followed = tuple(link for link in paper.links if is_http(link.url))
    return replace(paper, summary=paper.summary.replace("**", ""), links=followed)


def _label(label: str) -> str:
    plain = " ".join(label.replace("*", "").split())
    return plain.capitalize() if plain.islower() else plain


def _worth(papers: Sequence[Paper]) -> tuple[int, int]:
    return sum(bool(paper.links) and bool(paper.summary) for paper in papers), len(papers)
