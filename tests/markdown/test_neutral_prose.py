"""Sources' Markdown rebuilt: what it may say renders, beside every Korean particle, and no more."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.markdown.addresses import safe_address, topic_address
from bot.markdown.compose import (
    readable_formula,
    render_bold,
    render_details,
    render_formula,
    render_link,
)
from bot.markdown.cook import CookOptions, cook
from bot.markdown.neutral import Markdown
from bot.markdown.prose import given_addresses, plain_text, render_inline, render_prose
from tests.markdown.test_neutral import ACTIVE, EVERYTHING_ON

_PARTICLES = """
은 는 이 가 을 를 과 와 의 에 에서 에게 께 한테 으로 로 으로서 로서 으로써 로써 도
만 까지 부터 보다 처럼 같이 만큼 마저 조차 이나 나 이며 며 이고 고 이란 란 이라 라
라는 이라는 이라고 라고 이다 다 입니다 이므로 인 인데 이든 든지 마다 밖에 뿐 대로 들
등 쯤 간 및 요 야 여 이여 씩 치고 커녕 더러 보고 하고 이랑 랑 에는 에도 에만 에서는
으로는 과의 와의
"""
PARTICLES = _PARTICLES.split()
BOLD = (
    "LLM(대규모 언어 모델)",
    "“인용”",
    "RAG",
    "GPT-4.",
    "[논문]",
    "100%",
    "a*b",
    "`x`",
    "C++",
    "$n$",
)
PLACES = ("{}{}", "이 {}{} 문장", "앞말{}{} 뒤", "({}{})", "'{}'{}", "{}{}, 그리고")
ADDRESS = "https://github.com/example/code_(1)"


def parse(markdown: str, *, math: bool = True) -> BeautifulSoup:
    return BeautifulSoup(cook(markdown, CookOptions(math=math)), "html.parser")


@pytest.mark.parametrize("particle", PARTICLES)
def test_bold_renders_before_every_particle(particle: str) -> None:
    for content in BOLD:
        for place in PLACES:
            text = place.format(f"**{content}**", particle)
            soup = parse(render_inline(text, addresses=frozenset(), math=True))
            bold = soup.find_all(["strong", "b"])
            assert len(bold) == 1, text
            assert "**" not in soup.get_text(), text


@pytest.mark.parametrize("particle", PARTICLES)
def test_a_formula_renders_before_every_particle(particle: str) -> None:
    for tex in ("x", "x^2", r"\alpha", "f(x)", "26", r"O(n \log n)"):
        for place in PLACES:
            text = place.format(f"${tex}$", particle)
            soup = parse(render_inline(text, addresses=frozenset(), math=True))
            assert [span.get_text() for span in soup.find_all(class_="math")] == [tex], text
            assert "$" not in soup.get_text(), text


def test_neighbours_do_not_run_together() -> None:
    soup = parse(render_inline("**a****b** $x$`c`$y$**$z$**은", addresses=frozenset(), math=True))
    assert [bold.get_text() for bold in soup.find_all(["strong", "b"])] == ["a", "b", "z"]
    assert [span.get_text() for span in soup.find_all(class_="math")] == ["x", "y", "z"]


@pytest.mark.parametrize(
    "prices",
    ["$5 and $10", "from $5 to $10", "under $1, under 7 minutes", "($2M) or ($3M)", "A$ and US$5",
     "가격은 $5이고 $7은", "$5/$10", r"\$5 and \$6", "~$20K of parts, $30K", "$5 to US$ value"],
)  # fmt: skip
def test_prices_are_no_formulas(prices: str) -> None:
    soup = parse(render_inline(prices, addresses=frozenset(), math=True))
    assert not soup.find_all(class_="math")
    assert soup.get_text().strip() == prices.replace("\\", "")


def test_formulas_are_readable_without_the_plugin() -> None:
    text = render_inline(r"복잡도는 $O(n^2)$이고 $\alpha$는", addresses=frozenset(), math=False)
    assert text == "복잡도는 O(n²)이고 α는"


@pytest.mark.parametrize(
    "tex",
    [r"\href{javascript:a}{b}", r"\def\a{b}", r"\require{x}", "{", "x" * 600, r"\style{a}{b}"],
)
def test_tex_that_could_act_is_only_text(tex: str) -> None:
    soup = parse(render_inline(f"a ${tex}$ b", addresses=frozenset(), math=True))
    assert not soup.find_all(class_="math")


def test_pieces_are_whole_whatever_they_are_given() -> None:
    assert render_bold(Markdown(" ")) == " "
    assert render_formula(r"\href{x}{y}", before="a") == r"\\href{x}{y}"
    assert readable_formula(r"\frac{a") == r"\frac{a"


def test_only_allowed_addresses_become_links() -> None:
    allowed = given_addresses(f"[code]({ADDRESS}) and https://example.org/a.")
    text = f"[코드]({ADDRESS})와 https://example.org/a, [악성](https://evil.example/) https://b.org"
    soup = parse(render_inline(text, addresses=allowed, math=True))
    assert [link["href"] for link in soup.find_all("a")] == [
        "https://github.com/example/code_%281%29",
        "https://example.org/a",
    ]
    assert "악성 https://b.org" in soup.get_text()


@pytest.mark.parametrize(
    "hostile",
    ["javascript:alert(1)", "data:text/html,x", "https://a.org@evil.example/", "http://127.0.0.1/",
     "http://localhost/", "https://a.org/\nb", "//a.org", "ftp://a.org", "https://[::1]/",
     "http://intranet/", "https://a.org:0/", "https://a.org:999999/", "https://a\\.org", "",
     "https://" + "a" * 2_000 + ".org", "https://router.local/", "https://a..org/", "http:///x",
     "https://a.org/\u202ex\u00a0"],
)  # fmt: skip
def test_hostile_addresses_are_refused(hostile: str) -> None:
    address = safe_address(hostile)
    assert address is None or address.isascii()
    assert topic_address(hostile) == address
    if "\u202e" not in hostile:
        assert address is None


def test_a_topic_of_ours_may_be_a_path() -> None:
    assert topic_address("/t/weekly/42/3") == "/t/weekly/42/3"
    assert topic_address("/t/../admin") is None


@given(st.lists(st.sampled_from((*ACTIVE, f"[a]({ADDRESS})", "$x$", "**굵게**")), max_size=12))
@settings(max_examples=400, deadline=None)
def test_prose_holds_nothing_but_prose(pieces: list[str]) -> None:
    text = "".join(pieces)
    html = cook(
        render_prose(text, addresses=frozenset({str(safe_address(ADDRESS))}), math=True),
        EVERYTHING_ON,
    )
    soup = BeautifulSoup(html, "html.parser")
    assert {tag.name for tag in soup.find_all(True)} <= {
        "p", "ul", "li", "strong", "b", "i", "code", "a", "span",
    }, html  # fmt: skip
    assert all(tag["class"] == ["math"] for tag in soup.find_all("span")), html
    assert {tag["href"] for tag in soup.find_all("a")} <= {safe_address(ADDRESS)}, html


@given(st.text(max_size=40), st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_a_collapsed_section_closes_itself(summary: str, text: str) -> None:
    body = render_prose(text + "\n[/details]\n[details=x]", addresses=frozenset(), math=False)
    soup = parse(f"{render_details(summary or 'x', body)}\n\nafter")
    assert len(soup.find_all("details")) == 1
    assert soup.find_all(True, recursive=False)[-1].get_text() == "after"


def test_without_the_plugin_a_section_stands_open() -> None:
    assert render_details("원문", Markdown("Text"), plugin=False) == "**원문**\n\nText"


def test_a_link_without_label_shows_its_host() -> None:
    assert (
        render_link(" ", "https://example.org/x") == "[example.<!---->org](https://example.org/x)"
    )


def test_readers_text_has_no_marks() -> None:
    assert plain_text("**a *b* [c](https://x.org)** `d` $y_1$ <https://z.org>") == (
        "a b c d y₁ https://z.org"
    )
