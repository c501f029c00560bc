"""The pages under a plain address: any static server, or raw.githubusercontent.com."""

from __future__ import annotations

from bot.errors import Rejected
from bot.http import Reply
from bot.source.origin import INDEX, SourcePage, SourceSnapshot, collect_pages
from bot.source.validators import Asker, Validators, read_validator, validator_name

_GONE = {404, 410}


class WebOrigin:
    """Reads ``base``/README.md and the year pages it names.

    Args:
        public_url: Where people read the same files, if not at ``base``.
    """

    def __init__(self, asker: Asker, base: str, *, public_url: str | None = None) -> None:
        self._asker = asker
        self._base = base.rstrip("/")
        self._public_url = public_url or self._base
        self._replies: dict[str, Reply] = {}

    def has_changed(self, validators: Validators, year: int) -> bool:
        """Whether the index or the newest year page changed: one conditional request each."""
        return any(self._is_new(path, validators) for path in self._watched(validators, year))

    def read(self, year: int) -> SourceSnapshot:
        """All pages, each in full; what `has_changed` has just fetched is not asked for again."""
        pages = collect_pages(self._find_page, year)
        seen = tuple(
            (validator_name(self._url(path)), read_validator(reply))
            for path, reply in self._replies.items()
        )
        self._replies = {}
        return SourceSnapshot(pages, seen=seen)

    def _watched(self, validators: Validators, year: int) -> list[str]:
        """The index, and where there are year pages the newest; a new one is looked for."""
        current, last = f"years/{year}.md", f"years/{year - 1}.md"
        if self._is_known(current, validators):
            return [current, INDEX]
        return [last, current, INDEX] if self._is_known(last, validators) else [INDEX]

    def _is_known(self, path: str, validators: Validators) -> bool:
        return validators.get(validator_name(self._url(path))) is not None

    def _is_new(self, path: str, validators: Validators) -> bool:
        known = validators.get(validator_name(self._url(path)))
        try:
            reply = self._asker.get_changed(self._url(path), known)
        except Rejected as error:
            if error.status not in _GONE or path == INDEX:
                raise
            return known is not None
        if reply:
            self._replies[path] = reply
        return reply is not None

    def _find_page(self, path: str) -> SourcePage | None:
        try:
            reply = self._replies.get(path) or self._asker.get(self._url(path))
        except Rejected as error:
            if error.status in _GONE:
                return None
            raise
        self._replies[path] = reply
        decoded = reply.decode()
        return SourcePage(path, decoded.text, f"{self._public_url}/{path}", decoded.note)

    def _url(self, path: str) -> str:
        return f"{self._base}/{path}"
