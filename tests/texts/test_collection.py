"""The texts of a configuration: rows left out are told once, whoever uses them."""

from __future__ import annotations

from pathlib import Path

from bot.config import load_settings
from bot.texts.collection import Texts

GOOD = "good: {en: Good, words: [good]}\n"


def a_configuration(folder: Path) -> Path:
    """Themes and a language with two broken rows each, beside an empty jubo.yml."""
    language = folder / "languages" / "xx"
    language.mkdir(parents=True)
    (language / "language.yml").write_text("name: Xish\n")
    (language / "glossary.yml").write_text("- {source: a}\n- {source: b}\n")
    (folder / "themes.yml").write_text(GOOD + "a: {en: A}\nb: {en: B}\n")
    (folder / "jubo.yml").write_text("")
    return folder / "jubo.yml"


def test_rows_left_out_are_told_once_a_file_when_it_is_first_used(tmp_path: Path) -> None:
    told: list[str] = []
    texts = Texts(load_settings(a_configuration(tmp_path)), tell=told.append)
    for _ in range(2):
        texts.language("xx")
        assert len(texts.themes) == 1
    rest = "; 1 more such; the rest works; mend it, see: jubo doctor"
    assert [line.removeprefix(f"{tmp_path}/") for line in told] == [
        f"languages/xx/glossary.yml:1: a: target is missing{rest}",
        "themes.yml:2: theme a: has no rule: words, names and categories are empty; "
        f"it is left out{rest}",
    ]


def test_files_without_a_fault_are_not_spoken_of(tmp_path: Path) -> None:
    told: list[str] = []
    file = tmp_path / "jubo.yml"
    file.write_text("")
    texts = Texts(load_settings(file), tell=told.append)
    assert (len(texts.themes) > 20, texts.language("ko").code, told) == (True, "ko", [])
