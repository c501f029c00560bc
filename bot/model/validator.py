"""What a server said of the version that was read, so that the next request can be small."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Validator:
    """The server's validators for one address, and a hash of the body for servers without."""

    etag: str | None = None
    last_modified: str | None = None
    digest: str = ""
