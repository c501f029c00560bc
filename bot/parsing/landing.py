"""A paper's own page outside arXiv: title, authors and licence from its meta tags."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import nh3

from bot.model.issue import Author

_TAG = re.compile(r"<(meta|link)(?=[\s/])", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""\s*/?\s*([\w:.-]{1,60})(?:\s{0,5}=\s{0,5}(?:"([^"]{0,9000})"|'([^']{0,9000})'|([^\s"'<>]{1,2000})))?"""
)
_MOST_TAGS = 400
_MOST_ATTRIBUTES = 12
_LONGEST_HTML = 1_000_000
_MOST_AUTHORS = 300
_LONGEST_NAME, _LONGEST_TITLE, _LONGEST_ABSTRACT = 200, 500, 8_000
_TITLE = ("citation_title", "dc.title", "dcterms.title", "og:title")
_AUTHORS = ("citation_author", "dc.creator", "dcterms.creator", "citation_authors")
_ABSTRACT = ("citation_abstract", "dcterms.abstract", "dc.description.abstract", "dc.description")
_LICENCE = ("dcterms.license", "dcterms.rights", "dc.rights", "citation_license")
_CREATIVE_COMMONS = re.compile(
    r"https?://creativecommons\.org/(?:licenses|publicdomain)/([a-z-]+)(?:/[\d.]*)?", re.IGNORECASE
)
_PERMISSIVE = {"by", "by-sa", "zero", "mark"}  # a translation is a derivative: no "nd", no "nc"


@dataclass(frozen=True, slots=True)
class Landing:
    """What a page says of its paper; ``licence`` is the address of its Creative Commons licence."""

    title: str
    authors: tuple[Author, ...] = ()
    abstract: str = ""
    licence: str | None = None

    @property
    def may_be_shown(self) -> bool:
        """Whether the licence allows a translation of the abstract to be shown with its source."""
        match = _CREATIVE_COMMONS.match(self.licence or "")
        return match is not None and match[1].lower() in _PERMISSIVE


def find_landing(page: str) -> Landing | None:
    """What the page's ``citation_*``, Dublin Core and ``og:`` tags say; None without a title.

    >>> page = '<meta name="citation_title" content="A Title"><meta name="DC.Rights" '
    >>> page += 'content="https://creativecommons.org/licenses/by/4.0/">'
    >>> landing = find_landing(page)
    >>> landing.title, landing.may_be_shown
    ('A Title', True)

    An ``og:description`` is an advertisement, not an abstract, and is not read. Where a page names
    several licences the narrowest counts.
    """
    values = _collect(page)
    title = _first(values, _TITLE)[:_LONGEST_TITLE]
    if not title:
        return None
    return Landing(
        title=title,
        authors=tuple(_authors(values)),
        abstract=_first(values, _ABSTRACT)[:_LONGEST_ABSTRACT],
        licence=_licence(values),
    )


def _collect(page: str) -> Mapping[str, list[str]]:
    values: defaultdict[str, list[str]] = defaultdict(list)
    for number, tag in enumerate(_TAG.finditer(page[:_LONGEST_HTML])):
        if number == _MOST_TAGS:
            break
        attributes = dict(_attributes(page, tag.end()))
        if tag[1].lower() == "link":
            if "license" in attributes.get("rel", "").lower().split():
                values["license"].append(attributes.get("href", ""))
            continue
        name = attributes.get("name") or attributes.get("property") or ""
        values[name.strip().lower()].append(_plain(attributes.get("content", "")))
    return values


def _attributes(page: str, position: int) -> Iterator[tuple[str, str]]:
    for _ in range(_MOST_ATTRIBUTES):
        match = _ATTRIBUTE.match(page, position)
        if not match:
            return
        position = match.end()
        yield match[1].lower(), html.unescape(match[2] or match[3] or match[4] or "")


def _plain(text: str) -> str:
    """Text without tags, which some abstracts hold, on one line."""
    return " ".join(html.unescape(nh3.clean(text, tags=set())).split())


def _first(values: Mapping[str, list[str]], names: tuple[str, ...]) -> str:
    return next((value for name in names for value in values.get(name, ()) if value), "")


def _authors(values: Mapping[str, list[str]]) -> Iterator[Author]:
    for name in _AUTHORS:
        if found := [value for value in values.get(name, ()) if value]:
            for author in found[:_MOST_AUTHORS]:
                yield Author(_in_order(author)[:_LONGEST_NAME])
            return


def _in_order(name: str) -> str:
    """ "Family, Given" the other way round; anything else as it stands."""
    family, comma, given = name.partition(", ")
    return f"{given} {family}" if comma and ", " not in given else name


def _licence(values: Mapping[str, list[str]]) -> str | None:
    named = [*values.get("license", ()), *(v for name in _LICENCE for v in values.get(name, ()))]
    found = [match for value in named if (match := _CREATIVE_COMMONS.search(value))]
    found.sort(key=lambda match: match[1].lower() in _PERMISSIVE)
    return found[0][0] if found else None
