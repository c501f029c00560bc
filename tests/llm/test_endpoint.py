"""The adapter with the real SDK over real HTTP against an endpoint that misbehaves on demand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest
from pydantic import SecretStr

from bot.config import Http, Model
from bot.errors import Rejected, ServiceError, Unavailable
from bot.llm.dialect import Remembered
from bot.llm.endpoint import Endpoint
from bot.model.call import Ending, ModelReply, ModelRequest
from bot.sandbox.completions import Behaviour, Fault, Question, UnknownQuestion, completions
from bot.sandbox.server import serve

KEY = "sk-test-0123456789abcdef"
SCHEMA = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
INTERFACES = ["chat", "responses"]


def _request(model: str = "") -> ModelRequest:
    return ModelRequest(
        system="fixed " * 1000,
        user="한국어 question",
        schema_name="echo",
        schema=SCHEMA,
        model=model,
    )


def _echo(question: Question) -> str:
    if question.model == "missing":
        raise UnknownQuestion("nothing is known of that")
    return json.dumps({"said": question.user})


@contextmanager
def _endpoint(
    behaviour: Behaviour,
    *,
    interface: str = "chat",
    timeout_seconds: float = 20,
    megabytes: float = 20,
    tier: str | None = None,
    capabilities: Remembered | None = None,
) -> Iterator[Endpoint]:
    with serve(completions(_echo, behaviour)) as url:
        settings = Model.model_validate(
            {
                "base_url": f"{url}/v1",
                "api_key": SecretStr(KEY),
                "name": "tiny",
                "interface": interface,
                "timeout_seconds": timeout_seconds,
                "service_tier": tier,
            }
        )
        endpoint = Endpoint(settings, Http(max_body_megabytes=megabytes), capabilities)
        try:
            yield endpoint
        finally:
            endpoint.close()


def _ask(fault: Fault, *, interface: str = "chat", timeout_seconds: float = 20) -> ModelReply:
    behaviour = Behaviour()
    behaviour.faults.append(fault)
    with _endpoint(behaviour, interface=interface, timeout_seconds=timeout_seconds) as endpoint:
        return endpoint.complete(_request())


@pytest.mark.parametrize("interface", INTERFACES)
def test_a_question_comes_back_answered_and_counted(interface: str) -> None:
    behaviour = Behaviour()
    with _endpoint(behaviour, interface=interface) as endpoint:
        first = endpoint.complete(_request())
        second = endpoint.complete(_request("other"))

    assert json.loads(first.text) == {"said": "한국어 question"}
    assert (first.ending, first.model, first.cached_tokens) == (Ending.COMPLETE, "tiny", 0)
    assert first.prompt_tokens > first.cache_write_tokens > 1000
    assert first.completion_tokens > 0
    assert (second.cached_tokens, second.cache_write_tokens) == (first.cache_write_tokens, 0)
    assert [question.schema_name for question in behaviour.asked] == ["echo", "echo"]


@pytest.mark.parametrize("interface", INTERFACES)
@pytest.mark.parametrize(
    ("fault", "ending"),
    [
        (Fault.TRUNCATED, Ending.LENGTH),
        (Fault.REFUSAL, Ending.REFUSAL),
        (Fault.CONTENT_FILTER, Ending.CONTENT_FILTER),
        (Fault.EMPTY, Ending.COMPLETE),
        (Fault.NOT_JSON, Ending.COMPLETE),
    ],
)
def test_every_ending_is_a_value(interface: str, fault: Fault, ending: Ending) -> None:
    assert _ask(fault, interface=interface).ending is ending


@pytest.mark.parametrize("interface", INTERFACES)
@pytest.mark.parametrize(
    ("fault", "kind", "code"),
    [
        (Fault.RATE_LIMIT, Unavailable, "rate_limit_exceeded"),
        (Fault.SERVER_ERROR, Unavailable, "server_error"),
        (Fault.HTML, Unavailable, "not_a_completion"),
        (Fault.BROKEN, Unavailable, "not_a_completion"),
        (Fault.NO_CHOICES, Unavailable, "not_a_completion"),
        (Fault.QUOTA, Rejected, "insufficient_quota"),
        (Fault.BAD_KEY, Rejected, "invalid_api_key"),
    ],
)
def test_every_failure_is_a_typed_error_without_the_key(
    interface: str, fault: Fault, kind: type[ServiceError], code: str
) -> None:
    with pytest.raises(kind) as caught:
        _ask(fault, interface=interface)

    assert caught.value.code == code
    assert caught.value.service == "model"
    assert str(caught.value).startswith("model: tiny at 127.0.0.1:")
    assert KEY not in repr(caught.value)
    assert "\n" not in str(caught.value)


def test_a_rate_limit_waits_for_the_larger_reset() -> None:
    with pytest.raises(Unavailable) as caught:
        _ask(Fault.RATE_LIMIT)
    assert caught.value.retry_after == 7.0
    assert not caught.value.ambiguous


def test_a_silent_server_is_a_time_out_that_may_have_been_billed() -> None:
    with pytest.raises(Unavailable) as caught:
        _ask(Fault.HANG, timeout_seconds=0.3)
    assert caught.value.code == "timeout"
    assert caught.value.ambiguous


def test_nobody_listening_is_a_failure_that_cost_nothing() -> None:
    with serve(completions(_echo)) as url:
        pass
    endpoint = Endpoint(Model.model_validate({"base_url": f"{url}/v1"}), Http())
    with pytest.raises(Unavailable) as caught:
        endpoint.complete(_request())
    endpoint.close()
    assert caught.value.code == "connection"
    assert not caught.value.ambiguous


def test_an_answer_without_end_is_cut_off() -> None:
    with _endpoint(Behaviour(), megabytes=0.0001) as endpoint, pytest.raises(Unavailable) as caught:
        endpoint.complete(_request())
    assert caught.value.code == "too_large"


def test_a_refused_question_is_rejected_with_the_servers_reason() -> None:
    with _endpoint(Behaviour()) as endpoint, pytest.raises(Rejected) as caught:
        endpoint.complete(_request("missing"))
    assert caught.value.status == 422
    assert "nothing is known of that" in str(caught.value)


def test_the_sdk_itself_retries_nothing() -> None:
    behaviour = Behaviour()
    behaviour.faults.append(Fault.SERVER_ERROR)
    with _endpoint(behaviour) as endpoint, pytest.raises(Unavailable):
        endpoint.complete(_request())
    assert len(behaviour.asked) == 1


@pytest.mark.parametrize("interface", INTERFACES)
@pytest.mark.parametrize(
    ("formats", "dialect"),
    [
        ({"json_object", "text"}, "json_object,max_completion_tokens"),
        ({"text"}, "plain,max_completion_tokens"),
    ],
)
def test_a_server_without_json_schemas_is_probed_once(
    interface: str, formats: set[str], dialect: str
) -> None:
    """The second adapter finds what the first remembered and asks right the first time."""
    behaviour = Behaviour(formats=frozenset(formats))
    remembered = Remembered()
    with _endpoint(behaviour, interface=interface, capabilities=remembered) as endpoint:
        endpoint.complete(_request())
        endpoint.complete(_request())
        key = f"{endpoint._settings.base_url} {interface} tiny"
    assert remembered.get(key) == dialect
    assert len(behaviour.asked) == 2


def test_a_server_with_the_older_name_of_the_limit_is_understood() -> None:
    behaviour = Behaviour(limit_name="max_tokens", formats=frozenset({"json_object", "text"}))
    with _endpoint(behaviour, tier="flex") as endpoint:
        reply = endpoint.complete(_request())
    assert reply.ending is Ending.COMPLETE


def test_a_server_that_loses_json_schemas_is_asked_anew() -> None:
    behaviour = Behaviour()
    with _endpoint(behaviour) as endpoint:
        endpoint.complete(_request())
        behaviour.formats = frozenset({"text"})
        reply = endpoint.complete(_request())
    assert reply.ending is Ending.COMPLETE


def test_a_failed_probe_is_not_remembered() -> None:
    behaviour = Behaviour()
    behaviour.faults.append(Fault.RATE_LIMIT)
    remembered = Remembered()
    with _endpoint(behaviour, capabilities=remembered) as endpoint, pytest.raises(Unavailable):
        endpoint.complete(_request())
    assert remembered._values == {}


def test_ten_calls_at_once_probe_once() -> None:
    behaviour = Behaviour(formats=frozenset({"text"}))
    replies: list[ModelReply] = []
    with _endpoint(behaviour) as endpoint:
        threads = [
            Thread(target=lambda: replies.append(endpoint.complete(_request()))) for _ in range(10)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(replies) == len(behaviour.asked) == 10
