"""Formulas without a network: TeX to MathML."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from bot.markdown.compose import readable_formula
from bot.markdown.mathml import render_mathml, show_math


def shape(tex: str) -> str:
    """The formula without its outer element and attributes."""
    found = re.fullmatch(r"<math[^>]*>(.*)</math>", render_mathml(tex), re.DOTALL)
    assert found
    inner = found[1].replace('<mspace width="0.17em"></mspace>', "")
    return re.sub(r"<(\w+)[^>]*>", r"<\1>", inner)


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        ("x_1^2", "<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>"),
        ("x^2_1", "<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>"),
        ("10^{-3}", "<msup><mn>10</mn><mrow><mo>−</mo><mn>3</mn></mrow></msup>"),
        (r"\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>"),
        (r"\sqrt{n}", "<msqrt><mi>n</mi></msqrt>"),
        (r"\hat{y}_i", "<msub><mover><mi>y</mi><mo>^</mo></mover><mi>i</mi></msub>"),
        (r"\sum_{i}^N i", "<munderover><mo>∑</mo><mi>i</mi><mi>N</mi></munderover><mi>i</mi>"),
        (r"\max_x f", "<munder><mi>max</mi><mi>x</mi></munder><mi>f</mi>"),
        (r"\log_2 n", "<msub><mi>log</mi><mn>2</mn></msub><mi>n</mi>"),
        (r"\mathbb{R}", "<mi>ℝ</mi>"),
        (r"\mathcal{L}", "<mi>ℒ</mi>"),
        (r"\textbf{WRAP}", "<mi>𝐖𝐑𝐀𝐏</mi>"),
        (r"\text{손실 함수}", "<mtext>손실 함수</mtext>"),
        (r"\alpha \leq \infty", "<mi>α</mi><mo>≤</mo><mo>∞</mo>"),
        (r"\left( x \right)", "<mo>(</mo><mi>x</mi><mo>)</mo>"),
        (r"26\%", "<mn>26</mn><mo>%</mo>"),
        (r"\|W\|", "<mo>‖</mo><mi>W</mi><mo>‖</mo>"),
        ("a < b", "<mi>a</mi><mo>&lt;</mo><mi>b</mi>"),
        (r"\unheard{x}", r"<mtext>\unheard</mtext><mi>x</mi>"),
        ("^2", "<msup><mrow></mrow><mn>2</mn></msup>"),
        ("x_", "<msub><mi>x</mi><mrow></mrow></msub>"),
        (r"\binom{n}{k}", "<mrow><mo>(</mo><mfrac><mi>n</mi><mi>k</mi></mfrac><mo>)</mo></mrow>"),
    ],
)
def test_a_formula_has_the_shape_of_its_tex(tex: str, expected: str) -> None:
    assert shape(tex) == expected


@pytest.mark.parametrize("name", ["pmatrix", "bmatrix", "cases", "aligned"])
def test_rows_and_cells_become_a_table(name: str) -> None:
    tex = rf"\begin{{{name}}}a&b\\c&d\end{{{name}}}"
    table = BeautifulSoup(render_mathml(tex), "html.parser")
    assert [cell.text for cell in table.select("mtd")] == list("abcd")
    assert len(table.select("mtr")) == 2


def test_formulas_of_a_post_are_replaced_where_they_stand() -> None:
    html = '<p>값 <span class="math">a&lt;b</span> 끝</p><div class="math">\nx\n</div>'
    page = BeautifulSoup(show_math(html), "html.parser")
    assert page.select("span.math > math")[0].text == "a<b"
    assert page.select("div.math > math[display=block]")[0].text == "x"


def test_deep_nesting_ends() -> None:
    assert "…" in render_mathml("{" * 80 + "x" + "}" * 80)


@given(st.text(alphabet="\\{}_^$&<>\"' xyαΑ1frac", max_size=60))
def test_whatever_is_written_comes_out_as_sound_html(tex: str) -> None:
    html = render_mathml(tex)
    assert html.startswith("<math>")
    assert str(BeautifulSoup(html, "html.parser")).count("<math>") == 1
    assert not re.search(r"<(?!/?m[a-z]+[ >])", html)


@pytest.mark.parametrize(
    "name",
    sorted(
        {"sqrt", "footnote", "textcolor", "colorbox", "fcolorbox", "title", "author", "date"}
        | {"verb", "href", "input"}
    ),
)
def test_a_macro_without_its_argument_is_shown_and_raises_nothing(name: str) -> None:
    """pylatexenc raises a KeyError, IndexError or AttributeError for these."""
    assert render_mathml(f"\\{name}").startswith("<math>")
    assert readable_formula(f"x \\{name}")


def test_a_formula_that_may_not_fit_a_phone_can_be_scrolled() -> None:
    html = f'<p><span class="math">{"x + " * 20}y</span> <span class="math">z</span></p>'
    page = BeautifulSoup(show_math(html), "html.parser")
    assert [span["class"] for span in page.select("span.math")] == [["math", "wide"], ["math"]]
