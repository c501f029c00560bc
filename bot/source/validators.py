"""What to remember of an answer so that the next request can be a small one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import httpx

from bot.http import Reply, bare_address, fetch
from bot.model.validator import Validator

_LONGEST_VALUE = 1_000


class Validators(Protocol):
    """Where validators are kept between two looks, by address."""

    def get(self, name: str) -> Validator | None:
        """What was remembered, None where nothing was."""
        ...

    def put(self, name: str, validator: Validator) -> None:
        """Remember, in place of what was there."""
        ...


@dataclass(slots=True)
class MemoryValidators:
    """Validators that last as long as the process."""

    values: dict[str, Validator] = field(default_factory=dict)

    def get(self, name: str) -> Validator | None:
        """What was remembered, None where nothing was."""
        return self.values.get(name)

    def put(self, name: str, validator: Validator) -> None:
        """Remember, in place of what was there."""
        self.values[name] = validator


@dataclass(frozen=True, slots=True)
class Asker:
    """A client with what all requests of one source have in common."""

    client: httpx.Client
    service: str
    max_bytes: int

    def get(self, url: str, *, headers: Mapping[str, str] = {}, public_only: bool = False) -> Reply:
        """The whole answer, as `bot.http.fetch` gives it."""
        return fetch(
            self.client,
            url,
            service=self.service,
            max_bytes=self.max_bytes,
            headers=headers,
            public_only=public_only,
        )

    def get_changed(
        self, url: str, known: Validator | None, *, headers: Mapping[str, str] = {}
    ) -> Reply | None:
        """The answer where it differs from the one remembered; None costs a 304 or a hash."""
        reply = self.get(url, headers={**headers, **_conditions(known)})
        if reply.status == httpx.codes.NOT_MODIFIED:
            return None
        if known and known.digest == digest(reply.body):
            return None
        return reply


def digest(body: bytes) -> str:
    """A hash that tells two bodies apart."""
    return hashlib.sha256(body).hexdigest()


def read_validator(reply: Reply) -> Validator:
    """What to remember of an answer."""
    etag, modified = reply.headers.get("etag"), reply.headers.get("last-modified")
    return Validator(_bounded(etag), _bounded(modified), digest(reply.body))


def validator_name(url: str) -> str:
    """The name under which an address is remembered, without anything secret."""
    return bare_address(url)


def _conditions(known: Validator | None) -> dict[str, str]:
    if not known:
        return {}
    pairs = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in pairs.items() if value}


def _bounded(value: str | None) -> str | None:
    return value if value and len(value) <= _LONGEST_VALUE and value.isascii() else None
