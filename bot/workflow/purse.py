"""The purse of one database, filled by the configuration's caps and prices."""

from __future__ import annotations

from bot.config import Model
from bot.planning.budget import Caps, Purse
from bot.store.database import Database
from bot.store.ledger import StoredLedger


def open_purse(database: Database, model: Model) -> Purse:
    """The purse that all model calls of this database are paid from."""
    return Purse(
        StoredLedger(database),
        Caps(model.budget.edition_usd, model.budget.month_usd),
        model.prices,
        max_output_tokens=model.max_output_tokens,
    )
