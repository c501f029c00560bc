from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pylatexenc.latex2text import get_default_latex_context_db

from bot.model.issue import Paper
from bot.translation.formulas import find_formulas
from bot.translation.segments import split_paper
from bot.translation.spans import protect
from bot.translation.tex import readable


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"\emph{very} \textbf{D}ense \textit{\textbf{nested}}", "very Dense nested"),
        (r"{\em old} and {\bf bold} style", "old and bold style"),
        (r"$26$ tasks, $\sim3x$ faster, $\approx 3\times$", "26 tasks, ~3x faster, ≈3×"),
        (r"$\textbf{WRAP}$ and $\mathrm{BLEU}$", "WRAP and BLEU"),
        (r"$78.7\%\rightarrow92.5\%$", "78.7%→92.5%"),
        (r"$1{,}000$ in the $1^{st}$ run", "1,000 in the 1st run"),
        (r"10$\times$ and 2--3 points", "10× and 2–3 points"),
        (r"caf\'e G\"odel na\"{\i}ve Erd\H{o}s \v{S} \L ukasz", "café Gödel naïve Erdős Š Łukasz"),
        (r"30\% of Q\&A, C\_1, \#2", "30% of Q&A, C_1, #2"),
        (r"Fig.~2 and about ~3x", "Fig. 2 and about ~3x"),
        (r"``text'' and `word' apart", "“text” and ‘word’ apart"),
        (r"as shown~\cite{a,b}, \ie{} here, \eg, \citep[p.~2]{c}", "as shown, i.e. here, e.g.,"),
        (r"code at \url{https://example.org/a_b}.", "code at https://example.org/a_b."),
        (r"\href{https://example.org}{our page}", "our page (https://example.org)"),
        (r"top-$k$ and $\beta$-VAE, R$^2$, H$_2$O", "top-k and β-VAE, R², H₂O"),
        (r"Evo$\textbf{L}$ved is {Pythia}", "EvoLved is Pythia"),
        (r"our \method{} beats \unknown{others}", "our method beats others"),
        (r"\alpha and \ldots", "α and …"),
        (r"\(x^2\) and \[y_1\]", "$x^2$ and $y_1$"),
        (r"one \\ two\,three", "one two three"),
        (r"$\sim$3x on $\approx$10 GPUs, 10$\sim$20", "~3x on ~10 GPUs, 10~20"),
        (r"$\sim$~3x, $\sim$ \$5, $\pm$0.2, $\geq$ 3", "~3x, ~$5, ±0.2, ≥ 3"),
        (
            r"\textbf{a $x^2$ b} \emph{see \url{https://a.org/b_c}}",
            "a $x^2$ b see https://a.org/b_c",
        ),
        (r"new\footnote{Code at \url{https://a.org/b}} end", "new (Code at https://a.org/b) end"),
        (r"\textit{`a_b` of $k$}~$x$", "`a_b` of $k$ $x$"),
        (r"\~{}3x, \texttildelow3x, 10{,}000, $7\text{B}$", "~3x, ~3x, 10,000, 7B"),
        (r"${\sim}3\times$, ${\approx}5\%$, $\mathord{\sim}4$, 1$^{st}$", "~3×, ≈5%, ~4, 1st"),
        (r"10\textsuperscript{4} and 10\textsuperscript{\textbf{-5}}", "10⁴ and 10⁻⁵"),
        (r"CO\textsubscript{2}, x\textsuperscript{k}, F\textsubscript{max}", "CO₂, x^k, F_max"),
        (r"the 1\textsuperscript{st} at 5\textsuperscript{\textdegree}C", "the 1st at 5°C"),
        (r"\frac{1}{2} and 1\frac12 of \frac{a+b}{\emph{c}}", "1/2 and 1 1/2 of (a+b)/c"),
        (r"\frac{1}{2}x, \frac{1}{2n} and \binom{n}{k}", "(1/2)x, 1/(2n) and C(n, k)"),
        (r"x\textsuperscript{a+b}c, x\textsuperscript{k}y", "x^(a+b)c, x^(k)y"),
        (r"\sqrt{2}, \ding{51} and \S~3", "√2, ✓ and §3"),
        (r"\textcolor{red}{GPT-4}, \fcolorbox{red}{blue}{a: b}", "GPT-4, a: b"),
        (r"\textgreater 5, \textless 3, \textless{}2", "> 5, < 3, <2"),
        (r"Fig.~\ref{a} shows (\eqref{b}) it~\cite[a][b]{c}.\label{d}", "Fig. shows it."),
        (r"\emph{LLaMA}~2 in $k$~steps, 50\%~of", "LLaMA 2 in $k$ steps, 50% of"),
        (r"ours\footnote{not \emph{theirs} yet} wins", "ours wins"),
        (r"$\$5$ for \verb|x_y| and \verb+\emph{x}+", r"$5 for `x_y` and `\emph{x}`"),
        (r"\href{https://example.org}{\textbf{page}}", "page (https://example.org)"),
        (r"--flag and `--other` stay", "--flag and `--other` stay"),
        (r"{reason, act} is a set", "{reason, act} is a set"),
    ],
)
def test_tex_becomes_readable_text(tex: str, text: str) -> None:
    assert readable(tex) == text


@pytest.mark.parametrize(
    "text",
    [
        "costs $5 and $10, under $100K (~$2M)",
        "US$20 to A$30, not $3-$4",
        "about $5 (or 10$) each",
        "a price of $ 5 $ here",
        "pay $five or six$ coins",
    ],
)
def test_prices_are_no_formula(text: str) -> None:
    assert find_formulas(text) == []
    assert readable(text) == text


