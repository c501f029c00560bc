"""What the store and the durable steps write can be read again, also by a newer version."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import NeedsPerson, Unavailable
from bot.model.codec import from_json, to_json
from bot.model.edition import Usage
from bot.model.finding import ErrorType, Finding, Severity
from bot.model.issue import Issue, Link, Paper, Week

ISSUE = Issue(
    "2024-01-29",
    Week(date(2024, 1, 29), date(2024, 2, 4)),
    "Top",
    (Paper(1, "OLMo", "An open model.", (Link("Paper", "https://example.org/a"),), "2402.00838"),),
)


@pytest.mark.parametrize(
    "value",
    [
        ISSUE,
        Finding("a/1", ErrorType.NUMBER, Severity.MAJOR, "3", span=(1, 2)),
        Usage(1, 2, 3, cost_usd=Decimal("0.10")),
        datetime(2024, 1, 1, tzinfo=UTC),
        {"$": "a key that looks like a tag", "b": (1, [b"\x00"])},
        {1: "a", (2, 3): frozenset({"b"})},
    ],
)
def test_a_value_comes_back_equal(value: object) -> None:
    assert from_json(to_json(value)) == value


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner, inner),
)


@given(json_values)
def test_any_plain_value_comes_back_equal(value: object) -> None:
    assert from_json(to_json(value)) == value


def test_an_error_keeps_what_the_next_step_needs() -> None:
    error = from_json(
        to_json(Unavailable("discourse: 429; wait", service="discourse", retry_after=12))
    )
    assert isinstance(error, Unavailable)
    assert (str(error), error.service, error.retry_after) == (
        "discourse: 429; wait",
        "discourse",
        12,
    )
    assert isinstance(from_json(to_json(NeedsPerson("approve it"))), NeedsPerson)


def test_a_foreign_error_becomes_one_line() -> None:
    assert str(from_json(to_json(KeyError("x")))) == "KeyError: 'x'"


def test_an_older_text_takes_defaults_and_a_newer_one_loses_what_is_unknown() -> None:
    data = json.loads(to_json(ISSUE))
    del data["notes"]
    data["invented_later"] = 1
    assert from_json(json.dumps(data)) == ISSUE


@pytest.mark.parametrize("tag", ["os:system", "issue:date", "../x:y", "error:Any", "issue"])
def test_nothing_outside_the_model_can_be_constructed(tag: str) -> None:
    with pytest.raises((ValueError, ImportError)):
        from_json(json.dumps({"$": tag, "args": ["true"], "v": 1}))


def test_what_the_codec_does_not_know_is_refused_when_written() -> None:
    with pytest.raises(TypeError, match="cannot be stored"):
        to_json(object())
