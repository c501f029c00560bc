"""What an HTTP reply's headers say: media type and how long to wait."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST_WAIT = 24 * 3600.0


def media_type(content_type: str | None) -> str:
    """The type alone.

    >>> media_type("Text/HTML; charset=utf-8")
    'text/html'
    """
    return (content_type or "").partition(";")[0].strip().lower()


def retry_after_seconds(headers: Mapping[str, str], now: datetime | None = None) -> float | None:
    """Seconds the service asks to wait, at most a day; None where it does not say.

    Reads Retry-After as seconds or as an HTTP-date (RFC 9110, 10.2.3), and GitHub's
    x-ratelimit-reset (epoch seconds) where nothing remains. Dates are counted from the reply's
    own Date where it has one, so that a wrong clock here does no harm; else from ``now``.

    >>> retry_after_seconds({"retry-after": "120"})
    120.0
    >>> retry_after_seconds({"retry-after": "Thu, 01 Jan 2026 00:01:00 GMT",
    ...                      "date": "Thu, 01 Jan 2026 00:00:00 GMT"})
    60.0
    """
    values = {name.lower(): value.strip() for name, value in headers.items()}
    asked = values.get("retry-after", "")
    if asked.isascii() and asked.isdigit():
        return min(float(asked), LONGEST_WAIT)
    until = _parse_date(asked)
    if until is None and values.get("x-ratelimit-remaining") == "0":
        until = _parse_epoch(values.get("x-ratelimit-reset", ""))
    since = _parse_date(values.get("date", "")) or now
    if until is None or since is None:
        return None
    return min(max((until - since).total_seconds(), 0.0), LONGEST_WAIT)


def _parse_date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def _parse_epoch(text: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(text), UTC)
    except (ValueError, OverflowError, OSError):
        return None
