"""The pages on GitHub, all read at one commit, so that index and year pages agree."""

from __future__ import annotations

import json
import re

from bot.errors import ParseError, Rejected, ServiceError
from bot.http import Reply
from bot.model.validator import Validator
from bot.source.origin import SourcePage, SourceSnapshot, collect_pages
from bot.source.validators import Asker, Validators, read_validator, validator_name
from bot.source.web import WebOrigin

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_GONE = {404, 410}


class GitHubOrigin:
    """Asks for the branch's newest commit, then for the files at that commit.

    The question for the commit is one small request, and with a token its 304 does not count
    (https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api).
    Without a token files come from their plain addresses; where even the commit is refused (60
    questions an hour are shared by all behind one address), they are read at the branch instead.
    """

    def __init__(
        self,
        asker: Asker,
        *,
        repository: str,
        branch: str,
        api_url: str,
        raw_url: str,
        token: str | None = None,
    ) -> None:
        self._asker = asker
        self._repository = f"{api_url}/repos/{repository}"
        self._raw = f"{raw_url}/{repository}"
        self._branch = branch
        self._public_url = f"https://github.com/{repository}/blob/{branch}"
        self._token = token
        self._head: tuple[str, Validator] | None = None
        self._fallback: WebOrigin | None = None

    def has_changed(self, validators: Validators, year: int) -> bool:
        """Whether the branch has another commit than at the last good read."""
        self._head = self._fallback = None
        known = validators.get(validator_name(self._commits))
        try:
            reply = self._asker.get_changed(self._commits, known, headers=self._headers())
        except ServiceError:
            if self._token:
                raise
            return self._fall_back().has_changed(validators, year)
        if reply:
            self._head = _read_head(reply)
        return reply is not None

    def read(self, year: int) -> SourceSnapshot:
        """All pages at one commit."""
        if self._fallback:
            return self._fallback.read(year)
        if not self._head:
            try:
                self._head = _read_head(self._asker.get(self._commits, headers=self._headers()))
            except ServiceError:
                if self._token:
                    raise
                return self._fall_back().read(year)
        commit, validator = self._head
        pages = collect_pages(lambda path: self._find_page(path, commit), year)
        return SourceSnapshot(pages, commit, ((validator_name(self._commits), validator),))

    def _fall_back(self) -> WebOrigin:
        self._fallback = WebOrigin(
            self._asker, f"{self._raw}/{self._branch}", public_url=self._public_url
        )
        return self._fallback

    @property
    def _commits(self) -> str:
        return f"{self._repository}/commits?sha={self._branch}&per_page=1"

    def _find_page(self, path: str, commit: str) -> SourcePage | None:
        try:
            reply = self._get_file(path, commit)
        except Rejected as error:
            if error.status in _GONE:
                return None
            raise
        decoded = reply.decode()
        return SourcePage(path, decoded.text, f"{self._public_url}/{path}", decoded.note)

    def _get_file(self, path: str, commit: str) -> Reply:
        if not self._token:
            return self._asker.get(f"{self._raw}/{commit}/{path}")
        url = f"{self._repository}/contents/{path}?ref={commit}"
        return self._asker.get(url, headers=self._headers("application/vnd.github.raw+json"))

    def _headers(self, accept: str = "application/vnd.github+json") -> dict[str, str]:
        headers = {"Accept": accept, "X-GitHub-Api-Version": "2022-11-28"}
        return headers | ({"Authorization": f"Bearer {self._token}"} if self._token else {})


def _read_head(reply: Reply) -> tuple[str, Validator]:
    try:
        commit = str(json.loads(reply.body)[0]["sha"])
    except (ValueError, LookupError, TypeError, RecursionError):
        commit = ""
    if not _COMMIT.fullmatch(commit):
        raise ParseError("pages: GitHub's list of commits has another shape; nothing was read")
    return commit, read_validator(reply)
