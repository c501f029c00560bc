"""Which words of a text become links, as the forum's linkifier decides (contract 8, linkify)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_COMMON_TLDS = "com net org io co tv ru cn us uk me de fr fi gov"
DEFAULT_TLDS = tuple(_COMMON_TLDS.split())

_SPACE = r"\s\x00-\x1f\x7f-\x9f"
_LETTER = r"[^\W]"  # letters and digits of every script, underscore included
_LABEL = rf"(?:{_LETTER}(?:(?:-|{_LETTER}){{0,61}}{_LETTER})?)"
_END_OF_HOST = r"(?=$|[><\uff5c]|[^\w])(?!-|_|:\d|\.-|\.(?!$|[^\w]))"
_IP = r"(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_PATH = rf"""(?:[/?#](?:
    [^{_SPACE}><\uff5c()\[\]{{}}.,"'?!;-]
  | \[[^{_SPACE}\]]*\] | \([^{_SPACE})]*\) | \{{[^{_SPACE}}}]*\}}
  | "[^{_SPACE}"]+" | '[^{_SPACE}']+' | '(?=[\w-])
  | \.{{2,}}[a-zA-Z0-9%/&] | \.(?![{_SPACE}.]|$) | -(?!--(?:[^-]|$))-*
  | ,(?![{_SPACE}]|$) | ;(?![{_SPACE}]|$) | !+(?![{_SPACE}!]|$) | \?(?![{_SPACE}?]|$)
)+|/)?"""


@dataclass(frozen=True, slots=True)
class Link:
    """One link in a text: where it stands, what it shows and where it leads."""

    index: int
    last_index: int
    schema: str
    text: str
    url: str


class Linkifier:
    """Finds links in text; has the methods that markdown-it's linkify rule calls.

    >>> [link.url for link in Linkifier(DEFAULT_TLDS).match("arxiv.org, README.md, v1.2")]
    ['http://arxiv.org']
    """

    def __init__(self, tlds: Sequence[str]) -> None:
        roots = "|".join(sorted(map(re.escape, tlds), key=len, reverse=True)) or r"(?!)"
        named = rf"(?:(?:{_LABEL}\.)+(?:{roots})|www\.(?:{_LABEL}\.)*{_LABEL})"
        host = rf"(?:localhost|{_IP}|(?:{_LABEL}\.)*{_LABEL})"
        port = r"(?::\d{1,5})?"
        self._schema = re.compile(
            rf"https?://(?:[^\s/?#@<>\[\]]{{1,64}}@)?{host}{_END_OF_HOST}{port}{_PATH}", _FLAGS
        )
        self._fuzzy = re.compile(
            rf"(?<![\w.:/@-])(?P<mail>[\w.!#$%&'*+/=^`{{|}}~-]{{1,64}}@)?"
            rf"{named}{_END_OF_HOST}{port}{_PATH}",
            _FLAGS,
        )

    def pretest(self, text: str) -> bool:
        """Whether a look at ``text`` can be worth it."""
        return "." in text or "://" in text

    def test(self, text: str) -> bool:
        """Whether ``text`` holds a link."""
        return bool(self.match(text))

    def match(self, text: str) -> list[Link]:
        """All links of ``text`` in order."""
        links, position = [], 0
        while link := self._find(text, position):
            links.append(link)
            position = link.last_index
        return links

    def match_at_start(self, text: str) -> Link | None:
        """The link with a schema that ``text`` begins with."""
        found = self._schema.match(text)
        return _link(found, found.group()) if found else None

    def _find(self, text: str, position: int) -> Link | None:
        schema = self._schema.search(text, position)
        fuzzy = self._fuzzy.search(text, position)
        if fuzzy and (schema is None or fuzzy.start() < schema.start()):
            prefix = "mailto:" if fuzzy["mail"] else "http://"
            return _link(fuzzy, prefix + fuzzy.group())
        return _link(schema, schema.group()) if schema else None


_FLAGS = re.VERBOSE | re.IGNORECASE


def _link(found: re.Match[str], url: str) -> Link:
    written = url == found.group()
    schema = url[: url.index(":") + 1] if written or url.startswith("mailto:") else ""
    return Link(found.start(), found.end(), schema, found.group(), url)
