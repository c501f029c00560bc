"""Addresses a post may link to: checked, and written so that Markdown cannot misread them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, urlsplit, urlunsplit

_MAXIMUM = 2_000
_CHARACTERS = re.compile(r"[^\x00-\x20\x7f-\xa0\u2028\u2029]+")
# What may stand unescaped in a link target; brackets, quotes, stars and the like may not.
_KEPT = "%/:?#@!&=+,;~-._"
_ENTITY = re.compile(r"&(?=#?\w{1,40};)")
_HOST = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})"
)
_PRIVATE = (".local", ".internal", ".localhost", ".lan", ".home.arpa", ".onion")
_OWN_TOPIC = re.compile(r"(?:/[\w-]{1,60})?/t/[\w%-]{1,255}(?:/\d{1,12}){0,2}", re.ASCII)
_ARXIV_ID = re.compile(r"\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7}")
_BARE = re.compile(r"https?://[^\s<>\"'`\[\]{}|\\^]+", re.IGNORECASE)
_TRAILING = re.compile(r"[.,;:!?…*_~]+$")


def safe_address(url: str) -> str | None:
    """The address as a link target; None where a post must not link to it.

    Refused: other schemes than http and https, user names, ports out of range, bare IP
    addresses, host names without a dot or of private networks, white space and controls within.

    >>> safe_address(" https://arxiv.org/abs/2401.00001(v1) ")
    'https://arxiv.org/abs/2401.00001%28v1%29'
    >>> safe_address("https://arxiv.org@evil.example"), safe_address("javascript:alert(1)")
    (None, None)
    """
    address = url.strip()
    if len(address) > _MAXIMUM or not _CHARACTERS.fullmatch(address):
        return None
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
        rest = quote(urlunsplit(parts._replace(scheme="", netloc="")), safe=_KEPT)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or "@" in parts.netloc or port == 0:
        return None
    if not _HOST.fullmatch(host) or host.endswith(_PRIVATE) or rest.startswith("//"):
        return None
    address = f"{parts.scheme}://{host}{f':{port}' if port else ''}{rest}"
    return _ENTITY.sub("&amp;", address)


def topic_address(url: str) -> str | None:
    """The address of a topic of ours: a path on the forum (``/t/slug/12``), or a safe address."""
    return url if _OWN_TOPIC.fullmatch(url) else safe_address(url)


def arxiv_addresses(arxiv_id: str) -> dict[str, str]:
    """What rules build from a bare arXiv id: the paper's page, its PDF, its Hugging Face page.

    >>> arxiv_addresses("2401.00001")["pdf"]
    'https://arxiv.org/pdf/2401.00001'
    """
    if not _ARXIV_ID.fullmatch(arxiv_id):
        return {}
    return {
        "paper": f"https://arxiv.org/abs/{arxiv_id}",
        "pdf": f"https://arxiv.org/pdf/{arxiv_id}",
        "hugging_face": f"https://huggingface.co/papers/{arxiv_id}",
    }


def find_addresses(text: str) -> Iterator[tuple[int, int, str]]:
    """Every bare http(s) address in a text: start, end and the address without the sentence's dot.

    A closing bracket belongs to it only where it was opened within.

    >>> [url for _, _, url in find_addresses("(see https://a.org/b_(c)), https://d.org/.")]
    ['https://a.org/b_(c)', 'https://d.org/']
    """
    for found in _BARE.finditer(text):
        url = _TRAILING.sub("", found.group())
        while url.endswith(")") and url.count(")") > url.count("("):
            url = _TRAILING.sub("", url[:-1])
        yield found.start(), found.start() + len(url), url
