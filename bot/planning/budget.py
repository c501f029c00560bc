"""What calls cost, what they may cost, and a purse that calls in flight cannot overdraw."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from bot.errors import BudgetExceeded, ServiceError
from bot.model.call import ModelReply, ModelRequest
from bot.model.edition import Usage
from bot.planning.tokens import estimate_prompt_tokens, estimate_tokens

_MILLION = Decimal(1_000_000)
_SMALLEST = Decimal("0.000001")
_GROWTH = 2


# "Cache writes cost 1.25 times the input" from GPT-5.6 on:
# https://developers.openai.com/api/docs/guides/prompt-caching
_WRITING = Decimal("1.25")


class Prices(Protocol):
    """One model's prices, US dollars per million tokens."""

    @property
    def input(self) -> Decimal:
        """Tokens sent."""
        ...

    @property
    def cached_input(self) -> Decimal:
        """Tokens sent that the vendor had cached."""
        ...

    @property
    def output(self) -> Decimal:
        """Tokens received."""
        ...

    @property
    def cache_write(self) -> Decimal | None:
        """Tokens sent that the vendor put into its cache; None for 1.25 times ``input``."""
        ...


class PriceList(Protocol):
    """The prices of every model (``model.prices`` in the configuration)."""

    def of(self, model: str) -> Prices:
        """The prices of the model of that name."""
        ...


@dataclass(frozen=True, slots=True)
class Caps:
    """Hard caps in US dollars."""

    edition_usd: Decimal
    month_usd: Decimal


@dataclass(frozen=True, slots=True)
class Account:
    """Who pays: an edition ("dair-2024-01-29-ko") and a month ("2026-11")."""

    edition: str
    month: str


@dataclass(frozen=True, slots=True)
class Spent:
    """US dollars spent and reserved so far."""

    edition_usd: Decimal
    month_usd: Decimal


class Ledger(Protocol):
    """Where spending is written down; a reservation counts until it is settled.

    With several processes on one database each must see what the others have reserved.
    """

    def spent(self, account: Account) -> Spent:
        """All that is settled and all that is reserved."""
        ...

    def reserve(self, about: str, account: Account, request: ModelRequest, usd: Decimal) -> str:
        """Write down what one more call about a thing may cost at most; gives the call's id.

        Earlier calls about the same thing stay: the vendor may have billed each of them.
        """
        ...

    def settle(self, call_id: str, usage: Usage) -> None:
        """Replace the reservation by what the call did cost; zero requests free it."""
        ...


def cost(
    prices: Prices,
    *,
    prompt_tokens: int,
    completion_tokens: int,
    cached_tokens: int = 0,
    cache_write_tokens: int = 0,
) -> Decimal:
    """US dollars of so many tokens; cached and written ones are part of ``prompt_tokens``."""
    fresh = prompt_tokens - cached_tokens - cache_write_tokens
    total = fresh * prices.input + cached_tokens * prices.cached_input
    total += cache_write_tokens * _writing(prices) + completion_tokens * prices.output
    return (total / _MILLION).quantize(_SMALLEST, ROUND_HALF_UP)


def _writing(prices: Prices) -> Decimal:
    return prices.input * _WRITING if prices.cache_write is None else prices.cache_write


def usage_of(reply: ModelReply, prices: PriceList) -> Usage:
    """What one reply used and cost, by the prices of the model that gave it."""
    return Usage(
        requests=1,
        prompt_tokens=reply.prompt_tokens,
        completion_tokens=reply.completion_tokens,
        cached_tokens=reply.cached_tokens,
        cost_usd=cost(
            prices.of(reply.model),
            prompt_tokens=reply.prompt_tokens,
            completion_tokens=reply.completion_tokens,
            cached_tokens=reply.cached_tokens,
            cache_write_tokens=reply.cache_write_tokens,
        ),
    )


def worst_case(request: ModelRequest, prices: PriceList, max_output_tokens: int) -> Usage:
    """The most that a request can cost: the dearest rate for what is sent, the longest answer."""
    prompt = estimate_prompt_tokens(request)
    completion = request.max_output_tokens or max_output_tokens
    its = prices.of(request.model)
    plain = cost(its, prompt_tokens=prompt, completion_tokens=completion)
    written = cost(
        its, prompt_tokens=prompt, completion_tokens=completion, cache_write_tokens=prompt
    )
    dollars = max(plain, written)
    return Usage(1, prompt, completion, 0, dollars)


