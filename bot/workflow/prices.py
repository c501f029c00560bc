"""Whether the prices by which everything is counted can be the vendor's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from bot.config import Model
from bot.model.health import Line, Status

_OLD = timedelta(days=180)


def check_prices(model: Model, today: date) -> Iterator[Line]:
    """A line on the prices' age, and one for each further model that is counted at the first's."""
    for role, name in (("fallback", model.fallback), ("reviewer", model.reviewer)):
        if name and name != model.name and name not in model.prices.models:
            what = f"{name} has no prices of its own: it is counted at {model.name}'s"
            yield Line(Status.WARN, what, f"set model.prices.models for model.{role}")
    if is_old(model.prices.as_of, today):
        what = f"the prices are of {model.prices.as_of}, over {_OLD.days} days ago"
        yield Line(Status.WARN, what, "compare them with the vendor's, then set model.prices.as_of")
    else:
        yield Line(Status.PASS, f"prices of {model.prices.as_of}")


def is_old(as_of: date, today: date) -> bool:
    """Vendors change prices; whoever has not looked for so long does not know.

    >>> is_old(date(2026, 11, 1), date(2027, 4, 30)), is_old(date(2026, 11, 1), date(2027, 5, 1))
    (False, True)
    """
    return today - as_of > _OLD
