"""A call is paid once, kept, and never lost from the ledger."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from bot.config import Model, Settings
from bot.errors import BotError, BudgetExceeded, Unavailable
from bot.model.call import Ending, ModelReply, ModelRequest
from bot.planning.budget import Caps, Purse, worst_case
from bot.store.database import Database, open_database
from bot.store.editions import Replies
from bot.store.ledger import StoredLedger
from bot.workflow.calls import ask_once
from bot.workflow.services import Services

EDITION = "jubo-dair-2026-11-02-ko"
REQUEST = ModelRequest("rules", "text", "translation", {}, model="m", purpose="translate")
SETTINGS = Settings(model=Model(attempts=4))


class Vendor:
    """A model that bills each call, and of whose answers some are lost on the way."""

    def __init__(self, lost: int) -> None:
        self.lost = lost
        self.billed = 0

    def complete(self, request: ModelRequest) -> ModelReply:
        self.billed += 1
        if self.billed <= self.lost:
            raise Unavailable("model: time-out", service="model", code="timeout", ambiguous=True)
        return ModelReply("{}", Ending.COMPLETE, request.model, 100, 10)


@dataclass
class Means:
    """What a call needs of Services."""

    database: Database
    model: Vendor
    purse: Purse
    settings: Settings
    clock: Callable[[], datetime]
    sleep: Callable[[float], None]
    calls: threading.BoundedSemaphore

    @property
    def replies(self) -> Replies:
        return Replies(self.database)


def run(folder: Path, vendor: Vendor, cap: str = "0.10") -> ModelReply | BotError:
    """One run of jubo as a process of its own would make it; what the call came to."""
    database = open_database(f"sqlite:///{folder / 'jubo.sqlite'}", _now)
    caps = Caps(Decimal(cap), Decimal(20))
    prices = SETTINGS.model.prices
    purse = Purse(StoredLedger(database), caps, prices, max_output_tokens=8000)
    means: Any = Means(
        database, vendor, purse, SETTINGS, _now, lambda _: None, threading.BoundedSemaphore(1)
    )
    try:
        return ask_once(cast("Services", means), EDITION, REQUEST)
    except BotError as error:
        return error
    finally:
        database.close()


def spent(folder: Path) -> Decimal:
    database = open_database(f"sqlite:///{folder / 'jubo.sqlite'}", _now)
    usd = StoredLedger(database).usage(EDITION).cost_usd
    database.close()
    return usd


def _now() -> datetime:
    return datetime(2026, 11, 2, tzinfo=UTC)


def test_lost_answers_cannot_pass_the_cap_over_any_number_of_runs(tmp_path: Path) -> None:
    """Each may have been billed, so each stays on the ledger, whichever run asked it."""
    vendor = Vendor(lost=1000)
    most = worst_case(REQUEST, SETTINGS.model.prices, 8000).cost_usd
    ends = [type(run(tmp_path, vendor)) for _ in range(10)]
    assert ends[0] is Unavailable
    assert ends[-1] is BudgetExceeded
    assert vendor.billed == Decimal("0.10") // most
    assert spent(tmp_path) == vendor.billed * most


def test_an_answer_that_was_paid_for_is_not_reserved_for_again(tmp_path: Path) -> None:
    """A replay finds the reply, and the ledger stays as it was."""
    vendor = Vendor(lost=1)
    first = run(tmp_path, vendor)
    after = spent(tmp_path)
    assert [run(tmp_path, vendor) for _ in range(3)] == [first] * 3
    assert vendor.billed == 2
    assert spent(tmp_path) == after
