"""Glossary: matching in both languages, conflicts, broken rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import defaults_folder
from bot.errors import ConfigError
from bot.model.language import Glossary, Language, Term
from bot.texts.languages import load_language, parse_glossary
from bot.translation.glossary import find_conflicts, find_rendering, find_terms, swap_term, uses

KOREAN = Language("ko", "한국어", particles=True)


def a_glossary(*sources: str) -> Glossary:
    return Glossary(tuple(Term(source, "용어") for source in sources))


def found(source: str, *terms: str) -> list[str]:
    return [match.text for match in find_terms(source, a_glossary(*terms))]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Large Language Models", "large language model"),
        ("fine tuning", "fine-tuning"),
        ("Fine-Tuning", "fine-tuning"),
        ("zero-shot", "zero-shot"),
        ("policies", "policy"),
        ("batches", "batch"),
        ("LLMs", "LLM"),
        ("state-of-the-art", "state of the art"),
        ("large\nlanguage model", "large language model"),
    ],
)
def test_a_term_is_found_in_its_usual_spellings(text: str, term: str) -> None:
    assert found(f"the {text}, here", term) == [text]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("rag", "RAG"),
        ("fragment", "RAG"),
        ("densely", "dense"),
        ("language. Model", "language model"),
        ("prompts", "prompt tuning"),
    ],
)
def test_another_word_is_not_the_term(text: str, term: str) -> None:
    assert found(text, term) == []


def test_the_longest_term_wins_and_none_overlap() -> None:
    terms = ("learning", "reinforcement learning", "reinforcement learning from human feedback")
    source = "Reinforcement learning from human feedback beats reinforcement learning and learning"
    assert found(source, *terms) == [
        "Reinforcement learning from human feedback",
        "reinforcement learning",
        "learning",
    ]


@pytest.mark.parametrize(
    ("target", "rendering"),
    [
        ("강화 학습을 씁니다", "강화 학습"),
        ("강화학습을 씁니다", "강화 학습"),
        ("검색-증강 생성은", "검색 증강 생성"),
        ("LLM은 강합니다", "LLM"),
        ("LLM들은", "LLM"),
        ("(LLM)", "LLM"),
        ("대규모 언어 모델(LLM)이", "대규모 언어 모델"),
        ("서베이입니다", "서베이"),
        ("프롬프트에서", "프롬프트"),
    ],
)
def test_a_rendering_is_found_whatever_its_spacing_and_particle(
    target: str, rendering: str
) -> None:
    assert len(find_rendering(target, rendering, KOREAN)) == 1
    assert uses(target, rendering)


@pytest.mark.parametrize(
    ("target", "rendering"),
    [
        ("그라마", "라마"),
        ("라마단", "라마"),
        ("VLLM", "LLM"),
        ("건초더미", "더미"),
        ("학습", "강화 학습"),
    ],
)
def test_a_part_of_another_word_is_not_the_rendering(target: str, rendering: str) -> None:
    assert find_rendering(target, rendering, KOREAN) == []


def test_a_swap_without_particle_rules_leaves_the_rest_alone() -> None:
    assert swap_term("설문조사를", (0, 4), "LLM", Language("xx", "x")) == "LLM를"


@given(st.text(max_size=80))
def test_matches_lie_in_the_source_in_order(source: str) -> None:
    matches = find_terms(source, a_glossary("a", "a b", "B"))
    spans = [match.span for match in matches]
    assert spans == sorted(spans)
    assert all(source[slice(*match.span)] == match.text for match in matches)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("- {source: a}", "a: target is missing"),
        ("- {target: 가}", "source is missing"),
        ("- {source: a, target: 가, varient: [나]}", "a: unknown key varient; known keys: source"),
        ("- {source: a, target: 가, variants: 나}", "a: variants must be a list of words"),
        ("- {source: a, target: 가, keep: maybe}", "a: keep must be true or false"),
        ("- {source: 가, target: 나}", "가: source must have Latin letters or digits"),
        ("- just words", "a row must have keys and values"),
        ("- {source: a, target: 가", "mend the row"),
        ("- {source: a, target: 가, forbidden: [가]}", "a: 가 is both accepted and forbidden"),
        ("- {source: tokens, target: 가}", "tokens is also line 1 (token); keep one"),
        ("- {source: Token, target: 가}", "Token is also line 1 (token); keep one"),
        (" - {source: a, target: 가}", "stands further in than the other rows"),
        ("\t- {source: a, target: 가}", "stands further in than the other rows"),
        ("-{source: a, target: 가}", "a dash needs a space behind it"),
        ("-", "a row must have keys and values"),
        ("- {source: a, target: 가, source: b}", "source stands twice in the row; keep one"),
        ("- source: a\n  target: 가\n  target: 나", "target stands twice in the row; keep one"),
        ("words without a dash", "is no row; a row begins with a dash"),
        ("- {source: a, target: 가} trailing", "mend the row"),
        ("- {source: a, target: !!timestamp x}", "mend the row"),
    ],
)
def test_a_broken_row_is_named_with_its_line_and_the_rest_works(row: str, problem: str) -> None:
    text = (
        f"- {{source: token, target: 토큰}}\n# a comment\n{row}\n- {{source: layer, target: 층}}\n"
    )

    glossary, problems = parse_glossary(text, "glossary.yml")

    assert len(problems) == 1
    assert problems[0].startswith("glossary.yml:3:")
    assert problem in problems[0]
    assert {"token", "layer"} <= {term.source for term in glossary.terms}


@pytest.mark.parametrize("text", ["", "\n\n", "# only\n  # comments", "---\n...\n"])
def test_a_glossary_without_rows_is_empty(text: str) -> None:
    """It once ended every command in an internal error."""
    assert parse_glossary(text, "glossary.yml") == (Glossary(), ())


@pytest.mark.parametrize(
    "text",
    [
        "  - {source: token, target: 토큰}\n  - {source: layer, target: 층}\n",
        "\ufeff- {source: token, target: 토큰}\n- {source: layer, target: 층}\n",
        "- source: token\n  target: 토큰\n  variants:\n  - 낱말\n"
        "-\n  source: layer\n  target: 층\n",
        "---\r\n- {source: token,\r\n   target: 토큰}\r\n\r\n"
        "- {source: layer, target: 층}\r\n...\r\n",
    ],
)
def test_rows_may_be_indented_and_span_lines(text: str) -> None:
    glossary, problems = parse_glossary(text, "glossary.yml")

    assert problems == ()
    assert [term.source for term in glossary.terms] == ["token", "layer"]


def test_a_first_row_too_far_in_is_the_one_that_is_named() -> None:
    rows = " - {source: a, target: 가}\n- {source: b, target: 나}\n- {source: c, target: 다}\n"
    glossary, problems = parse_glossary(rows, "glossary.yml")

    assert [term.source for term in glossary.terms] == ["b", "c"]
    assert [problem.partition(" ")[0] for problem in problems] == ["glossary.yml:1:"]


def test_text_before_the_first_row_is_named() -> None:
    glossary, problems = parse_glossary("terms:\n- {source: token, target: 토큰}\n", "g.yml")

    assert [term.source for term in glossary.terms] == ["token"]
    assert [problem.partition(";")[0] for problem in problems] == ["g.yml:1: is no row"]


def test_capitals_are_no_conflict_where_the_target_is_the_same_or_both_are_exact() -> None:
    terms = (Term("a", "가"), Term("A", "가"), Term("RAG", "나"), Term("Rag", "다"))
    assert list(find_conflicts(Glossary(terms))) == []


@given(st.text("-{}[]:,#'\"&*!|> \n\tabsourcetarget가\ufeff", max_size=80))
def test_no_glossary_raises(text: str) -> None:
    _, problems = parse_glossary(text, "glossary.yml")
    assert all("\n" not in problem for problem in problems)


def test_a_byte_order_mark_loses_no_row(tmp_path: Path) -> None:
    """Windows' editors put one before the first row."""
    folder = write(tmp_path, language="name: T\n", glossary="\ufeff- {source: token, target: t}\n")
    language = load_language(folder)

    assert [term.source for term in language.glossary.terms] == ["token"]
    assert language.problems == ()


