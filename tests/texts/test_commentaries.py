"""What a commentary is judged and worded by is found unusable when it is read, not in a run."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.config import defaults_folder
from bot.errors import ConfigError
from bot.model.lexicon import Lexicon
from bot.texts.commentaries import load_commentary_words
from bot.texts.languages import load_language
from bot.texts.patterns import find_pattern_faults
from bot.texts.slots import refuse_strange_slots

DOC = Lexicon.__doc__ or ""
KOREAN = defaults_folder() / "languages" / "ko"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Korean as shipped, for a test to change."""
    return Path(shutil.copytree(KOREAN, tmp_path / "ko"))


def edit(file: Path, before: str, after: str) -> int:
    """Change the file in one place; gives the line that changed."""
    text = file.read_text("utf-8")
    assert text.count(before) == 1
    file.write_text(text.replace(before, after), "utf-8")
    return text[: text.index(before)].count("\n") + 1


def refusal(load: Callable[[], object]) -> str:
    with pytest.raises(ConfigError) as caught:
        load()
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("'{theme} 주제의 논문이 {count}편으로", "'{thema} 주제의 논문이 {count}편으로",
         "computed.most: no value is called {thema}; write {theme}"),
        ("소개합니다.'\n  most", "소개합니다. {'\n  most",
         "computed.total: a brace stands alone; close it, or leave it out"),
        ("서베이 논문은 {count}편입니다", "서베이 논문이 있습니다",
         "computed.surveys: {count} is missing; add it"),
        ("{name} 논문부터", "{name.__class__} 논문부터",
         "computed.read: no value is called {name.__class__}; write {name}"),
        ("논문 {total}편을 소개", "논문 {total:>999999999}편을 소개",
         "computed.total: no value is called {total:>999999999}; write {total}"),
        ("  surveys: '", "  survey: '", "unknown key computed.survey; did you mean surveys?"),
        ("\nearlier: ", "\nearlyer: ", "unknown key earlyer; did you mean earlier?"),
        ("\ninstead: '[이가] 아니[라고]'", "\ninstead: '('",
         "instead: '(': missing ), unterminated subpattern at position 0; mend it"),
        ("general: [논문,", "general: [[논문],", "general.0: Input should be a valid string"),
        ("최초: [first]", "'최초(': [first]", "claims: '최초(': missing ), unterminated"),
        ("counters: [개,", "counters: ['', 개,", "an empty word is found everywhere"),
        ("numerals: {'한 ': 1,", "numerals: {'한.': 1,", "must be a word"),
        ("'{count}씩'", "'두 편씩'", "must have {count} where the number stands"),
        ("compared: {more:", "compared: {most:", "compared.most"),
        ("subjects: '", "subjects: '(?i)", "global flags not at the start"),
    ],
)  # fmt: skip
def test_what_no_commentary_can_be_made_with_is_one_line_with_its_place(
    folder: Path, before: str, after: str, message: str
) -> None:
    language = load_language(folder)
    file = folder / "commentary.yml"
    if before.startswith("counters"):
        before, after = "\n" + before, "\n" + after
    line = edit(file, before, after) + before.startswith("\n")
    said = refusal(lambda: load_commentary_words(folder, language))
    assert said.startswith(f"{file}:{line}: ")
    assert message in said


def test_a_fault_of_the_yaml_is_told_with_its_line(folder: Path) -> None:
    line = edit(folder / "commentary.yml", "paper_counters: [편]", "paper_counters: [편")
    said = refusal(lambda: load_commentary_words(folder, load_language(folder)))
    assert said.startswith(f"{folder}/commentary.yml:{line + 2}: ")


@pytest.mark.parametrize("code", ["ko", "ja"])
def test_the_shipped_languages_have_no_fault(code: str) -> None:
    folder = defaults_folder() / "languages" / code
    language = load_language(folder)
    refuse_strange_slots(language, folder / "language.yml")
    assert list(find_pattern_faults(load_commentary_words(folder, language))) == []


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("논문 {total}편의 주제별", "논문 {totl}편의 주제별",
         "labels.picture_alt: no value is called {totl}; write {total}"),
        ('"{names} 외 {count}명"', '"{names} 외 {cnt}명"',
         "labels.more_authors: no value is called {cnt}; write {count}"),
        ('"{day} 주의', '"{dy} 주의', "labels.seen_before: no value is called {dy}; write {day}"),
        ('"{day} 주의', '"지난 주의', "labels.seen_before: {day} is missing; add it"),
        ("picture_title: 주제별", "picture_title: '{count}'\n  x: 주제별",
         "labels.picture_title: no value is called {count}; leave it out"),
        ("[{first} ~ {last}]", "[{frist} ~ {last}]",
         "title: no value is called {frist}; write {first}"),
        ("[{first} ~ {last}]", "", "title: {first} is missing; add it"),
    ],
)  # fmt: skip
def test_a_label_that_cannot_be_filled_in_is_one_line_with_its_place(
    folder: Path, before: str, after: str, message: str
) -> None:
    file = folder / "language.yml"
    line = edit(file, before, after)
    said = refusal(lambda: load_language(folder))
    assert said == f"{file}:{line}: {message}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"{names} 외 {count}명"', '"{names} 등"'),
        ("논문 {total}편의 주제별 논문 수: {counts}", "주제별 논문 수: {counts}"),
        ("[{first} ~ {last}]", "[~ {last}]"),
    ],
)
def test_what_a_label_can_do_without_it_may_leave_out(
    folder: Path, before: str, after: str
) -> None:
    edit(folder / "language.yml", before, after)
    assert load_language(folder).problems == ()


def test_a_label_that_is_no_text_is_named_with_its_line(folder: Path) -> None:
    line = edit(folder / "language.yml", "  source: 원문", "  source: no")
    (problem,) = load_language(folder).problems
    assert problem == (
        f"{folder}/language.yml:{line}: labels.source must be text, in quotation marks"
    )


@pytest.mark.parametrize(
    "key", [match[1] for match in re.finditer(r"^ {8}(\w+): (?:Regular|The same for)", DOC, re.M)]
)
def test_every_regular_expression_of_the_lexicon_is_tried_when_it_is_read(
    folder: Path, key: str
) -> None:
    file = folder / "lexicon.yml"
    rows = [row for row in file.read_text("utf-8").split("\n") if not row.startswith(f"{key}: ")]
    file.write_text("\n".join((*rows, f"{key}: '('")), "utf-8")
    language = load_language(folder)
    assert any(key in problem for problem in language.problems), language.problems
