"""The sample week is complete, and its Korean says what its English says."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from bot.parsing.page import parse_page
from bot.sandbox import week
from tests.bench.gate_weeks import load_weeks
from tests.words import find_words

_HEADING = re.compile(r"^## Top AI Papers of the Week \((\w+ \d+) - (\w+ \d+)\) - 2026$", re.M)
_ROW = re.compile(r"^\| (\d+)\) \*\*(.+?)\*\* - (.+) \| (\[Paper\].+) \|$", re.M)
_LINK = re.compile(r"\[(\w+)\]\(([^)]*)\)")
_FORMULA_OR_CODE = re.compile(r"\$[^$]+\$|`[^`]+`")
_PLACEHOLDER = re.compile(r"⟦(\d+)⟧")
_NUMBER = re.compile(r"(?<![A-Za-z\d.])-?\d+(?:,\d{3})*(?:\.\d+)?")
_ACCENT_OR_COMMAND = re.compile(r"\\[a-z]+\{([^{}]*)\}|\\(%)")

RANKS = range(1, 11)


@dataclass(frozen=True)
class Row:
    """One table row, read without the project's own parser."""

    rank: int
    name: str
    parts: tuple[str, ...]
    links: tuple[tuple[str, str], ...]


def _issues() -> list[tuple[date, date, list[Row]]]:
    """First day, last day and rows of every issue, newest first."""
    text = (week.PAGES / "years" / "2026.md").read_text(encoding="utf-8")
    _, *pieces = _HEADING.split(text)
    return [
        (_day(first), _day(last), [_row(match) for match in _ROW.finditer(body)])
        for first, last, body in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True)
    ]


def _day(text: str) -> date:
    months = ("January", "February", "March", "April")
    month, day = text.split()
    return date(2026, months.index(month) + 1, int(day))


def _row(match: re.Match[str]) -> Row:
    rank, name, text, links = match.groups()
    return Row(int(rank), name, tuple(text.split(" <br>● ")), tuple(_LINK.findall(links)))


ROWS = {row.rank: row for row in _issues()[0][2]}
RECORDS = week.load_records()
REPLIES = week.load_replies()


def _arxiv_id(row: Row) -> str | None:
    address = dict(row.links)["Paper"]
    return address.rpartition("/")[2] if "arxiv.org" in address else None


def _pairs(rank: int) -> list[tuple[str, str]]:
    """Each English text of a paper with its Korean."""
    reply, record = REPLIES.papers[rank], RECORDS.get(_arxiv_id(ROWS[rank]) or "")
    pairs = [(record.title if record else ROWS[rank].name, reply.title)]
    pairs += zip(ROWS[rank].parts, reply.introduction, strict=True)
    if record and reply.abstract:
        pairs.append((record.abstract, reply.abstract))
    return pairs


def _numbers(text: str) -> Counter[str]:
    plain = _ACCENT_OR_COMMAND.sub(r"\1\2", _PLACEHOLDER.sub(" ", _FORMULA_OR_CODE.sub(" ", text)))
    return Counter(_NUMBER.findall(plain))


def _korean_texts() -> list[str]:
    texts = [
        text
        for reply in REPLIES.papers.values()
        for text in (reply.title, reply.summary_line, reply.abstract or "", *reply.introduction)
    ]
    return texts + [sentence.text for part in REPLIES.commentary.paragraphs for sentence in part]


def test_thirteen_weeks_follow_each_other_with_ten_papers_each() -> None:
    """Trends want stored issues for at least nine of the last twelve calendar weeks."""
    issues = _issues()

    assert issues[0][0].isoformat() == week.KEY
    assert [first for first, _, _ in issues] == [
        date(2026, 3, 30) - timedelta(weeks=back) for back in range(13)
    ]
    assert all(last - first == timedelta(days=6) for first, last, _ in issues)
    assert all([row.rank for row in rows] == list(RANKS) for _, _, rows in issues)


def test_the_parser_reads_every_row_as_the_plain_reader_does() -> None:
    page = parse_page((week.PAGES / "years" / "2026.md").read_text(encoding="utf-8"))
    papers = page.issues[0].papers

    assert (len(page.issues), page.problems) == (13, ())
    assert page.issues[0].key == week.KEY
    assert [paper.name for paper in papers] == [row.name for row in ROWS.values()]
    assert [paper.arxiv_id for paper in papers] == [_arxiv_id(row) for row in ROWS.values()]
    assert [paper.summary.split("\n- ") for paper in papers] == [
        list(row.parts) for row in ROWS.values()
    ]
    assert [tuple((link.label, link.url) for link in paper.links) for paper in papers] == [
        row.links for row in ROWS.values()
    ]


def test_no_paper_stands_in_two_rows() -> None:
    addresses = Counter(dict(row.links)["Paper"] for _, _, rows in _issues() for row in rows)

    assert len(addresses) == 130
    assert all(address.startswith("https://") for address in addresses)


