"""A digest has every part of its form, fits the forum, and does nothing it should not."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from itertools import product

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digest import compose
from bot.errors import ConfigError
from bot.markdown.cook import CookOptions, cook
from bot.markdown.prose import given_addresses
from bot.model.edition import Commentary, Edition, Sentence
from bot.model.issue import Author, Link
from bot.model.topic import Digest, ForumLimits
from bot.model.translation import Bilingual, Segment, Translation
from bot.planning.markers import find_marker
from bot.planning.normal import normalise_raw
from bot.planning.placeholders import PICTURE, fill
from tests.builders import (
    a_commentary,
    a_language,
    a_layout,
    a_paper,
    a_record,
    a_translated_paper,
    an_edition,
    an_issue,
)
from tests.markdown.test_neutral import ACTIVE
from tests.sample import the_sample_edition

WITH_MATH = ForumLimits(math=True)


def composed(edition: Edition, limits: ForumLimits = WITH_MATH) -> Digest:
    return compose(edition, a_language(), limits, a_layout())


def cooked(digest: Digest) -> list[BeautifulSoup]:
    """The posts as the forum shows them, every address filled in."""
    addresses = {post.number: f"/t/-/1/{post.number}" for post in digest.posts}
    options = CookOptions(math=True, hashtags=frozenset({"ai", "error"}))
    return [
        BeautifulSoup(cook(fill(post.raw, addresses), options), "html.parser")
        for post in digest.posts
    ]


def page(edition: Edition, limits: ForumLimits = WITH_MATH) -> BeautifulSoup:
    (only,) = cooked(composed(edition, limits))
    return only


def texts(soup: BeautifulSoup | Tag, *names: str) -> list[str]:
    return [tag.get_text().strip() for tag in soup.find_all(list(names))]


def broken_links(posts: list[BeautifulSoup]) -> list[str]:
    """Links to an anchor that does not stand in the post they lead to."""
    anchors = [{str(a["name"]) for a in post.select("a[name]")} for post in posts]
    broken = []
    for number, post in enumerate(posts, start=1):
        for link in post.select("a[href]:not(.anchor)"):
            found = re.fullmatch(r"(?:/t/-/1/(\d+))?#(.+)", str(link["href"]))
            if found and found[2] not in anchors[int(found[1] or number) - 1]:
                broken.append(str(link["href"]))
    return broken


def test_every_part_of_the_form_is_there() -> None:
    soup = page(an_edition(3))
    assert texts(soup, "h2") == [
        "개요",
        "이번 주 논문 3편",
        *(
            f"{rank}. System{rank}: 한 가지를 제대로 하는 방법 / System{rank}: Doing One Thing Well"
            for rank in (1, 2, 3)
        ),
        "원문",
    ]
    text = soup.get_text()
    for part in ("자동으로 번역", "논문 소개", "논문 링크", "더 읽어보기", "답글로 알려", "DAIR.AI",
                 "arXiv", "model-1", "jubo-dair-2024-01-29-ko.1", "cs.CL", "v2 2024-02-02",
                 "Ada Example, Ben Example (Example University)"):  # fmt: skip
        assert part in text, part
    assert texts(soup, "summary") == ["영어 원문", "논문 초록(Abstract)"] * 3


def test_korean_stands_open_and_english_is_collapsed() -> None:
    soup = page(an_edition(1))
    for details in soup.find_all("details"):
        details.extract()
    assert "System1은 한 가지 일을 제대로 해내는 시스템입니다." in soup.get_text()
    assert "introduces" not in soup.get_text()


def test_links_are_labelled_and_built_from_the_arxiv_id() -> None:
    soup = page(an_edition(1))
    labels = {link.get_text(): link["href"] for link in soup.select("a[href^=http]")}
    assert labels["논문"] == "https://arxiv.org/abs/2402.00001"
    assert labels["PDF"] == "https://arxiv.org/pdf/2402.00001"
    assert labels["트윗"] == "https://x.com/example/status/1"
    assert labels["Hugging Face"] == "https://huggingface.co/papers/2402.00001"


def test_the_contents_lead_to_every_paper_with_a_short_line() -> None:
    soup = page(an_edition(10))
    entries = soup.select("ol > li")
    assert [entry.a["href"] for entry in entries if entry.a] == [
        f"#paper-{number}" for number in range(1, 11)
    ]
    lines = [entry.get_text().split("\n", 1)[-1] for entry in entries]
    assert all(0 < len(line) <= 80 for line in lines)
    assert broken_links([soup]) == []


def test_a_long_summary_line_is_cut_to_sixty_characters() -> None:
    edition = an_edition([a_translated_paper(summary_line="가나다라마 " * 30)])
    entry = page(edition).select_one("ol > li")
    assert entry is not None
    line = entry.get_text().split("System1", 1)[-1].strip()
    assert len(line) <= 60
    assert line.endswith("…")


@pytest.mark.parametrize(
    ("name", "english", "korean", "heading"),
    [
        ("OLMo", "OLMo: Open Science", "OLMo: 열린 과학", "OLMo: 열린 과학 / OLMo: Open Science"),
        ("OLMo", "OLMo: Open Science", "열린 과학", "OLMo: 열린 과학 / OLMo: Open Science"),
        ("CRAG", "Corrective RAG", "교정 RAG", "CRAG: 교정 RAG / Corrective RAG"),
        ("Corrective RAG", "Corrective RAG", "교정 RAG", "교정 RAG / Corrective RAG"),
        ("Study", "Noise: On RAG", "잡음의 힘", "Study: Noise: 잡음의 힘 / Noise: On RAG"),
        ("OLMo", "OLMo: Open Science", None, "OLMo: Open Science"),
        ("CRAG", "Corrective RAG", None, "CRAG: Corrective RAG"),
        ("NSA (Native Sparse Attention)", "Native Sparse Attention: Fast",
            "Native Sparse Attention: 빠름",
            "NSA (Native Sparse Attention): 빠름 / Native Sparse Attention: Fast"),
        ("NSA (Native Sparse Attention)", "Fast Native Sparse Attention", "빠른 희소 어텐션",
            "NSA: 빠른 희소 어텐션 / Fast Native Sparse Attention"),
        ("NSA (Native Sparse Attention)", "Native Sparse Attention", None,
            "NSA: Native Sparse Attention"),
        ("Native Sparse Attention (NSA)", "NSA: Native Sparse Attention", "NSA: 희소 어텐션",
            "NSA: 희소 어텐션 / NSA: Native Sparse Attention"),
        ("NSA (Native Sparse Attention)", "Fast Kernels", "빠른 커널",
            "NSA (Native Sparse Attention): 빠른 커널 / Fast Kernels"),
        ("FlexAttention", "Flex Attention: A Model", "Flex Attention: 모델",
            "FlexAttention: 모델 / Flex Attention: A Model"),
        ("FlexAttention", "Faster with Flex-Attention", "Flex Attention으로 더 빠르게",
            "Flex Attention으로 더 빠르게 / Faster with Flex-Attention"),
        ("Memory³", "Memory3: Language", "Memory3: 언어", "Memory³: 언어 / Memory3: Language"),
        ("Mamba", "Mamba-2: Fast", "Mamba-2: 빠름", "Mamba: Mamba-2: 빠름 / Mamba-2: Fast"),
        ("**OLMo**", "OLMo", "OLMo", "OLMo / OLMo"),
        ("Long " * 20 + "Name", "Long " * 20 + "Name", None, "Long " * 20 + "Name"),
        ("Long " * 20 + "Name", "Long " * 20 + "Name", "이름", "이름 / " + "Long " * 20 + "Name"),
    ],
)  # fmt: skip
def test_a_heading_holds_the_names_by_which_a_paper_is_called(
    name: str, english: str, korean: str | None, heading: str
) -> None:
    paper = a_translated_paper(paper=a_paper(name=name), title=Bilingual(english, korean))
    assert f"1. {heading}" in texts(page(an_edition([paper])), "h2")


def test_what_is_missing_is_said() -> None:
    paper = a_translated_paper(
        paper=a_paper(links=(), arxiv_id=None),
        record=None,
        introduction=Bilingual("", None),
        abstract=None,
    )
    text = page(an_edition([paper])).get_text()
    for sentence in (
        "논문 링크가 없습니다.",
        "함께 볼 링크가 없습니다.",
        "소개 글이 없습니다.",
        "초록을 찾지 못해",
    ):
        assert sentence in text


def test_a_paper_with_only_a_tweet_says_so() -> None:
    links = (Link("Tweet", "https://x.com/example/status/1"),)
    paper = a_translated_paper(paper=a_paper(links=links, arxiv_id=None), record=None)
    soup = page(an_edition([paper]))
    assert "논문 링크가 없습니다." in soup.get_text()
    assert [link.get_text() for link in soup.select("a[href*='x.com']")] == ["트윗"]


@pytest.mark.parametrize("target", ["코드는 {} 참고입니다.", None], ids=["translated", "english"])
@pytest.mark.parametrize(
    "address", ["https://evil.example/x", "[here](https://evil.example/x)", "evil.example.com/x"]
)
def test_an_address_that_only_the_abstract_has_leads_nowhere(
    address: str, target: str | None
) -> None:
    """Whoever uploads a paper writes its abstract; what the row names is still a link."""
    vouched = "https://github.com/dair-ai/code"
    english = f"Code is at {address} and {vouched}."
    korean = target and target.format(f"{address}, {vouched}")
    paper = a_translated_paper(
        paper=a_paper(links=(Link("Code", vouched),)), abstract=Bilingual(english, korean)
    )
    soup = page(an_edition([paper]))

    assert soup.select("a[href*='evil']") == []
    assert len(soup.select(f"details a[href='{vouched}']")) >= 1
    assert ("here" if "[" in address else "evil.example") in soup.get_text()


def test_an_untranslated_text_is_marked_and_stands_in_english() -> None:
    text = Bilingual("We stay in English.", None)
    paper = a_translated_paper(introduction=text, abstract=text, title=Bilingual("A Title", None))
    soup = page(an_edition([paper]))
    assert soup.get_text().count("번역이 자동 검사를 통과하지 못해") == 3
    assert texts(soup, "summary") == ["논문 초록(Abstract)"]
    assert soup.get_text().count("We stay in English.") == 2


def test_only_the_lines_that_were_not_translated_stay_in_english() -> None:
    source = "Lead in English.\n- Second in English."
    keys = [f"2024-01-29/1/introduction/{place}" for place in (0, 1)]
    texts = zip(keys, ("Lead in English.", "Second in English."), strict=True)
    paper = a_translated_paper(
        introduction=Bilingual(source, None),
        segments=tuple(Segment(key, text) for key, text in texts),
        translations=(Translation(keys[0], "첫 줄입니다."), Translation(keys[1], None)),
    )
    soup = page(an_edition([paper]))
    for details in soup.find_all("details"):
        details.extract()
    text = soup.get_text()
    assert "첫 줄입니다." in text
    assert "Second in English." in text
    assert "Lead in English." not in text
    assert "일부 문장은 번역이 자동 검사를 통과하지 못해 영어로 두었습니다." in text


def test_a_version_is_never_older_than_the_paper() -> None:
    record = a_record(updated=datetime(2023, 1, 1, tzinfo=UTC))
    text = page(an_edition([a_translated_paper(record=record)])).get_text()
    assert "v2 2024-01-30" in text


def test_forty_links_are_all_kept() -> None:
    links = tuple(Link(f"Demo {n}", f"https://example.org/{n}?a=1&b=(2)") for n in range(40))
    paper = a_translated_paper(paper=a_paper(links=links))
    soup = page(an_edition([paper]))
    assert len(soup.select("a[href^='https://example.org/'][href*='?a=1']")) == 40
    assert len(soup.select("details a[href*='?a=1']")) == 40 - 6 + 1


def test_links_with_the_same_label_are_numbered() -> None:
    links = (Link("Tweet", "https://x.com/a"), Link("Tweet", "https://x.com/b"), Link("Tweet", ""))
    paper = a_translated_paper(paper=a_paper(links=links))
    found = page(an_edition([paper])).select("a[href*='x.com']")
    assert [link.get_text() for link in found] == ["트윗 1", "트윗 2"]


def test_the_kinds_of_links_have_the_languages_names() -> None:
    addresses = {
        "Repo": "https://example.org/1",
        "Project": "https://example.org/2",
        "Other": "https://github.com/example/3",
        "File": "https://arxiv.org/pdf/2402.00001v2",
        "Page": "https://huggingface.co/papers/2402.00001",
        "Weights": "https://example.org/6",
    }
    links = tuple(Link(label, url) for label, url in addresses.items())
    soup = page(an_edition([a_translated_paper(paper=a_paper(links=links))]))
    shown = {link["href"]: link.get_text() for link in soup.select("a[href^=http]")}
    assert [shown[url] for url in addresses.values()] == [
        "코드 1", "프로젝트", "코드 2", "PDF", "Hugging Face", "Weights",
    ]  # fmt: skip


def test_a_link_that_is_not_safe_is_named_instead() -> None:
    links = (Link("Paper", "javascript:alert(1)"), Link("Intranet", "http://10.0.0.1/"))
    soup = page(an_edition([a_translated_paper(paper=a_paper(links=links))]))
    assert "뺀 링크: Paper, Intranet" in soup.get_text()
    assert not soup.select("a[href^=javascript]")


def test_an_endless_title_is_cut_in_the_heading_and_kept_below() -> None:
    title, korean = ("Very Long Title " * 188).strip(), ("아주 긴 제목 " * 400).strip()
    soup = page(an_edition([a_translated_paper(title=Bilingual(title, korean))]))
    heading = texts(soup, "h2")[2].removeprefix("1. ")
    first, second = heading.split(" / ")
    assert re.fullmatch(r"System1: (?:아주 긴 제목 )*아주(?: 긴(?: 제목)?)?…", first)
    assert re.fullmatch(r"(?:Very Long Title )+Very(?: Long(?: Title)?)?…", second)
    assert max(len(first), len(second)) <= 120
    full = next(one for one in soup.select("details") if "전체 제목" in one.get_text())
    assert f"System1: {korean} / {title}" in full.get_text()


def test_an_endless_name_is_cut_in_heading_and_contents_and_kept_below() -> None:
    name = ("An Endless Name " * 188).strip()
    title = Bilingual("Doing One Thing", "한 가지를 하는 방법")
    soup = page(an_edition([a_translated_paper(paper=a_paper(name=name), title=title)]))
    heading = texts(soup, "h2")[2].removeprefix("1. ")
    assert re.fullmatch(
        r"(?:An Endless Name )+An Endless…: 한 가지를 하는 방법 / Doing One Thing", heading
    )
    (entry,) = soup.select("ol > li")
    assert re.match(r"(?:An Endless Name )+An Endless…한", entry.get_text())
    assert name in soup.get_text()


@pytest.mark.parametrize("code", ["ko", "ja"])
@pytest.mark.parametrize("empty", ["", " ", "**", "--", "\u200b"])
def test_a_row_with_neither_name_nor_title_says_so(code: str, empty: str) -> None:
    language = a_language(code)
    paper = a_translated_paper(
        paper=replace(a_paper(), name=empty),
        record=None,
        title=Bilingual(empty, None),
        abstract=None,
        summary_line=None,
    )
    (soup,) = cooked(compose(an_edition([paper]), language, WITH_MATH, a_layout(code)))
    label = language.labels["no_title"]
    assert texts(soup, "h2")[2] == f"1. {label}"
    (entry,) = soup.select("ol > li")
    assert entry.get_text().strip() == label
    assert [link.get_text() for link in entry.select("a")] == [label]
    assert language.labels["untranslated_title"] not in soup.get_text()


def test_a_record_without_a_title_leaves_the_name() -> None:
    paper = a_translated_paper(title=Bilingual("", None), summary_line=None)
    soup = page(an_edition([paper]))
    assert texts(soup, "h2")[2] == "1. System1"
    assert [entry.get_text() for entry in soup.select("ol > li")] == ["System1"]


@pytest.mark.parametrize("code", ["ko", "ja"])
def test_an_english_title_in_the_contents_is_marked(code: str) -> None:
    language = a_language(code)
    mark = language.labels["english_title"]
    title = Bilingual("OLMo: Open Science", None)
    papers = [
        a_translated_paper(1, title=title, summary_line=None),
        a_translated_paper(2, title=title, summary_line="열린 과학"),
        a_translated_paper(3, title=replace(title, target="열린 모델"), summary_line=None),
        a_translated_paper(
            4,
            paper=a_paper(4, "Doing One Thing"),
            title=Bilingual("Doing One Thing", None),
            summary_line=None,
        ),
    ]
    (soup,) = cooked(compose(an_edition(papers), language, WITH_MATH, a_layout(code)))
    assert [entry.get_text() for entry in soup.select("ol > li")] == [
        f"System1OLMo: Open Science {mark}",
        "System2열린 과학",
        "System3열린 모델",
        f"Doing One Thing {mark}",
    ]


def test_papers_seen_before_lead_to_their_week() -> None:
    edition = an_edition([a_translated_paper(seen_before="2024-01-22/3")])
    for topics, links in (({"2024-01-22": "/t/-/12"}, 1), ({}, 0), ({"2024-01-22": "/admin"}, 0)):
        digest = compose(edition, a_language(), WITH_MATH, a_layout(), topics=topics)
        (soup,) = cooked(digest)
        assert "2024-01-22 주의 목록에도 실린 논문입니다" in soup.get_text()
        assert len(soup.select("a[href='/t/-/12']")) == links
        assert not soup.select("a[href='/admin']")


def test_the_source_is_the_newsletter_where_known() -> None:
    issue = an_issue(newsletter_url="https://news.example.org/p/week")
    soup = page(an_edition(1, issue=replace(issue, papers=())))
    assert soup.select("a[href='https://news.example.org/p/week']")
    issue = an_issue(url=None)
    assert "원문 주소를 확인하지 못했습니다." in page(an_edition(1, issue=issue)).get_text()


def test_the_commentary_links_what_it_cites() -> None:
    sentences = (
        Sentence("System2와 System1이 돋보입니다. @all $5 and $10", (1, 2, 11)),
        Sentence("System2는 다시 나옵니다.", (2, 3)),
    )
    soup = page(an_edition(3, commentary=Commentary((sentences,), model="m")))
    paragraph = soup.find_all("p")[1]
    assert [(a.get_text(), a["href"]) for a in paragraph.find_all("a")] == [
        ("System2", "#paper-2"),
        ("System1", "#paper-1"),
        ("System2", "#paper-2"),
        ("[3]", "#paper-3"),
    ]
    assert "@all $5 and $10" in paragraph.get_text()


@pytest.mark.parametrize("code", ["ko", "ja"])
def test_every_paragraph_stands_under_its_lead(code: str) -> None:
    """By its place: one that is missing takes no lead from the others."""
    language = a_language(code)
    names = ("stands_out", "changed", "read_first")
    first, second, third = (language.labels[name] for name in names)
    whole = a_commentary().paragraphs
    for paragraphs, leads in (
        (whole, [first, second, third]),
        ((whole[0], (), whole[2]), [first, third]),
        (((), whole[1], ()), [second]),
    ):
        edition = an_edition(3, commentary=Commentary(paragraphs, model="m"))
        (soup,) = cooked(compose(edition, language, WITH_MATH, a_layout(code)))
        shown = texts(soup, "strong", "b")
        assert [text for text in shown if text in {first, second, third}] == leads


def test_the_computed_table_is_not_called_the_models_work() -> None:
    edition = an_edition(1, commentary=Commentary(((Sentence("표입니다.", (1,)),),)))
    assert "동향은 집계표로 자동 작성했습니다." in page(edition).get_text()


def test_the_picture_has_a_place_only_when_there_is_one() -> None:
    assert PICTURE not in composed(an_edition(1)).posts[0].raw
    raw = composed(an_edition(1, picture_alt="주제 [12주] @all")).posts[0].raw
    filled = cook(fill(raw, {}, picture="upload://abc.png"))
    assert BeautifulSoup(filled, "html.parser").img is not None
    assert "img" not in cook(fill(raw, {}))


def test_every_post_carries_its_marker() -> None:
    digest = composed(an_edition(10), replace(WITH_MATH, max_post_length=4_000))
    markers = [find_marker(post.raw) for post in digest.posts]
    assert [(m.external_id, m.number, m.total) for m in markers if m] == [
        (digest.external_id, number, len(digest.posts))
        for number in range(1, len(digest.posts) + 1)
    ]


@pytest.mark.parametrize(
    ("papers", "limit"),
    [*product((1, 3, 10), (2_500, 4_000, 8_000, 32_000)), (25, 4_000), (25, 8_000), (25, 32_000)],
)
def test_a_digest_fits_whatever_the_limit(papers: int, limit: int) -> None:
    digest = composed(an_edition(papers), replace(WITH_MATH, max_post_length=limit))
    assert all(len(normalise_raw(post.raw)) <= limit for post in digest.posts)
    assert all(post.raw == normalise_raw(post.raw) for post in digest.posts)
    assert [rank for post in digest.posts for rank in post.ranks] == list(range(1, papers + 1))
    posts = cooked(digest)
    assert broken_links(posts) == []
    for post in posts[1:]:
        assert post.select("a[href='/t/-/1/1#contents']")


@given(st.integers(2_600, 6_000), st.lists(st.integers(0, 2_500), min_size=2, max_size=5))
@settings(max_examples=40, deadline=None)
def test_papers_of_any_length_fit_any_limit(limit: int, lengths: list[int]) -> None:
    papers = [
        a_translated_paper(rank, introduction=Bilingual("a b. " * (length // 5), "가나 " * length))
        for rank, length in enumerate(lengths, start=1)
    ]
    digest = composed(an_edition(papers), replace(WITH_MATH, max_post_length=limit))
    assert all(len(post.raw) <= limit for post in digest.posts)
    shown = "".join(post.raw for post in digest.posts)
    assert shown.count("가나") == sum(lengths)


def test_posts_are_balanced() -> None:
    digest = composed(the_sample_edition())
    lengths = [len(post.raw) for post in digest.posts]
    assert len(lengths) == 2
    assert max(lengths) - min(lengths) < 4_000


def test_a_paper_longer_than_a_post_loses_no_word() -> None:
    words = [f"낱말{number}" for number in range(900)]
    english = ". ".join(f"Word{number}" for number in range(900))
    text = Bilingual(english, " ".join(words))
    papers = [a_translated_paper(1), a_translated_paper(2, introduction=text, abstract=text)]
    digest = composed(an_edition(papers), replace(WITH_MATH, max_post_length=5_000))
    posts = cooked(digest)
    shown = " ".join(post.get_text() for post in posts).replace(".", " ").split()
    for word in (*words, *(f"Word{number}" for number in range(900))):
        assert shown.count(word) == 2, word
    assert all(len(post.raw) <= 5_000 for post in digest.posts)
    assert broken_links(posts) == []
    assert any("2. System2 (이어서)" in texts(post, "h2") for post in posts)


def test_a_limit_too_small_for_a_heading_is_said() -> None:
    with pytest.raises(ConfigError, match="max_post_length"):
        composed(an_edition(3), replace(WITH_MATH, max_post_length=600))
    links = tuple(Link(f"L{n}", f"https://example.org/{'x' * 500}{n}") for n in range(40))
    with pytest.raises(ConfigError, match="paper 1: its heading and links"):
        composed(
            an_edition([a_translated_paper(paper=a_paper(links=links))]),
            replace(WITH_MATH, max_post_length=8_000),
        )


def test_details_stand_open_where_the_plugin_is_off() -> None:
    soup = page(an_edition(1), replace(WITH_MATH, details=False))
    assert not soup.find_all("details")
    assert "[details" not in soup.get_text()
    assert "We present System1." in soup.get_text()


hostile = st.lists(
    st.sampled_from((*ACTIVE, "[/details]", "</details>", "$x$를", "**굵게(a)**은", "OLMo")),
    max_size=10,
).map("".join)


@given(hostile, hostile, hostile)
@settings(max_examples=60, deadline=None)
def test_no_text_from_outside_acts_on_the_forum(one: str, two: str, three: str) -> None:
    paper = a_translated_paper(
        paper=a_paper(name=one or "x", summary=two, links=(Link(three, "https://example.org/a"),)),
        record=a_record(authors=(Author(two, three),), categories=(one,)),
        title=Bilingual(two or "x", three or None),
        introduction=Bilingual(one, two),
        abstract=Bilingual(three, None),
        summary_line=one,
    )
    commentary = Commentary(((Sentence(two, (1,)), Sentence(three, (1,))),))
    edition = an_edition([paper], commentary=commentary, model=three, picture_alt=two)
    (soup,) = cooked(composed(replace(edition, issue=replace(edition.issue, title=one or "x"))))
    acting = soup.select(
        ".mention, .hashtag-cooked, .emoji, .onebox, .inline-onebox, .spoiler, .footnote-ref, "
        ".poll, .d-wrap, .chcklst-box, .discourse-local-date, aside, iframe, img, table, pre"
    )
    assert acting == []
    assert len(soup.find_all("details")) == len(soup.find_all("summary"))
    ours = ("https://example.org/", "https://arxiv.org", "https://huggingface.co/papers/",
            "https://github.com/dair-ai/", "#")  # fmt: skip
    given = given_addresses(f"{one} {two} {three}")
    allowed = (*ours, *given, *map(unescape, given))
    hrefs = [str(link["href"]) for link in soup.select("a[href]")]
    assert all(href.startswith(allowed) for href in hrefs), hrefs