def test_the_korean_glossary_has_250_terms_and_no_conflict() -> None:
    korean = load_language(defaults_folder() / "languages" / "ko")

    assert korean.problems == ()
    assert len(korean.glossary.terms) >= 250
    renderings = {term.source: term for term in korean.glossary.terms}
    assert renderings["survey"].target == "서베이"
    assert "설문조사" in renderings["survey"].forbidden
    assert "밀도" in renderings["dense"].forbidden
    assert renderings["LLM"].keep


def write(folder: Path, **files: str) -> Path:
    language = folder / "xx"
    language.mkdir()
    for name, text in files.items():
        (language / f"{name}.yml").write_text(text, encoding="utf-8")
    return language


def test_a_folder_is_a_language(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        language="name: Test\nlabels: {overview: O}\ntitle: T {first}\nscripts: [Han]\n",
        glossary="- {source: token, target: t}\n",
        lexicon="before: {approximate: [ca.]}\nmagnitudes: {mio: 1000000}\nlength: [0.5, 2]\n",
    )
    language = load_language(folder)

    assert (language.code, language.name, language.labels) == ("xx", "Test", {"overview": "O"})
    assert language.lexicon.magnitudes == {"mio": 1_000_000}
    assert language.problems == ()


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({"lexicon": "polite: '['\n"}, "lexicon.yml:1: polite: "),
        ({"lexicon": "\nchatter: [1]\n"}, "lexicon.yml:2: chatter: must be a list of words"),
        ({"lexicon": "length: [1]\n"}, "lexicon.yml:1: length: "),
        ({"lexicon": "magnitudes: {a: b}\n"}, "lexicon.yml:1: magnitudes: "),
        ({"lexicon": "polit: x\n"}, "lexicon.yml:1: unknown key polit"),
        ({"lexicon": "a: [\n"}, "mend the YAML"),
        ({"lexicon": "- a\n"}, "must be keys and values"),
        ({"glossary": "- [\n"}, "glossary.yml:"),
        ({"language": "name: T\nlabels: {a: 1}\n"}, "labels.a must be text"),
        ({"language": "name: T\ntitle: [1]\n"}, "title must be text"),
        ({"language": "name: T\nscripts: Han\n"}, "scripts must be a list of words"),
        ({"language": "name: T\nscript: [Han]\n"}, "language.yml:2: unknown key script"),
    ],
)
def test_what_is_wrong_in_a_folder_is_told_and_the_rest_works(
    tmp_path: Path, files: dict[str, str], problem: str
) -> None:
    language = load_language(write(tmp_path, **{"language": "name: T\n", **files}))

    assert language.name == "T"
    assert len(language.problems) == 1
    assert problem in language.problems[0]


def test_a_glossary_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    folder = write(tmp_path, language="name: T\n")
    (folder / "glossary.yml").write_bytes("- {source: a, target: 가}".encode("cp949"))

    assert "is not UTF-8 text" in load_language(folder).problems[0]


@pytest.mark.parametrize("text", [None, "labels: {}\n", "name: [", "- a\n"])
def test_a_folder_without_a_usable_language_file_is_an_error(
    tmp_path: Path, text: str | None
) -> None:
    folder = write(tmp_path, **({} if text is None else {"language": text}))

    with pytest.raises(ConfigError, match=r"language\.yml") as caught:
        load_language(folder)
    assert "\n" not in str(caught.value)
