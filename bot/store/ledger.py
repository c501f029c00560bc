"""What model calls cost: reserved before, settled after, summed per edition and month."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from bot.errors import Unavailable
from bot.model.call import ModelRequest
from bot.model.edition import Usage
from bot.planning.budget import Account, Spent
from bot.store.database import Database
from bot.store.tables import spend

_MOST_TRIES = 1000


@dataclass(frozen=True, slots=True)
class Spending:
    """Everything spent or reserved in one month ("2026-11")."""

    month: str
    usage: Usage


class StoredLedger:
    """The ledger of this database; a reservation counts until it is settled."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def spent(self, account: Account) -> Spent:
        """All that is settled and all that is reserved."""
        return Spent(
            edition_usd=self._sum(spend.c.edition == account.edition).cost_usd,
            month_usd=self._sum(spend.c.month == account.month).cost_usd,
        )

    def reserve(self, about: str, account: Account, request: ModelRequest, usd: Decimal) -> str:
        """Write down what one more call about a thing may cost at most; gives the call's id.

        No row is ever replaced: one that a lost answer or a killed process left counts as spent.

        Args:
            about: Which question it is, at most 48 characters.
            account: Who pays.
            request: The question.
            usd: US dollars.
        """
        row = {
            "at": self._database.clock(),
            "month": account.month,
            "edition": account.edition,
            "purpose": request.purpose,
            "model": request.model,
            "settled": False,
            **_columns(Usage(requests=1, cost_usd=usd)),
        }
        # another process may take the number between the count and the insert
        first = self._count(about) + 1
        for number in range(first, first + _MOST_TRIES):
            call_id = f"{about}/{number}"
            if self._database.put_if_absent(spend, id=call_id, **row):
                return call_id
        raise Unavailable(
            f"database: no free number for call {about}; try again", service="database"
        )

    def settle(self, call_id: str, usage: Usage) -> None:
        """Replace the reservation by what the call did cost; zero requests free it."""
        statement = sa.update(spend).where(spend.c.id == call_id)
        self._database.execute(statement.values(settled=True, **_columns(usage)))

    def usage(self, edition: str) -> Usage:
        """What an edition used so far."""
        return self._sum(spend.c.edition == edition)

    def month(self, month: str) -> Spending:
        """What a month used so far."""
        return Spending(month, self._sum(spend.c.month == month))

    def _count(self, about: str) -> int:
        where = spend.c.id.startswith(f"{about}/", autoescape=True)
        return int(self._database.rows(sa.select(sa.func.count()).where(where))[0][0])

    def _sum(self, where: sa.ColumnElement[bool]) -> Usage:
        names = ("requests", "prompt_tokens", "completion_tokens", "cached_tokens", "cost_usd")
        sums = [sa.func.coalesce(sa.func.sum(spend.c[name]), 0).label(name) for name in names]
        row = self._database.rows(sa.select(*sums).where(where))[0]
        return Usage(
            requests=int(row.requests),
            prompt_tokens=int(row.prompt_tokens),
            completion_tokens=int(row.completion_tokens),
            cached_tokens=int(row.cached_tokens),
            cost_usd=Decimal(str(row.cost_usd)),
        )


def _columns(usage: Usage) -> dict[str, Any]:
    return {
        "requests": usage.requests,
        "prompt_tokens": usage.prompt_tokens,
        "completion_tokens": usage.completion_tokens,
        "cached_tokens": usage.cached_tokens,
        "cost_usd": usage.cost_usd,
    }
