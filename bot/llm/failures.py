"""The SDK's exceptions → ours; never a key, and never more of a server's words than one line."""

from __future__ import annotations

import re
from collections.abc import Mapping

import httpx2
import openai

from bot.errors import Rejected, ServiceError, Unavailable
from bot.llm.transport import TooLarge
from bot.parsing.headers import LONGEST_WAIT, retry_after_seconds

SERVICE = "model"
CONTENT_CODES = frozenset({"content_filter", "content_policy_violation", "data_inspection_failed"})
QUOTA_CODES = frozenset(
    {"insufficient_quota", "billing_hard_limit_reached", "insufficient_balance", "quota_exceeded"}
)
TOO_LONG = re.compile(r"context.{0,20}length|maximum context|too many tokens|prompt is too long")
_SECRET = re.compile(r"\b(?:sk|pk|key|Bearer)[-_ ][A-Za-z0-9*._\-]{4,}|[A-Za-z0-9_\-]{40,}")
_DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)")
_UNIT_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}
_EXCERPT = 160


def from_sdk(error: openai.OpenAIError, place: str) -> ServiceError:
    """The error a step can decide on; ``place`` is "gpt-5.6-mini at api.example.org"."""
    if isinstance(error, openai.APIStatusError):
        return _from_status(error, place)
    if isinstance(error, openai.APITimeoutError):
        unsent = isinstance(error.__cause__, httpx2.ConnectTimeout)
        return _unavailable(place, "no answer in time; try again later", "timeout", not unsent)
    if isinstance(error, openai.APIConnectionError):
        return _from_connection(error, place)
    return not_a_reply(place, "an answer that is no completion")


def not_a_reply(place: str, what: str) -> Unavailable:
    """Status 200 with something else than a completion: a proxy's page, broken JSON."""
    return _unavailable(
        place, f"{what}; check model.base_url if it happens again", "not_a_completion", True
    )


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait: the largest of Retry-After and the resets of used-up limits.

    >>> retry_after({"retry-after": "2", "x-ratelimit-reset-tokens": "1m30s"})
    90.0
    >>> retry_after({"x-ratelimit-reset-requests": "-1", "retry-after": "soon"}) is None
    True

    Zero and less are no answer (seen from Azure, openai-dotnet #838). A reset counts unless the
    server says that something of that limit remains.
    """
    waits = [_milliseconds(headers.get("retry-after-ms")), retry_after_seconds(headers)]
    waits += [
        _seconds(headers.get(f"x-ratelimit-reset-{limit}"))
        for limit in ("requests", "tokens")
        if headers.get(f"x-ratelimit-remaining-{limit}", "0").strip() in {"0", "-1", ""}
    ]
    known = [wait for wait in waits if wait and wait > 0]
    return min(max(known), LONGEST_WAIT) if known else None


def code_of(error: openai.APIStatusError) -> str:
    """The service's own name of the error, or one of ours by its words and status."""
    body = error.body if isinstance(error.body, dict) else {}
    names = [str(body.get(field) or "") for field in ("code", "type")]
    words = str(body.get("message") or "").lower()
    if any(name in CONTENT_CODES for name in names):
        return "content_filter"
    if error.status_code == 402 or any(name in QUOTA_CODES for name in names):
        return "insufficient_quota"
    if "context_length_exceeded" in names or error.status_code == 413 or TOO_LONG.search(words):
        return "context_length_exceeded"
    known = next((name for name in names if re.fullmatch(r"[a-z][a-z0-9_.]{2,60}", name)), "")
    return known or ("rate_limit" if error.status_code == 429 else f"http_{error.status_code}")


def message_of(error: openai.APIStatusError) -> str:
    """One short line of what the server said, without anything that looks like a key."""
    body = error.body if isinstance(error.body, dict) else {}
    words = " ".join(str(body.get("message") or "").split())
    words = "".join(mark for mark in words if mark.isprintable())
    return _SECRET.sub("***", words)[:_EXCERPT]


def _from_status(error: openai.APIStatusError, place: str) -> ServiceError:
    status, code = error.status_code, code_of(error)
    said = message_of(error)
    if status in {401, 403}:
        why = "the key was refused; check model.api_key"
    elif code == "insufficient_quota":
        why = "the account has no credit left; top it up, then run again"
    elif status == 404:
        why = f"nothing there ({said}); check model.base_url and model.name"
    elif 300 <= status < 400:
        why = "the address redirects; put the final one into model.base_url"
    elif status in {408, 409, 425, 429} or status >= 500:
        wait = retry_after(error.response.headers)
        what = "too many requests" if status == 429 else f"status {status}"
        text = f"{SERVICE}: {place}: {what} ({said or code}); try again later"
        return Unavailable(
            text,
            service=SERVICE,
            status=status,
            code=code,
            retry_after=wait,
            ambiguous=status in {408, 504},
        )
    else:
        why = f"status {status} ({said or code}); check model.name and the settings beside it"
    return Rejected(f"{SERVICE}: {place}: {why}", service=SERVICE, status=status, code=code)


def _from_connection(error: openai.APIConnectionError, place: str) -> Unavailable:
    cause = error.__cause__
    if isinstance(cause, TooLarge):
        return _unavailable(place, "an answer too large to be one; check the address", "too_large")
    unsent = isinstance(cause, httpx2.ConnectError | httpx2.UnsupportedProtocol)
    why = "no connection" if unsent else "the connection broke"
    return _unavailable(place, f"{why}; try again later", "connection", not unsent)


def _unavailable(place: str, why: str, code: str, ambiguous: bool = True) -> Unavailable:
    return Unavailable(
        f"{SERVICE}: {place}: {why}", service=SERVICE, code=code, ambiguous=ambiguous
    )


def _milliseconds(value: str | None) -> float | None:
    seconds = _seconds(value)
    return None if seconds is None else seconds / 1000


def _seconds(value: str | None) -> float | None:
    """Seconds of "20", "1.5" or "6m0s"."""
    text = (value or "").strip().lower()
    if re.fullmatch(r"-?\d{1,9}(\.\d{1,9})?", text):
        return float(text)
    parts = _DURATION.findall(text)
    if not parts or "".join(number + unit for number, unit in parts) != text:
        return None
    return sum(float(number) * _UNIT_SECONDS[unit] for number, unit in parts)
