"""Draws one Chart: JSON on stdin, PNG on stdout. Run as ``python -m bot.picture.draw``.

Korean labels need no font on the machine: NanumGothic (SIL Open Font License 1.1) comes with
koreanize-matplotlib (MIT). That package's own module is not imported: it would change matplotlib
for the whole process and needs distutils, which Python 3.12 dropped.
"""

from __future__ import annotations

import importlib.util
import io
import sys
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")

from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from bot.model.codec import from_json
from bot.model.picture import Chart

_PAPER, _INK, _FAINT = "#ffffff", "#1b2430", "#5b6675"
_SHADES = LinearSegmentedColormap.from_list("jubo", ["#eef3fb", "#9dbdf0", "#2f6fde", "#123a86"])
_DPI = 200
# Inches. Small, with large letters: a phone shows the picture some 340 pixels wide.
_WIDTH, _ROW, _TOP, _BOTTOM, _RIGHT = 5.4, 0.36, 0.52, 0.62, 0.1
_LETTER = 0.152


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
    font_manager.fontManager.addfont(str(font_file()))
    with mpl.rc_context({"font.family": "NanumGothic", "axes.unicode_minus": False}):
        height = _TOP + _ROW * len(chart.themes) + _BOTTOM
        figure = Figure(figsize=(_WIDTH, height), facecolor=_PAPER)
        left = _left(chart)
        size = (_WIDTH - left - _RIGHT) / _WIDTH, 1 - (_TOP + _BOTTOM) / height
        axes = figure.add_axes((left / _WIDTH, _BOTTOM / height, *size))
        _draw_cells(axes, chart)
        _draw_labels(axes, chart)
        figure.text(0.02, 1 - 0.3 / height, chart.title, color=_INK, fontsize=13)
        figure.text(0.02, 0.12 / height, chart.note, color=_FAINT, fontsize=8.5)
        target = io.BytesIO()
        figure.savefig(target, format="png", dpi=_DPI)
    return target.getvalue()


def _draw_cells(axes: Axes, chart: Chart) -> None:
    largest = max((count or 0 for row in chart.counts for count in row), default=1) or 1
    for y, row in enumerate(chart.counts):
        for x, count in enumerate(row):
            _draw_cell(axes, x, y, count, largest)
    axes.set_xlim(-0.5, len(chart.weeks) - 0.5)
    axes.set_ylim(len(chart.themes) - 0.5, -0.5)


def _draw_cell(axes: Axes, x: int, y: int, count: int | None, largest: int) -> None:
    share = (count or 0) / largest
    colour = _PAPER if count is None else _SHADES(share)
    axes.add_patch(mpl.patches.Rectangle((x - 0.46, y - 0.44), 0.92, 0.88, color=colour, lw=0))
    text = "·" if count is None else str(count or "")
    ink = _PAPER if share > 0.55 else _INK
    axes.text(x, y, text, ha="center", va="center", fontsize=11, color=ink)


def _draw_labels(axes: Axes, chart: Chart) -> None:
    axes.set_yticks(range(len(chart.themes)), chart.themes, fontsize=11, color=_INK)
    last = len(chart.weeks) - 1
    every_other = range(last % 2, last + 1, 2)
    weeks = [chart.weeks[place] for place in every_other]
    axes.set_xticks(every_other, weeks, fontsize=9, color=_FAINT)
    axes.tick_params(length=0, pad=5)
    axes.spines[:].set_visible(False)
    this_week = mpl.patches.Rectangle((last - 0.5, -0.5), 1, len(chart.themes))
    this_week.set(fill=False, edgecolor=_INK, linewidth=1.2, clip_on=False)
    axes.add_patch(this_week)


def _left(chart: Chart) -> float:
    """Room for the longest theme's name; a Hangul syllable is twice as wide as a Latin letter."""
    widths = [
        sum(1.0 if ord(letter) > 0x1100 else 0.56 for letter in name) for name in chart.themes
    ]
    return 0.2 + _LETTER * max(widths, default=0)


def main() -> None:
    """Read the chart, write the picture."""
    sys.stdout.buffer.write(draw_png(from_json(sys.stdin.read())))


if __name__ == "__main__":
    main()
