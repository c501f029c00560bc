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
        ("{% for i in range(999) %}{% for j in range(999) %}{% endfor %}{% endfor %}", "turns"),
        ("{% for i in range(9999) %}x{% endfor %}", ":5: a range of more than 1000"),
        ("{{ 'x' * 10 ** 9 }}", ":5: "),
        ("{{ 'x' * 999999999 }}", ":5: * makes too long a text"),
        ("{{ 10 ** 10 ** 10 }}", ":5: ** makes too large a number"),
        ("{{ '%999999999d' % 1 }}", ":5: % writes as wide"),
        ("{{ '{:>999999999}'.format(1) }}", ":5: format writes as wide"),
        ("{{ 'x' | center(999999999) }}", ":5: it makes too long a text"),
        ("{{ 'x'.ljust(999999999) }}", ":5: it makes too long a text"),
        ("{% for i in range(999) %}{{ 'x' * 999 }}{% endfor %}", "it prints more than 200000"),
        (
            "{% set n = namespace(t='xxxxxxxx') %}{% for i in range(99) %}"
            "{% set n.t = n.t ~ n.t %}{% endfor %}",
            ":5: it prints more than 200000",
        ),
        ("{% include 'digest.md.j2' %}", "recursion"),
        ("{{ post.nothing.more }}", ":5: "),
        ("{{ labels.__init__ }}", ":5: "),
        ("{{ edition.__class__.__mro__ }}", ":5: "),
        ("{{ edition | attr('__class__') }}", ":5: No filter named 'attr'"),
    ],
)
def test_a_mistake_is_one_line_with_its_place(block: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        check_layout(layout(paper=block), a_language())
    assert str(caught.value).startswith("languages/ko/")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def changed(before: str, after: str) -> Layout:
    """Korean as shipped, with one change."""
    text = (defaults_folder() / "languages" / "ko" / "digest.md.j2").read_text("utf-8")
    assert text.count(before) == 1, before
    return Layout({"digest.md.j2": text.replace(before, after)}, "languages/ko")


HEADING = '## <a name="{{ paper.anchor }}"></a>{{ paper.number }}. {{ paper.heading }}'


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (HEADING, HEADING.replace('<a name="{{ paper.anchor }}"></a>', ""),
         'a link leads to #paper-1, which is not there; write <a name="{{ paper.anchor }}"></a>'),
        ('<a name="contents"></a>', "",
         'a link leads to #contents, which is not there; write <a name="contents"></a>'),
        ('<a name="contents"></a>', '<a name="paper-1"></a><a name="contents"></a>',
         "the anchor paper-1 stands 2 times"),
        ("<small>[{{ labels.to_contents }}]({{ post.back }})</small>\n{% endblock %}",
         "[details=x]\n\nmore\n{% endblock %}", "[details=x] has no other half"),
        ("{{ edition.picture }}", "[/details]", "[/details] has no other half"),
        ("{{ edition.picture }}", "<details><summary>x</summary>", "<details> is not closed in"),
        ("{{ edition.picture }}", "<!-- {{ edition.picture }}", "a comment <!-- is not closed"),
        ("{{ edition.picture }}", "{% raw %}{{ edition.picture }}{% endraw %}",
         "template code reaches readers: {{ edition.picture }}"),
        ("- {{ labels.report }}", "```\n- {{ labels.report }}", "close the ``` above it"),
        ("- {{ labels.report }}", "\n<!-- jubo mine 1/1 -->\n", "a comment <!-- jubo"),
        (HEADING, '<a name="{{ paper.anchor }}"></a>**{{ paper.heading }}**',
         "a paper has no heading"),
        ("{{ labels.contents | fill(count=edition.papers) }}", "{{ labels.contents }}",
         "{count} reaches readers as it is; fill the label: | fill(count=…)"),
        ("{% block closing %}", "{% block closing %}{% if false %}{{ labels.sourse }}{% endif %}",
         ":114: no label is called sourse; did you mean source?"),
    ],
)  # fmt: skip
def test_what_readers_would_stumble_over_is_found(before: str, after: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        check_layout(changed(before, after), a_language())
    assert str(caught.value).startswith("languages/ko/digest.md.j2")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{{ edition.picture }}", ""),
        ("{{ paper.seen_before }}", ""),
        ("<small>[{{ labels.to_contents }}]({{ post.back }})</small>\n{% endblock %}",
         "{% endblock %}"),
        (HEADING, HEADING.replace("{{ paper.heading }}", "{{ paper.name }}")),
        ("<small>{{ labels.edition | fill(id=edition.id) }}</small>", ""),
        ('## <a name="overview"></a>{{ labels.overview }}', '<div align="center">\n\n## x\n</div>'),
        ("<small>{{ labels.notice | fill(model=edition.model) }}</small>", "자동 번역입니다."),
    ],
)  # fmt: skip
def test_what_a_template_leaves_out_on_purpose_is_no_fault(before: str, after: str) -> None:
    check_layout(changed(before, after), a_language())


def test_a_layout_without_contents_needs_no_anchor() -> None:
    """Nothing links there: neither a list of the papers nor the commentary."""
    blocks = {
        "overview": "## {{ labels.overview }}",
        "paper": "## {{ paper.name }}\n{{ paper.introduction.target }}",
        "closing": "{{ edition.source }}",
        "reply_head": "{{ post.number }}",
    }
    check_layout(layout(**blocks), a_language())


@pytest.mark.parametrize(
    ("label", "text", "message"),
    [
        ("contents", "이번 주 논문 {cnt}편", "no value is called {cnt}; write {count}"),
        ("reply", "{number}/{totl}", "no value is called {totl}; write {total}"),
        ("refused_links", "뺀 링크", "{names} is missing; add it"),
        ("overview", "개요 {count}", "{count} reaches readers as it is"),
        ("overview", "{{ 개요 }}", "template code reaches readers: {{ 개요 }}"),
    ],
)
def test_a_label_that_the_templates_cannot_fill_is_named(
    label: str, text: str, message: str
) -> None:
    language = a_language()
    changed = replace(language, labels={**language.labels, label: text})
    with pytest.raises(ConfigError, match="languages/ko/") as caught:
        check_layout(a_layout(), changed)
    assert message in str(caught.value)


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
