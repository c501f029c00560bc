"""What can go wrong, and whose move it is.

BotError
├── ConfigError       mend config/ and start again
├── ParseError        a page or reply changed shape: a developer looks
├── BudgetExceeded    the Issue waits for a moderator
├── NeedsPerson       a decision that only a moderator can take
├── NoWords           a part of this installation is broken; the computed table speaks
└── ServiceError      an outside party failed; .service names it
    ├── Unavailable   try again, after .retry_after if it gave one
    └── Rejected      trying again cannot help

A message is one line: the thing, the cause, the next step; never a key. Errors travel through
the durable store, so each can be pickled: keyword attributes are restored by ``__reduce__``.
"""

from __future__ import annotations

from typing import Any


class BotError(Exception):
    """Anything jubo reports in one line; ``exit_status`` is what the command ends with."""

    exit_status = 1


class ConfigError(BotError):
    """The configuration cannot be used; the message names file, line and the nearest valid key."""

    exit_status = 2


class ParseError(BotError):
    """A page or a reply does not have the expected shape."""


class BudgetExceeded(BotError):
    """A model call would pass the cap per edition or per month; nothing was spent on it."""


class NeedsPerson(BotError):
    """Going on needs a moderator's decision; the message says which and offers the command."""


class NoWords(BotError):
    """The analyser of a language failed, so that its commentary cannot be checked."""


class ServiceError(BotError):
    """An outside party failed.

    Attributes:
        service: Who: "discourse", "model", "arxiv", "pages", "feed".
        status: The HTTP status where there was one.
        code: The service's own name of the error ("rate_limit", "insufficient_quota", …).
        fields: Whatever the refusal names ("title", "body", "tags", "external_id").
        ambiguous: The request may have been carried out although no answer came.
        retry_after: Seconds the service asked to wait, None where it did not say.
    """

    def __init__(
        self,
        message: str,
        *,
        service: str,
        status: int | None = None,
        code: str | None = None,
        fields: tuple[str, ...] = (),
        ambiguous: bool = False,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.service = service
        self.status = status
        self.code = None if code is None else str(code)  # an enum could not be stored
        self.fields = fields
        self.ambiguous = ambiguous
        self.retry_after = retry_after

    def __reduce__(self) -> tuple[Any, ...]:
        return (_rebuild, (type(self), self.args, self.__dict__.copy()))


class Unavailable(ServiceError):
    """Try again later: a time-out, a lost connection, 429, 5xx, read-only mode."""

    exit_status = 75


class Rejected(ServiceError):
    """Trying the same again cannot help: 400, 403, 422, a refusal."""


def _rebuild(
    kind: type[ServiceError], args: tuple[Any, ...], attributes: dict[str, Any]
) -> ServiceError:
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(attributes)
    return error
