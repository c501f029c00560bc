"""Where a row's name ends and its text begins."""

from __future__ import annotations

import re

# No spaces at the marks: beside a name that may hold spaces they would be tried in every way.
_BOLD = re.compile(r"\*{2,4}(?P<name>[^*](?:[^*]|\*(?!\*)){0,4000}?)\*{2,4}")
_WEAK = re.compile(r"\*(?P<name>[^*]{1,4000}?)\*{1,4}")
_UNDERLINED = re.compile(r"__(?P<name>[^_].{0,4000}?)__")
_LINKED = re.compile(r"\[(?P<name>[^\[\]]{1,4000})\]\([^()\s]*\)")
_STILL_BOLD = re.compile(r"(?P<more>[^*]{1,200}?)\*{2,4}(?=\s*(?:[-–—]|$))")
_DASH = re.compile(r"\s*(?:[-–—]{1,2}|:)(?:\s+[-–—]{1,2}(?=\s))*\s*")
_INNER_DASH = re.compile(r"\s[-–—]{1,2}(?:\s+|$)")
_PARTING = re.compile(r"\s[-–—]{1,2}\s+|\s{2,}|\s*<\s*br|\s*[●•]")
_COLON = re.compile(r":\s+")
_SENTENCE = re.compile(r"[.?!]\s+(?=[A-Z])")
_LABEL = re.compile(r"(?P<label>[^<●•]{1,150}?)\s[-–—]{1,2}\s+(?=\S)")
_WORD = re.compile(r"\w+")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_LONGEST_NAME = 200
_LONGEST_TITLE = 150


def parse_name(text: str) -> tuple[str, str]:
    """Name and text of what stands behind the rank; either may be empty.

    >>> parse_name("**Sieve** - sorts numbers")
    ('Sieve', 'sorts numbers')
    >>> parse_name("Sieve: Sorting at Scale  A team shows that sorting scales.")
    ('Sieve: Sorting at Scale', 'A team shows that sorting scales.')

    A label that only repeats words of the name before the text is dropped:

    >>> parse_name("**Sieve: Sorting at Scale** - Sieve - sorts numbers")
    ('Sieve: Sorting at Scale', 'sorts numbers')
    """
    text = text.strip()
    name, rest = _split_marked(text) or _split_plain(text)
    name = _clean(name)
    return name, _drop_label(rest.strip().lstrip("*").lstrip(), name)


def _split_marked(text: str) -> tuple[str, str] | None:
    for form in (_BOLD, _WEAK, _UNDERLINED, _LINKED):
        if match := form.match(text):
            return _after_mark(match["name"].strip(), text[match.end() :])
    return None


def _after_mark(name: str, rest: str) -> tuple[str, str]:
    more = _STILL_BOLD.match(rest)
    if more and (rest.lstrip().startswith(":") or not _DASH.match(rest)):
        name, rest = name + more["more"], rest[more.end() :]
    if dash := _DASH.match(rest):
        return name, rest[dash.end() :]
    if inner := _INNER_DASH.search(name):
        return name[: inner.start()], f"{name[inner.end() :]} {rest.lstrip()}".strip()
    return name, rest


def _split_plain(text: str) -> tuple[str, str]:
    text = text.lstrip("*_ ")
    if match := _PARTING.search(text, 0, _LONGEST_NAME):
        cut = match.end() if not match[0].strip() or match[0].strip()[0] in "-–—" else match.start()
        return text[: match.start()], text[cut:]
    for parting in (_COLON, _SENTENCE):
        if match := parting.search(text, 0, _LONGEST_NAME // 2):
            return text[: match.start()], text[match.end() :]
    return (text, "") if len(text) <= _LONGEST_TITLE else ("", text)


def _drop_label(text: str, name: str) -> str:
    match = _LABEL.match(text)
    if match and _words(match["label"]) and _words(match["label"]) <= _words(name):
        return text[match.end() :]
    return text


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def _clean(name: str) -> str:
    plain = _ESCAPED.sub(r"\1", " ".join(name.split())).strip("* ")
    return plain.rstrip(":").rstrip()
