"""Whether a model answers, and how well it keeps to JSON: one call of a few tokens."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager, closing

from bot.config import Http, Model
from bot.llm.dialect import FORMATS, Remembered, parse_dialect
from bot.llm.endpoint import Endpoint
from bot.model.call import Ending, ModelReply, ModelRequest
from bot.model.health import Line, Status
from bot.planning.budget import Payment

_SCHEMA = {
    "type": "object",
    "properties": {"works": {"type": "boolean"}},
    "required": ["works"],
    "additionalProperties": False,
}


# Room for the answer, and for the thoughts of a model that thinks first.
_MOST_TOKENS = 500

Pay = Callable[[ModelRequest], AbstractContextManager[Payment]]


class _Heard(Remembered):
    """Capabilities of one call; ``last`` is what the endpoint turned out to understand."""

    last: str | None = None

    def put(self, key: str, value: str) -> None:
        """Remember."""
        super().put(key, value)
        self.last = value


def check_model(settings: Model, http: Http, name: str, pay: Pay) -> Line:
    """One line on the model called ``name``; ``pay`` reserves and settles what the call costs.

    Raises:
        Unavailable, Rejected: The endpoint, the key or the model; the message says which.
        BudgetExceeded: From ``pay``; nothing was asked.
    """
    request = _question(name)
    heard = _Heard()
    with closing(Endpoint(settings, http, heard)) as endpoint, pay(request) as payment:
        reply = payment.reply = endpoint.complete(request)
    dialect = parse_dialect(heard.last)
    return _judge(name, reply, dialect.format if dialect else FORMATS[-1])


def _question(name: str) -> ModelRequest:
    return ModelRequest(
        system="Answer with JSON only.",
        user='Answer with the object {"works": true} and nothing else.',
        schema_name="health",
        schema=_SCHEMA,
        model=name,
        purpose="doctor",
        max_output_tokens=_MOST_TOKENS,
    )


def _judge(name: str, reply: ModelReply, form: str) -> Line:
    tokens = f"{reply.prompt_tokens + reply.completion_tokens} tokens"
    if reply.ending is not Ending.COMPLETE:
        ending = reply.ending.value.replace("_", " ")
        what = f"{name} answers a plain question with {ending} ({tokens})"
        return Line(Status.FAIL, what, "set another model.name")
    try:
        works = json.loads(reply.text) == {"works": True}
    except ValueError:
        works = False
    if not works:
        what = f"{name} answers ({tokens}), but not with the JSON it was asked for"
        return Line(Status.FAIL, what, "set another model.name or model.base_url")
    if form == FORMATS[0]:
        return Line(Status.PASS, f"{name} answers by JSON Schema ({tokens})")
    how = "JSON mode alone" if form == FORMATS[1] else "no JSON mode"
    what = f"{name} answers, but knows {how} ({tokens})"
    return Line(Status.WARN, what, "it works with more repairs; JSON Schemas would spare them")