def test_the_index_points_at_every_heading_of_the_page() -> None:
    index = (week.PAGES / "README.md").read_text(encoding="utf-8")
    page = (week.PAGES / "years" / "2026.md").read_text(encoding="utf-8")
    anchors = [
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^## (.+)$", page, re.M)
    ]

    assert re.findall(r"\(years/2026\.md#(.+)\)$", index, re.M) == anchors


def test_every_paper_on_arxiv_has_a_record_and_the_one_outside_has_none() -> None:
    ids = {rank: _arxiv_id(row) for rank, row in ROWS.items()}

    assert [rank for rank, arxiv_id in ids.items() if arxiv_id is None] == [7]
    assert {arxiv_id for arxiv_id in ids.values() if arxiv_id} == set(RECORDS)
    assert all(500 <= len(record.abstract) <= 1000 for record in RECORDS.values())
    assert all(len(record.authors) == 5 for record in RECORDS.values())


def test_the_hard_cases_are_there() -> None:
    """The demo is worth its name only while it shows what usually goes wrong."""
    texts = " ".join(part for row in ROWS.values() for part in row.parts)
    abstracts = " ".join(record.abstract for record in RECORDS.values())

    assert ("Tweet", "") in ROWS[2].links
    assert all(len(row.parts) >= 4 for row in ROWS.values())
    assert re.search(r"\$[^$]*\\frac[^$]*\$", texts)
    assert all(tex in abstracts for tex in (r"\textbf{", r"\emph{", r"\%", r"\"u", "``", r"\tilde"))
    assert all(text in texts for text in ("~2x", "pass@1", "64k tokens", "26 minutes", "`Wait`"))
    assert all(name in texts for name in ("LLaMA", "OLMo", "DPO", "RLVR", "GPT-4o", "the Pile"))


@pytest.mark.parametrize("rank", RANKS)
def test_a_reply_renders_every_part_of_its_paper(rank: int) -> None:
    reply = REPLIES.papers[rank]

    assert len(reply.introduction) == len(ROWS[rank].parts)
    assert (reply.abstract is None) == (_arxiv_id(ROWS[rank]) is None)
    assert 0 < len(reply.summary_line) <= 60


@pytest.mark.parametrize("rank", RANKS)
def test_the_korean_has_exactly_the_numbers_of_its_source(rank: int) -> None:
    for source, target in _pairs(rank):
        assert _numbers(target) == _numbers(source), target


@pytest.mark.parametrize("rank", RANKS)
def test_the_placeholders_stand_for_the_protected_spans_in_order(rank: int) -> None:
    for source, target in _pairs(rank):
        expected = [str(place + 1) for place in range(len(_FORMULA_OR_CODE.findall(source)))]
        assert _PLACEHOLDER.findall(target) == expected, target


@pytest.mark.parametrize("text", _korean_texts())
def test_the_korean_is_clean(text: str) -> None:
    """No English sentence is left over, and nothing that a forum would take for markup."""
    assert not re.search(r"[<>*_#|$\\`\[\]~\u0000-\u001f\u200b-\u200f\u4e00-\u9fff\ufffd]", text)
    longest_english = re.findall(r"(?:[a-z]+[ ,]+){4,}", text)
    assert longest_english == []


@pytest.mark.parametrize("text", [t for t in _korean_texts() if t.endswith(".")])
def test_every_sentence_is_in_the_formal_register(text: str) -> None:
    endings = re.findall(r"(\S+)[.?](?= |$)", text)

    assert [word for word in endings if not re.search(r"(니다|시오|까요|까)$", word)] == []


def test_introductions_and_abstracts_are_sentences() -> None:
    for reply in REPLIES.papers.values():
        assert all(text.endswith(".") for text in (*reply.introduction, reply.abstract or "."))
        assert not reply.title.endswith(".")
        assert not reply.summary_line.endswith(".")


def test_the_commentary_mentions_every_paper_and_cites_only_these() -> None:
    paragraphs = REPLIES.commentary.paragraphs
    cited = {rank for part in paragraphs for sentence in part for rank in sentence.papers}

    assert len(paragraphs) == 3
    assert all(sentence.papers for part in paragraphs for sentence in part)
    assert cited == set(RANKS)


def test_every_sentence_of_the_commentary_passes_the_gate() -> None:
    """So that no sentence of the demo is dropped."""
    gate = load_weeks()[week.KEY].gate()
    reasons = {
        sentence.text: gate.check(sentence, find_words([sentence.text])[0])
        for part in REPLIES.commentary.paragraphs
        for sentence in part
    }

    assert {text: found for text, found in reasons.items() if found} == {}


def test_the_second_paragraph_states_the_changes_that_the_weeks_bear_out() -> None:
    trends = load_weeks()[week.KEY].trends
    changed = {
        f"theme/{theme.theme_id}/{change.weeks}-weeks"
        for theme in trends.themes
        for change in theme.changes
    }
    declared = {key for sentence in REPLIES.commentary.paragraphs[1] for key, _ in sentence.counts}

    assert changed
    assert changed <= declared
