"""The table: every outcome has one answer, and every answer a next step."""

from __future__ import annotations

import pytest

from bot.errors import Rejected, Unavailable
from bot.planning.answers import ANSWERS, Move, Outcome, find_answer, find_pause


def test_every_outcome_has_an_answer_with_a_next_step() -> None:
    assert set(ANSWERS) == set(Outcome)
    assert all(answer.advice for answer in ANSWERS.values())


@pytest.mark.parametrize(
    ("error", "move"),
    [
        (Unavailable("", service="discourse"), Move.AGAIN),
        (Unavailable("", service="discourse", ambiguous=True), Move.AGAIN),
        (Rejected("", service="discourse", status=418), Move.ASK),
        (Rejected("", service="discourse", code="conflict"), Move.PLAN),
        (Rejected("", service="discourse", code="external_id_taken"), Move.SKIP),
        (Unavailable("", service="discourse", code="read_only"), Move.LATER),
    ],
)
def test_the_move_follows_from_code_or_class(error: Unavailable | Rejected, move: Move) -> None:
    assert find_answer(error).move is move


@pytest.mark.parametrize(
    ("error", "attempt", "seconds"),
    [
        (Unavailable("", service="x", code="not_sent"), 1, 5),
        (Unavailable("", service="x", code="not_sent"), 3, 20),
        (Unavailable("", service="x", code="not_sent"), 9, 60),
        (Unavailable("", service="x", code="rate_limit", retry_after=7200), 1, 7200),
        (Unavailable("", service="x", code="rate_limit", retry_after=1), 1, 1),
        (Unavailable("", service="x", code="rate_limit", retry_after=0, ambiguous=True), 1, 4),
        (Unavailable("", service="x", code="rate_limit"), 4, 11),
        (Unavailable("", service="x", code="lost"), 1, 5),
    ],
)
def test_a_pause_is_the_forums_or_grows(error: Unavailable, attempt: int, seconds: float) -> None:
    """After a lost answer it is never shorter than the request may need to end."""
    assert find_pause(error, attempt, settle_seconds=4) == seconds


@pytest.mark.parametrize(
    ("outcome", "seconds", "settles"),
    [
        (Outcome.NOT_SENT, 5, False),
        (Outcome.LOST, 5, True),
        (Outcome.SERVER_ERROR, 5, True),
        (Outcome.NOT_JSON, 5, True),
        (Outcome.OVERLOAD, 10, False),
        (Outcome.READ_ONLY, 60, False),
        (Outcome.RATE_LIMIT, 11, False),
        (Outcome.TOO_SIMILAR, 330, True),
        (Outcome.CONFLICT, 0, False),
        (Outcome.GONE, 0, False),
    ],
)
def test_each_answer_has_its_own_pause(outcome: Outcome, seconds: float, settles: bool) -> None:
    """A request that may still be at work is looked for only after the time to settle."""
    error = Rejected("", service="discourse", code=outcome.value)
    assert find_pause(error, 1, settle_seconds=0, longest_seconds=900) == seconds
    assert find_pause(error, 1, settle_seconds=1000) == (1000 if settles else seconds)


@pytest.mark.parametrize("ambiguous", [True, False])
def test_an_outage_without_a_code_is_lost_only_where_the_request_may_have_arrived(
    ambiguous: bool,
) -> None:
    error = Unavailable("", service="discourse", ambiguous=ambiguous)
    assert find_answer(error) is ANSWERS[Outcome.LOST if ambiguous else Outcome.OVERLOAD]


@pytest.mark.parametrize("outcome", [Outcome.CONFLICT, Outcome.GONE])
def test_what_changed_on_the_forum_is_read_again(outcome: Outcome) -> None:
    """It is a person's act, not a mistake that a person has to mend."""
    assert find_answer(Rejected("", service="discourse", code=outcome.value)).move is Move.PLAN
