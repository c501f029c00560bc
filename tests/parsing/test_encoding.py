"""Bytes of unknown making become text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.parsing.encoding import decode_text, find_charset


@given(st.text())
def test_utf_8_is_read_as_it_is(text: str) -> None:
    decoded = decode_text(
        text.encode("utf-8", errors="surrogatepass"), "text/plain; charset=koi8-r"
    )
    if not text.startswith("\ufeff") and text.isprintable():
        assert decoded.text == text


@given(st.binary(), st.text())
def test_no_bytes_are_refused(body: bytes, content_type: str) -> None:
    assert isinstance(decode_text(body, content_type).text, str)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_believed_and_dropped(encoding: str) -> None:
    assert decode_text("주보".encode(encoding)).text == "주보"


def test_a_declared_charset_is_used_where_the_body_is_not_utf_8() -> None:
    decoded = decode_text("주보".encode("euc-kr"), "text/html; charset=EUC-KR")
    assert decoded.text == "주보"
    assert decoded.note == "read as euc_kr, as the server declares"


def test_a_false_declaration_falls_back_to_reading_line_by_line() -> None:
    decoded = decode_text(
        "naïve\n".encode("latin-1") * 2 + "é".encode(), "text/html; charset=ascii"
    )
    assert decoded.text == "naïve\nnaïve\né"
    assert decoded.note == "2 lines are not UTF-8 and were read as Windows-1252"


def test_an_unknown_charset_is_no_charset() -> None:
    assert find_charset("text/html; charset=klingon") is None
    assert find_charset(None) is None
