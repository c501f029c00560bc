"""The computed table speaks where the model does not, and what it says passes the gate's facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.model.edition import Sentence
from bot.model.issue import Issue, Paper, Week
from bot.model.trend import ThemeTrend, Trends
from bot.texts.commentaries import load_commentary_words
from bot.texts.languages import load_language
from bot.trends.chart import chart
from bot.trends.computed import word_trends
from bot.trends.gate import Gate
from tests.trends.test_gate import FOLDER, PAPERS, THEMES, TRENDS, WORDS

WEEK = Week(date(2024, 1, 29), date(2024, 2, 4))
ISSUE = Issue("2024-01-29", WEEK, "Top", tuple(Paper(n, f"P{n}", "t") for n in (1, 2, 3)))
LABELS = {
    "picture_title": "주제별 논문 수",
    "picture_note": "한 논문이 여러 주제에 속할 수 있습니다.",
    "picture_alt": "논문 {total}편: {counts}",
}


def paragraphs(trends: Trends) -> list[str]:
    commentary = word_trends(ISSUE, trends, THEMES, "ko", WORDS.computed)
    assert commentary.model == ""
    return [" ".join(sentence.text for sentence in one) for one in commentary.paragraphs]


def test_a_change_is_stated_with_the_counts_it_rests_on() -> None:
    first, second, third = paragraphs(TRENDS)
    assert first.startswith("이번 주에는 논문 3편을 소개합니다.")
    assert second == (
        "검색 증강 생성(RAG) 주제는 지난 12주 동안 논문 120편 가운데 3편이었으나 "
        "이번 주에는 3편 가운데 1편입니다."
    )
    assert "1편" in third


def test_without_a_change_that_is_said_and_without_weeks_that() -> None:
    calm = replace(TRENDS, themes=())
    assert "변화는 보이지 않습니다" in paragraphs(calm)[1]
    assert "비교하지 않습니다" in paragraphs(replace(calm, stored=((4, 2), (12, 2))))[1]


def test_a_paragraph_without_a_sentence_keeps_its_place() -> None:
    nothing = replace(ISSUE, papers=())
    trends = replace(TRENDS, themes=(), open_code=())
    written = word_trends(nothing, trends, THEMES, "ko", WORDS.computed).paragraphs
    assert [bool(paragraph) for paragraph in written] == [True, True, False]


def test_a_paper_that_a_sentence_cannot_name_is_not_recommended() -> None:
    rows = tuple(Paper(n, name, "t") for n, name in enumerate(("", "x " * 100, "P3"), start=1))
    trends = replace(TRENDS, themes=(ThemeTrend("rag", (1, 2)),), open_code=())
    written = word_trends(replace(ISSUE, papers=rows), trends, THEMES, "ko", WORDS.computed)
    assert [sentence.papers for sentence in written.paragraphs[2]] == [(3,)]


def test_every_count_it_declares_is_the_table_s() -> None:
    table = TRENDS.table()
    for paragraph in word_trends(ISSUE, TRENDS, THEMES, "ko", WORDS.computed).paragraphs:
        for sentence in paragraph:
            assert all(table[key] == value for key, value in sentence.counts)


def test_the_chart_shows_the_largest_themes_and_says_them_in_words() -> None:
    trends = replace(
        TRENDS,
        themes=(
            ThemeTrend("rag", (2, 3), (1,) * 12),
            ThemeTrend("open-models", (1,), (None,) * 4 + (2,) * 8),
        ),
    )
    drawn = chart(trends, date(2024, 1, 29), THEMES, "ko", LABELS)
    assert drawn is not None
    assert drawn.themes == ("검색 증강 생성(RAG)", "공개 모델")
    assert drawn.counts[1] == (*(None,) * 4, *(2,) * 8, 1)
    assert drawn.fallbacks == tuple(
        theme.name("en") for theme in THEMES if theme.theme_id in ("rag", "open-models")
    )
    assert drawn.weeks[-1] == "1/29"
    assert drawn.weeks[0] == "11/6"
    assert drawn.alt == "논문 3편: 검색 증강 생성(RAG) 2, 공개 모델 1"


def test_no_chart_is_drawn_of_weeks_that_nobody_stored() -> None:
    trends = replace(TRENDS, themes=(ThemeTrend("rag", (2,), (None,) * 10 + (1, 1)),))
    assert chart(trends, date(2024, 1, 29), THEMES, "ko", LABELS) is None
    assert chart(replace(TRENDS, themes=()), date(2024, 1, 29), THEMES, "ko", LABELS) is None


def test_another_language_is_one_folder_also_here() -> None:
    """Japanese has its own words for the gate and its own sentences for the table."""
    folder = FOLDER.parent / "ja"
    language = load_language(folder)
    words = load_commentary_words(folder, language)
    first = word_trends(ISSUE, TRENDS, THEMES, "ja", words.computed).paragraphs[0]
    assert first[0].text == "今週は論文 3 本を紹介します。"
    japanese = Gate(PAPERS, TRENDS, THEMES, language, words, lambda _text: {})
    assert japanese.check(Sentence("OLMo は 7B のモデルです。", (1,))) == []
    assert japanese.check(Sentence("先週より増えました。", (1,)))
    assert japanese.check(Sentence("OLMo は 13B のモデルだ。", (1,)))
