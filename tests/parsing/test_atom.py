"""arXiv's answers, the sound ones and the traps."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ParseError
from bot.model.issue import Author, Record
from bot.parsing.atom import RefusedQuery, parse_records
from bot.sandbox.arxiv import render_entry, render_feed

RECORD = Record(
    arxiv_id="2401.01234",
    title="A Title That Is Long Enough to Be Wrapped by the Service Where It Has No Business $a<b$",
    abstract="We measure 26 & more.",
    authors=(Author("Ada Example", "University of Examples"), Author("B. Example")),
    categories=("cs.CL", "cs.AI"),
    version=3,
    published=datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC),
    updated=datetime(2024, 2, 2, tzinfo=UTC),
)


def test_a_record_arrives_unwrapped_and_whole() -> None:
    assert parse_records(render_feed(render_entry(RECORD)).encode()) == {"2401.01234": RECORD}


@pytest.mark.parametrize(
    ("address", "arxiv_id", "version"),
    [
        ("https://arxiv.org/abs/2401.01234v2", "2401.01234", 2),
        ("http://www.arxiv.org/abs/2401.01234", "2401.01234", None),
        ("http://arxiv.org/abs/cs/0112017v1", "cs/0112017", 1),
        ("http://arxiv.org/abs/math.GT/0309136v12", "math.GT/0309136", 12),
    ],
)
def test_the_id_is_bare_in_every_form(address: str, arxiv_id: str, version: int | None) -> None:
    entry = f"<entry><id>{address}</id><title>T</title><summary>S</summary></entry>"
    record = parse_records(render_feed(entry).encode())[arxiv_id]
    assert record == Record(arxiv_id, "T", "S", version=version)


def test_an_empty_feed_has_no_papers_although_it_has_a_link() -> None:
    assert parse_records(render_feed("").encode()) == {}


def test_an_entry_that_is_no_paper_is_passed_over() -> None:
    entry = "<entry><id>http://arxiv.org/api/other</id><title>News</title></entry>"
    assert list(parse_records(render_feed(entry + render_entry(RECORD)).encode())) == ["2401.01234"]


def test_a_time_that_is_none_is_left_out() -> None:
    entry = render_entry(RECORD).replace("2024-01-02T03:04:05Z", "soon")
    assert parse_records(render_feed(entry).encode())["2401.01234"].published is None


def test_a_paper_titled_error_is_a_paper() -> None:
    entry = "<entry><id>http://arxiv.org/abs/2401.00001v1</id><title>Error</title></entry>"
    assert parse_records(render_feed(entry).encode())["2401.00001"].title == "Error"


def test_arxiv_s_error_entry_is_told_with_its_reason() -> None:
    entry = (
        "<entry><id>http://arxiv.org/api/errors#x</id><title>Error</title>"
        "<summary>incorrect id format for 99</summary></entry>"
    )
    with pytest.raises(RefusedQuery, match="arxiv: incorrect id format for 99"):
        parse_records(render_feed(entry).encode())


@pytest.mark.parametrize(
    "body",
    [
        b"Rate exceeded.",
        b"",
        b"<!DOCTYPE html><html><body>Sorry</body></html>",
        b"<html><body>Sorry</body></html>",
        b'<rss version="2.0"></rss>',
        render_feed(render_entry(RECORD)).encode()[:400],
        b'<!DOCTYPE x [<!ENTITY a "aaaa">]><feed xmlns="http://www.w3.org/2005/Atom">&a;</feed>',
        b'<?xml version="1.0" encoding="klingon"?><feed/>',
    ],
)
def test_what_is_no_feed_is_said_with_its_beginning(body: bytes) -> None:
    with pytest.raises(ParseError, match="arxiv: the answer is no"):
        parse_records(body)


@given(st.binary(max_size=300))
def test_no_bytes_end_in_another_error(noise: bytes) -> None:
    whole = render_feed(render_entry(RECORD)).encode()
    for body in (noise, whole[:200] + noise + whole[200:], noise + whole):
        try:
            parse_records(body)
        except ParseError:
            continue
