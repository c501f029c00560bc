"""What the demo publishes is what was recorded: no check, repair or gate changes a word."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup

from bot.digest import compose
from bot.markdown.cook import CookOptions, cook
from bot.markdown.prose import plain_text
from bot.model.edition import TranslatedPaper
from bot.model.finding import Severity
from bot.model.topic import ForumLimits
from bot.planning.placeholders import fill
from bot.sandbox import week
from bot.translation.spans import protect, restore
from tests.builders import a_language, a_layout
from tests.sample import RECORDED, the_sample_edition

RANKS = range(1, 11)
REPLIES = week.load_replies()


def _paper(rank: int) -> TranslatedPaper:
    return next(paper for paper in the_sample_edition().papers if paper.paper.rank == rank)


def _recorded(paper: TranslatedPaper) -> Iterator[str]:
    """Each recorded text with the spans of its source put back: the documented change."""
    for segment in paper.segments:
        _, _, kind, place = segment.key.split("/")
        text = RECORDED.papers[paper.paper.rank].find(kind, int(place))
        assert text is not None, segment.key
        yield restore(text, protect(segment.source).spans).text


@pytest.mark.parametrize("rank", RANKS)
def test_every_text_stands_as_it_was_recorded(rank: int) -> None:
    paper = _paper(rank)
    assert [one.target for one in paper.translations] == list(_recorded(paper))
    assert paper.summary_line == REPLIES.papers[rank].summary_line


def test_nothing_in_the_recordings_is_held_or_refused() -> None:
    """What the checks would repair, a demo must not show as an example."""
    papers = the_sample_edition().papers
    found = [one for paper in papers for one in paper.findings if one.severity is Severity.CRITICAL]
    assert found == []
    assert [paper.drafts for paper in papers] == [()] * len(RANKS)


def test_the_gate_drops_no_sentence_of_the_commentary() -> None:
    commentary = the_sample_edition().commentary
    assert commentary.dropped == ()
    assert commentary.paragraphs == REPLIES.commentary.paragraphs
    assert commentary.model == "recorded"


def test_the_posts_show_every_recorded_sentence() -> None:
    """Links, bold lead-ins and curled quotation marks are all that comes to the words."""
    digest = compose(the_sample_edition(), a_language(), ForumLimits(math=True), a_layout())
    cooked = (cook(fill(post.raw, {}), CookOptions(math=True)) for post in digest.posts)
    shown = _bare(" ".join(BeautifulSoup(text, "html.parser").get_text() for text in cooked))
    sentences = [one.text for part in REPLIES.commentary.paragraphs for one in part]
    texts = [
        target if place else _without_label(target)  # the title comes first
        for rank in RANKS
        for place, target in enumerate(_recorded(_paper(rank)))
        if "$" not in target
    ]
    lines = [REPLIES.papers[rank].summary_line for rank in RANKS]
    assert [
        text for text in (*sentences, *texts, *lines) if _bare(plain_text(text)) not in shown
    ] == []


def _without_label(text: str) -> str:
    """A title without the name before its colon, which the heading's label may hold already."""
    name, colon, title = text.partition(": ")
    return title if colon and len(name.split()) <= 3 else text


def _bare(text: str) -> str:
    return "".join(text.translate(str.maketrans("“”‘’…", "\"\"''.")).split())
