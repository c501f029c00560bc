"""The HTML of a post: rows of section 8 of the forum's contract."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from bot.markdown.cook import CookOptions, cook


def soup(raw: str, options: CookOptions | None = None) -> BeautifulSoup:
    return BeautifulSoup(cook(raw, options or CookOptions()), "html.parser")


def has(raw: str, selector: str, options: CookOptions | None = None) -> bool:
    return soup(raw, options).select_one(selector) is not None


MATH = CookOptions(math=True)
TAGS = CookOptions(hashtags=frozenset({"weekly"}))


@pytest.mark.parametrize(
    "raw", ["@jubo", "(@jubo)", "말 @jubo, 말", "**@a**", r"\@jubo", "&#64;jubo"]
)
def test_8_mentions_stand_between_boundaries_and_are_matched_on_decoded_text(raw: str) -> None:
    assert has(raw, "a.mention")


@pytest.mark.parametrize("raw", ["a@b", "가@jubo", "@jubo님", "@\u200bjubo", "`@jubo`", "[@a](/x)"])
def test_8_no_mention_inside_words_code_links_or_after_a_zero_width_space(raw: str) -> None:
    assert not has(raw, ".mention")


def test_8_a_mention_of_nobody_is_a_span() -> None:
    assert has("@nobody", "span.mention", CookOptions(users=frozenset({"jubo"})))


@pytest.mark.parametrize(
    ("raw", "expected"),
    [("#weekly", True), ("#weekly::tag", True), ("#1", False), ("x#weekly", False)],
)
def test_8_a_hashtag_is_cooked_where_the_tag_exists(raw: str, expected: bool) -> None:
    assert has(f"see {raw}", "a.hashtag-cooked", TAGS) is expected


@pytest.mark.parametrize("raw", [":100:", "(:x:)", "ns::b::t", "🚀", "a :rocket: b", "1️⃣"])
def test_8_emoji_codes_and_unicode_emoji_become_images(raw: str) -> None:
    assert has(raw, "img.emoji")


@pytest.mark.parametrize("raw", [":1:", "12:30:45", "`:x:`", "no: yes: maybe:", "8) and 100"])
def test_8_times_and_colons_are_no_emoji(raw: str) -> None:
    assert not has(raw, "img.emoji")


def test_8_codes_match_inside_words_only_where_the_forum_says_so() -> None:
    assert has("값:x:값", "img.emoji")
    assert not has("값:x:값", "img.emoji", CookOptions(emoji_in_words=False))


@pytest.mark.parametrize(
    ("raw", "expected"),
    [(":)", True), ("(a :-) b", True), ("x :/ y", True), ("http://a", False), ("a:)b", False)],
)
def test_8_shortcuts_stand_between_spaces(raw: str, expected: bool) -> None:
    assert has(raw, "img.emoji") is expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("$x$", True),
        ("값($x$)은", True),
        ("값은 $x$, 또", True),
        ("$x$를", False),
        ("값$x$", False),
        ("$$x$$", False),
        ("$ $", True),
        (r"\$x$", False),
        (r"$x\$", False),
        ("$5 or $6", False),
        ("`$x$`", False),
    ],
)
def test_8_inline_math_needs_a_boundary_on_both_sides(raw: str, expected: bool) -> None:
    assert has(raw, "span.math", MATH) is expected


def test_8_two_prices_between_spaces_are_an_accidental_formula() -> None:
    assert soup("from 5$ to 6$ now", MATH).select(".math") == []
    assert has("costs $5 to $ 6", "span.math", MATH)


def test_8_dollars_are_text_while_the_plugin_is_off() -> None:
    assert cook("$x$") == "<p>$x$</p>\n"


def test_8_an_unclosed_math_block_swallows_the_rest() -> None:
    page = soup("a\n\n$$\nx<y\n\n# lost", MATH)
    assert page.select_one("h1") is None
    assert "x<y" in page.select("div.math")[0].text


def test_8_a_closed_math_block_ends_at_its_marker() -> None:
    page = soup("$$\nx\n$$\n# kept", MATH)
    assert page.select("div.math")[0].text.strip() == "x"
    assert page.select_one("h1") is not None


def test_8_details_nest_and_hold_markdown() -> None:
    raw = '[details="밖"]\n**굵게**\n\n[details=안]\n- a\n[/details]\n[/details]\n끝'
    page = soup(raw)
    assert [tag.text.strip() for tag in page.select("summary")] == ["밖", "안"]
    assert page.select_one("details details li") is not None
    assert page.find_all("p")[-1].text == "끝"


def test_8_unclosed_details_stay_text() -> None:
    assert not has('[details="x"]\ntext', "details")


def test_8_an_escaped_bracket_is_no_bbcode() -> None:
    assert not has('\\[quote="a"]\nb\n[/quote]', "aside.quote")


def test_8_a_quote_card_names_its_author() -> None:
    card = soup('[quote="ann, post:3, topic:42"]\nhi\n[/quote]').select("aside.quote")[0]
    assert (card["data-username"], card["data-post"], card["data-topic"]) == ("ann", "3", "42")


@pytest.mark.parametrize(
    ("raw", "selector"),
    [
        ("[spoiler]x[/spoiler]", ".spoiler"),
        ("a [spoiler]x[/spoiler]", "span.spoiler"),
        ("[spoiler]\nx\n[/spoiler]", "div.spoiler"),
        ("- [x] done", ".chcklst-box.checked"),
        ("a^[note]", "sup.footnote-ref"),
        ("a[^1]\n\n[^1]: note", "section.footnotes"),
        ("[date=2026-01-31]", ".discourse-local-date"),
        ("[wrap=toc k=v]\nx\n[/wrap]", "div.d-wrap[data-wrap=toc][data-k=v]"),
        ("[poll]\n- a\n[/poll]", "div.poll"),
        ('[chat quote="a;1;2026"]\nhi\n[/chat]', "div.chat-transcript"),
        ("| a |\n|---|\n| b |", "div.md-table > table"),
        ("a\nb", "br"),
        ("```python\nx\n```", 'pre[data-code-wrap="python"] code.lang-python'),
        ("```\nx\n```", "code.lang-auto"),
        ("a [b]k[/b]", "span.bbcode-b"),
    ],
)
def test_8_what_acts_on_the_forum_shows_by_its_class(raw: str, selector: str) -> None:
    assert has(raw, selector)


def test_8_details_and_spoiler_may_stand_on_one_line() -> None:
    assert soup("[details=a]b **c**[/details]").select("details strong")[0].text == "c"


@pytest.mark.parametrize(
    ("raw", "url"),
    [
        ("see arxiv.org now", "http://arxiv.org"),
        ("model.io.", "http://model.io"),
        ("www.example.xyz", "http://www.example.xyz"),
        ("(https://example.org/a_(b))", "https://example.org/a_(b)"),
        ("https://example.org/a?b=1, then", "https://example.org/a?b=1"),
        ("mail me@example.org", "mailto:me@example.org"),
    ],
)
def test_8_bare_addresses_and_domains_become_links(raw: str, url: str) -> None:
    assert [a["href"] for a in soup(raw).select("a")] == [url]


@pytest.mark.parametrize("raw", ["README.md", "v1.2", "arxiv.org에서", "`arxiv.org`", "e.g.this"])
def test_8_file_names_and_versions_are_no_links(raw: str) -> None:
    assert not has(raw, "a")


@pytest.mark.parametrize(
    ("raw", "count"),
    [
        ("https://example.org/a", 1),
        ("https://example.org/a\nhttps://example.org/b", 2),
        ("see https://example.org/a", 0),
        ("- https://example.org/a", 0),
        ("> https://example.org/a", 0),
        ("<https://example.org/a>", 0),
        ("[a](https://example.org/a)", 0),
        ("text\n https://example.org/a", 0),
        ("arxiv.org", 0),
    ],
)
def test_8_an_address_alone_on_its_line_is_a_onebox(raw: str, count: int) -> None:
    assert len(soup(raw).select("aside.onebox")) == count


def test_8_oneboxes_end_at_the_maximum() -> None:
    raw = "\n".join(f"https://example.org/{n}" for n in range(5))
    page = soup(raw, CookOptions(oneboxes=3))
    assert len(page.select("aside.onebox")) == 3


def test_8_an_address_of_the_forum_itself_is_an_inline_onebox() -> None:
    options = CookOptions(site_url="https://discuss.example.org")
    assert has("see https://discuss.example.org/t/x/1 now", "a.inline-onebox", options)
    assert not has("see https://discuss.example.org.evil.org/t now", "a.inline-onebox", options)


def test_8_heading_anchors_count_outside_quotes_and_drop_korean() -> None:
    raw = '# 한국어 / Two words\n[quote="a"]\n## 안\n[/quote]\n## 논문'
    names = [a["name"] for a in soup(raw, CookOptions(post_id=7)).select("a.anchor")]
    assert names == ["p-7-two-words-1", "p-7-h-2"]


def test_8_own_anchors_pass_and_other_ids_do_not() -> None:
    page = soup('<a name="top"></a>\n\n<h2 id="heading--x">a</h2>\n\n<h2 id="evil">b</h2>')
    assert page.select_one('a[name="top"]') is not None
    assert [tag.get("id") for tag in page.select("h2")] == ["heading--x", None]


def test_8_the_sanitiser_keeps_an_allow_list() -> None:
    raw = (
        '<p onclick="x()" style="color:red" class="evil">a</p>'
        "<script>alert(1)</script><iframe src='https://example.org'></iframe>"
        '<a href="javascript:alert(1)">b</a><!-- jubo 1/2 --><kbd>k</kbd>'
    )
    html = cook(raw)
    assert "alert" not in html
    for trace in ("onclick", "style", "evil", "script", "iframe", "jubo", "javascript"):
        assert trace not in html
    assert "<kbd>k</kbd>" in html


def test_8_an_upload_is_shown_at_its_size() -> None:
    options = CookOptions(resolve_upload={"upload://a.png": "/uploads/1.png"}.get)
    image = soup("![그림|690x388, 50%](upload://a.png)", options).select("img")[0]
    assert (image["src"], image["alt"]) == ("/uploads/1.png", "그림")
    assert (image["width"], image["height"]) == ("345", "194")
    assert image["data-orig-src"] == "upload://a.png"


def test_8_an_unknown_upload_is_an_empty_picture() -> None:
    assert soup("![a](upload://no.png)").select("img")[0]["src"] == "/images/transparent.png"


def test_8_files_and_sound_have_their_own_elements() -> None:
    options = CookOptions(resolve_upload=lambda url: url.replace("upload://", "/uploads/"))
    assert has("[a.pdf|attachment](upload://a.pdf)", "a.attachment[href='/uploads/a.pdf']", options)
    assert has("![a|video](upload://a.mp4)", "video[src='/uploads/a.mp4']", options)
    assert soup("[a](upload://b.pdf)").select("a")[0]["href"] == "/404"


def test_8_the_typographer_changes_prose_but_no_code() -> None:
    page = soup('"a" -- b... (c) `"x" --`')
    assert page.text.strip() == '“a” – b… © "x" --'


def test_8_bold_that_ends_in_punctuation_before_a_particle_is_not_bold() -> None:
    assert not has("**LLM(대규모 언어 모델)**은", "strong")
    assert has("**LLM**은", "strong")


def test_8_every_switch_switches_off() -> None:
    off = CookOptions(
        mentions=False, emoji=False, linkify=False, typographer=False, hard_breaks=False,
        footnotes=False, checklists=False,
    )  # fmt: skip
    assert cook('@a :x: arxiv.org "q" [x] a^[n]\nb', off) == (
        '<p>@a :x: arxiv.org "q" [x] a^[n]\nb</p>\n'
    )


@given(st.text(alphabet='@#:$[]()<>"`*_|\\\n ax1/.=é가🚀-!{}^', max_size=200))
def test_no_text_breaks_the_cook_or_passes_a_script(raw: str) -> None:
    html = cook(raw, CookOptions(math=True, post_id=1))
    assert "<script" not in html
    assert not BeautifulSoup(html, "html.parser").select("[onclick], [style*=color], iframe")
