"""The digest of every real week, translated by a script: it fits, it is inert, it keeps its links.

The script's Korean holds the whole English line, so that whatever the sources hold stands in the
post three times: translated, collapsed and in the commentary.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from bot.digest import compose
from bot.markdown.addresses import safe_address
from bot.markdown.cook import CookOptions, cook
from bot.markdown.prose import given_addresses
from bot.model.edition import Commentary, Edition, Sentence, TranslatedPaper
from bot.model.issue import Issue, Paper, Record
from bot.model.topic import Digest, ForumLimits
from bot.parsing.links import find_arxiv_id
from bot.parsing.page import parse_page
from bot.planning.normal import normalise_raw
from bot.planning.placeholders import fill
from bot.translation.segments import join_paper, split_paper
from tests.builders import a_language, a_layout
from tests.digest.test_compose import broken_links

pytestmark = pytest.mark.shared

ACCIDENTS = (
    ".mention, .hashtag-cooked, .emoji, .onebox, .inline-onebox, .spoiler, .footnote-ref, .poll, "
    ".d-wrap, .chcklst-box, .discourse-local-date, aside, iframe, img, table, pre, h1, h4, h5, h6"
)
LIMITS = ForumLimits(math=True)


def issues(shared: Path) -> Iterator[Issue]:
    for page in sorted((shared / "data/dair/snapshot/years").glob("*.md")):
        url = f"https://example.org/years/{page.name}"
        yield from parse_page(page.read_text(encoding="utf-8"), url=url).issues


def abstracts(shared: Path) -> dict[str, str]:
    with (shared / "data/dair/abstracts-2023.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = ((find_arxiv_id(row["PaperURL"]), row["Abstract"]) for row in rows)
    return {arxiv_id: abstract for arxiv_id, abstract in found if arxiv_id}


def translated(issue: Issue, paper: Paper, abstract: str | None) -> TranslatedPaper:
    arxiv_id = paper.arxiv_id or ""
    record = Record(arxiv_id, paper.name, abstract, version=1) if abstract else None
    segments = split_paper(issue.key, paper, record)
    joined = join_paper(
        segments, {segment.key: f"{segment.source}은 이 논문의 내용입니다." for segment in segments}
    )
    return TranslatedPaper(
        paper, record, joined.title, joined.introduction, joined.abstract, f"{paper.name}의 요약"
    )


def an_edition_of(issue: Issue, known: dict[str, str]) -> Edition:
    papers = tuple(
        translated(issue, paper, known.get(paper.arxiv_id or "")) for paper in issue.papers
    )
    sentences = tuple(
        Sentence(f"{paper.name}은 {paper.summary[:200]}", (paper.rank,)) for paper in issue.papers
    )
    commentary = Commentary((sentences[:4], sentences[4:7], sentences[7:]), model="script")
    external_id = f"jubo-dair-{issue.key}-ko"
    return Edition(issue, "ko", external_id, papers, commentary, model="script")


def cooked(digest: Digest) -> list[BeautifulSoup]:
    addresses = {post.number: f"/t/-/1/{post.number}" for post in digest.posts}
    options = CookOptions(math=True, hashtags=frozenset({"ai", "ml"}))
    return [
        BeautifulSoup(cook(fill(post.raw, addresses), options), "html.parser")
        for post in digest.posts
    ]


def problems(issue: Issue, digest: Digest) -> Iterator[str]:
    for post in digest.posts:
        if len(normalise_raw(post.raw)) > LIMITS.max_post_length:
            yield f"post {post.number} has {len(post.raw)} characters"
    posts = cooked(digest)
    for soup in posts:
        yield from (f"acts: {tag}" for tag in soup.select(ACCIDENTS))
        if len(soup.select("details")) != len(soup.select("summary")):
            yield "a collapsed section is open"
        if "[details" in soup.get_text() or "**" in soup.get_text():
            yield "markup that readers see"
        yield from (f"price: {tag}" for tag in soup.select(".math") if not _is_tex(tag.get_text()))
    yield from (f"broken: {link}" for link in broken_links(posts))
    shown = {str(link["href"]) for post in posts for link in post.select("a[href]")}
    for paper in issue.papers:
        given = {safe_address(link.url) for link in paper.links if link.url} - {None}
        given |= given_addresses(paper.summary)
        yield from (f"lost: {paper.rank} {url}" for url in given if _bare(url) not in shown)


def _is_tex(text: str) -> bool:
    """Formulas of the real abstracts have a macro, a script, an operator or one letter."""
    return bool(re.search(r"[\\^_=<>+()]", text)) or len(text) == 1


def _bare(url: str | None) -> str:
    return (url or "").replace("&amp;", "&")


def test_every_week_fits_is_inert_and_keeps_its_links(shared: Path) -> None:
    known = abstracts(shared)
    weeks = list(issues(shared))
    assert len(weeks) > 100
    found = {}
    for issue in weeks:
        digest = compose(an_edition_of(issue, known), a_language(), LIMITS, a_layout())
        assert [rank for post in digest.posts for rank in post.ranks] == [
            paper.rank for paper in issue.papers
        ]
        if wrong := list(problems(issue, digest)):
            found[issue.key] = wrong[:5]
    assert found == {}
