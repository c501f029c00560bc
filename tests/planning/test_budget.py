from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import ModelPrices, Prices
from bot.errors import BudgetExceeded, Rejected, Unavailable
from bot.model.call import Ending, ModelReply, ModelRequest
from bot.model.edition import Usage
from bot.planning.budget import Account, Caps, Purse, Spent, cost, estimate, usage_of, worst_case
from bot.planning.tokens import estimate_tokens

PRICES = Prices(input=Decimal(1), cached_input=Decimal("0.1"), output=Decimal(10))
ACCOUNT = Account("dair-2024-01-29-ko", "2026-11")
REQUEST = ModelRequest("system", "user", "s", {}, model="m", max_output_tokens=1000)


class Book:
    """A Ledger in a dictionary."""

    def __init__(self) -> None:
        self.calls: dict[str, tuple[Account, Decimal]] = {}

    def spent(self, account: Account) -> Spent:
        edition = [usd for each, usd in self.calls.values() if each.edition == account.edition]
        month = [usd for each, usd in self.calls.values() if each.month == account.month]
        return Spent(sum(edition, Decimal()), sum(month, Decimal()))

    def reserve(self, about: str, account: Account, request: ModelRequest, usd: Decimal) -> str:
        call_id = f"{about}/{len(self.calls)}"
        self.calls[call_id] = (account, usd)
        return call_id

    def settle(self, call_id: str, usage: Usage) -> None:
        self.calls[call_id] = (self.calls[call_id][0], usage.cost_usd)


def _purse(book: Book, edition: str = "1.00", month: str = "5.00") -> Purse:
    caps = Caps(Decimal(edition), Decimal(month))
    return Purse(book, caps, PRICES, max_output_tokens=8000)


def _reply() -> ModelReply:
    return ModelReply("가", Ending.COMPLETE, "m", 1000, 100, 800)


def test_cached_tokens_cost_less() -> None:
    usage = usage_of(_reply(), PRICES)
    assert usage.cost_usd == Decimal("0.001280")
    assert usage.requests == 1
    assert cost(PRICES, prompt_tokens=1_000_000, completion_tokens=1) == Decimal("1.000010")


def test_what_is_written_into_the_cache_costs_more() -> None:
    """1.25 times the input where no price is set."""
    reply = replace(_reply(), cache_write_tokens=200)
    assert usage_of(reply, PRICES).cost_usd == Decimal("0.001330")
    dear = PRICES.model_copy(update={"cache_write": Decimal(2)})
    assert usage_of(reply, dear).cost_usd == Decimal("0.001480")


def test_a_model_has_its_own_prices() -> None:
    large = ModelPrices(input=Decimal(5), cached_input=Decimal("0.5"), output=Decimal(50))
    prices = PRICES.model_copy(update={"models": {"large": large}})
    request = replace(REQUEST, model="large")
    assert usage_of(replace(_reply(), model="large"), prices).cost_usd == Decimal("0.006400")
    assert usage_of(_reply(), prices) == usage_of(_reply(), PRICES)
    for price in (estimate, worst_case):
        plain, its = price(REQUEST, prices, 8000).cost_usd, price(request, prices, 8000).cost_usd
        assert its > 4 * plain


def test_the_worst_case_takes_the_dearest_rate_of_the_input() -> None:
    """Nothing that comes back may cost more than was reserved."""
    free = PRICES.model_copy(update={"cache_write": Decimal(0)})
    costs = [worst_case(REQUEST, each, 8000).cost_usd for each in (free, PRICES)]
    tokens = worst_case(REQUEST, PRICES, 8000).prompt_tokens
    plain, written = Decimal(tokens) / 1_000_000, Decimal(tokens) * Decimal("1.25") / 1_000_000
    assert costs == [Decimal("0.01") + plain, (Decimal("0.01") + written).quantize(costs[1])]


def test_the_estimate_lies_below_the_worst_case() -> None:
    request = ModelRequest("s" * 300, "u" * 300, "s", {}, model="m")
    likely, most = estimate(request, PRICES, 8000), worst_case(request, PRICES, 8000)
    assert likely.completion_tokens == 200
    assert most.completion_tokens == 8000
    assert likely.cost_usd < most.cost_usd


