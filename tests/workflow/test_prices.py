"""Doctor's word on prices: whose they are, and how old."""

from __future__ import annotations

from datetime import date

import pytest

from bot.config import Model
from bot.config.settings import ModelPrices, Prices
from bot.model.health import Status
from bot.workflow.prices import check_prices

TODAY = date(2026, 11, 25)
OWN = ModelPrices(input=2, cached_input=1, output=4)


@pytest.mark.parametrize("role", ["fallback", "reviewer"])
def test_a_model_counted_at_anothers_price_is_named(role: str) -> None:
    (warning, _) = check_prices(Model(name="small", **{role: "large"}), TODAY)
    assert (warning.status, warning.what) == (
        Status.WARN,
        "large has no prices of its own: it is counted at small's",
    )
    assert f"model.{role}" in warning.cure


def test_own_prices_or_the_same_model_need_no_word() -> None:
    prices = Prices(models={"large": OWN})
    lines = list(
        check_prices(Model(name="a", fallback="a", reviewer="large", prices=prices), TODAY)
    )
    assert [line.status for line in lines] == [Status.PASS]


def test_old_prices_are_told() -> None:
    (line,) = check_prices(Model(prices=Prices(as_of=date(2026, 1, 2))), TODAY)
    assert line.status is Status.WARN
    assert "2026-01-02" in line.what
