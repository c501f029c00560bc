"""The picture is drawn in a process of its own, small, with every Korean letter."""

from __future__ import annotations

import struct
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from bot.config import defaults_folder
from bot.errors import Unavailable
from bot.model.picture import Chart
from bot.picture import draw
from bot.picture.draw import contrast, font_file, ink_on, make_figure
from bot.texts.languages import load_language

CHART = Chart(
    "주제별 논문 수: 최근 12주와 이번 주",
    tuple(f"{month}/1" for month in range(1, 14)),
    ("추론 능력", "검색 증강 생성(RAG)"),
    ((*(None,) * 2, *range(10), 3), (*(0,) * 12, 1)),
    "한 논문이 여러 주제에 속할 수 있습니다.",
    "…",
)


PHONE = 328
"""Pixels of a picture on a page of 360."""

WEEKS = tuple(f"{month}/28" for month in (12, *range(1, 13)))
NAMES = (
    "데이터와 합성 데이터",
    "아주 긴 이름을 가진 어느 커뮤니티의 연구 주제와 실험(초안)",
    "Retrieval-augmented generation",
    "띄어쓰기없이아주길게이어붙인주제이름과그설명",
)
GAPS = (None, 0, 1, 2, None, 3, 4, 5, 6, 7, 8, 9, 12)
CHARTS = {
    "few": CHART,
    "one": replace(CHART, themes=("RAG",), counts=((0,) * 13,)),
    "many": Chart(CHART.title, WEEKS, NAMES * 2, (GAPS,) * 8, f"{CHART.note} {CHART.note}", "…"),
    "full": replace(CHART, weeks=WEEKS, counts=((10,) * 13, (99,) * 13)),
}


@pytest.fixture(params=CHARTS)
def figure(request: pytest.FixtureRequest) -> Figure:
    return drawn(CHARTS[request.param])


def drawn(chart: Chart) -> Figure:
    import matplotlib as mpl

    with mpl.rc_context({"font.family": "NanumGothic"}):
        figure = make_figure(chart)
        FigureCanvasAgg(figure).draw()  # type: ignore[no-untyped-call]
    return figure


def texts(figure: Figure) -> Iterator[Text]:
    """All that is written in it, names and weeks at its sides as well."""
    yield from figure.texts
    (axes,) = figure.axes
    yield from (*axes.texts, *axes.get_xticklabels(), *axes.get_yticklabels())


def test_every_letter_is_ten_pixels_high_on_a_phone(figure: Figure) -> None:
    to_pixels = PHONE / (figure.get_figwidth() * 72)
    assert min(float(text.get_fontsize()) * to_pixels for text in texts(figure)) >= 10


def test_every_text_stands_out_from_what_is_behind_it(figure: Figure) -> None:
    """At least 4.5 to 1, as WCAG 2.2 asks of text of this size (1.4.3)."""
    (axes,) = figure.axes
    cells = {
        (round(cell.get_x() + 0.46), round(cell.get_y() + 0.44)): to_hex(cell.get_facecolor())
        for cell in axes.patches
        if isinstance(cell, Rectangle) and cell.get_fill()
    }
    ground = to_hex(figure.get_facecolor())
    behind = {
        id(text): cells[round(text.get_position()[0]), round(text.get_position()[1])]
        for text in axes.texts
    }
    low = [
        (text.get_text(), ratio)
        for text in texts(figure)
        if (ratio := contrast(to_hex(text.get_color()), behind.get(id(text), ground))) < 4.5
    ]
    assert low == []


def test_nothing_is_cut_off_and_nothing_lies_on_something_else(figure: Figure) -> None:
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts(figure)]
    boxes = [(text, box) for text, box in boxes if text]
    page = figure.bbox
    assert [t for t, box in boxes if box.x0 < 0 or box.x1 > page.x1 + 1 or box.y0 < 0] == []
    (axes,) = figure.axes
    names = [label.get_window_extent() for label in axes.get_yticklabels()]
    assert all(name.x1 < axes.bbox.x0 for name in names)
    assert all(upper.y0 >= lower.y1 - 1 for upper, lower in pairwise(names))
    weeks = [label.get_window_extent() for label in axes.get_xticklabels()]
    assert all(one.x1 < other.x0 for one, other in pairwise(weeks))
    counts = [text.get_window_extent().width for text in axes.texts]
    assert all(width <= axes.bbox.width / 13 for width in counts)
    note = figure.texts[-1].get_window_extent()
    assert all(note.y1 < week.y0 for week in weeks)


@given(st.integers(0, 0xFFFFFF))
def test_black_or_white_stands_out_from_any_colour(number: int) -> None:
    colour = f"#{number:06x}"
    assert contrast(ink_on(colour), colour) >= 4.5


def test_a_name_that_the_font_cannot_show_gives_way_to_the_english_one() -> None:
    """NanumGothic lacks 検 and 拡; an empty box says nothing."""
    chart = replace(CHART, themes=("推論", "検索拡張生成"), fallbacks=("Reasoning", "RAG"))
    (axes,) = drawn(chart).axes
    assert [label.get_text() for label in axes.get_yticklabels()] == ["推論", "RAG"]


def test_the_largest_picture_is_small_enough_to_upload() -> None:
    assert len(draw(CHARTS["many"])) <= 200_000


def test_the_picture_is_a_small_png_of_a_phone_s_sharpness() -> None:
    png = draw(CHART)
    width, height = struct.unpack(">II", png[16:24])
    assert len(png) <= 200_000
    assert (width, 300 <= height <= 1200) == (1080, True)


def test_this_process_does_not_load_the_drawing_library() -> None:
    """The daemon runs for years; matplotlib would stay in its memory."""
    import subprocess

    code = "import bot.picture, sys; print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_font_has_every_syllable_that_themes_can_need() -> None:
    from fontTools.ttLib import TTFont

    letters = TTFont(font_file()).getBestCmap()
    assert all(code in letters for code in range(ord("가"), ord("힣") + 1))


def test_a_picture_that_cannot_be_drawn_is_one_clear_line() -> None:
    broken = Chart("t", ("1/1",), ("a",), (), "n", "alt")
    object.__setattr__(broken, "counts", "not counts")
    with pytest.raises(Unavailable, match=r"picture: not drawn: .*; the post stands without it"):
        draw(broken)


@pytest.mark.parametrize("code", ["ko", "ja"])
def test_no_label_that_is_drawn_has_a_letter_the_font_lacks(code: str) -> None:
    """An empty box in the picture is worse than a plainer word."""
    from fontTools.ttLib import TTFont

    labels = load_language(defaults_folder() / "languages" / code).labels
    drawn = labels["picture_title"] + labels["picture_note"]
    letters = TTFont(font_file()).getBestCmap()
    assert [letter for letter in drawn if ord(letter) not in letters] == []
