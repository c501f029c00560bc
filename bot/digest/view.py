"""What the templates show: finished Markdown and plain values, nothing to compute."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.digest.headings import headings
from bot.digest.links import PaperLinks, paper_links
from bot.digest.mixed import is_partly_translated
from bot.digest.names import MAXIMUM_NAME, paper_name, plain_title, short_name, telling
from bot.digest.title import shorten
from bot.markdown.addresses import safe_address, topic_address
from bot.markdown.compose import render_link
from bot.markdown.neutral import Markdown, neutralise
from bot.markdown.prose import given_addresses, plain_text, render_inline, render_prose
from bot.model.edition import TranslatedPaper
from bot.model.issue import Record
from bot.model.translation import Bilingual

MAXIMUM_SUMMARY = 60
_NAMES_SHOWN = 3
NO_TOPICS: Mapping[str, str] = MappingProxyType({})
_CATEGORY = re.compile(r"[a-z]+(?:-[a-z]+)*(?:\.[A-Za-z-]{1,20})?")


@dataclass(frozen=True, slots=True)
class TextView:
    """A text in both languages; ``target`` is empty where only the original may be shown."""

    target: Markdown
    source: Markdown
    untranslated: bool = False


@dataclass(frozen=True, slots=True)
class PaperView:
    """One paper, or a later part of one that is too long for a post (``continued``).

    ``heading`` is ``한국어 제목 / English title``; ``full_title`` is it in full where it was cut. A
    paper with neither name nor title is called by a label. ``summary`` is its line in the contents,
    in English where ``untranslated_summary``, empty where the name says it all. ``introduction``
    and ``abstract`` are None where the source has none; in a part they hold what is this part's.
    ``facts`` are authors, categories, version and date as known.
    """

    number: int
    rank: int
    anchor: str
    name: str
    heading: Markdown
    full_title: Markdown
    untranslated_title: bool
    partly_untranslated: bool
    summary: Markdown
    untranslated_summary: bool
    facts: tuple[Markdown, ...]
    links: PaperLinks
    introduction: TextView
    abstract: TextView | None
    seen_before: Markdown
    continued: bool


def paper_view(
    paper: TranslatedPaper,
    number: int,
    labels: Mapping[str, str],
    *,
    math: bool,
    continued: bool = False,
    topics: Mapping[str, str] = NO_TOPICS,
) -> PaperView:
    """The paper as the templates see it.

    Args:
        paper: With its texts in both languages.
        number: Its place in the post, from 1.
        labels: The language's words.
        math: The forum shows formulas.
        continued: This is a later part of a paper that is too long for one post.
        topics: Addresses of our own topics on that forum, by Issue key.
    """
    addresses = paper_addresses(paper)
    name = paper_name(paper)
    korean, english = _titles(paper)
    shown, full = headings(korean, english, name)
    short = short_name(paper) or labels["no_title"]
    summary, translated = _summary(paper)
    return PaperView(
        number=number,
        rank=paper.paper.rank,
        anchor=f"paper-{number}",
        name=short,
        heading=_line(shown, math=math) or neutralise(labels["no_title"]),
        full_title=_line(full, math=math) if full != shown else Markdown(),
        untranslated_title=bool(english) and not korean,
        partly_untranslated=is_partly_translated(paper) and bool(paper.introduction.target),
        summary=_line(summary if summary != short else "", math=False),
        untranslated_summary=bool(summary) and not translated,
        facts=tuple(_facts(paper.record, labels)),
        links=paper_links(paper.paper, labels),
        introduction=_text(paper.introduction, addresses, math=math),
        abstract=_text(paper.abstract, addresses, math=math) if paper.abstract else None,
        seen_before=_seen_before(paper.seen_before, labels, topics),
        continued=continued,
    )


def paper_addresses(paper: TranslatedPaper) -> frozenset[str]:
    """Where links inside the paper's texts may lead: what its row links to or names.

    An abstract's own addresses stand as text: whoever uploads a paper writes it, and nobody who
    chose the paper has seen where they lead.
    """
    links = (safe_address(link.url) for link in paper.paper.links)
    texts = (paper.paper.summary, paper.introduction.source)
    given = frozenset(address for text in texts for address in given_addresses(text))
    return given | {address for address in links if address}


def _titles(paper: TranslatedPaper) -> tuple[str, str]:
    return plain_title(paper.title.target or ""), plain_title(paper.title.source)


def _summary(paper: TranslatedPaper) -> tuple[str, bool]:
    """The paper's line in the contents, and whether it is translated."""
    korean, english = paper.title.target or "", paper.title.source
    line = plain_text(paper.summary_line or "") or telling(plain_text(korean))
    return shorten(line or telling(plain_text(english)), MAXIMUM_SUMMARY), bool(line)


def _facts(record: Record | None, labels: Mapping[str, str]) -> Iterator[Markdown]:
    """Authors, categories, version and date, each only where arXiv gives it."""
    if record is None:
        return
    if record.authors:
        yield neutralise(_authors(record, labels))
    known = [category for category in record.categories if _CATEGORY.fullmatch(category)]
    if known:
        yield Markdown(" ".join(f"`{category}`" for category in known))
    version = f"v{record.version}" if record.version else ""
    times = [time for time in (record.published, record.updated) if time]
    dated = max(times, default=None) if (record.version or 1) > 1 else record.published
    day = f" {dated:%Y-%m-%d}" if dated else ""
    yield neutralise(f"arXiv {record.arxiv_id}{version}{day}")


def _authors(record: Record, labels: Mapping[str, str]) -> str:
    names = [plain_text(author.name) for author in record.authors]
    shown = ", ".join(names[:_NAMES_SHOWN])
    if len(names) > _NAMES_SHOWN:
        others = str(len(names) - _NAMES_SHOWN)
        shown = labels["more_authors"].replace("{names}", shown).replace("{count}", others)
    place = next((author.affiliation for author in record.authors if author.affiliation), "")
    return f"{shown} ({shorten(plain_text(place), MAXIMUM_NAME)})" if place else shown


def _text(text: Bilingual, addresses: frozenset[str], *, math: bool) -> TextView:
    source = render_prose(text.source, addresses=addresses, math=math)
    if text.target is None:
        return TextView(Markdown(), source, untranslated=bool(source))
    return TextView(render_prose(text.target, addresses=addresses, math=math), source)


def _seen_before(row: str | None, labels: Mapping[str, str], topics: Mapping[str, str]) -> Markdown:
    """That the row "2024-01-22/3" had the paper before, linked to that week's topic."""
    if not row:
        return Markdown()
    key = row.split("/")[0]
    text = labels["seen_before"].replace("{day}", key)
    address = topic_address(topics.get(key, ""))
    return render_link(text, address) if address else neutralise(text)


def _line(text: str, *, math: bool) -> Markdown:
    return render_inline(text, addresses=frozenset(), math=math)
