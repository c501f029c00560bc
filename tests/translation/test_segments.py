from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.issue import Paper, Record
from bot.model.translation import Kind, Segment
from bot.translation.segments import MAX_CHARACTERS, clean, join_paper, split_paper


def _record(title: str = "A Title", abstract: str = "We show it.") -> Record:
    return Record(arxiv_id="2401.00001", title=title, abstract=abstract)


def _sources(segments: tuple[Segment, ...]) -> list[tuple[str, str]]:
    return [(segment.key, segment.source) for segment in segments]


def test_a_paper_becomes_title_lead_bullets_and_abstract() -> None:
    paper = Paper(
        2, "Name", "The lead.\nstill the lead.\n- One: a [link](https://example.org).\n● Two."
    )

    segments = split_paper("2024-01-29", paper, _record("{P}rompt, $26$ ways", r"We \emph{do}."))

    assert _sources(segments) == [
        ("2024-01-29/2/title/0", "Prompt, 26 ways"),
        ("2024-01-29/2/introduction/0", "The lead. still the lead."),
        ("2024-01-29/2/introduction/1", "One: a [link](https://example.org)."),
        ("2024-01-29/2/introduction/2", "Two."),
        ("2024-01-29/2/abstract/0", "We do."),
    ]
    assert [segment.kind for segment in segments].count(Kind.INTRODUCTION) == 3


def test_a_paper_without_a_record_has_its_name_and_no_abstract() -> None:
    segments = split_paper("k", Paper(1, "OLMo", "An open LLM."), None)
    joined = join_paper(segments, {"k/1/title/0": "OLMo", "k/1/introduction/0": "공개 LLM입니다."})

    assert joined.title.source == "OLMo"
    assert joined.abstract is None
    assert joined.introduction.target == "공개 LLM입니다."


def test_one_untranslated_bullet_leaves_the_whole_introduction_to_the_english() -> None:
    """Original and translation never share a field."""
    segments = split_paper("k", Paper(1, "N", "Lead.\n- One.\n- Two."), _record())
    targets: dict[str, str | None] = {segment.key: "번역" for segment in segments}
    targets["k/1/introduction/1"] = None

    joined = join_paper(segments, targets)

    assert joined.introduction.source == "Lead.\n- One.\n- Two."
    assert joined.introduction.target is None
    assert joined.abstract is not None
    assert joined.abstract.target == "번역"


def test_a_summary_of_bullets_alone_has_no_lead() -> None:
    segments = split_paper("k", Paper(1, "N", "- One.\n- Two."), None)
    joined = join_paper(segments, {s.key: s.source for s in segments})
    assert joined.introduction.source == "- One.\n- Two."
    assert joined.introduction.target == "- One.\n- Two."


@given(
    st.lists(st.text("abc XY가 12.", min_size=1, max_size=20), min_size=1, max_size=6),
)
def test_segments_join_back_without_loss(points: list[str]) -> None:
    points = [" ".join(["a", *point.split()]) for point in points]
    summary = "\n".join([points[0], *(f"- {point}" for point in points[1:])])
    segments = split_paper("k", Paper(1, "N", summary), None)
    joined = join_paper(segments, {s.key: s.source for s in segments})
    assert joined.introduction.source == joined.introduction.target == summary


def test_what_a_reader_cannot_see_is_removed() -> None:
    hostile = "Safe\u200b\u202e text\u2066 with\u00ad marks\x07\ufeff and\u00a0space\U000e0041"
    assert clean(hostile) == "Safe text with marks and space"


def test_html_is_removed_and_angle_brackets_of_the_field_stay() -> None:
    text = (
        "a<script src='x'>b</script> &lt;b&gt;bold&lt;/b&gt; <think> a < b > c <br/>d <!-- no -->e"
    )
    assert clean(text) == "ab bold <think> a < b > c d e"


@pytest.mark.parametrize(
    "text",
    [
        "if n<p and k>2 then",
        "a<b but c>d",
        "accuracy a<i and b>c",
        "loss<s (see) >",
        "where <s> and </s> tokens",
        "<think>, </think> and <|im_end|>",
        "x<p>y",
    ],
)
def test_comparisons_and_tokens_of_models_are_no_html(text: str) -> None:
    """Their letters are names of tags as well; the text up to the next > was lost."""
    assert clean(text) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("10<sup>4</sup> H<sub>2</sub>O CO<inf>2</inf>", "10⁴ H₂O CO₂"),
        ("<jats:p>10<jats:sup>-5</jats:sup></jats:p>", "10⁻⁵"),
        ("<p>One.</p><p class=x>Two.</p>", "One.Two."),
        ('<a href="https://a.org/?b=c">here</a>', "here"),
        ("<svg/onload=alert(1)>x<details open>y<input disabled>", "xy"),
        ("<IMG SRC=x onerror='a > b'>z", "z"),
    ],
)
def test_html_is_told_by_its_attributes_and_its_closing_tag(html: str, text: str) -> None:
    assert clean(html) == text


@pytest.mark.parametrize(
    "run", ["<a ", "<a x=1 ", "<a/", "<sup>1", "</p>", "<p>", "<!--", "<a x='"]
)
def test_runs_of_tags_are_read_in_bounded_time(run: str) -> None:
    start = time.process_time()

    clean((run * 24_000)[:24_000])

    assert time.process_time() - start < 1


def test_a_huge_text_is_cut_at_a_sentence() -> None:
    text = clean("One sentence here. " * 3000)
    assert len(text) <= MAX_CHARACTERS
    assert text.endswith("here.")
    assert len(clean("x" * 50_000)) == MAX_CHARACTERS
