"""Real pages become complete topics: every part of the form is there, or its absence is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.markdown.addresses import safe_address
from bot.planning.markers import find_marker
from bot.texts.languages import load_language
from tests.e2e.nursery import ROOT, Nursery
from tests.e2e.real import KEYS, Published, open_real_stage, publish
from tests.e2e.stage import Stage

_LABELS = load_language(ROOT / "config" / "languages" / "ko").labels
_PAPER = re.compile(r'^## <a name="paper-(\d+)"></a>', re.M)
_KOREAN = re.compile(r"[가-힣]")


@pytest.fixture(scope="module")
def stage(
    tmp_path_factory: pytest.TempPathFactory, nursery: Nursery, shared: Path
) -> Iterator[Stage]:
    with open_real_stage(tmp_path_factory.mktemp("real"), shared, nursery) as stage:
        yield stage


@pytest.fixture(scope="module")
def all_published(stage: Stage) -> dict[str, Published]:
    """All three, with the other weeks stored, as ``jubo issues --backfill`` does."""
    assert stage.jubo("issues", "--backfill").status == 0
    return {key: publish(stage, key) for key in KEYS}


@pytest.fixture(params=KEYS)
def published(request: pytest.FixtureRequest, all_published: dict[str, Published]) -> Published:
    return all_published[request.param]


def raws(published: Published) -> list[str]:
    return [post.raw for post in published.topic.posts]


def papers(published: Published) -> dict[int, str]:
    """The text of each paper by its number."""
    whole = "\n".join(raws(published))
    _, *pieces = _PAPER.split(whole.partition('<a name="source">')[0])
    return {int(number): text for number, text in zip(pieces[::2], pieces[1::2], strict=True)}


def test_every_post_fits_the_forum(published: Published) -> None:
    assert all(0 < len(raw) <= 32_000 for raw in raws(published))


def test_every_post_carries_the_marker_and_its_place(published: Published) -> None:
    found = [find_marker(raw) for raw in raws(published)]
    places = [(mark.external_id, mark.number, mark.total) for mark in found if mark]
    identity = f"jubo-dair-{published.issue['key']}-ko"
    total = len(found)
    assert places == [(identity, number, total) for number in range(1, total + 1)]


def test_the_topic_has_title_tags_and_category(published: Published) -> None:
    first = published.issue["first"].replace("-", "/")
    last = published.issue["last"].replace("-", "/").removeprefix(f"{first[:4]}/")
    assert published.topic.title.startswith(f"[{first} ~ {last}] ")
    assert set(published.topic.tags) == {"paper", "weekly"}
    assert published.topic.category == 2


def test_the_overview_has_notice_and_three_paragraphs(published: Published) -> None:
    overview = raws(published)[0].partition('<a name="contents">')[0]
    assert f"</a>{_LABELS['overview']}\n" in overview
    assert _LABELS["notice"].replace("{model}", "recorded") in overview
    leads = [_LABELS[name] for name in ("stands_out", "changed", "read_first")]
    assert re.findall(r"^\*\*(.+?)\*\*<br>\[", overview, re.M) == leads


def test_the_picture_stands_in_the_overview(published: Published) -> None:
    assert re.search(r"!\[[^\]]+\]\(upload://\w+\.png\)", raws(published)[0])


def test_the_contents_lead_to_every_paper(published: Published) -> None:
    contents = raws(published)[0].partition('<a name="contents">')[2].partition("\n---")[0]
    entries = re.findall(r"^(\d+)\. \[\*\*.+\*\*\]\((\S+)\)<br>(.+)$", contents, re.M)
    assert [int(number) for number, _, _ in entries] == list(range(1, 11))
    for number, address, line in entries:
        assert _KOREAN.search(line)
        place, _, anchor = address.rpartition("#")
        assert anchor == f"paper-{number}"
        target = int(place.rpartition("/")[2]) if place else 1
        assert f'<a name="{anchor}"></a>' in raws(published)[target - 1]


def test_every_heading_has_both_titles(published: Published) -> None:
    """A paper without arXiv's title is called as the newsletter calls it."""
    for number, text in papers(published).items():
        heading = text.splitlines()[0]
        korean, slash, english = heading.removeprefix(f"{number}. ").partition(" / ")
        assert slash
        assert english
        outside_arxiv = published.issue["papers"][number - 1]["arxiv_id"] is None
        assert _KOREAN.search(korean) or outside_arxiv


def test_every_paper_has_its_introduction_in_both_languages(published: Published) -> None:
    for text in papers(published).values():
        introduction = text.partition(f"### {_LABELS['introduction']}\n")[2]
        korean, _, english = introduction.partition(f'[details="{_LABELS["original"]}"]')
        assert _KOREAN.search(korean)
        assert len(english.partition("[/details]")[0].split()) > 5


def test_every_paper_has_its_abstract_or_says_that_there_is_none(published: Published) -> None:
    without = [
        number for number, text in papers(published).items() if _LABELS["no_abstract"] in text
    ]
    outside = [paper["rank"] for paper in published.issue["papers"] if not paper["arxiv_id"]]
    assert without == outside
    for number, text in papers(published).items():
        abstract = text.partition(f'[details="{_LABELS["abstract"]}"]')[2].partition("[/details]")
        assert number in without or _LABELS["original_abstract"] in abstract[0]


def test_every_link_of_the_source_is_kept(published: Published) -> None:
    """Those of the last column and those inside the introduction."""
    for paper in published.issue["papers"]:
        text = papers(published)[paper["rank"]]
        assert _LABELS["paper_links"] in text
        assert _LABELS["further"] in text
        inner = re.findall(r"\]\((https?://[^)\s]+)\)", paper["summary"])
        for url in [*(link["url"] for link in paper["links"] if link["url"]), *inner]:
            assert f"({safe_address(url)})" in text


def test_the_original_is_named_at_the_end(published: Published) -> None:
    closing = raws(published)[-1].partition('<a name="source">')[2]
    year = published.issue["key"][:4]
    page = f"https://github.com/dair-ai/AI-Papers-of-the-Week/blob/main/years/{year}.md"
    assert closing.startswith(f"</a>{_LABELS['source']}\n")
    assert page in closing
    assert "arXiv" in closing


def test_nothing_internal_reaches_a_reader(published: Published) -> None:
    whole = "\n".join(raws(published))
    assert not re.search(r"⟦|⟧|\{\{|None\b(?=\s*$)|\\emph|\\textbf|\\url", whole, re.M)


def test_only_the_first_issue_has_a_paper_outside_arxiv(
    all_published: dict[str, Published],
) -> None:
    counts = [
        sum(paper["arxiv_id"] is None for paper in all_published[key].issue["papers"])
        for key in KEYS
    ]
    assert counts == [1, 0, 0]
