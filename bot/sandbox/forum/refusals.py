"""The error answers of the forum: the five shapes of contract 0.6, raised as exceptions."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """The request ends with this answer and changes nothing."""

    def __init__(
        self, status: int, body: dict[str, Any] | None, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(f"{status}: {body}")
        self.status = status
        self.body = body
        self.headers = headers or {}


def exception(status: int, kind: str, message: str, **extras: Any) -> Refusal:
    """Shape A."""
    body: dict[str, Any] = {"errors": [message], "error_type": kind}
    if extras:
        body["extras"] = extras
    return Refusal(status, body)


def invalid_credentials() -> Refusal:
    """The one 403 for a wrong key, an unknown user and a missing scope (1.2)."""
    return exception(
        403,
        "invalid_access",
        "You are not permitted to view the requested resource. The API username or key is invalid.",
    )


def invalid_access() -> Refusal:
    """403 for somebody who may not (1.2)."""
    return exception(403, "invalid_access", "You are not permitted to view the requested resource.")


def not_logged_in() -> Refusal:
    """403 for nobody (1.2)."""
    return exception(403, "not_logged_in", "You need to be logged in to do that.")


def not_found(**extras: Any) -> Refusal:
    """404; a topic adds ``extras`` (0.6)."""
    return exception(
        404, "not_found", "The requested URL or resource could not be found.", **extras
    )


def invalid_parameters(name: str) -> Refusal:
    """400 that names the parameter."""
    return exception(
        400, "invalid_parameters", f"You supplied invalid parameters to the request: {name}"
    )


def missing_parameter(name: str) -> Refusal:
    """400, shape C."""
    return Refusal(400, {"errors": [f"param is missing or the value is empty: {name}"]})


def read_only() -> Refusal:
    """503 while writes are restricted (1.4)."""
    return exception(503, "read_only", "The site is in read only mode. Interactions are disabled.")


def unprocessable(*errors: str, status: int = 422) -> Refusal:
    """Shape C."""
    return Refusal(status, {"errors": list(errors)})


def creation_failed(errors: list[str], *, action: str = "create_post") -> Refusal:
    """Shape D."""
    return Refusal(422, {"action": action, "errors": errors})


def failed(message: str | None = None) -> Refusal:
    """Shape E."""
    return Refusal(422, {"failed": "FAILED"} | ({"message": message} if message else {}))


def rate_limited(wait_seconds: int, text: str, code: str | None = None) -> Refusal:
    """429, shape B with its headers (6.3)."""
    left = f"{wait_seconds} second{'' if wait_seconds == 1 else 's'}"
    body = {
        "errors": [f"{text} Please wait {left} before trying again."],
        "error_type": "rate_limit",
        "extras": {"wait_seconds": wait_seconds, "time_left": left},
    }
    headers = {"Retry-After": str(wait_seconds)}
    if code:
        headers["Discourse-Rate-Limit-Error-Code"] = code
    return Refusal(429, body, headers)
