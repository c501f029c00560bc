"""The one-line summary for a digest's contents: taken over only where nothing is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.model.translation import Kind, Segment
from bot.translation.segments import visible

LONGEST = 60
_PREFIX = "summary line\n"
_MARKUP = re.compile(r"[*_`#<>\[\]{}|\\$@⟦⟧]|https?:|www\.")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def summary_source(segments: Iterable[Segment]) -> str:
    """What the memory knows a paper's line by: title and introduction, told from a text's own key.

    The abstract is left out: arXiv's later versions do not cost the line.
    """
    return _PREFIX + "\n".join(each.source for each in segments if each.kind is not Kind.ABSTRACT)


def find_summary_line(line: str | None, sources: Iterable[str]) -> str | None:
    """The line, or None where it is too long, marked up or states a number no source has.

    >>> find_summary_line("공개 LLM, 학습 데이터까지.", ["An open LLM"])
    '공개 LLM, 학습 데이터까지'
    >>> find_summary_line("정확도 99% 달성", ["accuracy of 98%"]) is None
    True

    It is dropped rather than repaired: the contents stand without it.
    """
    text = visible(line or "").strip(" \"'“”").removesuffix(".")
    known = {number for source in sources for number in _NUMBER.findall(source)}
    if not 0 < len(text) <= LONGEST or _MARKUP.search(text):
        return None
    return text if set(_NUMBER.findall(text)) <= known else None