def test_requests_are_expected_together_and_held_against_the_caps() -> None:
    book = Book()
    purse = _purse(book, edition="0.01")
    expected = purse.expect([REQUEST] * 3)
    assert expected.requests == 3
    assert expected.cost_usd == 3 * estimate(REQUEST, PRICES, 8000).cost_usd
    purse.check(ACCOUNT, expected.cost_usd)
    with pytest.raises(BudgetExceeded, match=r"edition .*\$0\.02"):
        purse.check(ACCOUNT, Decimal("0.02"))
    assert book.calls == {}


@given(st.text(max_size=300))
def test_no_text_has_more_tokens_than_estimated_characters(text: str) -> None:
    """Bounds of the rule: a third of ASCII, all of the rest."""
    assert len(text) / 3 <= estimate_tokens(text) <= len(text) or not text


def test_a_call_is_reserved_then_settled() -> None:
    book = Book()
    with _purse(book).pay("call", ACCOUNT, REQUEST) as payment:
        reserved = book.spent(ACCOUNT).edition_usd
        payment.reply = _reply()
    assert reserved == worst_case(REQUEST, PRICES, 8000).cost_usd
    assert book.spent(ACCOUNT) == Spent(Decimal("0.001280"), Decimal("0.001280"))


@pytest.mark.parametrize(
    ("edition", "month", "named"),
    [("0.001", "5", "edition dair-2024-01-29-ko"), ("1", "0.001", "month 2026-11")],
)
def test_a_call_that_would_pass_a_cap_is_not_made(edition: str, month: str, named: str) -> None:
    book = Book()
    with (
        pytest.raises(BudgetExceeded, match=named),
        _purse(book, edition, month).pay("call", ACCOUNT, REQUEST),
    ):
        pytest.fail("the call was made")
    assert book.spent(ACCOUNT) == Spent(Decimal(), Decimal())


def test_of_two_processes_that_meet_at_the_cap_none_passes_it() -> None:
    """Each has a lock of its own; what binds them is what stands in the ledger."""
    book = Book()
    most = worst_case(REQUEST, PRICES, 8000).cost_usd
    cap = str(most + most / 2)
    with _purse(book, cap).pay("one", ACCOUNT, REQUEST):
        with pytest.raises(BudgetExceeded), _purse(book, cap).pay("two", ACCOUNT, REQUEST):
            pytest.fail("the call was made")
        assert book.spent(ACCOUNT).edition_usd == most


@pytest.mark.parametrize(
    ("error", "stays"),
    [
        (Unavailable("model: 500", service="model"), False),
        (Rejected("model: 400", service="model"), False),
        (Unavailable("model: time-out", service="model", ambiguous=True), True),
        (KeyboardInterrupt(), True),
    ],
)
def test_what_may_have_been_billed_stays_as_spent(error: BaseException, stays: bool) -> None:
    book = Book()
    with pytest.raises(type(error)), _purse(book).pay("call", ACCOUNT, REQUEST):
        raise error
    assert (book.spent(ACCOUNT).edition_usd > 0) is stays


def test_calls_in_flight_cannot_overdraw_together() -> None:
    """Twenty threads want a call each; the cap has room for three reservations."""
    book = Book()
    worst = worst_case(REQUEST, PRICES, 8000).cost_usd
    purse = _purse(book, str(worst * 3))
    gate, hold = threading.Barrier(20), threading.Event()
    made: list[int] = []
    refused: list[int] = []

    def run(number: int) -> None:
        gate.wait()
        try:
            with purse.pay(f"call {number}", ACCOUNT, REQUEST):
                made.append(number)
                hold.wait(10)
        except BudgetExceeded:
            refused.append(number)
            if len(refused) == 17:
                hold.set()

    threads = [threading.Thread(target=_target(run, number)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(made), len(refused)) == (3, 17)


def _target(run: Callable[[int], None], number: int) -> Callable[[], None]:
    return lambda: run(number)