@pytest.mark.parametrize("formula", ["$k$", "$O(n^2)$", "$x = y$", r"$\frac{1}{2}$", "$[0, 1)$"])
def test_a_true_formula_stays_as_it_is(formula: str) -> None:
    assert readable(f"It takes {formula} here.") == f"It takes {formula} here."
    assert [f"${found.body}$" for found in find_formulas(f"a {formula} b")] == [formula]


def test_nested_dollars_inside_a_text_command_are_one_word() -> None:
    """As a published abstract spells the origin of its optimizer's name."""
    assert readable(r"($\textit{Evo$\textbf{L}$ved S$\textbf{i}$gn}$)") == "(EvoLved Sign)"


def test_addresses_code_and_links_are_not_read_as_tex() -> None:
    text = r"See https://example.org/~a--b_c, `\emph{x}` and [a_b](https://example.org/c--d)."
    assert readable(text) == text


def test_a_formula_stands_apart_from_letters() -> None:
    assert readable(r"softmax$(QK^\top)$V, $x^2$.") == r"softmax $(QK^\top)$ V, $x^2$."


def test_a_displayed_formula_is_kept_inline() -> None:
    assert readable("so $$x^2$$ holds") == "so $x^2$ holds"
    assert find_formulas("empty $$ $$ here") == []


@given(st.text("abcXYZ 0189.,;:()가나~_-^", max_size=80))
def test_text_without_tex_changes_only_in_dashes_and_ties(text: str) -> None:
    def bare(value: str) -> str:
        return value.replace("~", " ").replace("---", "—").replace("--", "–")

    assert bare(readable(text)) == bare(text)


@given(st.text("\\{}$`'~%^_abAB1 \"-[]()", max_size=60))
def test_any_tex_is_survived_and_keeps_its_letters(text: str) -> None:
    result = readable(text)
    assert len(result) <= len(text) * 3 + 2


_MACROS = sorted(
    {spec.macroname for spec in get_default_latex_context_db().iter_macro_specs()}
    | {"verb", "textless", "ref", "textsuperscript", "frac", "ding", "S", "unknown"}
)


@pytest.mark.parametrize(
    "form", ["a \\{} b", "a \\{}", "a \\{}{{x}} b", "$\\{}$ b", "-$\\{}$", "\\{}{{", "\\'{{\\{}}}"]
)
def test_no_macro_raises_with_or_without_its_argument(form: str) -> None:
    """\\sqrt, \\href, \\verb and others once ended the edition where they stood without one."""
    for name in _MACROS:
        assert "a" not in form.format("") or readable(form.format(name)).startswith("a")


def test_a_macro_without_its_argument_leaves_its_name() -> None:
    """Nothing of the source is lost, and no macro of the clock or a file is obeyed."""
    assert readable(r"the \sqrt and \footnote, \today, \input") == (
        "the sqrt and footnote, today, input"
    )


_PIECES = st.one_of(
    st.sampled_from(_MACROS).map("\\{}".format),
    st.sampled_from([*"\\{}[]()$^_~%&#|`'\"-+=<>.,:;*!/@ 0123456789", "$$", "\\(", "\\)", "--"]),
    st.text(max_size=6),
)


@given(st.lists(_PIECES, max_size=25).map("".join))
def test_no_text_raises(text: str) -> None:
    assert isinstance(readable(text), str)
    assert isinstance(split_paper("2024-01-29", Paper(1, text, f"{text}\n- {text}"), None), tuple)


def test_deep_nesting_is_read_in_bounded_time() -> None:
    assert len(readable("\\emph{" * 2000 + "}" * 2000)) <= 14_000
    assert readable("$" * 5000) is not None


_ARGUMENTS = (
    "word",
    "$x^2$",
    "https://a.org/b_c",
    "`a_b`",
    "see $k$ at https://a.org",
    r"\url{https://a.org}",
)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["textbf", "emph", "footnote", "textsc", "unknown", "underline"]),
            st.sampled_from(_ARGUMENTS),
        ),
        max_size=4,
    )
)
def test_a_macro_around_anything_gives_what_it_holds(macros: list[tuple[str, str]]) -> None:
    """Formulas, code and addresses cut the text, and a macro around one stayed as TeX."""
    text = readable(" and ".join(rf"\{name}{{a {held} b}}" for name, held in macros))

    bare = protect(text).text
    assert "\\" not in bare
    assert "{" not in bare
    for name, held in macros:
        shown = held.removeprefix(r"\url{").removesuffix("}")
        assert shown in text or (name == "footnote" and held == "word")


@pytest.mark.shared
def test_the_real_texts_lose_their_commands_and_nothing_else(shared: Path) -> None:
    """All abstracts and descriptions at hand; keys of references are no words."""
    file = (shared / "data/dair/abstracts-2023.csv").open(encoding="utf-8", newline="")
    with file:
        texts = [
            text for row in csv.DictReader(file) for text in (row["Abstract"], row["Description"])
        ]

    for text in texts:
        shown = readable(" ".join(text.split()))
        assert re.findall(r"\\[A-Za-z]+", protect(shown).text) == []
        words = re.sub(r"\\cite[a-z]*\{[^{}]*\}|\\[a-zA-Z]+", " ", text)
        assert [word for word in re.findall(r"[A-Za-z]{3,}|\d+", words) if word not in shown] == []
