from __future__ import annotations

import pytest

from bot.errors import Rejected, ServiceError, Unavailable
from bot.model.call import Ending
from bot.planning.outcomes import Move, Step, Unusable, next_step


def _unavailable(*, ambiguous: bool = False, retry_after: float | None = None) -> Unavailable:
    return Unavailable("model: x", service="model", ambiguous=ambiguous, retry_after=retry_after)


def _rejected(code: str) -> Rejected:
    return Rejected("model: x", service="model", code=code)


@pytest.mark.parametrize(
    ("outcome", "several", "single"),
    [
        (Ending.COMPLETE, Move.USE, Move.USE),
        (Ending.LENGTH, Move.HALVE, Move.ASK_AGAIN),
        (Unusable.UNREADABLE, Move.HALVE, Move.ASK_AGAIN),
        (Unusable.MISALIGNED, Move.HALVE, Move.ASK_AGAIN),
        (Ending.REFUSAL, Move.HALVE, Move.OTHER_MODEL),
        (Ending.CONTENT_FILTER, Move.HALVE, Move.OTHER_MODEL),
        (_rejected("context_length_exceeded"), Move.HALVE, Move.OTHER_MODEL),
        (_rejected("insufficient_quota"), Move.STOP, Move.STOP),
        (_rejected("invalid_api_key"), Move.STOP, Move.STOP),
    ],
)
def test_every_outcome_has_its_own_next_step(
    outcome: Ending | Unusable | ServiceError, several: Move, single: Move
) -> None:
    assert next_step(outcome, attempt=1, attempts=4, segments=5).move is several
    assert next_step(outcome, attempt=1, attempts=4, segments=1).move is single


@pytest.mark.parametrize("outcome", [Ending.LENGTH, Unusable.UNREADABLE])
def test_a_single_segment_is_asked_again_once(outcome: Ending | Unusable) -> None:
    assert next_step(outcome, attempt=2, attempts=4, segments=1) == Step(Move.OTHER_MODEL)
    assert next_step(outcome, attempt=1, attempts=1, segments=1) == Step(Move.OTHER_MODEL)


def test_a_passing_trouble_waits_longer_each_time_and_then_stops() -> None:
    steps = [
        next_step(_unavailable(), attempt=attempt, attempts=4, segments=1)
        for attempt in range(1, 5)
    ]
    assert steps == [Step(Move.WAIT, 2), Step(Move.WAIT, 4), Step(Move.WAIT, 8), Step(Move.STOP)]


def test_the_wait_that_was_asked_for_is_kept_unless_it_is_too_long() -> None:
    asked = next_step(_unavailable(retry_after=90), attempt=1, attempts=4, segments=1)
    endless = next_step(_unavailable(retry_after=3600), attempt=1, attempts=4, segments=1)
    assert asked == Step(Move.WAIT, 90)
    assert endless == Step(Move.STOP)


def test_a_call_that_was_perhaps_billed_is_tried_once_more_only() -> None:
    lost = _unavailable(ambiguous=True)
    assert next_step(lost, attempt=1, attempts=9, segments=1).move is Move.WAIT
    assert next_step(lost, attempt=2, attempts=9, segments=1).move is Move.STOP
