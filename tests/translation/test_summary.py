from __future__ import annotations

import pytest

from bot.translation.summary import find_summary_line

SOURCES = ["It gains 4.2 points with 70B weights.", "In 2024."]


@pytest.mark.parametrize(
    "line", ["70B 모델로 4.2점 향상", "2024년의 공개 LLM", "“따옴표 안의 한 줄”", "가" * 60]
)
def test_a_sound_line_is_taken_over(line: str) -> None:
    assert find_summary_line(line, SOURCES) == line.strip("“”")


@pytest.mark.parametrize(
    "line",
    [
        None,
        "",
        "  ",
        "가" * 61,
        "4.3점 향상",
        "**굵은** 글",
        "[링크](https://example.org)",
        "https://example.org 참고",
        "<b>태그</b>",
        "식 $x$ 포함",
        "@someone 님께",
        "남은 ⟦1⟧ 표시",
    ],
)
def test_a_faulty_line_is_dropped(line: str | None) -> None:
    assert find_summary_line(line, SOURCES) is None
