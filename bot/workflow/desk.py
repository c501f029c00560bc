"""One publication at work: outside calls as steps, repeated or given up as the table says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol, TypeVar

from bot.errors import ServiceError, Unavailable
from bot.model.publication import Publication, WrittenPost
from bot.planning.answers import Move, find_answer, find_pause
from bot.workflow.ports import Forum, Publications

T = TypeVar("T")


class RunStep(Protocol):
    """Runs one named outside call; a durable engine gives the recorded result after a crash."""

    def __call__(self, name: str, function: Callable[[], Any], /) -> Any:
        """The function's result."""
        ...


def run_at_once(name: str, function: Callable[[], T]) -> T:  # noqa: ARG001 - a RunStep's shape
    """A RunStep without an engine: for a dry run and for commands that only ask."""
    return function()


@dataclass(frozen=True, slots=True)
class Patience:
    """How long one run keeps trying.

    Attributes:
        settle_seconds: Before the first look after an answer was lost: the request may still be
            at work (contract 13.4 asks for 3 to 5).
        attempts: Tries of one call.
        budget_seconds: The longest single wait; a longer one is left to a later run.
    """

    settle_seconds: float = 4
    attempts: int = 6
    budget_seconds: float = 120


@dataclass(frozen=True, slots=True)
class Desk:
    """Forum, memory and clockwork of one outlet.

    ``run_step`` may be bot.workflow.durable.run_step; ``sleep`` a durable sleep. Between two steps
    nothing depends on anything but the steps' results, so a durable engine can replay.
    """

    forum: Forum
    publications: Publications
    now: datetime
    run_step: RunStep
    sleep: Callable[[float], None]
    patience: Patience = Patience()

    def ask(self, name: str, call: Callable[[], T]) -> T:
        """The call's result, after as many tries as the table of answers grants it.

        ``call`` must be safe to repeat: whatever creates looks first.

        Raises:
            Unavailable: Every try failed, or the forum asks for a longer wait than is granted.
            Rejected: The table says plan anew, skip or ask a person.
        """
        for attempt in range(1, self.patience.attempts + 1):
            try:
                result: T = self.run_step(f"{name} {attempt}", call)
            except ServiceError as error:
                self._rest(error, attempt)
            else:
                return result
        raise AssertionError("the last attempt returns or raises")

    def _rest(self, error: ServiceError, attempt: int) -> None:
        if find_answer(error).move not in {Move.AGAIN, Move.LATER}:
            raise error
        pause = find_pause(error, attempt, settle_seconds=self.patience.settle_seconds)
        if pause > self.patience.budget_seconds or attempt == self.patience.attempts:
            raise _later(error, pause) from error
        self.sleep(pause)

    def settle(self) -> None:
        """Give a request whose answer was lost the time to end."""
        self.sleep(self.patience.settle_seconds)

    def save(self, record: Publication) -> Publication:
        """Remember the value; it is on disk when this returns."""
        stamped = replace(record, written_at=self.now)
        self.run_step("record", lambda: self.publications.put(stamped))
        return stamped

    def attempt(
        self, record: Publication, post: WrittenPost, raw: str, composed: str | None = None
    ) -> Publication:
        """Remember what is about to be written, before it is, and the text it came from."""
        begun = replace(post, attempted=raw, attempted_from=raw if composed is None else composed)
        return self.save(with_post(record, begun))


def with_post(record: Publication, post: WrittenPost) -> Publication:
    """The record with this post in place of the one of the same number."""
    others = [other for other in record.posts if other.number != post.number]
    return replace(record, posts=tuple(sorted([*others, post], key=lambda item: item.number)))


def _later(error: ServiceError, pause: float) -> Unavailable:
    return Unavailable(
        str(error),
        service=error.service,
        status=error.status,
        code=error.code,
        fields=error.fields,
        ambiguous=error.ambiguous,
        retry_after=pause,
    )
