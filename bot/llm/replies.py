"""The SDK's objects → ModelReply; nothing in them is believed before it is looked at."""

from __future__ import annotations

from openai.types.chat import ChatCompletion
from openai.types.responses import Response, ResponseOutputMessage

from bot.model.call import Ending, ModelReply, ModelRequest
from bot.planning.tokens import estimate_prompt_tokens, estimate_tokens

_ENDINGS = {"length": Ending.LENGTH, "content_filter": Ending.CONTENT_FILTER}


def from_chat(completion: object, request: ModelRequest) -> ModelReply | None:
    """The reply of Chat Completions; None where it holds no message.

    ``finish_reason`` names the ending; a refusal's text stands in the message.
    """
    if not isinstance(completion, ChatCompletion) or not completion.choices:
        return None
    choice = completion.choices[0]
    message = getattr(choice, "message", None)
    if message is None:
        return None
    refusal = getattr(message, "refusal", None)
    text = str(refusal or getattr(message, "content", None) or "")
    ending = Ending.REFUSAL if refusal else _ENDINGS.get(choice.finish_reason, Ending.COMPLETE)
    usage = completion.usage
    details = usage.prompt_tokens_details if usage else None
    return _reply(
        request,
        text,
        ending,
        prompt=usage.prompt_tokens if usage else None,
        completion=usage.completion_tokens if usage else None,
        cached=details.cached_tokens if details else None,
        written=_written(details),
    )


def from_response(response: object, request: ModelRequest) -> ModelReply | None:
    """The reply of Responses; None where it failed or holds no message.

    ``status`` incomplete has its reason in ``incomplete_details``; a refusal is a content part.
    """
    if not isinstance(response, Response) or response.status in {"failed", "cancelled"}:
        return None
    messages = [item for item in response.output or [] if isinstance(item, ResponseOutputMessage)]
    parts = [part for message in messages for part in message.content]
    refused = [part.refusal for part in parts if part.type == "refusal"]
    text = "".join(refused or [part.text for part in parts if part.type == "output_text"])
    reason = response.incomplete_details.reason if response.incomplete_details else None
    ending = Ending.COMPLETE
    if refused:
        ending = Ending.REFUSAL
    elif response.status == "incomplete":
        ending = Ending.CONTENT_FILTER if reason == "content_filter" else Ending.LENGTH
    elif not messages:
        return None
    usage = response.usage
    details = usage.input_tokens_details if usage else None
    return _reply(
        request,
        text,
        ending,
        prompt=usage.input_tokens if usage else None,
        completion=usage.output_tokens if usage else None,
        cached=details.cached_tokens if details else None,
        written=_written(details),
    )


def _reply(
    request: ModelRequest,
    text: str,
    ending: Ending,
    *,
    prompt: int | None,
    completion: int | None,
    cached: int | None,
    written: object,
) -> ModelReply:
    """A server that counts no tokens is taken to have used what we estimate."""
    prompt_tokens = _count(prompt) or estimate_prompt_tokens(request)
    cached_tokens = min(_count(cached), prompt_tokens)
    return ModelReply(
        text=text,
        ending=ending,
        model=request.model,
        prompt_tokens=prompt_tokens,
        completion_tokens=_count(completion) or estimate_tokens(text),
        cached_tokens=cached_tokens,
        cache_write_tokens=min(_count(written), prompt_tokens - cached_tokens),
    )


def _written(details: object) -> object:
    """Tokens put into the cache; servers other than OpenAI's leave the field out altogether."""
    return getattr(details, "cache_write_tokens", None)


def _count(value: object) -> int:
    return value if isinstance(value, int) and value > 0 else 0
