"""Metadata from arXiv: one request for an issue, politely paced; implements ports.Records."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

import httpx

from bot.errors import ParseError, Rejected, Unavailable
from bot.http import fetch
from bot.model.issue import Record
from bot.papers.pace import Pace
from bot.parsing.atom import RefusedQuery, parse_records

_ASKABLE = re.compile(r"\d\d(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7}", re.IGNORECASE)
_MOST_IDS = 100
_REFUSED = 400


class ArxivRecords:
    """Asks arXiv's query interface.

    Args:
        client: From bot.http.open_client.
        api_url: ``…/api/query``.
        pace: Shared by all of the process who ask arXiv.
        max_bytes: Cap on an answer.
    """

    def __init__(self, client: httpx.Client, api_url: str, *, pace: Pace, max_bytes: int) -> None:
        self._client = client
        self._api_url = api_url
        self._pace = pace
        self._max_bytes = max_bytes

    def fetch_records(self, arxiv_ids: Sequence[str]) -> dict[str, Record]:
        """Records by bare id, in one request for up to 100 ids.

        An id arXiv does not know is absent; an id it refuses costs its own record, not the
        others': the list is halved until the refused one stands alone.

        Raises:
            Unavailable: arXiv is out of reach, limits us, or answers with something that is not
                its Atom feed; try again later.
            Rejected: arXiv refuses us as such (403, 404).
        """
        ids = [id_ for id_ in dict.fromkeys(arxiv_ids) if _ASKABLE.fullmatch(id_)]
        records: dict[str, Record] = {}
        for chunk in _chunks(ids, _MOST_IDS):
            records |= self._fetch_some(chunk)
        return records

    def _fetch_some(self, ids: Sequence[str]) -> dict[str, Record]:
        try:
            return self._fetch_at_once(ids)
        except Rejected as error:
            if error.status != _REFUSED:
                raise
        if len(ids) == 1:
            return {}
        middle = len(ids) // 2
        return self._fetch_some(ids[:middle]) | self._fetch_some(ids[middle:])

    def _fetch_at_once(self, ids: Sequence[str]) -> dict[str, Record]:
        found = self._ask(ids) or self._ask(ids)  # now and then a feed is empty for no reason
        if not found and len(ids) > 1:
            raise Unavailable(
                f"arxiv: an empty answer for {len(ids)} ids; it will be tried again",
                service="arxiv",
            )
        by_id = {id_.lower(): record for id_, record in found.items()}  # math.GT and math.gt
        return {id_: by_id[id_.lower()] for id_ in ids if id_.lower() in by_id}

    def _ask(self, ids: Sequence[str]) -> dict[str, Record]:
        # max_results is 10 where it is not given: the eleventh paper would vanish
        query = urlencode({"id_list": ",".join(ids), "max_results": len(ids)}, safe=",/")
        thing = ids[0] if len(ids) == 1 else f"{len(ids)} papers from {ids[0]}"
        with self._pace.turn():
            reply = fetch(
                self._client,
                f"{self._api_url}?{query}",
                service="arxiv",
                thing=thing,
                max_bytes=self._max_bytes,
            )
        try:
            return parse_records(reply.body)
        except RefusedQuery as error:
            raise Rejected(
                f"{error} (for {thing}); look at the ids", service="arxiv", status=_REFUSED
            ) from error
        except ParseError as error:
            raise Unavailable(
                f"{error} (for {thing}); it will be tried again",
                service="arxiv",
                status=reply.status,
            ) from error


def _chunks(ids: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), size):
        yield ids[start : start + size]
