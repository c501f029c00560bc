"""The commentary's sentences with every cited paper as a link."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.markdown.neutral import Markdown, clean, escape
from bot.markdown.prose import plain_text
from bot.model.edition import Sentence


@dataclass(frozen=True, slots=True)
class Citation:
    """How the commentary may call a paper, its number in the post and where it stands."""

    names: tuple[str, ...]
    number: int
    address: str


def render_paragraph(sentences: Iterable[Sentence], papers: Mapping[int, Citation]) -> Markdown:
    """Sentences in a row; the first mention of a cited paper is a link, or its number follows.

    ``papers`` are by rank; a rank that the issue does not have is passed over.

    >>> papers = {3: Citation(("OLMo",), 3, "#paper-3"), 4: Citation(("Mamba",), 4, "#paper-4")}
    >>> print(render_paragraph([Sentence("OLMo는 공개 모델입니다.", (3, 4))], papers))
    [OLMo](#paper-3)는 공개 모델입니다. [\\[4\\]](#paper-4)
    """
    linked: set[int] = set()
    rendered = [_sentence(sentence, papers, linked) for sentence in sentences]
    return Markdown(" ".join(text for text in rendered if text))


def _sentence(sentence: Sentence, papers: Mapping[int, Citation], linked: set[int]) -> Markdown:
    """The sentence; ``linked`` are the papers to which this paragraph already leads."""
    text = plain_text(sentence.text)
    ranks = (rank for rank in sentence.papers if rank in papers)
    cited = [papers[rank] for rank in dict.fromkeys(ranks) if papers[rank].number not in linked]
    pieces: list[str] = []
    last = 0
    for start, end, paper in _places(text, cited):
        pieces += [escape(text[last:start]), f"[{escape(text[start:end])}]({paper.address})"]
        linked.add(paper.number)
        last = end
    pieces.append(escape(text[last:]))
    for paper in cited:
        if paper.number not in linked:
            pieces.append(f" [\\[{paper.number}\\]]({paper.address})")
            linked.add(paper.number)
    return Markdown("".join(pieces).strip())


def _places(text: str, cited: Sequence[Citation]) -> list[tuple[int, int, Citation]]:
    """Where each paper's name first stands, longest names first, none inside another."""
    taken: list[tuple[int, int, Citation]] = []
    names = ((clean(name), paper) for paper in cited for name in paper.names)
    for name, paper in sorted(names, key=lambda pair: -len(pair[0])):
        if not name or any(paper is other for _, _, other in taken):
            continue
        for found in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![A-Za-z0-9-])", text, re.I):
            if all(found.end() <= start or end <= found.start() for start, end, _ in taken):
                taken.append((found.start(), found.end(), paper))
                break
    return sorted(taken, key=lambda place: place[0])
