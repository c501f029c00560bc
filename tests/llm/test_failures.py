from __future__ import annotations

from collections.abc import Iterator

import httpx2
import openai
import pytest

from bot.errors import Rejected, Unavailable
from bot.llm.dialect import Dialect, simpler
from bot.llm.failures import from_sdk, retry_after
from bot.llm.transport import _Bounded


def _refusal(
    status: int, headers: dict[str, str] | None = None, **body: str | None
) -> openai.APIStatusError:
    response = httpx2.Response(
        status, headers=headers, request=httpx2.Request("POST", "http://model.example.org")
    )
    return openai.APIStatusError("refused", response=response, body=body)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "3"}, 3.0),
        ({"retry-after-ms": "1500"}, 1.5),
        ({"retry-after": "0", "x-ratelimit-reset-requests": "0"}, None),
        ({"x-ratelimit-reset-requests": "1s", "x-ratelimit-reset-tokens": "6m0s"}, 360.0),
        ({"x-ratelimit-reset-requests": "20ms", "retry-after": "nonsense"}, 0.02),
        ({"x-ratelimit-reset-tokens": "5m", "x-ratelimit-remaining-tokens": "800"}, None),
        ({"x-ratelimit-reset-tokens": "999999999"}, 86_400.0),
    ],
)
def test_the_wait_is_the_largest_that_the_server_names(
    headers: dict[str, str], seconds: float | None
) -> None:
    assert retry_after(headers) == seconds


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (400, {"code": "context_length_exceeded"}, "context_length_exceeded"),
        (400, {"message": "This model's maximum context length is 8k"}, "context_length_exceeded"),
        (413, {}, "context_length_exceeded"),
        (402, {"message": "Insufficient Balance"}, "insufficient_quota"),
        (403, {"code": "Forbidden!"}, "http_403"),
        (404, {"code": "model_not_found"}, "model_not_found"),
        (301, {}, "http_301"),
    ],
)
def test_a_refusal_that_will_not_change_is_rejected(
    status: int, body: dict[str, str], code: str
) -> None:
    error = from_sdk(_refusal(status, None, **body), "tiny at example.org")
    assert isinstance(error, Rejected)
    assert error.code == code


@pytest.mark.parametrize("status", [408, 409, 429, 500, 503, 504, 529])
def test_a_passing_trouble_is_unavailable(status: int) -> None:
    error = from_sdk(_refusal(status), "tiny at example.org")
    assert isinstance(error, Unavailable)
    assert error.ambiguous is (status in {408, 504})


def test_a_servers_words_are_one_short_line_without_keys() -> None:
    words = "bad\nkey sk-proj-abcdefghijkl and Bearer abcd1234efgh " + "x" * 500
    error = from_sdk(_refusal(422, message=words), "tiny at example.org")
    assert "abcdefgh" not in str(error)
    assert "abcd1234" not in str(error)
    assert "\n" not in str(error)
    assert len(str(error)) < 350


def test_a_body_that_drips_for_ever_ends_in_a_time_out() -> None:
    moments = iter([0.0, 50.0, 200.0])
    body = _Bounded(httpx2.ByteStream(b""), size=100, until=100.0, clock=lambda: next(moments))
    body._stream = _Drip()
    with pytest.raises(httpx2.ReadTimeout):
        list(body)


class _Drip(httpx2.SyncByteStream):
    def __iter__(self) -> Iterator[bytes]:
        while True:
            yield b"."


def test_a_plain_dialect_cannot_get_simpler() -> None:
    assert simpler(Dialect("plain"), "response_format", known=False) is None
    assert simpler(Dialect(limit="max_tokens"), "max_tokens", known=True) is None
