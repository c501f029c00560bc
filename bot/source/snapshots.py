"""A git history of the pages as Snapshots: each text is read and parsed once."""

from __future__ import annotations

from datetime import datetime

from bot.errors import ParseError
from bot.model.issue import Issue, Page
from bot.parsing.page import parse_page
from bot.planning.replay import Snapshot
from bot.source.history import History, PageSet


def read_snapshots(
    history: History, since: datetime | None = None, until: datetime | None = None
) -> list[Snapshot]:
    """What the pages show at every commit; None where one of them could not be read.

    Commits that nobody looks at, before the last one at ``since`` or after ``until``, are left out.
    """
    pages: dict[tuple[str, str], Page | None] = {}
    snapshots: list[Snapshot] = []
    page_sets = list(history.read_page_sets())
    before = [page_set for page_set in page_sets if since and page_set.at <= since]
    for page_set in page_sets[max(len(before) - 1, 0) :]:
        if until and page_set.at > until:
            break
        for path, blob in page_set.blobs.items():
            if (path, blob) not in pages:
                pages[path, blob] = _read_page(history, path, blob)
        issues = _merge(page_set, pages)
        snapshots.append(Snapshot(page_set.commit, page_set.at, issues))
    return snapshots


def _merge(
    page_set: PageSet, pages: dict[tuple[str, str], Page | None]
) -> tuple[Issue, ...] | None:
    issues: list[Issue] = []
    for path, blob in sorted(page_set.blobs.items()):
        page = pages[path, blob]
        if page is None:
            return None
        issues += page.issues
    return tuple(issues)


def _read_page(history: History, path: str, blob: str) -> Page | None:
    try:
        return parse_page(history.read_text(blob), url=path)
    except ParseError:
        return None
