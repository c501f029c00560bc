"""A layout is safe whatever its author forgets, and a mistake is told with file and line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.config import defaults_folder
from bot.digest import Layout, check_layout
from bot.errors import ConfigError
from bot.markdown.neutral import Markdown
from bot.texts.languages import load_language
from bot.texts.layouts import load_layout
from tests.builders import a_language, a_layout

BLOCKS = ("overview", "paper", "closing", "reply_head")


def layout(**blocks: str) -> Layout:
    text = "\n".join(
        f"{{% block {name} %}}\n{blocks.get(name, 'x')}\n{{% endblock %}}" for name in BLOCKS
    )
    return Layout({"digest.md.j2": text, "part.j2": "{{ value }}!"}, "languages/ko")


@pytest.mark.parametrize("code", ["ko", "ja"])
def test_the_shipped_layouts_show_every_digest(code: str) -> None:
    folder = defaults_folder() / "languages" / code
    language = load_language(folder)
    assert not [problem for problem in language.problems if "labels" in problem]
    check_layout(load_layout(folder), language)


def test_a_value_is_neutral_unless_it_was_composed() -> None:
    rendered = layout(paper="{{ a }} {{ b }} {{ c }} {{ a ~ b }} {{ none }}|").render(
        "paper", {"a": "*@all*", "b": Markdown("**b**"), "c": 3, "none": None}
    )
    assert rendered == r"\*@<!---->all\* **b** 3 \*@<!---->all\*\*\*b\*\* |"


def test_no_filter_makes_outside_text_markdown() -> None:
    block = "{{ a | safe }} {{ a | upper }} {{ [a, b] | join(', ') }} {{ a | bold }}"
    rendered = layout(paper=block).render("paper", {"a": "*x*", "b": Markdown("**b**")})
    assert rendered == r"\*x\* \*X\* \*x\*, **b** <b>\*x\*</b>"


def test_a_label_is_filled_and_an_include_keeps_its_shape() -> None:
    block = "{{ label | fill(n=3, link=link) }}{% include 'part.j2' %}"
    values = {"label": "{n}편, {link}", "link": Markdown("[a](#b)"), "value": Markdown("**v**")}
    assert layout(paper=block).render("paper", values) == "3편, [a](#b)**v**!"


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ("a\n{{ papr }}", ":6: 'papr' is undefined"),
        ("{{ labels.overvew }}", ":5: no label is called overvew; did you mean overview?"),
        ("{% if %}", ":5: "),
        ("a\n\n{% endfor %}", ":7: "),
        ("{{ a | unknown }}", ":5: No filter named 'unknown'"),
        ("{% macro m() %}{% endmacro %}", ":5: a macro's text would be neutralised"),
        ("{% set x %}y{% endset %}", ":5: a macro's text would be neutralised"),
        ("{% include 'nowhere.j2' %}", "nowhere.j2: no such template"),
        ("{{ ''.__class__ }}", ":5: "),
        ("{{ 1 / 0 }}", ":5: division by zero"),
        ("{{ '{x}' | fill() }}", ":5: "),
        ("{% for i in range(10 ** 9) %}{% endfor %}", ":5: "),
    ],
)
def test_a_mistake_is_one_line_with_its_place(block: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        check_layout(layout(paper=block), a_language())
    assert str(caught.value).startswith("languages/ko/")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_block_is_named() -> None:
    with pytest.raises(ConfigError, match=r"digest\.md\.j2:1: the block closing is missing"):
        Layout(
            {"digest.md.j2": "{% block overview %}{% endblock %}{% block paper %}{% endblock %}"}
        )


def test_a_missing_file_is_named() -> None:
    with pytest.raises(ConfigError, match=r"languages/xx/digest\.md\.j2: no such template"):
        Layout({}, "languages/xx")


def test_a_missing_label_is_named() -> None:
    language = a_language()
    labels = {name: text for name, text in language.labels.items() if name != "link_code"}
    with pytest.raises(ConfigError, match=r"ko/language\.yml: labels: link_code is missing"):
        check_layout(a_layout(), replace(language, labels=labels))


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "digest.md.j2").write_bytes(b"\xff")
    with pytest.raises(ConfigError, match="cannot be read as UTF-8"):
        load_layout(tmp_path)
    (tmp_path / "digest.md.j2").write_text(" " * 200_001)
    with pytest.raises(ConfigError, match="is larger than 200 kB"):
        load_layout(tmp_path)
