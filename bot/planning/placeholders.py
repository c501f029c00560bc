"""Addresses that only the forum can assign, and what stands for them until it has.

A placeholder is as long as any address that will replace it, so a text that fits the forum's
limit with placeholders fits it with addresses (``MAX_ADDRESS_LENGTH`` bounds the latter).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

MAX_ADDRESS_LENGTH = 48
_POST_DIGITS = MAX_ADDRESS_LENGTH - len("{{jubo:post:}}")
_POST = re.compile(rf"\{{\{{jubo:post:(\d{{{_POST_DIGITS}}})\}}\}}(#[\w-]+)?")
_FILLED = re.compile(r"\]\((?:[^()\s]{0,200}/t/-/\d+/\d+(?:#[\w-]+)?|#post_\d+)\)")
# ``upload://``, 27 characters of base 62, an extension (contract 9).
PICTURE = "{{jubo:picture:" + "-" * 31 + "}}"


def address_placeholder(post_number: int, anchor: str = "") -> str:
    """Stands for the address of post ``post_number`` of this digest, or of an anchor in it.

    It is a valid link target: ``[2](…)`` renders as a link before and after it is filled in.

    >>> fill(f"[next]({address_placeholder(2, 'paper-7')})", {2: "/t/-/31/5"})
    '[next](/t/-/31/5#paper-7)'
    """
    suffix = f"#{anchor}" if anchor else ""
    return f"{{{{jubo:post:{post_number:0{_POST_DIGITS}d}}}}}{suffix}"


def find_addressed(raw: str) -> frozenset[int]:
    """Numbers of the posts to which ``raw`` links.

    >>> sorted(find_addressed(address_placeholder(3) + address_placeholder(2, "x")))
    [2, 3]
    """
    return frozenset(int(match[1]) for match in _POST.finditer(raw))


def fill(raw: str, addresses: Mapping[int, str], *, picture: str | None = None) -> str:
    """``raw`` with every known address; a post that does not stand yet becomes ``#post_N``.

    Discourse gives the N-th post of a topic just that id, so the link already works where
    nobody wrote in between. A line that holds the picture's placeholder goes where there is
    no picture.

    >>> fill(address_placeholder(2, "paper-7"), {})
    '#post_2'
    """

    def address(match: re.Match[str]) -> str:
        number = int(match[1])
        known = addresses.get(number)
        return f"#post_{number}" if known is None else known + (match[2] or "")

    return _fill_picture(_POST.sub(address, raw), picture)


def _fill_picture(raw: str, picture: str | None) -> str:
    if PICTURE not in raw:
        return raw
    if picture is not None:
        return raw.replace(PICTURE, picture)
    return re.sub(rf"^.*{re.escape(PICTURE)}.*(\n|$)", "", raw, flags=re.M)


def forget_addresses(raw: str) -> str:
    """``raw`` without the targets of links between posts, to tell a new text from filled links.

    >>> forget_addresses("[2](#post_2)") == forget_addresses("[2](/t/-/31/5#paper-7)")
    True
    """
    return _FILLED.sub("]()", raw)


def post_address(base_path: str, topic_id: int, number: int) -> str:
    """The path of a post on its forum; ``base_path`` is "" unless Discourse lives in a folder.

    ``number`` is the forum's own count of the post. Discourse ignores the slug's place ("-").

    >>> post_address("", 31, 5)
    '/t/-/31/5'
    """
    return f"{base_path.rstrip('/')}/t/-/{topic_id}/{number}"
