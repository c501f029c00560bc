r"""Formulas as plain text: where the forum shows no math, readers still get the whole formula."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.markdown.compose import readable_formula
from bot.markdown.linear import linear
from bot.markdown.prose import render_inline


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"\eta_t (x)", "ηₜ (x)"),
        (r"\pi_k (a)", "πₖ (a)"),
        (r"\theta_k", "θₖ"),
        (r"\frac{a-b}{c+d}", "(a-b)/(c+d)"),
        (r"\dfrac{a+b}{2}", "(a+b)/2"),
        (r"a^{b+c}d", "a^(b+c)d"),
        (r"a^bd", "a^(b)d"),
        (r"\binom{n}{k}", "C(n, k)"),
        (r"\mathbb{R}^{d \times d}", "ℝ^(d×d)"),
        (r"\sqrt{a+b}", "√(a+b)"),
        (r"\sqrt[3]{x}y", "(³√x)y"),
        (r"\hat{x}", "x̂"),
        (r"\hat{\theta}_t", "θ̂ₜ"),
        (r"\overline{AB}", "bar(AB)"),
        (r"\log_2(3)", "log₂(3)"),
        (r"O(n\log n)", "O(n log n)"),
        (r"x_{i,j}^{(t)}", "x_(i,j)^(t)"),
        (r"\mathcal{O}(n^2)", "𝒪(n²)"),
        (r"\|x\|_2", "‖x‖₂"),
        (r"\sum_{i=1}^n x_i", "∑ᵢ₌₁ⁿ xᵢ"),
        (r"a\leq b", "a ≤ b"),
        (r"\approx 3", "≈3"),
        (r"\sim 2x", "∼2x"),
        (r"\frac{1}{2}x", "(1/2)x"),
        (r"1\frac12", "1 1/2"),
        (r"\frac{1}{2n}", "1/(2n)"),
        (r"\frac{\frac{a}{b}}{c}", "(a/b)/c"),
        (r"\frac{1}{\sqrt{1-x}}", "1/√(1-x)"),
        (r"\lfloor \frac{n}{2} \rfloor", "⌊n/2⌋"),
        (r"{n \over k}", "n/k"),
        (r"\mathrm{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right)V", "softmax(QKᵀ/√dₖ)V"),
        (r"\operatorname*{argmax}_x f", "argmaxₓ f"),
        (r"\mathbb{E}_{x\sim p}[f(x)]", "𝔼_(x∼p)[f(x)]"),
        (r"\mathrm{KL}(p\|q)", "KL(p‖q)"),
        (r"W_{\text{out}}", "W_(out)"),
        (r"\text{if $x$ holds}", "if x holds"),
        (r"x^23", "x²3"),
        (r"f'(x)", "f′(x)"),
        (r"90^\circ", "90°"),
        (r"1{,}000", "1,000"),
        (r"x\not\in A", "x ∉ A"),
        (r"{a+b}^2", "(a+b)²"),
        (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", "(a b; c d)"),
        (r"78.7\%\rightarrow92.5\%", "78.7% → 92.5%"),
        (r"\method{x} y", "method(x) y"),
        (r"\xrightarrow{f} y", "→^f y"),
        (r"a \equiv b \pmod{p}", "a ≡ b (mod p)"),
    ],
)
def test_a_formula_reads_as_it_is_meant(tex: str, text: str) -> None:
    assert readable_formula(tex) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    "tex", [r"\frac{a", r"\frac{a}", "x^", r"a}", r"\sqrt", "{" * 80 + "}" * 80]
)
def test_broken_tex_stays_as_it_is(tex: str) -> None:
    assert linear(tex) is None
    assert readable_formula(tex) == tex


def test_a_long_formula_is_not_cut() -> None:
    assert readable_formula("+".join(["x"] * 400)).count("x") == 400


def test_a_formula_stands_whole_in_a_line_without_the_math_plugin() -> None:
    line = render_inline(
        r"learns $\eta_t (x)$ and $\frac{a-b}{c+d}$", addresses=frozenset(), math=False
    )
    assert str(line) == "learns ηₜ (x) and (a-b)/(c+d)"


_MACROS = [r"\eta", r"\pi", r"\leq ", r"\times ", r"\log ", r"\sum", r"\unknown", r"\approx", r"\|"]
_LEAVES = st.sampled_from([*"abcxyzRTO0123456789", *"+-=<>*/!,. ", "f(x)", *_MACROS])


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    one = [r"\sqrt{%s}", r"\hat{%s}", r"\mathbb{%s}", r"\text{%s}", r"{%s}", r"\unknown{%s}"]
    two = [r"\frac{%s}{%s}", r"\dfrac{%s}{%s}", r"\binom{%s}{%s}", "x_{%s}^{%s}", r"\eta_{%s}%s"]
    three = ["%s%s%s", "%s %s %s", "{%s}^{%s}_{%s}"]
    return st.one_of(
        st.builds(lambda form, a: form % a, st.sampled_from(one), inner),
        st.builds(lambda form, a, b: form % (a, b), st.sampled_from(two), inner, inner),
        st.builds(lambda form, a, b, c: form % (a, b, c), st.sampled_from(three), *[inner] * 3),
    )


def _told(text: str) -> Counter[str]:
    """Letters, digits and operators, whatever their size and font."""
    plain = unicodedata.normalize("NFKD", text.replace("√", "")).replace("−", "-")
    return Counter(sign for sign in plain if not sign.isspace() and not unicodedata.combining(sign))


_READ = {r"\eta": "η", r"\pi": "π", r"\leq": "≤", r"\times": "×", r"\log": "log", r"\sum": "∑"} | {
    r"\unknown": "unknown", r"\approx": "≈", r"\|": "‖"
}  # fmt: skip


@given(st.recursive(_LEAVES, _grown, max_leaves=12))
def test_every_letter_digit_and_operator_survives(tex: str) -> None:
    source = re.sub(r"\\(?:[A-Za-z]+|\|)", lambda macro: _READ.get(macro[0], ""), tex)
    wanted = _told(re.sub(r"[{}^_]", "", source))
    assert not wanted - _told(linear(tex) or "")


@given(st.text(alphabet="\\{}_^$&[]~%' xyα1frac", max_size=60))
def test_whatever_is_written_is_survived(tex: str) -> None:
    assert isinstance(readable_formula(tex), str)
