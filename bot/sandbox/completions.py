"""An OpenAI-compatible endpoint for demo and tests: real HTTP, real shapes, faults on demand."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.planning.tokens import estimate_tokens

_CACHED_FROM = 1_024  # vendors cache identical beginnings from so many tokens (facts.md)
_FORMATS = frozenset({"json_schema", "json_object", "text"})


class Fault(StrEnum):
    """What the next call meets instead of an answer."""

    NOT_JSON = "not-json"
    TRUNCATED = "truncated"
    REFUSAL = "refusal"
    CONTENT_FILTER = "content-filter"
    EMPTY = "empty"
    NO_CHOICES = "no-choices"
    RATE_LIMIT = "rate-limit"
    QUOTA = "quota"
    BAD_KEY = "bad-key"
    SERVER_ERROR = "server-error"
    BROKEN = "broken"
    HTML = "html"
    HANG = "hang"


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked; ``schema_name`` is empty where the client did not ask by JSON Schema."""

    model: str
    system: str
    user: str
    schema_name: str = ""


class UnknownQuestion(Exception):
    """There is no answer to this question; the message says why."""


Answer = Callable[[Question], str]


@dataclass
class Behaviour:
    """How the endpoint behaves; a test may change it while the endpoint runs.

    Attributes:
        latency_seconds: Before every answer.
        formats: Response formats it knows; others are refused with 400.
        limit_name: The name of the token limit it knows; the other one is refused with 400.
        faults: What the next calls meet, first in, first out.
        asked: Every question that got as far as an answer or a fault, in order.
    """

    latency_seconds: float = 0
    formats: frozenset[str] = _FORMATS
    limit_name: str | None = None
    faults: deque[Fault] = field(default_factory=deque)
    asked: list[Question] = field(default_factory=list)


def completions(answer: Answer, behaviour: Behaviour | None = None) -> Starlette:
    """An application with ``/v1/models``, ``/v1/chat/completions`` and ``/v1/responses``."""
    endpoint = _Endpoint(answer, behaviour or Behaviour())
    routes = [
        Route("/v1/models", endpoint.models),
        Route("/v1/chat/completions", endpoint.chat, methods=["POST"]),
        Route("/v1/responses", endpoint.respond, methods=["POST"]),
    ]
    return Starlette(routes=routes)


class _Endpoint:
    def __init__(self, answer: Answer, behaviour: Behaviour) -> None:
        self._answer = answer
        self._behaviour = behaviour
        self._warm: set[str] = set()

    async def models(self, _: Request) -> Response:
        data = [{"id": "recorded", "object": "model", "created": 0, "owned_by": "jubo"}]
        return JSONResponse({"object": "list", "data": data})

    async def chat(self, request: Request) -> Response:
        body = await request.json()
        asked = body.get("response_format", {"type": "text"})
        said = {message["role"]: str(message["content"]) for message in body["messages"]}
        name = asked.get("json_schema", {}).get("name", "")
        question = Question(body["model"], said.get("system", ""), said.get("user", ""), name)
        if refused := self._refuse(body, asked["type"]):
            return refused
        return await self._reply(request, question, _chat_body)

    async def respond(self, request: Request) -> Response:
        body = await request.json()
        asked = body.get("text", {}).get("format", {"type": "text"})
        question = Question(
            body["model"], body.get("instructions", ""), body["input"], asked.get("name", "")
        )
        if refused := self._refuse({}, asked["type"]):
            return refused
        return await self._reply(request, question, _response_body)

    def _refuse(self, body: dict[str, Any], form: str) -> Response | None:
        wanted = self._behaviour.limit_name
        wrong = {"max_tokens", "max_completion_tokens"} & set(body) - {wanted or ""}
        if wanted and wrong:
            return _error(400, f"Unsupported parameter: '{min(wrong)}'", "unsupported_parameter")
        if form not in self._behaviour.formats:
            return _error(400, f"response_format {form} is not supported", "invalid_request_error")
        return None

    async def _reply(
        self,
        request: Request,
        question: Question,
        shape: Callable[[Question, str, str, dict[str, int]], dict[str, Any]],
    ) -> Response:
        self._behaviour.asked.append(question)
        await asyncio.sleep(self._behaviour.latency_seconds)
        fault = self._behaviour.faults.popleft() if self._behaviour.faults else None
        if failure := await _failure(fault, request):
            return failure
        try:
            text, ending = _spoil(fault, self._answer(question))
        except UnknownQuestion as unknown:
            return _error(422, str(unknown), "unknown_question")
        return JSONResponse(
            _without_choices(fault, shape(question, text, ending, self._usage(question, text)))
        )

    def _usage(self, question: Question, text: str) -> dict[str, int]:
        """Token counts, the fixed part written to the cache first and read from it afterwards."""
        fixed = estimate_tokens(question.system)
        cached = fixed if fixed >= _CACHED_FROM else 0
        warm = question.system in self._warm
        self._warm.add(question.system)
        prompt = fixed + estimate_tokens(question.user)
        return {
            "prompt": prompt,
            "completion": estimate_tokens(text),
            "cached": cached if warm else 0,
            "written": 0 if warm else cached,
        }


