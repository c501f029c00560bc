"""Rows that lack something or have too much of it, from the source's row to what readers see.

A stand-in translates and comments; the checks, the gate and the layout are the real ones.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pytest
from bs4 import BeautifulSoup

from bot.config import Model, defaults_folder
from bot.digest import compose
from bot.markdown.addresses import arxiv_addresses, safe_address
from bot.markdown.cook import CookOptions, cook
from bot.model.call import Ending, ModelReply, ModelRequest
from bot.model.edition import Edition
from bot.model.issue import Issue, Link, Paper, Record
from bot.model.topic import ForumLimits
from bot.planning.normal import normalise_raw
from bot.planning.placeholders import fill
from bot.sandbox.completions import Question
from bot.texts.commentaries import load_commentary_words
from bot.texts.prompts import load_prompts
from bot.texts.themes import load_themes
from bot.translation.memory import NoMemory
from bot.trends.week import compute_trends
from bot.workflow.commentary import Speech, comment_on
from bot.workflow.translate import translate_paper
from bot.workflow.translator import open_translator
from tests.builders import a_language, a_layout, a_paper, a_record, an_issue
from tests.digest.test_compose import broken_links
from tests.digest.test_snapshot import ACCIDENTS
from tests.scripted_model import answer
from tests.words import find_words

LANGUAGE = a_language()
PROMPTS = load_prompts(defaults_folder() / "prompts")
THEMES = load_themes(defaults_folder() / "themes.yml").themes
WORDS = load_commentary_words(defaults_folder() / "languages" / "ko", LANGUAGE)
OURS = ("#", "/t/-/1/", "https://arxiv.org", "https://github.com/dair-ai/")
Call = Callable[[ModelRequest], ModelReply]

LEADS = ("눈에 띄는 점", "흐름과 변화", "먼저 읽을거리")


def scripted(request: ModelRequest) -> ModelReply:
    """The stand-in for a model, in this process."""
    question = Question(request.model, request.system, request.user, request.schema_name)
    return ModelReply(answer(question), Ending.COMPLETE, request.model)


def build(
    rows: Sequence[Paper], records: Sequence[Record | None] = (), model: Call = scripted
) -> Edition:
    """The edition of the rows; ``records`` stand beside them."""
    issue = an_issue(rows)
    known = {record.arxiv_id: record for record in records if record}
    translator = open_translator(
        LANGUAGE, call=model, memory=NoMemory(), prompts=PROMPTS, settings=Model(name="m")
    )
    papers = [
        translate_paper(issue.key, row, known.get(row.arxiv_id or ""), translator)[0]
        for row in rows
    ]
    trends = compute_trends(issue, [issue], THEMES)
    speech = Speech(LANGUAGE, WORDS, THEMES, PROMPTS.system(LANGUAGE, "comment"), verify="")
    commentary = comment_on(issue, known, trends, speech, model, model="m", find_words=find_words)
    return Edition(issue, "ko", "jubo-dair-x-ko", tuple(papers), commentary, model="m")


@dataclass(frozen=True, slots=True)
class Shown:
    """The posts as readers see them."""

    posts: list[BeautifulSoup]

    @property
    def text(self) -> str:
        return "\n".join(post.get_text() for post in self.posts)

    def texts(self, selector: str) -> list[str]:
        return [tag.get_text().strip() for post in self.posts for tag in post.select(selector)]

    def hrefs(self) -> list[str]:
        return [str(link["href"]) for post in self.posts for link in post.select("a[href]")]


def show(edition: Edition, limit: int = 32_000) -> Shown:
    """Lay out, cook, and hold against what is true of every digest."""
    limits = ForumLimits(math=True, max_post_length=limit)
    digest = compose(edition, LANGUAGE, limits, a_layout())
    assert all(len(normalise_raw(post.raw)) <= limit for post in digest.posts)
    addresses = {post.number: f"/t/-/1/{post.number}" for post in digest.posts}
    options = CookOptions(math=True, hashtags=frozenset({"ai"}))
    cooked = (cook(fill(post.raw, addresses), options) for post in digest.posts)
    shown = Shown([BeautifulSoup(text, "html.parser") for text in cooked])
    assert [tag for post in shown.posts for tag in post.select(ACCIDENTS)] == []
    assert broken_links(shown.posts) == []
    assert [
        link for post in shown.posts for link in post.select("a[href]:not(.anchor)")
        if not link.get_text().strip()
    ] == []  # fmt: skip
    assert [href for href in shown.hrefs() if not href.startswith(OURS) and href not in given(
        edition.issue)] == []  # fmt: skip
    assert len(shown.texts("ol > li")) == len(edition.papers)
    leads = zip(LEADS, edition.commentary.paragraphs, strict=True)
    assert [text for text in shown.texts("strong") if text in LEADS] == [
        lead for lead, paragraph in leads if paragraph
    ]
    return shown


def given(issue: Issue) -> set[str]:
    """Every address that the rows hold or that follows from their arXiv ids."""
    addresses = {issue.url or ""}
    for row in issue.papers:
        addresses |= {safe_address(link.url) or "" for link in row.links}
        addresses |= set(arxiv_addresses(row.arxiv_id).values() if row.arxiv_id else ())
    return addresses


@pytest.mark.parametrize("record", [None, a_record(abstract="")], ids=["no record", "empty"])
def test_a_paper_without_an_abstract_says_so_and_shows_none(record: Record | None) -> None:
    shown = show(build([a_paper(1), a_paper(2)], [record, a_record(2)]))
    assert shown.text.count("공개된 초록을 찾지 못해 싣지 않았습니다.") == 1
    assert shown.texts("summary").count("논문 초록(Abstract)") == 1


@pytest.mark.parametrize("limit", [10_000, 32_000])
@pytest.mark.parametrize("where", ["name", "title"])
def test_a_title_of_3000_characters_is_cut_and_kept(where: str, limit: int) -> None:
    title = ("Why Endless Titles Never Do Come to an End " * 70)[:3_000].strip()
    row = a_paper(1, title) if where == "name" else a_paper(1)
    record = a_record(1, title=title) if where == "title" else None
    shown = show(build([row, a_paper(2)], [record, a_record(2)]), limit)
    heading = next(text for text in shown.texts("h2") if text.startswith("1. "))
    entry = shown.texts("ol > li")[0]
    assert len(heading) < 260
    assert len(entry) < 150
    assert "…" in heading
    assert "전체 제목" in shown.texts("summary")
    assert title in shown.text


def test_forty_links_are_all_there_once() -> None:
    links = tuple(Link(f"Demo {n}", f"https://example.org/{n}") for n in range(40))
    shown = show(build([a_paper(1, links=links)]))
    hrefs = shown.hrefs()
    assert [hrefs.count(link.url) for link in links] == [1] * 40
    # with the page that follows from the arXiv id
    assert "링크 35개 더 보기" in shown.texts("summary")


def test_a_paper_with_only_a_tweet_has_no_other_address() -> None:
    links = (Link("Tweet", "https://x.com/example/status/1"),)
    shown = show(build([a_paper(1, links=links, arxiv_id=None)]))
    assert "논문 링크가 없습니다." in shown.text
    assert [href for href in shown.hrefs() if href.startswith("http")][:1] == [links[0].url]
    assert not any("/abs/" in href or "/pdf/" in href for href in shown.hrefs())


def test_a_row_with_neither_name_nor_title_is_called_so() -> None:
    nameless = replace(a_paper(1, arxiv_id=None), name="")
    edition = build([nameless, a_paper(2)], [None, a_record(2)])
    shown = show(edition)
    assert "1. 제목 없음" in shown.texts("h2")
    assert shown.texts("ol > li a")[0] == "제목 없음"
    assert "제목 번역이 자동 검사를 통과하지 못해" not in shown.text
    assert show(build([nameless])).texts("ol > li a") == ["제목 없음"]


def test_an_empty_row_shows_that_there_is_nothing() -> None:
    row = Paper(1, "", "", ())
    shown = show(build([row]))
    for label in ("제목 없음", "소개 글이 없습니다.", "초록을 찾지 못해", "논문 링크가 없습니다."):
        assert label in shown.text


@pytest.mark.parametrize("papers", [1, 3, 25])
@pytest.mark.parametrize("limit", [6_000, 32_000])
def test_a_week_of_any_size_is_whole(papers: int, limit: int) -> None:
    ranks = range(1, papers + 1)
    edition = build([a_paper(rank) for rank in ranks], [a_record(rank) for rank in ranks])
    shown = show(edition, limit)
    assert [text.split(".")[0] for text in shown.texts("h2") if text[0].isdigit()] == [
        str(rank) for rank in ranks
    ]
    assert f"이번 주 논문 {papers}편" in shown.texts("h2")


def citing(ranks: Sequence[int]) -> Call:
    """A model whose commentary rests on those papers, whatever it is told."""
    names = ("System1", "System2", "System3")
    paragraphs = [
        [{"text": f"{name}은 한 가지를 잘합니다.", "papers": list(ranks), "counts": []}]
        for name in names
    ]

    def model(request: ModelRequest) -> ModelReply:
        if request.schema_name != "commentary":
            return scripted(request)
        text = json.dumps({"paragraphs": paragraphs}, ensure_ascii=False)
        return ModelReply(text, Ending.COMPLETE, request.model)

    return model


def test_paper_eleven_of_ten_is_never_cited() -> None:
    ranks = range(1, 11)
    rows, records = [a_paper(rank) for rank in ranks], [a_record(rank) for rank in ranks]
    edition = build(rows, records, citing([1, 11]))
    assert len(edition.commentary.dropped) == 3
    assert all("cites paper 11" in reason for reason in edition.commentary.dropped)
    assert edition.commentary.model == ""
    shown = show(edition)
    assert "[11]" not in shown.text
    assert "#paper-11" not in " ".join(shown.hrefs())
    assert "동향은 집계표로 자동 작성했습니다." in shown.text


def test_a_stored_commentary_that_cites_what_is_gone_still_leads_nowhere_wrong() -> None:
    """A row may be taken out of a week after its commentary was written."""
    edition = build([a_paper(1), a_paper(2)], [a_record(1), a_record(2)])
    shown = show(replace(edition, papers=edition.papers[:1]))
    assert "#paper-2" not in " ".join(shown.hrefs())
