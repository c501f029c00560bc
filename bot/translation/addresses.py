"""Addresses written without a scheme: ``github.com/foo/bar``, ``tbench.ai``. Forums link them.

Only well-known top-level domains count, because file names, methods and versions look alike:
``README.md``, ``torch.compile`` and ``v1.2`` are no addresses.
"""

from __future__ import annotations

import re

_COMMON = "com|org|net|io|ai|dev|co|me|app|edu|gov|kr|cn|jp|uk|de|fr"
# Domains of links that are too common as abbreviations or file names to count without a path.
_WITH_PATH = f"{_COMMON}|be|gl|ly|gg|eu|ch|nl|ca|au|us|info|xyz|tv|tech|page|site|cloud|link"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_PATH = r"/[A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]{0,1000}"
_QUERY = r"[?#][A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]{1,1000}"
# Modules (tf.io), categories of arXiv (cs.AI) and development versions (1.0.dev) are no hosts.
_NO_HOST = (
    r"(?:tf|torch|keras|skimage|scipy|np|self|cs|math|stat|eess|econ)\.[A-Za-z]{2,3}(?![\w.-])"
)

BARE_ADDRESS = (
    r"(?:(?<![A-Za-z0-9_.@/\\~-])|(?<=//))"
    rf"(?!{_NO_HOST}|(?:\d+\.)+dev\b)(?:{_LABEL}\.){{1,5}}"
    rf"(?-i:(?:{_COMMON}|COM|ORG|AI)(?![A-Za-z0-9_@(]|\.[A-Za-z0-9])(?::\d{{2,5}})?(?:{_PATH}|{_QUERY})?"
    rf"|(?:{_WITH_PATH})(?::\d{{2,5}})?{_PATH})"
)
"""The pattern, to be joined with those of whole addresses; none of its groups captures."""

_BARE = re.compile(BARE_ADDRESS)


def find_bare_addresses(text: str) -> list[tuple[int, int]]:
    """Where addresses without a scheme stand, the punctuation of the sentence perhaps included.

    >>> text = "See github.com/foo/bar and tbench.ai에서, not README.md, torch.compile or v1.2."
    >>> [text[start:end] for start, end in find_bare_addresses(text)]
    ['github.com/foo/bar', 'tbench.ai']
    """
    return [match.span() for match in _BARE.finditer(text)]