def _spoil(fault: Fault | None, text: str) -> tuple[str, str]:
    """The answer and how it ends, spoiled as the fault says."""
    match fault:
        case Fault.NOT_JSON:
            return "Sure! Which texts would you like me to translate?", "stop"
        case Fault.TRUNCATED:
            return text[: len(text) // 2], "length"
        case Fault.REFUSAL:
            return "I cannot help with that.", "refusal"
        case Fault.CONTENT_FILTER:
            return "", "content_filter"
        case Fault.EMPTY:
            return "", "stop"
        case _:
            return text, "stop"


async def _failure(fault: Fault | None, request: Request) -> Response | None:
    match fault:
        case Fault.RATE_LIMIT:
            headers = {"Retry-After": "2", "x-ratelimit-reset-tokens": "7s"}
            return _error(429, "Rate limit reached", "rate_limit_exceeded", headers)
        case Fault.QUOTA:
            return _error(429, "You exceeded your current quota", "insufficient_quota")
        case Fault.BAD_KEY:
            return _error(401, f"Incorrect API key: {_key(request)}", "invalid_api_key")
        case Fault.SERVER_ERROR:
            return _error(500, "The server had an error", "server_error")
        case Fault.BROKEN:
            return PlainTextResponse('{"id": "chatcmpl-1", "cho', media_type="application/json")
        case Fault.HTML:
            return HTMLResponse("<html><body>Checking your browser</body></html>")
        case Fault.HANG:
            while (await request.receive())["type"] != "http.disconnect":
                pass
            return PlainTextResponse("")
    return None


def _key(request: Request) -> str:
    return request.headers.get("authorization", "").removeprefix("Bearer ")


def _error(
    status: int, message: str, code: str, headers: dict[str, str] | None = None
) -> JSONResponse:
    kind = "invalid_request_error" if status < 500 else "server_error"
    error = {"message": message, "type": kind, "param": None, "code": code}
    return JSONResponse({"error": error}, status, headers=headers)


def _without_choices(fault: Fault | None, body: dict[str, Any]) -> dict[str, Any]:
    return body | {"choices": [], "output": []} if fault is Fault.NO_CHOICES else body


def _chat_body(question: Question, text: str, ending: str, usage: dict[str, int]) -> dict[str, Any]:
    refused = ending == "refusal"
    message = {
        "role": "assistant",
        "content": None if refused else text,
        "refusal": text if refused else None,
    }
    return {
        "id": "chatcmpl-recorded",
        "object": "chat.completion",
        "created": 0,
        "model": question.model,
        "choices": [
            {"index": 0, "message": message, "finish_reason": "stop" if refused else ending}
        ],
        "usage": {
            "prompt_tokens": usage["prompt"],
            "completion_tokens": usage["completion"],
            "total_tokens": usage["prompt"] + usage["completion"],
            "prompt_tokens_details": _details(usage),
        },
    }


def _details(usage: dict[str, int]) -> dict[str, int]:
    return {"cached_tokens": usage["cached"], "cache_write_tokens": usage["written"]}


def _response_body(
    question: Question, text: str, ending: str, usage: dict[str, int]
) -> dict[str, Any]:
    part: dict[str, Any] = {"type": "output_text", "text": text, "annotations": []}
    if ending == "refusal":
        part = {"type": "refusal", "refusal": text}
    reason = {"length": "max_output_tokens", "content_filter": "content_filter"}.get(ending)
    return {
        "id": "resp_recorded",
        "object": "response",
        "created_at": 0,
        "status": "incomplete" if reason else "completed",
        "incomplete_details": {"reason": reason} if reason else None,
        "error": None,
        "instructions": None,
        "metadata": {},
        "model": question.model,
        "output": [
            {
                "type": "message",
                "id": "msg_recorded",
                "role": "assistant",
                "status": "completed",
                "content": [part],
            }
        ],
        "parallel_tool_calls": False,
        "tool_choice": "auto",
        "tools": [],
        "usage": {
            "input_tokens": usage["prompt"],
            "output_tokens": usage["completion"],
            "total_tokens": usage["prompt"] + usage["completion"],
            "input_tokens_details": _details(usage),
            "output_tokens_details": {"reasoning_tokens": 0},
        },
    }
