"""The pages of a source as they stood together at one moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from bot.errors import Rejected
from bot.model.validator import Validator
from bot.parsing.index import find_year_paths, guess_year_path
from bot.source.validators import Validators

INDEX = "README.md"


@dataclass(frozen=True, slots=True)
class SourcePage:
    """One file: ``path`` below the source, ``url`` where people read it, ``note`` on its state."""

    path: str
    text: str
    url: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class SourceSnapshot:
    """The pages, year pages first and newest first, then the index.

    ``commit`` is known where the source has commits; ``seen`` is what to remember once the pages
    have been read with success.
    """

    pages: tuple[SourcePage, ...]
    commit: str | None = None
    seen: tuple[tuple[str, Validator], ...] = ()


class Origin(Protocol):
    """A place that holds the pages. Both methods may raise Unavailable or Rejected."""

    def has_changed(self, validators: Validators, year: int) -> bool:
        """Whether a new look is worth while, by the smallest request the place allows."""
        ...

    def read(self, year: int) -> SourceSnapshot:
        """All pages; ``year`` is the current one, whose page the index may not name yet."""
        ...


def collect_pages(
    find_page: Callable[[str], SourcePage | None], year: int
) -> tuple[SourcePage, ...]:
    """The index and the year pages it names, and the page of ``year`` if it is there.

    Raises:
        Rejected: There is no index.
    """
    index = find_page(INDEX)
    if index is None:
        raise Rejected(
            f"pages: {INDEX} is missing; look at sources in the configuration", service="pages"
        )
    paths = find_year_paths(index.text)
    guess = guess_year_path(paths, year)
    newest = find_page(guess) if guess else None
    pages = [find_page(path) or _missing(path) for path in paths]
    return (*([newest] if newest else []), *pages, index)


def _missing(path: str) -> SourcePage:
    """One page gone must not hide the others."""
    return SourcePage(path, "", note=f"is missing although {INDEX} names it")
