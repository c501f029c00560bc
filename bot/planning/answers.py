"""What to do about an answer that is not success: one table for retry, wait or ask.

The rows are those of the contract's 13.5; each look-up it asks for is the first thing every step
of bot.workflow.publish does, so that "again" always means "look, then do what is missing".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.errors import ServiceError, Unavailable


class Move(StrEnum):
    """Whose move it is, and when."""

    AGAIN = "again"
    """Look, then do it again, after a pause that grows."""
    LATER = "later"
    """Wait as long as the forum says; where that is too long, leave it to a later run."""
    PLAN = "plan"
    """Something changed on the forum: read it again and plan anew."""
    SKIP = "skip"
    """The forum's people decided against it: never again."""
    ASK = "ask"
    """A person has to mend something; the same again cannot help."""


class Outcome(StrEnum):
    """Kinds of answers, as bot.forum names them in ``ServiceError.code``."""

    NOT_SENT = "not_sent"
    LOST = "lost"
    SERVER_ERROR = "server_error"
    OVERLOAD = "overload"
    READ_ONLY = "read_only"
    RATE_LIMIT = "rate_limit"
    NOT_JSON = "not_json"
    CONFLICT = "conflict"
    GONE = "gone"
    TITLE_TAKEN = "title_taken"
    EXTERNAL_ID_TAKEN = "external_id_taken"
    TOO_SIMILAR = "too_similar"
    TITLE_REFUSED = "title_refused"
    BODY_REFUSED = "body_refused"
    TAGS_REFUSED = "tags_refused"
    CATEGORY_REFUSED = "category_refused"
    TOPIC_CLOSED = "topic_closed"
    TOO_LATE = "too_late_to_edit"
    REFUSED = "refused"
    BAD_REQUEST = "bad_request"
    FORBIDDEN = "forbidden"
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True)
class Answer:
    """A row of the table.

    ``pause_seconds`` applies where the forum names no wait; it doubles from try to try when the
    move is "again". ``settle``: the request may still be at work on the forum, so even the first
    look waits (3 to 5 seconds, contract 13.4). ``advice`` is the next step, for the message.
    """

    move: Move
    pause_seconds: float = 0
    settle: bool = False
    advice: str = ""


_AGAIN, _LATER, _ASK = Move.AGAIN, Move.LATER, Move.ASK
_BY_HAND = "jubo looks for it first and tries again"

ANSWERS: dict[Outcome, Answer] = {
    Outcome.NOT_SENT: Answer(_AGAIN, 5, advice="check that the forum is up and its address right"),
    Outcome.LOST: Answer(_AGAIN, 5, settle=True, advice=_BY_HAND),
    Outcome.SERVER_ERROR: Answer(_AGAIN, 5, settle=True, advice=_BY_HAND),
    Outcome.OVERLOAD: Answer(_AGAIN, 10, advice=_BY_HAND),
    Outcome.READ_ONLY: Answer(_LATER, 60, advice="wait until the forum accepts changes again"),
    Outcome.RATE_LIMIT: Answer(_LATER, 11, advice="wait as the forum asks"),
    Outcome.NOT_JSON: Answer(
        _AGAIN, 5, settle=True, advice="if it stays, check the address: a login page or a proxy"
    ),
    Outcome.CONFLICT: Answer(Move.PLAN, advice="the post changed meanwhile; read it again"),
    Outcome.GONE: Answer(Move.PLAN, advice="it was deleted or hidden on the forum"),
    Outcome.TITLE_TAKEN: Answer(_ASK, advice="adopt that topic with jubo adopt KEY URL"),
    Outcome.EXTERNAL_ID_TAKEN: Answer(
        Move.SKIP, advice="a topic deleted on the forum holds this id; it is not created again"
    ),
    Outcome.TOO_SIMILAR: Answer(
        _LATER, 330, settle=True, advice="the same text was posted minutes ago; wait and look again"
    ),
    Outcome.TITLE_REFUSED: Answer(_ASK, advice="change the language's title pattern"),
    Outcome.BODY_REFUSED: Answer(_ASK, advice="correct the text in jubo preview KEY"),
    Outcome.TAGS_REFUSED: Answer(_ASK, advice="change outlets.*.tags, or let the bot's group tag"),
    Outcome.CATEGORY_REFUSED: Answer(
        _ASK, advice="check outlets.*.category and who may create topics there"
    ),
    Outcome.TOPIC_CLOSED: Answer(_ASK, advice="open the topic again, or jubo skip KEY"),
    Outcome.TOO_LATE: Answer(
        _ASK, advice="the forum's edit window has passed; raise the bot's trust level or edit there"
    ),
    Outcome.REFUSED: Answer(_ASK, advice="see what the forum names, then jubo publish KEY"),
    Outcome.BAD_REQUEST: Answer(_ASK, advice="check outlets.*.category (a number) and the address"),
    Outcome.FORBIDDEN: Answer(
        _ASK,
        advice="check key, user name, the key's scopes and addresses, silence or suspension, and"
        " category rights: jubo doctor",
    ),
    Outcome.TOO_LARGE: Answer(_ASK, advice="make it smaller than 10 MB"),
}
_BY_CODE: dict[str | None, Answer] = {outcome.value: row for outcome, row in ANSWERS.items()}


def find_answer(error: ServiceError) -> Answer:
    """The row for an error of the forum; one without a known code is judged by its class."""
    if error.code in _BY_CODE:
        return _BY_CODE[error.code]
    if not isinstance(error, Unavailable):
        return ANSWERS[Outcome.REFUSED]
    return ANSWERS[Outcome.LOST if error.ambiguous else Outcome.OVERLOAD]


def find_pause(
    error: ServiceError, attempt: int, *, settle_seconds: float, longest_seconds: float = 60
) -> float:
    """Seconds to wait before attempt ``attempt + 1`` (attempts count from 1).

    A wait that the forum asks for is never cut short; the caller decides whether it is too long.

    >>> find_pause(Unavailable("", service="discourse", code="overload"), 2, settle_seconds=4)
    20.0
    """
    answer = find_answer(error)
    if error.retry_after is not None:
        pause = error.retry_after
    elif answer.move is Move.AGAIN:
        pause = min(answer.pause_seconds * 2 ** (attempt - 1), longest_seconds)
    else:
        pause = answer.pause_seconds
    if answer.settle or error.ambiguous:
        pause = max(pause, settle_seconds)
    return float(pause)
