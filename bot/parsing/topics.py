"""The address of a topic, as people copy it from their browser."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

# Contract 4: /t/<slug>/<id>, /t/<id> and /t/<id>/<post>; a slug is never all digits.
_PATH = re.compile(r"/t/(?:(?!\d+(?:/|$))[^/]+/)?(\d{1,18})(?:/\d{1,9})?/?")


def parse_topic_address(address: str, forum_url: str) -> int | None:
    """The topic's number; None where the address is none of a topic on that forum.

    >>> parse_topic_address("https://forum.example.org/t/weekly/12/3?u=x", "https://forum.example.org")
    12
    >>> parse_topic_address("12", "https://forum.example.org")
    12
    >>> parse_topic_address("https://example.org/t/12", "https://forum.example.org") is None
    True
    """
    text = address.strip()
    if text.isascii() and text.isdecimal() and len(text) <= 18:
        return int(text)
    given, forum = urlsplit(text), urlsplit(forum_url)
    if given.netloc.lower() != forum.netloc.lower() or not given.path.startswith(forum.path):
        return None
    found = _PATH.fullmatch(given.path.removeprefix(forum.path.rstrip("/")))
    return int(found[1]) if found else None
