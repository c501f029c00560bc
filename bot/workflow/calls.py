"""A model call that is paid for once: looked up before it is asked, kept before it is used."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from bot.errors import Unavailable
from bot.model.call import ModelReply, ModelRequest
from bot.model.edition import Usage
from bot.model.progress import Stage
from bot.planning.budget import Account
from bot.planning.outcomes import Move, next_step
from bot.store.editions import request_id
from bot.workflow.durable import run_step
from bot.workflow.services import Services

_log = logging.getLogger(__name__)


def call_model(services: Services, edition: str, request: ModelRequest) -> ModelReply:
    """The reply to a request; a finished one is never asked again, over crashes and restarts.

    The reply is in the store before this step is recorded: a stop in between, even with the
    workflow's own record deleted, costs a look-up.

    Args:
        services: Model, store and purse.
        edition: Who pays, such as "jubo-dair-2024-01-29-ko".
        request: The question.

    Raises:
        Unavailable: Every attempt failed, or the service asks for a longer wait than is worth
            holding the run for; a later run goes on.
        Rejected: Trying again cannot help.
        BudgetExceeded: The call would pass a cap.
    """
    return run_step(f"model {request.purpose}", lambda: ask_once(services, edition, request))


def ask_once(services: Services, edition: str, request: ModelRequest) -> ModelReply:
    """What the step of ``call_model`` does: the kept reply, else one that is asked and paid for."""
    kept = services.replies.find(request)
    return kept if kept is not None else _ask_patiently(services, edition, request)


def foresee(services: Services, edition: str, planned: Iterable[ModelRequest]) -> Usage:
    """What the planned requests will cost beyond the kept replies, told before any is asked.

    Raises:
        BudgetExceeded: More than the caps leave; half an edition would be paid for in vain.
    """
    asked = [one for one in planned if services.replies.find(one) is None]
    expected = services.purse.expect(asked)
    text = f"about ${expected.cost_usd:.4f} for {expected.requests} model calls"
    services.tell(Stage.ESTIMATE, text, 1, 1)
    services.purse.check(_account(services, edition), expected.cost_usd)
    return expected


def _ask_patiently(services: Services, edition: str, request: ModelRequest) -> ModelReply:
    attempts = services.settings.model.attempts
    for attempt in range(1, attempts + 1):
        try:
            return _pay(services, edition, request)
        except Unavailable as error:
            step = next_step(error, attempt=attempt, attempts=attempts, segments=1)
            if step.move is not Move.WAIT or attempt == attempts:
                raise
            _log.info("%s; waiting %.0f s", error, step.wait_seconds)
            services.sleep(step.wait_seconds)
    raise AssertionError("the last attempt returns or raises")


def _pay(services: Services, edition: str, request: ModelRequest) -> ModelReply:
    account = _account(services, edition)
    about = request_id(request)[:48]
    with services.calls, services.purse.pay(about, account, request) as payment:
        reply = services.model.complete(request)
        payment.reply = reply
        services.replies.put(request, reply)
    return reply


def _account(services: Services, edition: str) -> Account:
    return Account(edition, services.clock().strftime("%Y-%m"))
