"""Bytes of unknown making → text, with a note for people where it was not plain UTF-8."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_UNICODE = {"utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, and what had to be guessed to read it (None: nothing)."""

    text: str
    note: str | None = None


def find_charset(content_type: str | None) -> str | None:
    """The charset a Content-Type names, under Python's name; None where none or unknown.

    >>> find_charset('text/html; charset="EUC-KR"')
    'euc_kr'
    """
    match = _CHARSET.search(content_type or "")
    if not match:
        return None
    try:
        return codecs.lookup(match[1]).name
    except LookupError:
        return None


def decode_text(body: bytes, content_type: str | None = None) -> Decoded:
    r"""Read ``body`` as UTF-8 whatever is declared, then as declared, then line by line.

    Servers often declare a charset the file does not have, and UTF-8 is next to impossible to hit
    by accident; hence the order. A page pasted together from two encodings keeps its good lines.

    >>> decode_text("Schrödinger".encode("latin-1"), "text/plain; charset=iso-8859-1").text
    'Schrödinger'
    >>> decode_text("caf\xe9\n".encode("latin-1") + "주보".encode()).note
    '1 line is not UTF-8 and was read as Windows-1252'
    """
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return Decoded(body.decode(encoding, errors="replace"))
    try:
        return Decoded(body.decode("utf-8"))
    except UnicodeDecodeError:
        return _decode_as_declared(body, find_charset(content_type))


def _decode_as_declared(body: bytes, charset: str | None) -> Decoded:
    if charset and charset not in _UNICODE and charset != "ascii":
        try:
            return Decoded(body.decode(charset), f"read as {charset}, as the server declares")
        except (UnicodeDecodeError, LookupError):
            pass
    return _decode_by_line(body)


def _decode_by_line(body: bytes) -> Decoded:
    lines: list[str] = []
    strange = 0
    for line in body.split(b"\n"):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            strange += 1
            lines.append(line.decode("cp1252", errors="replace"))
    count = "1 line is" if strange == 1 else f"{strange} lines are"
    was = "was" if strange == 1 else "were"
    return Decoded("\n".join(lines), f"{count} not UTF-8 and {was} read as Windows-1252")
