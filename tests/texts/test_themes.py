"""A broken theme is named with file, line and cause, is left out, and never stops the rest."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ConfigError
from bot.texts.themes import LoadedThemes, load_themes

GOOD = "good: {en: Good, words: [good]}\n"


def read(folder: Path, text: str) -> LoadedThemes:
    file = folder / "themes.yml"
    file.write_text(text, encoding="utf-8")
    return load_themes(file)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("good: {en: Twice, words: [x]}", "theme good: stands twice in the file; keep one"),
        ("a: {en: A, words: [x], words: [y]}", "theme a: words stands twice; keep one"),
        ("a: {en: A, en: B, words: [y]}", "theme a: en stands twice; keep one"),
        ("a: {en: good, words: [x]}", "theme a: en: good is the name of theme good, too"),
        ("a: {en: A, wrods: [x]}", "theme a: unknown key wrods; did you mean words?"),
        ("a: {en: A, name: [x]}", "theme a: unknown key name; did you mean names?"),
        ("a: {en: A, nto: [x], words: [y]}", "theme a: unknown key nto; did you mean not?"),
        ("a: {en: A, category: cs.RO}", "theme a: unknown key category; did you mean categories?"),
        ("a: {Zzzz: A, words: [x]}", "theme a: unknown key Zzzz; known keys: words, names"),
        ("a: {en: A, words: [], names: []}", "theme a: has no rule: words, names and categories"),
        ("a: {en: A, not: [x]}", "theme a: has no rule: words, names and categories are empty"),
        ("a: {en: A, words: ['  ']}", "theme a: words has an empty word"),
        ("a: {en: A, words: [x, '…']}", "theme a: words has an empty word"),
        ("a: {en: A, words: [x, X]}", "theme a: words has x twice; keep one"),
        ("a: {en: A, words: [x, y], not: [X]}", "theme a: x stands under words and under not"),
        ("a: {en: A, categories: [cs.lg]}", "theme a: cs.lg is no category of arXiv's; write it"),
        ("a: {en: A, categories: [cs.RO, Robotics]}", "theme a: Robotics is no category of arXiv"),
        ("a: {en: A, words: [2024]}", "theme a: words must be a list of words, in quotation marks"),
        ("a: {en: A, words: }", "theme a: words must be a list of words"),
        ("a: {en: A, words: {x: y}}", "theme a: words must be a list of words"),
        ("a: {en: 7, words: [x]}", "theme a: en must be the theme's name in that language"),
        ("a: {en: ' ', words: [x]}", "theme a: en must be the theme's name in that language"),
        ("a: {en: 2024-13-45, words: [x]}", "theme a: en must be the theme's name"),
        ("a: {? [x] : y, words: [x]}", "theme a: unknown key of brackets; known keys: words"),
        ("a: !!timestamp x", "theme a: has no rules"),
        ("~: {en: A, words: [x]}", "theme : its id must be text"),
        ('"a\\nb": {en: A, words: [x]}', "theme a\\u000ab: its id must be text"),
        ('a: {en: "\\uD800", words: [x]}', "theme a: en must be the theme's name"),
    ],
)
def test_what_is_wrong_with_a_theme_is_one_line_of_file_theme_and_cause(
    tmp_path: Path, text: str, problem: str
) -> None:
    loaded = read(tmp_path, f"{GOOD}# a comment\n{text}\nlast: {{en: Last, words: [last]}}\n")
    (line,) = loaded.problems
    assert line.startswith(f"{tmp_path}/themes.yml:3: {problem}")
    assert line.endswith("; it is left out")
    assert [theme.theme_id for theme in loaded.themes] == ["good", "last"]


def test_a_word_of_two_themes_is_a_hint_since_a_paper_may_have_both(tmp_path: Path) -> None:
    loaded = read(tmp_path, GOOD + "b: {en: B, words: [Good, x]}\n")
    assert (len(loaded.themes), loaded.problems) == (2, ())
    assert loaded.hints == ("good counts under good and b",)


def test_blanks_around_a_word_do_not_keep_it_from_fitting(tmp_path: Path) -> None:
    (theme,) = read(tmp_path, 'a: {en: " A ", words: [" x y "]}').themes
    assert (theme.words, theme.name("en")) == (("x y",), "A")


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    assert [theme.theme_id for theme in read(tmp_path, f"\ufeff{GOOD}").themes] == ["good"]


@pytest.mark.parametrize(
    "text", ["", "[" * 5000, 'a: "\\UFFFFFFFF"', 'a: "\\U00110000"', "a: *b", "---\n---\n", "!"]
)
def test_a_file_that_cannot_be_used_at_all_is_one_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError, match=r"themes\.yml: [^\n]+$"):
        read(tmp_path, text)


_SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates()
_KEYS = st.sampled_from(["words", "names", "categories", "not", "en", "ko", "wrods"]) | st.text()
_VALUES = st.recursive(
    _SCALARS | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(_KEYS, inner),
    max_leaves=12,
)


@given(st.dictionaries(_KEYS | st.integers() | st.dates(), _VALUES))
def test_any_values_are_themes_or_our_own_error(
    tmp_path_factory: pytest.TempPathFactory, values: dict[object, object]
) -> None:
    assert_told(tmp_path_factory, yaml.safe_dump(values, allow_unicode=True))


@given(st.text(alphabet="ab:[]{}?!&*<>-|'\"\\%#~ \n\tUuxD8", max_size=80))
def test_any_text_is_themes_or_our_own_error(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    assert_told(tmp_path_factory, text)


def assert_told(factory: pytest.TempPathFactory, text: str) -> None:
    """Every entry is a theme or has its line, which can be printed."""
    try:
        loaded = read(factory.getbasetemp(), text)
    except ConfigError as error:
        lines = [str(error)]
    else:
        assert loaded.themes or loaded.problems
        lines = [*loaded.problems, *loaded.hints]
    assert [line for line in lines if not line.isprintable()] == []


@pytest.mark.parametrize(
    "category",
    ["cs.LG", "q-bio.NC", "astro-ph.CO", "cond-mat.dis-nn", "physics.ao-ph", "hep-th", "quant-ph"],
)
def test_every_shape_of_arxivs_categories_counts(tmp_path: Path, category: str) -> None:
    loaded = read(tmp_path, f"a: {{en: A, categories: [{category}]}}\n")
    assert not loaded.problems
    assert loaded.themes[0].categories == (category,)
