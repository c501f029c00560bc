"""Text from outside stands on the forum as it is, and does nothing there."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.markdown.cook import CookOptions, cook
from bot.markdown.neutral import clean, neutralise

EVERYTHING_ON = CookOptions(
    math=True,
    hashtags=frozenset({"ai", "error", "b", "0"}),
    linkify_tlds=("com", "org", "io", "co", "ai", "me", "so"),
    site_url="https://discuss.example.org",
)
# The only elements that neutral text may give rise to: its paragraph, and code around an emoji.
HARMLESS = {"p", "code"}
ACTIVE = (
    "@all", "@jubo", "(@here)", "#ai", "#error", "# ", "## a", ":100:", "(:x:)", "ns::b::t", ":)",
    ":-)", "8-)", "^_^", ":+1:", ":wave:t3:", "$", "$$", "$5 and $10", "<b>", "</b>", "<!--", "-->",
    "<script>", "<https://a.org>", "&amp;", "&#64;", "arxiv.org", "www.a.b", "hf.co", "a@b.co",
    "http://a.b", "https://discuss.example.org/t/1", "//a.org", "mailto:a@b.co", "**", "*", "_",
    "__", "~~", "`", "```", "~~~", "![", "[", "]", "](", "](http://a.b)", "[^1]", "[^1]:", "^[",
    "[ ]", "[x]", "[spoiler]", "[/spoiler]", "[details]", "[quote=a]", "[/quote]", "[poll]",
    "[date=2026-01-31]", "[wrap=a]", "[chat quote=a]", "|", "|-|", "---", "===", "- ", "+ ", "1) ",
    "2. ", "> ", "\\", "\n", "\r\n", "\t", "    ", "\u200b", "\u202e", "\u2066", "\ufeff", "\u3164",
    "\u0301", "\u2028", "🔥", "™", "↔", "1️⃣", "👩‍🔬", "{{jubo:picture:", "(c)", "--", "...", "은",
    "를",
    "가", "a", "b", "0", "1", " ", ".", ":", "-", '"', "'", "%", "x", "ai", "org",
)  # fmt: skip

pieces = st.lists(st.sampled_from(ACTIVE), max_size=12).map("".join)


def visible(html: str) -> str:
    return BeautifulSoup(html, "html.parser").get_text().strip()


def straight(text: str) -> str:
    """The typographer's quotation marks turned back; nothing else of it may be seen."""
    return text.translate(str.maketrans("“”‘’", "\"\"''"))


def assert_inert(text: str) -> None:
    html = cook(neutralise(text), EVERYTHING_ON)
    found = {tag.name for tag in BeautifulSoup(html, "html.parser").find_all(True)}
    assert found <= HARMLESS, html
    assert straight(visible(html)) == straight(clean(text))


@given(pieces)
@example("@<!---->all\\")
@settings(max_examples=400, deadline=None)
def test_what_acts_on_a_forum_is_shown_instead(text: str) -> None:
    assert_inert(text)


@given(st.text())
@settings(max_examples=3000, deadline=None)
def test_any_text_is_shown_as_it_is(text: str) -> None:
    assert_inert(text)


@given(pieces, st.sampled_from(["앞 문장\n{}", "> {}", "- {}", "## {}", "앞 {} 뒤", "[{}](#a)"]))
@settings(max_examples=300, deadline=None)
def test_it_is_inert_wherever_it_stands(text: str, place: str) -> None:
    """After a line, in a quote, a list, a heading, a sentence or a link's label."""
    bare = BeautifulSoup(cook(place.format("x"), EVERYTHING_ON), "html.parser")
    html = cook(place.format(neutralise(text) or "x"), EVERYTHING_ON)
    found = BeautifulSoup(html, "html.parser")
    assert sorted(tag.name for tag in found.find_all(True) if tag.name != "code") == sorted(
        tag.name for tag in bare.find_all(True)
    ), html


@pytest.mark.parametrize(
    "text", ["plain words", "한국어 문장입니다.", "R&D, 17.8% (v1.2)", "e.g. GPT-4"]
)
def test_everyday_text_is_left_alone(text: str) -> None:
    """A moderator who edits the post meets no needless marks."""
    assert neutralise(text) == text


@pytest.mark.parametrize(
    "hidden",
    ["\u200b", "\u200e", "\u202e", "\u2066", "\u2060", "\ufeff", "\u00ad", "\u3164", "\u115f",
     "\U000e0041", "\ud800", "\x00", "\x1b", "\ue000", "\ufdd0"],
)  # fmt: skip
def test_what_hides_or_turns_text_is_gone(hidden: str) -> None:
    assert clean(f"a{hidden}b") == "ab"


def test_a_tower_of_marks_is_cut() -> None:
    """It would cover the lines above and below."""
    assert clean("e" + "\u0301" * 50) == "e" + "\u0301" * 3


def test_no_text_can_pass_for_our_own_marks() -> None:
    from bot.planning.markers import find_marker
    from bot.planning.placeholders import PICTURE, address_placeholder, fill

    for mark in (PICTURE, address_placeholder(2, "paper-1"), "<!-- jubo a-ko 1/1 -->"):
        text = neutralise(mark)
        assert find_marker(f"a\n\n{text}\n\nb") is None
        assert fill(text, {2: "/t/-/1/2"}, picture="upload://x.png") == text
