"""The picture is drawn in a process of its own, small, with every Korean letter."""

from __future__ import annotations

import struct
import sys

import pytest

from bot.config import defaults_folder
from bot.errors import Unavailable
from bot.model.picture import Chart
from bot.picture import draw
from bot.picture.draw import font_file
from bot.texts.languages import load_language

CHART = Chart(
    "주제별 논문 수: 최근 12주와 이번 주",
    tuple(f"{month}/1" for month in range(1, 14)),
    ("추론 능력", "검색 증강 생성(RAG)"),
    ((*(None,) * 2, *range(10), 3), (*(0,) * 12, 1)),
    "한 논문이 여러 주제에 속할 수 있습니다.",
    "…",
)


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
