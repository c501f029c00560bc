"""One row of an issue's table: rank, name, text and links."""

from __future__ import annotations

import re

from bot.model.issue import Link, Paper
from bot.parsing.bullets import parse_summary
from bot.parsing.links import find_arxiv_id, find_links, find_places
from bot.parsing.name import parse_name

_SPACES = re.compile(r"[^\S\n]{2,}")  # two at least part a name from its text
_PIPE = re.compile(r"(?<!\\)\|")
_RANK = re.compile(
    r"(?P<open>\*{1,4})?\s{0,2}(?P<rank>\d{1,3})\s?(?:\\?[).:]{1,2}|(?=\s\*))(?!\d)\s*"
)
_CLOSED = re.compile(r"\*{1,4}(?=\s|$)")
_IN_RULE = frozenset("|:=- \t")
_WORDS = re.compile(r"\w+")
_STRAY = re.compile(r"[\s,;.|&/·_*()\[\]-]*")
_LONGEST_PLACEHOLDER = 40
_MOST_STRAY_WORDS = 3


def split_cells(line: str) -> list[str]:
    """The cells of a table row; a missing border or one too many at either end is forgiven.

    >>> split_cells("| 1) **Name** - text | [Paper](https://a.example)")
    ['1) **Name** - text', '[Paper](https://a.example)']
    """
    return [cell.strip() for cell in _PIPE.split(line.strip("| \t\n"))]


def is_rule_or_header(line: str) -> bool:
    """Whether the line is ``| --- | --- |`` or ``| **Paper** | **Links** |``."""
    if "-" in line and _IN_RULE.issuperset(line):
        return True
    cells = [cell.strip("*_ ").lower() for cell in split_cells(line)]
    return bool(cells) and cells[0].startswith("paper") and cells[-1].startswith(("link", "paper"))


def has_rank(line: str) -> bool:
    """Whether the line begins like a row: a rank, inside or outside a table or a bold span."""
    return _RANK.match(line.lstrip("| \t")) is not None


def has_links(line: str) -> bool:
    """Whether the line ends in a cell of links, so that the row is whole."""
    return bool(_divide(split_cells(line))[1])


def find_paper(line: str) -> Paper | None:
    """The Paper of a row, None where no rank begins it.

    >>> paper = find_paper("|**2). Sieve** - sorts |[paper](https://arxiv.org/abs/2401.00001v2)|")
    >>> paper.rank, paper.name, paper.summary, paper.arxiv_id
    (2, 'Sieve', 'sorts', '2401.00001')

    The rank may stand inside the bold or before it, with ``)``, ``.`` or both; the text may be
    parted from the name by a dash, a colon or two spaces, or be absent.
    """
    text, links = _divide(split_cells(_SPACES.sub("  ", line)))
    match = _RANK.match(text)
    if not match:
        return None
    name, rest = parse_name(_reopen(text[match.end() :], opened=match["open"] is not None))
    return Paper(int(match["rank"]), name, parse_summary(rest), links, _own_id(links))


def _reopen(text: str, *, opened: bool) -> str:
    """Undo a bold span that holds the rank alone, or move its opening behind the rank."""
    if not opened:
        return text
    closed = _CLOSED.match(text)
    return text[closed.end() :] if closed else f"**{text}"


def _divide(cells: list[str]) -> tuple[str, tuple[Link, ...]]:
    first_link_cell = len(cells)
    while first_link_cell > 1 and _holds_links(cells[first_link_cell - 1]):
        first_link_cell -= 1
    if first_link_cell < len(cells):
        return " | ".join(cells[:first_link_cell]), find_links(" | ".join(cells[first_link_cell:]))
    if len(cells) > 1 and len(cells[-1]) <= _LONGEST_PLACEHOLDER:
        return " | ".join(cells[:-1]), ()
    return _divide_unbordered(" | ".join(cells))


def _holds_links(cell: str) -> bool:
    """Links and hardly a word beside them; an empty cell between two counts."""
    rest, end = [], 0
    for place in find_places(cell):
        rest.append(cell[end : place.start])
        end = place.end
    words = _WORDS.findall(" ".join([*rest, cell[end:]]))
    return len(words) <= _MOST_STRAY_WORDS if rest else not cell


def _divide_unbordered(text: str) -> tuple[str, tuple[Link, ...]]:
    """Links at the very end where the border before them is missing (2024-04-15, rank 6)."""
    places = find_places(text)
    cut, end = len(places), len(text)
    while cut and _STRAY.fullmatch(text, places[cut - 1].end, end):
        cut -= 1
        end = places[cut].start
    return text[:end].rstrip(), tuple(place.link for place in places[cut:])


def _own_id(links: tuple[Link, ...]) -> str | None:
    by_label = sorted(links, key=lambda link: not link.label.lower().startswith("paper"))
    return next(filter(None, (find_arxiv_id(link.url) for link in by_label)), None)
