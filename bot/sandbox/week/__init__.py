"""The sample week: pages in the source's form, arXiv's records and the recorded model's replies.

The papers, their titles, authors, ids and addresses are facts. The introductions, abstracts and
Korean texts are this project's own words. The weeks are the sample's own, too: thirteen in a row,
so that trends have something to count; the papers did not appear in them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

import yaml
from pydantic import TypeAdapter

from bot.model.edition import Sentence
from bot.model.issue import Author, Record

KEY = "2026-03-30"
"""The Issue that records and replies are for; the twelve earlier ones stand in the page alone."""

PAGES = Path(__file__).parent
"""A folder as the source's repository has it: ``README.md`` and ``years/2026.md``."""


@dataclass(frozen=True, slots=True)
class PaperReply:
    """What the recorded model says of one paper; ⟦1⟧, ⟦2⟧ … stand for protected spans.

    ``introduction`` renders the lead, then one entry a bullet, in the page's order. ``abstract``
    is None for the paper outside arXiv, which has no Record. ``summary_line`` has at most 60
    characters.
    """

    title: str
    introduction: tuple[str, ...]
    abstract: str | None
    summary_line: str


@dataclass(frozen=True, slots=True)
class RecordedCommentary:
    """Three paragraphs of sentences, each with the ranks it rests on."""

    paragraphs: tuple[tuple[Sentence, ...], ...]


@dataclass(frozen=True, slots=True)
class Replies:
    """All that the recorded model knows; ``papers`` by rank."""

    papers: dict[int, PaperReply]
    commentary: RecordedCommentary


@dataclass(frozen=True, slots=True)
class _CountEntry:
    """A count as the model's reply writes it."""

    key: str
    value: int


@dataclass(frozen=True, slots=True)
class _SentenceEntry:
    """A sentence as the model's reply writes it."""

    text: str
    papers: tuple[int, ...]
    counts: tuple[_CountEntry, ...]

    def sentence(self) -> Sentence:
        """The sentence as the rest of the program knows it."""
        return Sentence(
            self.text, self.papers, tuple((count.key, count.value) for count in self.counts)
        )


@dataclass(frozen=True, slots=True)
class _CommentaryEntry:
    """``commentary`` as ``replies.yml`` writes it."""

    paragraphs: tuple[tuple[_SentenceEntry, ...], ...]


@dataclass(frozen=True, slots=True)
class _RepliesEntry:
    """The file ``replies.yml``."""

    papers: dict[int, PaperReply]
    commentary: _CommentaryEntry


@dataclass(frozen=True, slots=True)
class _RecordEntry:
    """A paper as ``records.yml`` writes it."""

    title: str
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    version: int
    published: date
    abstract: str


_RECORDS = TypeAdapter(dict[str, _RecordEntry])
_REPLIES = TypeAdapter(_RepliesEntry)


def load_records() -> dict[str, Record]:
    """The nine Records of the sample's arXiv, by bare id.

    The file knows days only, so that ``published`` is midnight UTC; of the authors it has five.

    >>> load_records()["2503.10622"].title
    'Transformers without Normalization'
    """
    entries = _RECORDS.validate_python(_read("records.yml"))
    return {arxiv_id: _record(arxiv_id, entry) for arxiv_id, entry in entries.items()}


def load_replies() -> Replies:
    """The recorded model's Korean for the ten papers of ``KEY`` and its commentary.

    >>> load_replies().papers[3].title
    's1: 단순한 테스트 타임 스케일링'
    """
    entry = _REPLIES.validate_python(_read("replies.yml"))
    paragraphs = entry.commentary.paragraphs
    sentences = tuple(tuple(one.sentence() for one in paragraph) for paragraph in paragraphs)
    return Replies(entry.papers, RecordedCommentary(sentences))


def _record(arxiv_id: str, entry: _RecordEntry) -> Record:
    return Record(
        arxiv_id=arxiv_id,
        title=entry.title,
        abstract=entry.abstract,
        authors=tuple(Author(name) for name in entry.authors),
        categories=entry.categories,
        version=entry.version,
        published=datetime.combine(entry.published, time(), UTC),
    )


def _read(name: str) -> object:
    return yaml.safe_load((PAGES / name).read_text(encoding="utf-8"))
