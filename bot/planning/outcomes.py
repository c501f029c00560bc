"""After a model call: what to do next, by how it went. One table, no clock, no chance."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.errors import Rejected, ServiceError, Unavailable
from bot.model.call import Ending

LONGEST_WAIT_SECONDS = 300.0
_FIRST_WAIT_SECONDS = 2.0
_LONGEST_BACKOFF_SECONDS = 60.0
_AMBIGUOUS_ATTEMPTS = 2


class Unusable(StrEnum):
    """A reply that ended well and says nothing we can use."""

    UNREADABLE = "unreadable"
    MISALIGNED = "misaligned"


class Move(StrEnum):
    """What to do next."""

    USE = "use"
    WAIT = "wait"
    HALVE = "halve"
    ASK_AGAIN = "ask-again"
    OTHER_MODEL = "other-model"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Step:
    """A Move, and before it a wait."""

    move: Move
    wait_seconds: float = 0


def next_step(
    outcome: Ending | Unusable | ServiceError, *, attempt: int, attempts: int, segments: int
) -> Step:
    """The next Step after one call.

    ================================  ====================  ================================
    outcome                           several segments      one segment
    ================================  ====================  ================================
    complete                          use                   use
    length, unreadable, misaligned    halve                 ask again once, then other model
    refusal, content filter           halve (find which)    other model
    context too long                  halve                 other model
    time-out (perhaps billed)         wait, once            wait, once
    429, 5xx, connection              wait, ``attempts``    wait, ``attempts``
    longer wait than five minutes     stop                  stop
    quota, key, model, request        stop                  stop
    ================================  ====================  ================================

    >>> next_step(Ending.LENGTH, attempt=1, attempts=4, segments=6)
    Step(move=<Move.HALVE: 'halve'>, wait_seconds=0)

    Args:
        outcome: How the call went.
        attempt: Which try of this very call it was, from 1.
        attempts: How many tries a passing trouble is worth (``model.attempts``).
        segments: How many Segments the call asked for.
    """
    if isinstance(outcome, Unavailable):
        return _after_trouble(outcome, attempt, attempts)
    if isinstance(outcome, Rejected):
        too_long = outcome.code == "context_length_exceeded"
        return _smaller(segments) if too_long else Step(Move.STOP)
    if outcome is Ending.COMPLETE:
        return Step(Move.USE)
    if outcome in {Ending.REFUSAL, Ending.CONTENT_FILTER} or segments > 1:
        return _smaller(segments)
    return Step(Move.ASK_AGAIN if attempt == 1 and attempts > 1 else Move.OTHER_MODEL)


def _smaller(segments: int) -> Step:
    return Step(Move.HALVE if segments > 1 else Move.OTHER_MODEL)


def _after_trouble(error: Unavailable, attempt: int, attempts: int) -> Step:
    """Wait as long as was asked, else twice as long each time; ambiguous calls may cost twice."""
    tries = min(attempts, _AMBIGUOUS_ATTEMPTS) if error.ambiguous else attempts
    backoff = min(_FIRST_WAIT_SECONDS * 2 ** (attempt - 1), _LONGEST_BACKOFF_SECONDS)
    wait = max(error.retry_after or 0, backoff)
    if attempt >= tries or wait > LONGEST_WAIT_SECONDS:
        return Step(Move.STOP)
    return Step(Move.WAIT, wait)
