"""What the model is asked to word, and how its answer is read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict

from bot.errors import ParseError
from bot.model.commentary import PaperText
from bot.model.edition import Sentence
from bot.model.trend import Theme, Trends
from bot.parsing.reply import parse_reply
from bot.translation.prompt import closed

PARAGRAPHS = 3
MOST_SENTENCES = 8
"""Of a paragraph; twice what is asked for, and still a paragraph on a phone."""
_LONGEST_TEXT = 2_500


def describe_week(
    papers: Sequence[PaperText], trends: Trends, themes: Sequence[Theme], language: str
) -> str:
    """The week as JSON: papers with their English texts, counts, and changes that are borne out."""
    names = {theme.theme_id: theme.name(language) for theme in themes}
    week = {
        "papers": [_describe_paper(paper) for paper in papers],
        "counts": trends.table(),
        "themes": {
            theme.theme_id: {"name": names.get(theme.theme_id, ""), "papers": list(theme.ranks)}
            for theme in trends.themes
            if theme.count
        },
        "changes": [
            {
                "theme": theme.theme_id,
                "direction": change.direction.value,
                "weeks": change.weeks,
                "before": change.before,
                "papers_before": change.papers_before,
            }
            for theme in trends.themes
            for change in theme.changes
        ],
    }
    return json.dumps(week, ensure_ascii=False, indent=1)


def _describe_paper(paper: PaperText) -> dict[str, object]:
    return {
        "rank": paper.rank,
        "name": paper.name,
        "title": paper.title,
        "text": paper.text[:_LONGEST_TEXT],
    }


def describe_failures(failed: Sequence[tuple[Sentence, Sequence[str]]]) -> str:
    """The sentences that did not pass, with the reasons, as JSON, to be written again."""
    return json.dumps(
        [
            {
                "text": sentence.text,
                "papers": list(sentence.papers),
                "counts": [{"key": key, "value": value} for key, value in sentence.counts],
                "problems": list(reasons),
            }
            for sentence, reasons in failed
        ],
        ensure_ascii=False,
        indent=1,
    )


_COUNT = closed(key={"type": "string"}, value={"type": "integer"})
_SENTENCE = closed(
    text={"type": "string"},
    papers={"type": "array", "items": {"type": "integer"}},
    counts={"type": "array", "items": _COUNT},
)
SCHEMA: dict[str, Any] = closed(
    paragraphs={"type": "array", "items": {"type": "array", "items": _SENTENCE}}
)
"""What a reply must be; strict, every field required (structured outputs)."""


class _Closed(BaseModel):
    model_config = ConfigDict(extra="ignore")


class _CountReply(_Closed):
    key: str
    value: int


class _SentenceReply(_Closed):
    text: str
    papers: list[int] = []
    counts: list[_CountReply] = []


class _Reply(_Closed):
    paragraphs: list[list[_SentenceReply]]


def parse_commentary(text: str) -> tuple[tuple[Sentence, ...], ...]:
    """The three paragraphs of a reply; nothing in them has been checked yet.

    A paragraph's place is its meaning (what stands out, what changed, what to read first), so
    that a reply with more or fewer of them cannot be used.

    Raises:
        ParseError: Not the JSON that was asked for, not three paragraphs, or one without end.
    """
    paragraphs = _parse(text)
    if len(paragraphs) != PARAGRAPHS:
        raise ParseError(
            f"model: the commentary is not as asked: {len(paragraphs)} paragraphs, not {PARAGRAPHS}"
        )
    longest = max(len(paragraph) for paragraph in paragraphs)
    if longest > MOST_SENTENCES:
        raise ParseError(
            f"model: the commentary is not as asked: {longest} sentences in a paragraph, at most"
            f" {MOST_SENTENCES}"
        )
    return paragraphs


def parse_repair(text: str) -> tuple[Sentence, ...]:
    """The sentences of a reply to ``describe_failures``, in whatever paragraphs they stand.

    Raises:
        ParseError: Not the JSON that was asked for.
    """
    return tuple(sentence for paragraph in _parse(text) for sentence in paragraph)


def _parse(text: str) -> tuple[tuple[Sentence, ...], ...]:
    reply = parse_reply(text, _Reply)
    return tuple(tuple(map(_sentence, paragraph)) for paragraph in reply.paragraphs)


def _sentence(reply: _SentenceReply) -> Sentence:
    counts = tuple((count.key, count.value) for count in reply.counts)
    return Sentence(" ".join(reply.text.split()), tuple(dict.fromkeys(reply.papers)), counts)
