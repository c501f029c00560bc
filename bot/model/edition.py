"""One Issue in one language, ready to be laid out."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from bot.model.finding import Finding
from bot.model.issue import Issue, Paper, Record
from bot.model.review import Review
from bot.model.translation import Bilingual, Segment, Translation
from bot.model.trend import Trends


@dataclass(frozen=True, slots=True)
class TranslatedPaper:
    """A Paper with what arXiv knows of it and its texts in both languages.

    ``title`` is the paper's own title (the newsletter's name where no Record is known),
    ``introduction`` the newsletter's text as Markdown (lead, then ``- `` bullets), ``abstract``
    None where there is none to show. Sources hold readable text: TeX is already resolved, what
    is truly a formula stands as ``$…$``.

    ``segments`` and ``translations`` are the pieces these texts are joined from, ``drafts`` the
    targets that checks refused: for moderators, never for readers.
    """

    paper: Paper
    record: Record | None
    title: Bilingual
    introduction: Bilingual
    abstract: Bilingual | None
    summary_line: str | None = None
    findings: tuple[Finding, ...] = ()
    themes: tuple[str, ...] = ()
    seen_before: str | None = None
    segments: tuple[Segment, ...] = ()
    translations: tuple[Translation, ...] = ()
    drafts: tuple[Translation, ...] = ()
    review: Review | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the commentary, the ranks it rests on and the counts it uses.

    ``counts`` are pairs of a table key ("theme/agents/this-week") and the number stated.
    """

    text: str
    papers: tuple[int, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Commentary:
    """Three paragraphs: what stands out, what changed and how we know, what to read first.

    Always in that order, so that a layout can head each by its place. Where nothing of the
    model's stands in one, the computed table fills it; ``model`` is empty where the table alone,
    worded by template, stands. ``dropped`` is what did not pass, for moderators.
    """

    paragraphs: tuple[tuple[Sentence, ...], ...]
    model: str = ""
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Usage:
    """What an edition cost; ``cost_usd`` by the prices in the configuration."""

    requests: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached_tokens: int = 0
    cost_usd: Decimal = Decimal(0)

    def __add__(self, other: Usage) -> Usage:
        """Both together."""
        return Usage(
            self.requests + other.requests,
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            self.cached_tokens + other.cached_tokens,
            self.cost_usd + other.cost_usd,
        )


@dataclass(frozen=True, slots=True)
class Edition:
    """An Issue in one language: all that a digest shows.

    ``estimate`` is what building it was expected to cost before the first call, ``usage`` what it
    did cost.
    """

    issue: Issue
    language: str
    external_id: str
    papers: tuple[TranslatedPaper, ...]
    commentary: Commentary
    model: str
    revision: int = 1
    findings: tuple[Finding, ...] = ()
    usage: Usage = field(default_factory=Usage)
    picture_alt: str | None = None
    trends: Trends | None = None
    estimate: Usage = field(default_factory=Usage)