def estimate(request: ModelRequest, prices: PriceList, max_output_tokens: int) -> Usage:
    """What a request will cost, to be shown beforehand.

    The answer is taken to hold twice the tokens of this call's own part: it repeats the ids, and
    Hangul takes more tokens than the English it renders.
    """
    most = worst_case(request, prices, max_output_tokens)
    completion = min(_GROWTH * estimate_tokens(request.user), most.completion_tokens)
    its = prices.of(request.model)
    dollars = cost(its, prompt_tokens=most.prompt_tokens, completion_tokens=completion)
    return Usage(1, most.prompt_tokens, completion, 0, dollars)


def check_caps(spent: Spent, more_usd: Decimal, caps: Caps, account: Account) -> None:
    """Nothing, where ``more_usd`` still fits under both caps.

    Raises:
        BudgetExceeded: It does not; the message names the cap and what would pass it.
    """
    for name, so_far, cap in (
        (f"edition {account.edition}", spent.edition_usd, caps.edition_usd),
        (f"month {account.month}", spent.month_usd, caps.month_usd),
    ):
        if so_far + more_usd > cap:
            raise BudgetExceeded(
                f"model: {name}: ${so_far:.4f} spent or reserved, ${more_usd:.4f} more would pass "
                f"the cap of ${cap:.2f}; raise model.budget or wait"
            )


class Purse:
    """Pays for calls out of a Ledger; safe to use from several threads.

    Attributes:
        prices: From the configuration.
        max_output_tokens: The longest answer where a request does not say.
    """

    def __init__(
        self, ledger: Ledger, caps: Caps, prices: PriceList, *, max_output_tokens: int
    ) -> None:
        self._ledger = ledger
        self._caps = caps
        self._lock = threading.Lock()
        self.prices = prices
        self.max_output_tokens = max_output_tokens

    def expect(self, requests: Iterable[ModelRequest]) -> Usage:
        """What some requests will cost together, as ``estimate`` has it."""
        each = (estimate(one, self.prices, self.max_output_tokens) for one in requests)
        return sum(each, Usage())

    def check(self, account: Account, usd: Decimal) -> None:
        """Nothing, where so many US dollars more still fit under both caps.

        Raises:
            BudgetExceeded: They do not; nothing was asked or reserved.
        """
        check_caps(self._ledger.spent(account), usd, self._caps, account)

    @contextmanager
    def pay(self, about: str, account: Account, request: ModelRequest) -> Iterator[Payment]:
        """Reserve the worst case, run the block, then write down what it did cost.

        ``about`` says which question it is; asking it again is a call of its own.

        The block puts the reply into ``payment.reply``. Where the service refused the call instead,
        the reservation is freed; where nobody knows (an ``ambiguous`` error, an interruption), the
        vendor may have billed the call and the reserved amount stays as spent.

        Raises:
            BudgetExceeded: Before anything was asked or spent.
        """
        most = worst_case(request, self.prices, self.max_output_tokens)
        call_id = self._reserve(about, account, request, most.cost_usd)
        payment = Payment()
        try:
            yield payment
        except BaseException as error:
            free = isinstance(error, ServiceError) and not error.ambiguous
            self._ledger.settle(call_id, Usage() if free else most)
            raise
        paid = usage_of(payment.reply, self.prices) if payment.reply else Usage()
        self._ledger.settle(call_id, paid)

    def _reserve(self, about: str, account: Account, request: ModelRequest, usd: Decimal) -> str:
        """Write down first, then look: of two processes that meet at the cap none passes it."""
        with self._lock:
            call_id = self._ledger.reserve(about, account, request, usd)
            spent = self._ledger.spent(account)
            before = Spent(spent.edition_usd - usd, spent.month_usd - usd)
            try:
                check_caps(before, usd, self._caps, account)
            except BudgetExceeded:
                self._ledger.settle(call_id, Usage())
                raise
        return call_id


class Payment:
    """What a call brought; filled in by the block that ``Purse.pay`` runs."""

    def __init__(self) -> None:
        self.reply: ModelReply | None = None
