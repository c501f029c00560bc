"""config/themes.yml as Themes; a broken or overlapping rule is named and the rest works."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.errors import ConfigError
from bot.model.trend import Theme

_KNOWN = {"words", "names", "categories", "not"}


@dataclass(frozen=True, slots=True)
class LoadedThemes:
    """The usable themes, and a line for each rule that is not."""

    themes: tuple[Theme, ...]
    problems: tuple[str, ...] = ()


def load_themes(file: Path) -> LoadedThemes:
    """Read the themes of a file.

    Raises:
        ConfigError: The file cannot be read at all.
    """
    try:
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        cause = str(error).splitlines()[0]
        raise ConfigError(f"{file}: cannot be read: {cause}; mend it or remove it") from None
    if not isinstance(data, dict):
        raise ConfigError(f"{file}: must be themes by their ids")
    return _read(file, data)


def _read(file: Path, data: dict[Any, Any]) -> LoadedThemes:
    themes: list[Theme] = []
    problems: list[str] = []
    for theme_id, entry in data.items():
        if reason := _wrong(entry):
            problems.append(f"{file.name}: theme {theme_id}: {reason}; it is left out")
        else:
            themes.append(_theme(str(theme_id), entry))
    problems += [f"{file.name}: {line}" for line in _overlaps(themes)]
    return LoadedThemes(tuple(themes), tuple(problems))


def _wrong(entry: object) -> str | None:
    if not isinstance(entry, dict):
        return "has no rules"
    rules = {name: value for name, value in entry.items() if name in _KNOWN}
    for name, value in rules.items():
        if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
            return f"{name} must be a list of words"
    if not any(rules.get(name) for name in ("words", "names", "categories")):
        return "has no rule"
    names = [value for name, value in entry.items() if name not in _KNOWN]
    if not names or not all(isinstance(name, str) and name for name in names):
        return "has no name for readers"
    return None


def _theme(theme_id: str, entry: dict[str, Any]) -> Theme:
    return Theme(
        theme_id=theme_id,
        names=tuple((name, value) for name, value in entry.items() if name not in _KNOWN),
        words=tuple(entry.get("words", ())),
        title_words=tuple(entry.get("names", ())),
        categories=tuple(entry.get("categories", ())),
        excluded=tuple(entry.get("not", ())),
    )


def _overlaps(themes: list[Theme]) -> list[str]:
    """Themes whose rules are the same would be counted twice under two names."""
    seen: dict[tuple[frozenset[str], ...], str] = {}
    lines: list[str] = []
    for theme in themes:
        rules = tuple(
            frozenset(word.casefold() for word in words)
            for words in (theme.words, theme.title_words, theme.categories)
        )
        if rules in seen:
            lines.append(f"themes {seen[rules]} and {theme.theme_id} have the same rules")
        seen.setdefault(rules, theme.theme_id)
    return lines
