"""config/themes.yml as Themes; a broken theme is named, left out, and the rest works."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.errors import ConfigError
from bot.model.trend import Theme

RULES = ("words", "names", "categories", "not")
"""The keys of a theme that are rules; every other one is a language of its name."""

# https://arxiv.org/category_taxonomy: an archive, most of them with a subject after the point
_CATEGORY = re.compile(
    r"(?:cs|econ|eess|math|q-bio|q-fin|stat|astro-ph|nlin)\.[A-Z]{2}"
    r"|(?:cond-mat|physics)\.[a-z]+(?:-[a-z]+)?"
    r"|gr-qc|hep-(?:ex|lat|ph|th)|math-ph|nucl-(?:ex|th)|quant-ph"
)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_TEXT = "tag:yaml.org,2002:str"
# PyYAML's own errors, and what it lets out: brackets nested without end, escapes beyond Unicode.
_UNREADABLE = (OSError, ValueError, ArithmeticError, RecursionError, yaml.YAMLError)


@dataclass(frozen=True, slots=True)
class LoadedThemes:
    """The usable themes, and a line for each that is not.

    ``hints`` name words that several themes count; that is allowed, and may not be meant.
    """

    themes: tuple[Theme, ...]
    problems: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


def load_themes(file: Path) -> LoadedThemes:
    """Read the themes of a file.

    Raises:
        ConfigError: The file cannot be read at all.
    """
    try:
        # nodes, not values: YAML's dates and numbers are not wanted, and constructing them can fail
        root = yaml.compose(file.read_text(encoding="utf-8-sig"), Loader=yaml.SafeLoader)
    except _UNREADABLE as error:
        cause = "is nested too deeply" if isinstance(error, RecursionError) else str(error)
        cause = next(iter(cause.splitlines()), type(error).__name__)
        raise ConfigError(f"{file}: cannot be read: {cause}; mend it or remove it") from None
    if not isinstance(root, yaml.MappingNode) or not root.value:
        raise ConfigError(
            f"{file}: must be themes by their ids, such as agents: {{words: [agent]}}"
        )
    return _read(file, root)


def _read(file: Path, root: yaml.MappingNode) -> LoadedThemes:
    themes: list[Theme] = []
    problems: list[str] = []
    for key, entry in root.value:
        theme_id = _text(key) if isinstance(key, yaml.ScalarNode) else ""
        try:
            themes.append(_accept(theme_id, entry, themes))
        except ValueError as error:
            line = key.start_mark.line + 1
            what = f"theme {_visible(theme_id)}: {_visible(str(error), 300)}"
            problems.append(f"{file}:{line}: {what}; it is left out")
    return LoadedThemes(tuple(themes), tuple(problems), tuple(_shared_words(themes)))


def _accept(theme_id: str, entry: yaml.Node, others: Sequence[Theme]) -> Theme:
    """The theme; what is wrong with it is raised as ValueError."""
    if not _is_readable(theme_id):
        raise ValueError("its id must be text")
    if theme_id in {other.theme_id for other in others}:
        raise ValueError("stands twice in the file; keep one")
    theme = _theme(theme_id, entry)
    for other in others:
        _refuse_doubles(theme, other)
    return theme


def _theme(theme_id: str, entry: yaml.Node) -> Theme:
    if not isinstance(entry, yaml.MappingNode) or not entry.value:
        raise ValueError("has no rules")
    rules: dict[str, tuple[str, ...]] = {}
    names: dict[str, str] = {}
    for node, value in entry.value:
        key = str(node.value) if isinstance(node, yaml.ScalarNode) else "of brackets"
        if key in rules or key in names:
            raise ValueError(f"{key} stands twice; keep one")
        if key in RULES:
            rules[key] = _words(key, value)
        else:
            names[key] = _name(key, value)
    if not any(rules.get(key) for key in RULES[:3]):
        raise ValueError("has no rule: words, names and categories are empty")
    if not names:
        raise ValueError("has no name for readers, such as en: Agents")
    return _refuse_dead_words(
        Theme(theme_id, tuple(names.items()), *(rules.get(key, ()) for key in RULES))
    )


def _words(key: str, node: yaml.Node) -> tuple[str, ...]:
    """The words of a rule; blanks around them would keep them from ever fitting."""
    if not isinstance(node, yaml.SequenceNode) or any(item.tag != _TEXT for item in node.value):
        quoted = "in quotation marks where YAML reads them otherwise"
        raise ValueError(f"{key} must be a list of words, {quoted}")
    words = tuple(str(item.value).strip() for item in node.value)
    if not all(_is_readable(word) and any(map(str.isalnum, word)) for word in words):
        raise ValueError(f"{key} has an empty word")
    if key == "categories" and (odd := [w for w in words if not _CATEGORY.fullmatch(w)]):
        raise ValueError(f"{odd[0]} is no category of arXiv's; write it as there, such as cs.LG")
    seen = [word.casefold() for word in words]
    if twice := [word for word in seen if seen.count(word) > 1]:
        raise ValueError(f"{key} has {twice[0]} twice; keep one")
    return words


def _name(key: str, node: yaml.Node) -> str:
    if not _LANGUAGE.fullmatch(key) or isinstance(node, yaml.SequenceNode):
        close = difflib.get_close_matches(key, RULES, n=1, cutoff=0.5)
        known = f"known keys: {', '.join(RULES)}, and languages such as en"
        raise ValueError(f"unknown key {key}; {f'did you mean {close[0]}?' if close else known}")
    if node.tag != _TEXT or not _is_readable(node.value):
        raise ValueError(f"{key} must be the theme's name in that language")
    return str(node.value).strip()


def _refuse_dead_words(theme: Theme) -> Theme:
    excluded = {word.casefold() for word in theme.excluded}
    for word in (*theme.words, *theme.title_words):
        if word.casefold() in excluded:
            raise ValueError(f"{word} stands under words and under not, and never counts")
    return theme


def _refuse_doubles(theme: Theme, other: Theme) -> None:
    """Two rows of one name look like a mistake; the same rules are counted twice."""
    if _rules(theme) == _rules(other):
        raise ValueError(f"themes {other.theme_id} and {theme.theme_id} have the same rules")
    theirs = {code: name.casefold() for code, name in other.names}
    for code, name in theme.names:
        if theirs.get(code) == name.casefold():
            raise ValueError(f"{code}: {name} is the name of theme {other.theme_id}, too")


def _rules(theme: Theme) -> tuple[frozenset[str], ...]:
    every = (theme.words, theme.title_words, theme.categories)
    return tuple(frozenset(word.casefold() for word in words) for words in every)


def _shared_words(themes: Sequence[Theme]) -> Iterator[str]:
    """A paper has every theme of which a rule fits, so a shared word counts under each."""
    holders: dict[str, list[str]] = {}
    for theme in themes:
        for word in dict.fromkeys(one.casefold() for one in (*theme.words, *theme.categories)):
            holders.setdefault(word, []).append(theme.theme_id)
    for word, ids in holders.items():
        if len(ids) > 1:
            yield _visible(f"{word} counts under {' and '.join(ids)}")


def _text(node: yaml.ScalarNode) -> str:
    return "" if node.tag == "tag:yaml.org,2002:null" else str(node.value).strip()


def _is_readable(text: str) -> bool:
    """Letters, digits or signs, and nothing that ends a line or cannot be written as UTF-8."""
    return bool(text.strip()) and not any(unicodedata.category(one) in ("Cc", "Cs") for one in text)


def _visible(text: str, most: int = 80) -> str:
    r"""One short line, with whatever cannot be printed spelt out.

    >>> _visible("a\nb")
    'a\\u000ab'
    """
    shown = "".join(one if one.isprintable() else f"\\u{ord(one):04x}" for one in text)
    return shown if len(shown) <= most else f"{shown[: most - 1]}…"
