"""A folder under config/languages/ → Language; a broken row is named and the rest works."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import fields
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from bot.errors import ConfigError
from bot.model.language import ANALYSERS, Glossary, Language
from bot.model.lexicon import Lexicon
from bot.texts.places import place
from bot.texts.slots import refuse_strange_slots
from bot.texts.terms import LOADER, read_terms
from bot.translation.glossary import find_conflicts

_LANGUAGE_KEYS = (
    *("name", "labels", "title", "register", "style", "scripts", "particles", "analyser"),
)
_PATTERNS = (
    "polite",
    "plain",
    "nominal",
    "request",
    "question",
    "familiar",
    "stated",
    "remark",
    "note",
    "like_object",
    "comparing",
)
_MAXIMUM_BYTES = 2_000_000


def load_language(folder: Path) -> Language:
    """Read ``language.yml`` and, where they exist, the glossary, lexicon, names and instructions.

    What is wrong with single rows is told in ``Language.problems``, one line each.

    Raises:
        ConfigError: No such folder, language.yml cannot be used at all, or a label or the title
            cannot be filled in.
    """
    file = folder / "language.yml"
    if not file.is_file():
        raise ConfigError(
            f"{file}: no such language; make the folder or mend the outlet's language"
        )
    problems: list[str] = []
    data, lines = _mapping(file, problems, _LANGUAGE_KEYS)
    if data is None or not isinstance(data.get("name"), str):
        raise ConfigError(problems[0] if problems else f"{file}:1: name is missing")
    glossary = _glossary(folder / "glossary.yml", problems)
    lexicon = _lexicon([folder / "lexicon.yml", folder / "names.yml"], problems)

    def where(key: str) -> str:
        return f"{file}:{lines.get(key, 1)}: {key}"

    language = Language(
        code=folder.name,
        name=data["name"],
        labels=_labels(data.get("labels"), file, problems),
        title=_text(data.get("title"), where("title"), problems),
        register=_text(data.get("register"), where("register"), problems),
        style=_text(data.get("style"), where("style"), problems),
        instructions=(_read(folder / "translate.md", problems) or "").strip(),
        scripts=_list(data.get("scripts"), where("scripts"), problems),
        particles=data.get("particles") is True,
        analyser=_analyser(data.get("analyser"), where("analyser"), problems),
        glossary=glossary,
        lexicon=lexicon,
        problems=tuple(problems),
    )
    refuse_strange_slots(language, file)
    return language


def parse_glossary(text: str, name: str) -> tuple[Glossary, tuple[str, ...]]:
    """Give the usable terms of a glossary file and a line for each row that is not.

    >>> parse_glossary("- {source: survey}\\n", "glossary.yml")[1]
    ('glossary.yml:1: survey: target is missing',)
    """
    problems: list[str] = []
    terms = tuple(read_terms(text, name, problems))
    glossary = Glossary(terms)
    problems += [f"{name}:{line}: {problem}" for line, problem in find_conflicts(glossary)]
    return glossary, tuple(problems)


def _glossary(file: Path, problems: list[str]) -> Glossary:
    text = _read(file, problems)
    if text is None:
        return Glossary()
    glossary, found = parse_glossary(text, str(file))
    problems += found
    return glossary


def _lexicon(files: Sequence[Path], problems: list[str]) -> Lexicon:
    values: dict[str, Any] = {}
    for file in files:
        values |= _lexicon_values(file, problems)
    return Lexicon(**values)


def _lexicon_values(file: Path, problems: list[str]) -> dict[str, Any]:
    readers = {field.name: _reader(str(field.type)) for field in fields(Lexicon)}
    data, lines = _mapping(file, problems, tuple(readers))
    values: dict[str, Any] = {}
    for key, value in (data or {}).items():
        try:
            values[key] = readers[key](value)
            if key in _PATTERNS:
                re.compile(values[key])
        except (ValueError, TypeError, AttributeError, InvalidOperation, re.error) as error:
            values.pop(key, None)
            where = f"{file}:{lines.get(key, 1)}: {key}"
            problems.append(f"{where}: {error}; this check is off until it is mended")
    return values


def _reader(annotation: str) -> Callable[[Any], Any]:
    """How a field of Lexicon is read, by its type."""
    if annotation.startswith("Mapping[str, int]"):
        return lambda value: {str(key): int(item) for key, item in value.items()}
    if annotation.startswith("Mapping[str, Decimal]"):
        return lambda value: {str(key): Decimal(str(item)) for key, item in value.items()}
    if annotation.startswith("Mapping"):
        return lambda value: {str(key): _strings(item) for key, item in value.items()}
    if annotation.startswith("tuple[Decimal"):
        return _range
    if annotation.startswith("tuple"):
        return _strings
    return bool if annotation == "bool" else str


def _range(value: list[object]) -> tuple[Decimal, Decimal]:
    low, high = (Decimal(str(item)) for item in value)
    return low, high


def _strings(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise ValueError(
            "must be a list of words, in quotation marks where YAML reads them otherwise"
        )
    return tuple(value)


def _labels(value: object, file: Path, problems: list[str]) -> dict[str, str]:
    if not isinstance(value, dict):
        if value is not None:
            problems.append(f"{place(file, 'labels')}: labels must be keys and values")
        return {}
    for key, label in value.items():
        if not isinstance(label, str):
            where = place(file, "labels", str(key))
            problems.append(f"{where}: labels.{key} must be text, in quotation marks")
    return {str(key): label for key, label in value.items() if isinstance(label, str)}


def _text(value: object, where: str, problems: list[str]) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    problems.append(f"{where} must be text")
    return ""


def _analyser(value: object, where: str, problems: list[str]) -> str:
    if value is None or value in ANALYSERS:
        return value or ""
    problems.append(f"{where}: {value} is unknown; known: {', '.join(ANALYSERS)}")
    return ""


def _list(value: object, where: str, problems: list[str]) -> tuple[str, ...]:
    try:
        return _strings(value or [])
    except ValueError as error:
        problems.append(f"{where} {error}")
        return ()


def _read(file: Path, problems: list[str]) -> str | None:
    if not file.is_file():
        return None
    try:
        if file.stat().st_size > _MAXIMUM_BYTES:
            raise ValueError("is larger than 2 MB")
        return file.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except (OSError, ValueError) as error:
        reason = "is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else str(error)
        problems.append(f"{file}: {reason}")
        return None


def _mapping(
    file: Path, problems: list[str], known: tuple[str, ...]
) -> tuple[dict[str, Any] | None, dict[str, int]]:
    """The known keys of a file with the line of each; None where nothing can be used."""
    text = _read(file, problems)
    if text is None:
        return None, {}
    try:
        root = yaml.compose(text, Loader=LOADER)
        data = yaml.load(text, Loader=LOADER)  # noqa: S506 - a safe one
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "is not YAML"
        problems.append(f"{file}:{mark.line + 1 if mark else 1}: {problem}; mend the YAML")
        return None, {}
    if not isinstance(data, dict) or not isinstance(root, yaml.MappingNode):
        problems.append(f"{file}:1: must be keys and values")
        return None, {}
    lines = {str(key.value): key.start_mark.line + 1 for key, _ in root.value}
    unknown = [str(key) for key in data if key not in known]
    problems += [
        f"{file}:{lines.get(key, 1)}: unknown key {key}; known keys: {', '.join(known)}"
        for key in unknown
    ]
    return {str(key): value for key, value in data.items() if key in known}, lines
