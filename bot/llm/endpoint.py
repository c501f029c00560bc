"""An OpenAI-compatible endpoint as a LanguageModel: one question, one answer, no retry inside."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import openai

from bot.config import Http, Model
from bot.http import user_agent
from bot.llm.dialect import Capabilities, Dialect, Remembered, parse_dialect, simpler
from bot.llm.failures import code_of, from_sdk, message_of, not_a_reply
from bot.llm.replies import from_chat, from_response
from bot.llm.transport import open_client
from bot.model.call import Ending, ModelReply, ModelRequest

_REFUSED = frozenset({400, 415, 422, 501})
_NOT_THE_DIALECT = frozenset(
    {"context_length_exceeded", "insufficient_quota", "model_not_found", "invalid_api_key"}
)


class Endpoint:
    """A LanguageModel behind ``settings.base_url``, by Chat Completions or Responses.

    Until the endpoint's dialect is known, one call goes alone: it probes, and it warms the
    vendor's cache for the fixed part of the prompt. Safe to use from several threads.
    """

    def __init__(
        self, settings: Model, http: Http, capabilities: Capabilities | None = None
    ) -> None:
        self._settings = settings
        self._capabilities = capabilities or Remembered()
        self._host = urlsplit(settings.base_url).netloc.rpartition("@")[2]
        self._probing = threading.Lock()
        key = settings.api_key.get_secret_value() if settings.api_key else ""
        self._http = open_client(http, timeout_seconds=settings.timeout_seconds)
        self._client = openai.OpenAI(
            api_key=key or "none",
            base_url=settings.base_url,
            timeout=self._http.timeout,
            max_retries=0,
            default_headers={"User-Agent": user_agent(http)},
            http_client=self._http,
        )

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def complete(self, request: ModelRequest) -> ModelReply:
        """Ask once; the ending is a value, what went wrong an exception.

        Raises:
            Unavailable: Time-out or broken connection (``ambiguous``: perhaps billed), 429 with
                ``retry_after``, 5xx, or an answer that is no completion.
            Rejected: Key, quota, model or request refused; ``code`` says which.
        """
        request = replace(request, model=request.model or self._settings.name)
        known = self._known(request.model)
        if known:
            return self._speak(request, known, known=True)
        with self._probing:
            known = self._known(request.model)
            return self._speak(request, known or Dialect(), known=known is not None)

    def _known(self, model: str) -> Dialect | None:
        return parse_dialect(self._capabilities.get(self._key(model)))

    def _key(self, model: str) -> str:
        return f"{self._settings.base_url} {self._settings.interface} {model}"

    def _speak(self, request: ModelRequest, dialect: Dialect, *, known: bool) -> ModelReply:
        """Ask in ``dialect`` and, where it is refused, in simpler ones; refusals are not billed."""
        place = f"{request.model} at {self._host}"
        while True:
            try:
                reply = self._ask(request, dialect, place)
            except openai.APIStatusError as error:
                if code_of(error) == "content_filter":
                    return ModelReply("", Ending.CONTENT_FILTER, request.model)
                easier = self._easier(error, dialect, known=known)
                if easier is None:
                    raise from_sdk(error, place) from error
                dialect, known = easier, known and easier.format == dialect.format
            except openai.OpenAIError as error:
                raise from_sdk(error, place) from error
            else:
                if str(dialect) != self._capabilities.get(self._key(request.model)):
                    self._capabilities.put(self._key(request.model), str(dialect))
                return reply

    def _easier(
        self, error: openai.APIStatusError, dialect: Dialect, *, known: bool
    ) -> Dialect | None:
        if error.status_code not in _REFUSED or code_of(error) in _NOT_THE_DIALECT:
            return None
        return simpler(dialect, f"{error.body} {message_of(error)}", known=known)

    def _ask(self, request: ModelRequest, dialect: Dialect, place: str) -> ModelReply:
        ask: Callable[[ModelRequest, Dialect], ModelReply | None]
        ask = self._chat if self._settings.interface == "chat" else self._respond
        try:
            reply = ask(request, dialect)
        except (ValueError, TypeError, AttributeError) as error:  # the SDK's way with broken JSON
            raise not_a_reply(place, "an answer that cannot be read") from error
        if reply is None:
            raise not_a_reply(place, "an answer that is no completion")
        return reply

    def _chat(self, request: ModelRequest, dialect: Dialect) -> ModelReply | None:
        options: dict[str, Any] = {dialect.limit: self._limit(request)}
        if dialect.format == "json_schema":
            options["response_format"] = {
                "type": "json_schema",
                "json_schema": {
                    "name": request.schema_name,
                    "schema": request.schema,
                    "strict": True,
                },
            }
        elif dialect.format == "json_object":
            options["response_format"] = {"type": "json_object"}
        completion: object = self._client.chat.completions.create(
            model=request.model,
            messages=[
                {"role": "system", "content": request.system},
                {"role": "user", "content": request.user},
            ],
            **options,
            **self._tier(),
        )
        return from_chat(completion, request)

    def _respond(self, request: ModelRequest, dialect: Dialect) -> ModelReply | None:
        options: dict[str, Any] = {}
        if dialect.format == "json_schema":
            options["text"] = {
                "format": {
                    "type": "json_schema",
                    "name": request.schema_name,
                    "schema": request.schema,
                    "strict": True,
                }
            }
        elif dialect.format == "json_object":
            options["text"] = {"format": {"type": "json_object"}}
        response: object = self._client.responses.create(
            model=request.model,
            instructions=request.system,
            input=request.user,
            max_output_tokens=self._limit(request),
            store=False,
            **options,
            **self._tier(),
        )
        return from_response(response, request)

    def _limit(self, request: ModelRequest) -> int:
        return request.max_output_tokens or self._settings.max_output_tokens

    def _tier(self) -> dict[str, Any]:
        tier = self._settings.service_tier
        return {"service_tier": tier} if tier else {}
