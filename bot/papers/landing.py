"""Metadata of papers outside arXiv, from the page their row links to."""

from __future__ import annotations

import httpx

from bot.errors import Rejected
from bot.http import fetch
from bot.model.issue import Record
from bot.parsing.landing import find_landing

_PAGES = {"text/html", "application/xhtml+xml"}
_MOST_BYTES = 3_000_000


def fetch_landing(
    client: httpx.Client,
    url: str,
    *,
    max_bytes: int = _MOST_BYTES,
    with_abstract: bool = False,
    public_only: bool = True,
) -> Record | None:
    """A Record with an empty ``arxiv_id``; None where the page says nothing of a paper.

    That is so for a PDF, for a page without meta tags and for one that refuses us.

    Args:
        client: From bot.http.open_client.
        url: An address out of a row: a stranger's word.
        max_bytes: Cap on the page.
        with_abstract: Give the abstract where the page carries a licence that allows showing and
            translating it (CC BY, CC BY-SA, CC0, public domain mark).
        public_only: Refuse addresses inside one's own network.

    Raises:
        Unavailable: The page is out of reach now.
    """
    try:
        reply = fetch(
            client,
            url,
            service="paper",
            max_bytes=max_bytes,
            public_only=public_only,
            media_types=_PAGES,
        )
    except Rejected:
        return None
    landing = find_landing(reply.decode().text)
    if landing is None:
        return None
    shown = with_abstract and landing.may_be_shown
    return Record("", landing.title, landing.abstract if shown else "", landing.authors)
