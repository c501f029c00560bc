"""Draws one Chart: JSON on stdin, PNG on stdout. Run as ``python -m bot.picture.draw``.

Korean labels need no font on the machine: NanumGothic (SIL Open Font License 1.1) comes with
koreanize-matplotlib (MIT). That package's own module is not imported: it would change matplotlib
for the whole process and needs distutils, which Python 3.12 dropped.
"""

from __future__ import annotations

import importlib.util
import io
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import zip_longest
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")

from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font

from bot.model.codec import from_json
from bot.model.picture import Chart

_PAPER, _INK, _FAINT = "#ffffff", "#1b2430", "#3d4754"
_SHADES = LinearSegmentedColormap.from_list("jubo", ["#eef3fb", "#9dbdf0", "#2f6fde", "#123a86"])
_DPI = 200
# Inches. A phone of 360 pixels shows the picture 328 wide, 61 to the inch: 12 points are 10 pixels
# there, and nothing is smaller.
_WIDTH, _ROW, _TOP, _TICKS, _LINE, _RIGHT, _MARGIN = 5.4, 0.42, 0.58, 0.36, 0.24, 0.12, 0.1
_TITLE, _NAME, _SMALL = 14.5, 12.5, 12.0
_NAMES = 0.37  # of the width, at most; longer names take two lines
_WEEKS_APART = 4


def font_file() -> Path:
    """The font that comes with the dependency."""
    package = importlib.util.find_spec("koreanize_matplotlib")
    if package is None or package.origin is None:
        raise FileNotFoundError("koreanize-matplotlib is not installed")
    return Path(package.origin).parent / "fonts" / "NanumGothic.ttf"


def draw_png(chart: Chart) -> bytes:
    """The chart as a PNG: a row a theme, a column a week, the count in each cell.

    The ground is opaque and light, so that the picture reads on dark pages, too.
    """
    target = io.BytesIO()
    with mpl.rc_context({"font.family": "NanumGothic", "axes.unicode_minus": False}):
        make_figure(chart).savefig(target, format="png", dpi=_DPI)
    return target.getvalue()


def make_figure(chart: Chart) -> Figure:
    """What is drawn: title, names, cells, weeks and the note in as many lines as it takes."""
    font_manager.fontManager.addfont(str(font_file()))
    names = [fold(name, _NAME, _WIDTH * _NAMES, lines=2) for name in _readable(chart)]
    note = fold(chart.note, _SMALL, _WIDTH - 2 * _MARGIN, lines=4)
    bottom = _TICKS + _LINE * len(note) + _MARGIN
    height = _TOP + _ROW * len(names) + bottom
    figure = Figure(figsize=(_WIDTH, height), facecolor=_PAPER)
    left = 2 * _MARGIN + max((_inches(line, _NAME) for name in names for line in name), default=0)
    size = (_WIDTH - left - _RIGHT) / _WIDTH, 1 - (_TOP + bottom) / height
    axes = figure.add_axes((left / _WIDTH, bottom / height, *size))
    _draw_cells(axes, chart)
    _draw_labels(axes, chart, ["\n".join(name) for name in names])
    place, top = _MARGIN / _WIDTH, 1 - 0.17 / height
    figure.text(place, top, chart.title, color=_INK, fontsize=_TITLE, va="top")
    text = "\n".join(note)
    small = figure.text(place, _MARGIN / height, text, color=_FAINT, fontsize=_SMALL, va="bottom")
    small.set_linespacing(1.4)
    return figure


def _draw_cells(axes: Axes, chart: Chart) -> None:
    largest = max((count or 0 for row in chart.counts for count in row), default=1) or 1
    for y, row in enumerate(chart.counts):
        for x, count in enumerate(row):
            _draw_cell(axes, x, y, count, largest)
    axes.set_xlim(-0.5, len(chart.weeks) - 0.5)
    axes.set_ylim(len(chart.themes) - 0.5, -0.5)


