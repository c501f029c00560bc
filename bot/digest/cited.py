"""The commentary's sentences, from each of which every paper it cites can be reached.

A reader at a phone meets one sentence at a time, perhaps after a jump back to it, so that a link
that stood two sentences earlier does not help. The name is the link where the sentence has it:
that adds nothing to the text. What it does not name follows it, small and in the order of the
post: as a number, the one of contents and heading. Names there would double the length of a
sentence that rests on five papers. Only where a sentence counts papers does a reader want to know
which; there up to three stand by name, if they fit into one line of a phone. A paper whose name
stands in the sentence already, perhaps for something else, gets its number there, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from bot.digest.mentions import Citation, find_mentions, is_named
from bot.markdown.neutral import Markdown, escape
from bot.markdown.prose import plain_text
from bot.model.edition import Sentence

_MOST_NAMES = 3
_PHONE_LINE = 40
_CLOSING = re.compile(r"[.!?。！？]*\Z")


def render_paragraph(sentences: Iterable[Sentence], papers: Mapping[int, Citation]) -> Markdown:
    """Sentences in a row; each links to every paper that it cites.

    ``papers`` are those of the week by rank; a rank that it does not have is passed over.

    >>> olmo, mamba = (
    ...     Citation(number, Markdown(f"#paper-{number}"), (name,), short=name)
    ...     for number, name in ((3, "OLMo"), (4, "Mamba"))
    ... )
    >>> papers = {3: olmo, 4: mamba}
    >>> print(render_paragraph([Sentence("OLMo는 공개 모델입니다.", (3, 4))], papers))
    [OLMo](#paper-3)는 공개 모델입니다. <small>[\\[4\\]](#paper-4)</small>
    >>> print(render_paragraph([Sentence("두 편입니다.", (3, 4), (("papers", 2),))], papers))
    두 편입니다([OLMo](#paper-3), [Mamba](#paper-4)).
    """
    rendered = (_sentence(sentence, papers) for sentence in sentences)
    return Markdown(" ".join(text for text in rendered if text))


def _sentence(sentence: Sentence, papers: Mapping[int, Citation]) -> Markdown:
    text = plain_text(sentence.text)
    ranks = dict.fromkeys(rank for rank in sentence.papers if rank in papers)
    cited = sorted((papers[rank] for rank in ranks), key=lambda paper: paper.number)
    pieces: list[str] = []
    last = 0
    named = find_mentions(text, papers.values(), cited)
    for mention in named:
        pieces.append(escape(text[last : mention.start]))
        pieces.append(_link(text[mention.start : mention.end], mention.paper))
        last = mention.end
    linked = [mention.paper for mention in named]
    others = [paper for paper in cited if paper not in linked]
    named_already = [paper for paper in others if is_named(text, paper)]
    spelled = [paper for paper in others if paper not in named_already] if sentence.counts else []
    if not _are_short([paper.short for paper in spelled]):
        spelled = []
    end = _end(text[last:], spelled, [paper for paper in others if paper not in spelled])
    return Markdown("".join([*pieces, end]).strip())


def _end(text: str, spelled: Sequence[Citation], numbered: Sequence[Citation]) -> Markdown:
    """The rest of a sentence, with links to the papers that it does not name."""
    closing = _CLOSING.search(text)
    place = closing.start() if closing else len(text)
    links = ", ".join(_link(paper.short, paper) for paper in spelled)
    whole = f"{escape(text[:place])}({links}){escape(text[place:])}" if spelled else escape(text)
    numbers = " ".join(_link(f"[{paper.number}]", paper) for paper in numbered)
    return Markdown(f"{whole} <small>{numbers}</small>" if numbered else whole)


def _are_short(names: Sequence[str]) -> bool:
    """Whether the names can stand in a sentence: few, short, each another one."""
    return (
        all(names)
        and len(names) == len(set(names))
        and len(names) <= _MOST_NAMES
        and len(", ".join(names)) <= _PHONE_LINE
    )


def _link(label: str, paper: Citation) -> Markdown:
    return Markdown(f"[{escape(label)}]({paper.address})")
