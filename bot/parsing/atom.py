"""arXiv's Atom answer → Records (https://info.arxiv.org/help/api/user-manual.html)."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import UTC, datetime

from bot.errors import ParseError
from bot.model.issue import Author, Record

_NAMES = {"atom": "http://www.w3.org/2005/Atom", "arxiv": "http://arxiv.org/schemas/atom"}
_FEED = "{http://www.w3.org/2005/Atom}feed"
_ENTRY_ID = re.compile(
    r"^https?://(?:www\.|export\.)?arxiv\.org/abs/"
    r"(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v(?P<version>\d{1,3}))?/?$"
)
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class RefusedQuery(ParseError):
    """arXiv answered with a feed whose one entry is titled "Error"; the message is arXiv's."""


def parse_records(body: bytes) -> dict[str, Record]:
    """Records by bare id, in the order of the answer; an id arXiv does not know is absent.

    Title and abstract are unwrapped to one line and keep their TeX. The feed's own id and link,
    which look like a paper's, are not read.

    Raises:
        RefusedQuery: The feed holds arXiv's error entry (sent with status 200 as well).
        ParseError: No Atom feed: an HTML page, "Rate exceeded.", a feed cut short.
    """
    root = _parse_root(body)
    records: dict[str, Record] = {}
    for entry in root.iterfind("atom:entry", _NAMES):
        record = _read_entry(entry)
        if record:
            records.setdefault(record.arxiv_id, record)
    return records


def _parse_root(body: bytes) -> ET.Element:
    start = body[:200].decode("utf-8", errors="replace")
    seen = " ".join(start.split())[:60] or "nothing"
    if _DECLARATION.search(body):  # Atom has none; entities could swell, so none is expanded
        raise ParseError(f"arxiv: the answer is not an Atom feed but begins with {seen!r}")
    try:
        root = ET.fromstring(body)  # noqa: S314  declarations are refused above
    except (ET.ParseError, ValueError, LookupError):
        raise ParseError(
            f"arxiv: the answer is no whole Atom feed; it begins with {seen!r}"
        ) from None
    if root.tag != _FEED:
        raise ParseError(f"arxiv: the answer is not an Atom feed but begins with {seen!r}")
    return root


def _read_entry(entry: ET.Element) -> Record | None:
    title = _text(entry, "atom:title")
    address = _text(entry, "atom:id")
    if title == "Error" and ("/api/errors" in address or not _ENTRY_ID.match(address)):
        raise RefusedQuery(f"arxiv: {_text(entry, 'atom:summary')[:200] or 'no reason given'}")
    match = _ENTRY_ID.match(address)
    if not match or not title:
        return None
    return Record(
        arxiv_id=match["id"],
        title=title,
        abstract=_text(entry, "atom:summary"),
        authors=tuple(_authors(entry)),
        categories=tuple(dict.fromkeys(_categories(entry))),
        version=int(match["version"]) if match["version"] else None,
        published=_time(_text(entry, "atom:published")),
        updated=_time(_text(entry, "atom:updated")),
    )


def _authors(entry: ET.Element) -> Iterator[Author]:
    for author in entry.iterfind("atom:author", _NAMES):
        if name := _text(author, "atom:name"):
            yield Author(name, _text(author, "arxiv:affiliation") or None)


def _categories(entry: ET.Element) -> Iterator[str]:
    """The primary category first, each once."""
    for tag in ("arxiv:primary_category", "atom:category"):
        for category in entry.iterfind(tag, _NAMES):
            if term := category.get("term"):
                yield term


def _text(element: ET.Element, tag: str) -> str:
    return " ".join((element.findtext(tag, "", _NAMES) or "").split())


def _time(text: str) -> datetime | None:
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC)
