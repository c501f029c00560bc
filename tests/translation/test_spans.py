from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.translation.spans import find_spans, protect, restore
from bot.translation.tex import readable

_TEXTS = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "$x^2$",
                "`code`",
                "https://example.org/a_(b)",
                "[name](https://example.org)",
                "⟦1⟧",
                "[[2]]",
                "$5",
                "me@example.org",
                "www.example.org",
                "example.org/a_b",
                "tbench.ai",
                "'",
            ]
        ),
        st.text("ab 가나$`[]()⟦⟧【】12.", max_size=8),
    ),
    max_size=12,
).map("".join)


@given(_TEXTS)
def test_what_is_protected_comes_back_as_it_was(text: str) -> None:
    protected = protect(text)
    restored = restore(protected.text, protected.spans)
    assert restored.text == text
    assert protected.spans == tuple(find_spans(text))


@pytest.mark.parametrize(
    "reply",
    [
        "⟦2⟧ 다음 ⟦1⟧을",
        "⟦ 2 ⟧ 다음 ⟦1 ⟧을",
        "[[2]] 다음 [[1]]을",
        "【2】 다음 【1】을",
        "［［２］］ 다음 〚１〛을",
        "〖2〗 다음 ⟪1⟫을",
        "`sort` 다음 $O(n)$을",
    ],
)
def test_the_decoder_forgives_order_spaces_and_brackets(reply: str) -> None:
    restored = restore(reply, ("$O(n)$", "`sort`"))
    assert restored.whole
    assert restored.text == "`sort` 다음 $O(n)$을"


def test_a_lost_a_doubled_and_an_invented_span_are_named() -> None:
    lost = restore("아무것도 없습니다.", ("$x^2$",))
    doubled = restore("⟦1⟧과 ⟦1⟧", ("$x^2$",))
    invented = restore("⟦1⟧, ⟦7⟧, https://evil.example.org", ("$x^2$",))

    assert lost.missing == ("$x^2$",)
    assert doubled.unexpected == ("$x^2$",)
    assert invented.unexpected == ("⟦7⟧", "https://evil.example.org")


@pytest.mark.parametrize(
    "reply", ["코드는 x⟦1⟧입니다.", "코드는 evil⟦1⟧입니다.", "코드는 7[[1]]입니다."]
)
def test_a_letter_in_front_of_an_address_makes_it_another(reply: str) -> None:
    restored = restore(reply, ("https://example.org/a",))

    assert restored.missing == ("https://example.org/a",)
    assert len(restored.unexpected) == 1
    assert restore("코드⟦1⟧, n⟦2⟧", ("https://example.org/a", "$k$")).whole


def test_equal_spans_may_change_places() -> None:
    """The multiset counts, not the numbers: both tokens stand for the same text."""
    assert restore("⟦2⟧ 그리고 ⟦1⟧", ("`a`", "`a`")).whole
    assert restore("⟦1⟧ 그리고 ⟦1⟧", ("`a`", "`a`")).whole


def test_a_source_cannot_forge_a_token() -> None:
    protected = protect("The token ⟦9⟧ and $x^2$.")
    assert protected.text == "The token ⟦1⟧ and ⟦2⟧."
    assert restore(protected.text, protected.spans).text == "The token ⟦9⟧ and $x^2$."


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("(see https://example.org/a_(b)).", "https://example.org/a_(b)"),
        ("see <https://example.org>.", "<https://example.org>"),
        ("https://example.org을 보세요", "https://example.org"),
        ("write to me.too@example.org.", "me.too@example.org"),
        ("at pass@1 we use `x = 'a'`", "`x = 'a'`"),
    ],
)
def test_a_span_ends_where_the_sentence_goes_on(text: str, span: str) -> None:
    assert find_spans(text) == [span]


def test_tex_quotes_are_not_code() -> None:
    assert find_spans("`where' and `how' differ") == []


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("code at github.com/foo/bar.", "github.com/foo/bar"),
        ("코드는 tbench.ai에서", "tbench.ai"),
        ("(see evil.com/x)", "evil.com/x"),
        ("x.ai and more", "x.ai"),
        ("weights: hf.co/org/model-7b, and", "hf.co/org/model-7b"),
        ("lab.github.io/page/?a=b#c; then", "lab.github.io/page/?a=b#c"),
        ("a.co.kr와", "a.co.kr"),
        ("youtu.be/abc_d", "youtu.be/abc_d"),
        ("EVIL.COM now", "EVIL.COM"),
        ("host.org:8080/a_(b)!", "host.org:8080/a_(b)"),
        ("Is it claude.ai?", "claude.ai"),
        ("cs.stanford.edu/~name", "cs.stanford.edu/~name"),
        ("tbench.ai-style tasks", "tbench.ai"),
    ],
)
def test_an_address_without_a_scheme_is_protected(text: str, address: str) -> None:
    """Forums make links of them."""
    assert find_spans(text) == [address]
    assert readable(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "README.md, model.py and config.yaml",
        "v1.2, 3.5, 1.0.dev and 2.0.0.dev1",
        "torch.compile, difflib.SequenceMatcher, tf.io.read_file, tf.io and np.me()",
        "i.e., e.g. this, U.K. and U.S.A., Ph.D., et al.",
        "cs.AI, cs.CL and math.CO",
        "ASP.NET, Node.js/React and train.py/eval.py",
        "the end.It goes on and/or stops.Me too",
        "src/pkg.io is a folder",
    ],
)
def test_names_that_look_like_addresses_are_none(text: str) -> None:
    assert find_spans(text) == []
