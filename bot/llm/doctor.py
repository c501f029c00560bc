"""Whether a model answers, and how well it keeps to JSON: one call of a few tokens."""

from __future__ import annotations

import json
from contextlib import closing

from bot.config import Http, Model
from bot.llm.dialect import FORMATS, Remembered, parse_dialect
from bot.llm.endpoint import Endpoint
from bot.model.call import Ending, ModelReply, ModelRequest
from bot.model.health import Line, Status

_SCHEMA = {
    "type": "object",
    "properties": {"works": {"type": "boolean"}},
    "required": ["works"],
    "additionalProperties": False,
}


class _Heard(Remembered):
    """Capabilities of one call; ``last`` is what the endpoint turned out to understand."""

    last: str | None = None

    def put(self, key: str, value: str) -> None:
        """Remember."""
        super().put(key, value)
        self.last = value


def check_model(settings: Model, http: Http, name: str) -> Line:
    """One line on the model called ``name``.

    The call is not in the ledger: it costs a few hundred tokens at most.

    Raises:
        Unavailable, Rejected: The endpoint, the key or the model; the message says which.
    """
    heard = _Heard()
    with closing(Endpoint(settings, http, heard)) as endpoint:
        reply = endpoint.complete(
            ModelRequest(
                system="Answer with JSON only.",
                user='Answer with the object {"works": true} and nothing else.',
                schema_name="health",
                schema=_SCHEMA,
                model=name,
                purpose="doctor",
            )
        )
    dialect = parse_dialect(heard.last)
    return _judge(name, reply, dialect.format if dialect else FORMATS[-1])


def _judge(name: str, reply: ModelReply, form: str) -> Line:
    tokens = f"{reply.prompt_tokens + reply.completion_tokens} tokens"
    if reply.ending is not Ending.COMPLETE:
        what = f"{name} answers a plain question with {reply.ending.value.replace('_', ' ')}"
        return Line(Status.FAIL, what, "raise model.max_output_tokens, or set another model.name")
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
