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