def _draw_cell(axes: Axes, x: int, y: int, count: int | None, largest: int) -> None:
    colour = to_hex(_PAPER if count is None else _SHADES((count or 0) / largest))
    axes.add_patch(mpl.patches.Rectangle((x - 0.46, y - 0.44), 0.92, 0.88, color=colour, lw=0))
    text = "·" if count is None else str(count or "")
    axes.text(x, y, text, ha="center", va="center", fontsize=_SMALL, color=ink_on(colour))


def _draw_labels(axes: Axes, chart: Chart, names: Sequence[str]) -> None:
    axes.set_yticks(range(len(names)), names, fontsize=_NAME, color=_INK, linespacing=1.0)
    last = len(chart.weeks) - 1
    places = range(last % _WEEKS_APART, last + 1, _WEEKS_APART)
    weeks = [chart.weeks[place] for place in places]
    axes.set_xticks(places, weeks, fontsize=_SMALL, color=_FAINT)
    axes.tick_params(length=0, pad=5)
    axes.spines[:].set_visible(False)
    this_week = mpl.patches.Rectangle((last - 0.5, -0.5), 1, len(chart.themes))
    this_week.set(fill=False, edgecolor=_INK, linewidth=1.2, clip_on=False)
    axes.add_patch(this_week)


def _readable(chart: Chart) -> Iterator[str]:
    """The themes' names; one with a letter that the font lacks gives way to its fallback."""
    letters = _font().get_charmap()
    for name, other in zip_longest(chart.themes, chart.fallbacks[: len(chart.themes)]):
        yield name if other is None or all(ord(one) in letters for one in name) else other


def ink_on(colour: str) -> str:
    """Black or white, whichever stands out more: by at least 4.5 to 1 on any colour (WCAG 1.4.3).

    >>> ink_on("#ffffff"), ink_on("#123a86")
    ('#000000', '#ffffff')
    """
    return max("#000000", "#ffffff", key=lambda ink: contrast(ink, colour))


def contrast(one: str, other: str) -> float:
    """The ratio of two colours' luminances, 1 to 21, as WCAG 2 defines it.

    >>> contrast("#000000", "#ffffff")
    21.0
    """
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in to_rgb(colour)
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def fold(text: str, points: float, inches: float, *, lines: int) -> list[str]:
    """The text in lines that fit the width; where there are more than so many, the last says so.

    >>> fold("Retrieval-augmented generation", 12, 1.5, lines=2)
    ['Retrieval-', 'augmente…']
    >>> fold("정렬과 선호 학습", 12, 1, lines=2), fold("一二三四五六七", 12, 0.4, lines=2)
    (['정렬과 선호', '학습'], ['一二', '三…'])
    """
    folded: list[str] = []
    rest = text.strip()
    while rest and len(folded) <= lines:
        end = _line_end(rest, points, inches)
        folded, rest = [*folded, rest[:end].strip()], rest[end:].lstrip()
    if len(folded) <= lines:
        return folded
    return [*folded[: lines - 1], f"{folded[lines - 1][:-1].rstrip()}…"]


def _line_end(text: str, points: float, inches: float) -> int:
    """Behind the last blank or hyphen that fits, else anywhere, as Han letters allow."""
    fits = 1
    while fits < len(text) and _inches(text[: fits + 1], points) <= inches:
        fits += 1
    if fits == len(text):
        return fits
    hyphen, blank = text.rfind("-", 0, fits), text.rfind(" ", 0, fits + 1)
    return max(hyphen, blank) + 1 or fits


def _inches(text: str, points: float) -> float:
    font = _font()
    font.set_size(points, 72)
    font.set_text(text)
    return float(font.get_width_height()[0]) / 64 / 72


@cache
def _font() -> FT2Font:
    return FT2Font(str(font_file()))


def main() -> None:
    """Read the chart, write the picture."""
    sys.stdout.buffer.write(draw_png(from_json(sys.stdin.read())))


if __name__ == "__main__":
    main()
