"""Answers that are not success, as errors of ours: the five shapes of contract 0.6 and the rest."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.errors import Rejected, ServiceError, Unavailable
from bot.planning.answers import ANSWERS, Outcome

SERVICE = "discourse"
_READ_VERBS = {"GET", "HEAD"}
_LONGEST_MESSAGE = 300
# Contract 3.2 to 3.4, 4, 5.1: how a 422 names what it refuses; the first that fits is the answer.
# Messages come in the language of the bot's account, so nothing that must be right rests on them:
# after any 422 the steps look for what they wanted to create.
_REFUSALS: tuple[tuple[re.Pattern[str], Outcome, str], ...] = tuple(
    (re.compile(pattern, re.I), outcome, field)
    for pattern, outcome, field in (
        (r"^External", Outcome.EXTERNAL_ID_TAKEN, "external_id"),  # its form is checked before
        (r"^Title has already been used|^제목.*이미", Outcome.TITLE_TAKEN, "title"),
        (r"^(Title\b|제목)", Outcome.TITLE_REFUSED, "title"),
        (r"^Body is too similar|^(본문|내용).*비슷", Outcome.TOO_SIMILAR, "body"),
        (r"^(Body\b|본문|내용)", Outcome.BODY_REFUSED, "body"),
        (
            r"^(Category\b|카테고리)|move the topic to that category",
            Outcome.CATEGORY_REFUSED,
            "category",
        ),
        (r"\btags?\b|태그", Outcome.TAGS_REFUSED, "tags"),
        (r"topic was closed or deleted", Outcome.TOPIC_CLOSED, "topic"),
        (r"too (long ago|late)|no longer edit|time limit", Outcome.TOO_LATE, "post"),
        (r"mention|media|link|attachment|word", Outcome.BODY_REFUSED, "body"),
    )
)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it came: status, headers with lower-case names, body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_json(self) -> bool:
        """By its content type alone; a body that lies is found when it is read."""
        return self.headers.get("content-type", "").split(";")[0].strip() == "application/json"

    def read(self) -> Mapping[str, Any]:
        """The JSON object in the body; empty where it is none."""
        try:
            data = json.loads(self.body) if self.is_json else {}
        except (ValueError, RecursionError):
            return {}
        return data if isinstance(data, dict) else {}

    @property
    def errors(self) -> tuple[str, ...]:
        """The forum's own messages, whatever the shape."""
        data = self.read()
        listed = data.get("errors")
        texts = (
            [text for text in listed if isinstance(text, str)] if isinstance(listed, list) else []
        )
        if not texts and isinstance(data.get("message"), str):
            texts = [data["message"]]
        return tuple(texts)


def failure(reply: Reply, *, verb: str, what: str) -> ServiceError:
    """The error for an answer that is not the expected one.

    Args:
        reply: The answer.
        verb: "GET" changes nothing, so nothing is ambiguous.
        what: The thing, for the message ("jubo-dair-2024-01-29-ko", "post 31").
    """
    outcome, fields = _judge(reply)
    ambiguous = verb not in _READ_VERBS and outcome in {
        Outcome.SERVER_ERROR,
        Outcome.NOT_JSON,
    }
    said = "; ".join(reply.errors) or _describe(reply)
    message = f"discourse: {reply.status} for {what}: {_one_line(said)}; {ANSWERS[outcome].advice}"
    kind = Unavailable if outcome in _PASSING else Rejected
    return kind(
        message,
        service=SERVICE,
        status=reply.status,
        code=outcome,
        fields=fields,
        ambiguous=ambiguous,
        retry_after=_retry_after(reply) if outcome in _WAITS else None,
    )


_PASSING = {
    Outcome.SERVER_ERROR,
    Outcome.NOT_JSON,
    Outcome.OVERLOAD,
    Outcome.READ_ONLY,
    Outcome.RATE_LIMIT,
}
_WAITS = {Outcome.OVERLOAD, Outcome.READ_ONLY, Outcome.RATE_LIMIT}
_BY_STATUS = {
    400: Outcome.BAD_REQUEST,
    401: Outcome.FORBIDDEN,
    403: Outcome.FORBIDDEN,
    404: Outcome.GONE,
    409: Outcome.CONFLICT,
    410: Outcome.GONE,
    413: Outcome.TOO_LARGE,
    429: Outcome.RATE_LIMIT,
}


def _judge(reply: Reply) -> tuple[Outcome, tuple[str, ...]]:
    if reply.status == 404 and not reply.is_json:
        return Outcome.NOT_JSON, ()  # a proxy's page must not pass for a deleted topic
    if reply.status in _BY_STATUS:
        return _BY_STATUS[reply.status], ()
    if reply.status == 422:
        return _judge_refusal(reply.errors)
    if reply.status == 503:
        if reply.read().get("error_type") == "read_only":
            return Outcome.READ_ONLY, ()
        text = reply.headers.get("content-type", "").startswith("text/plain")
        return (Outcome.OVERLOAD if text else Outcome.SERVER_ERROR), ()
    if reply.status >= 500:
        return Outcome.SERVER_ERROR, ()
    return Outcome.NOT_JSON, ()


def _judge_refusal(errors: tuple[str, ...]) -> tuple[Outcome, tuple[str, ...]]:
    found = [
        (outcome, field)
        for pattern, outcome, field in _REFUSALS
        for error in errors
        if pattern.search(error)
    ]
    if not found:
        return Outcome.REFUSED, ()
    return found[0][0], tuple(dict.fromkeys(field for _, field in found))


def _describe(reply: Reply) -> str:
    if reply.status < 400:
        return "an answer that is not JSON, a login page or a proxy's"
    return f"no reason given ({reply.headers.get('content-type', 'no content type')[:60]})"


def _retry_after(reply: Reply) -> float | None:
    """Seconds by header, else by body (contract 6.3); hours stay hours, the caller decides."""
    extras = reply.read().get("extras")
    in_body = extras.get("wait_seconds") if isinstance(extras, dict) else None
    for value in (reply.headers.get("retry-after"), in_body):
        try:
            seconds = float(value) if value is not None else -1.0
        except (TypeError, ValueError):
            continue
        if 0 <= seconds < 10**9:
            return seconds
    return None


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line[:_LONGEST_MESSAGE].rstrip(" .")
