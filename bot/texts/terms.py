"""glossary.yml → Terms, row by row: a broken row is named with its line, and all others work."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

import yaml

from bot.model.language import Term
from bot.translation.glossary import forms

TERM_KEYS = tuple(field.name for field in fields(Term) if field.name != "line")
# libyaml's reader where this build of PyYAML has it
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_DASH = re.compile(r"([ \t]*)-([ \t]|$)?")
# What begins a row however far it is indented: braces, or one of a row's keys.
_ROW = re.compile(rf"[ \t]*-[ \t]*(?:\{{|(?:{'|'.join(TERM_KEYS)})[ \t]*:)")
_NOTHING = re.compile(r"[ \t]*(?:#.*)?|(?:---|\.\.\.)(?:[ \t].*)?|%YAML.*")
_EXAMPLE = "such as - {source: survey, target: 서베이}"


@dataclass(frozen=True, slots=True)
class _Chunk:
    """The text of one row; ``problem`` is what is wrong with where it stands."""

    line: int
    text: str
    problem: str | None = None


def read_terms(text: str, name: str, problems: list[str]) -> Iterator[Term]:
    """The usable Terms in the order of the file; a line for each row that is not one.

    >>> problems = []
    >>> text = "- {source: token, target: 토큰}\\n - {source: layer, target: 층}\\n"
    >>> [term.source for term in read_terms(text, "glossary.yml", problems)]
    ['token']
    >>> problems[0]
    'glossary.yml:2: stands further in than the other rows; move it to their column'
    """
    for chunk in _chunks(text.removeprefix("\ufeff")):
        try:
            yield _term(_row(chunk), chunk.line)
        except yaml.YAMLError as error:
            problem = getattr(error, "problem", None) or "is not YAML"
            problems.append(f"{name}:{chunk.line}: {problem}; mend the row")
        except ValueError as error:
            problems.append(f"{name}:{chunk.line}: {error}")
        except (AttributeError, TypeError, RecursionError):
            # PyYAML's own, for "!!timestamp x" and for brackets nested without end
            problems.append(f"{name}:{chunk.line}: is not YAML; mend the row")


def _chunks(text: str) -> Iterator[_Chunk]:
    """Cut at the dashes, so that bad YAML in one row does not take its neighbours along."""
    lines = text.replace("\r\n", "\n").split("\n")
    column = _column(lines)
    rows: list[_Chunk] = []
    for line, content in enumerate(lines, start=1):
        if _NOTHING.fullmatch(content):
            continue
        dash = _DASH.match(content)
        if dash and (len(dash[1]) <= len(column) or _ROW.match(content)):
            rows.append(_Chunk(line, content, _misplaced(dash, column)))
        elif not rows or not content.startswith((f"{column} ", f"{column}\t")):
            rows.append(_Chunk(line, content, f"is no row; a row begins with a dash, {_EXAMPLE}"))
        else:
            rows[-1] = _Chunk(rows[-1].line, f"{rows[-1].text}\n{content}", rows[-1].problem)
    yield from rows


def _column(lines: list[str]) -> str:
    """The indentation of most rows, so that a single one too far in is the one to be named."""
    found = Counter(dash[1] for line in lines if _ROW.match(line) and (dash := _DASH.match(line)))
    return max(found, key=lambda indent: (found[indent], -len(indent)), default="")


def _misplaced(dash: re.Match[str], column: str) -> str | None:
    if dash[2] is None:
        return f"a dash needs a space behind it, {_EXAMPLE}"
    if dash[1] == column:
        return None
    where = "further in" if len(dash[1]) > len(column) else "further out"
    return f"stands {where} than the other rows; move it to their column"


def _row(chunk: _Chunk) -> object:
    if chunk.problem:
        raise ValueError(chunk.problem)
    loader = LOADER(chunk.text)
    try:
        node = loader.get_single_node()
        if not isinstance(node, yaml.SequenceNode) or len(node.value) != 1:
            raise ValueError(f"a row begins with a dash and a space, {_EXAMPLE}")
        _refuse_duplicates(node.value[0])
        return loader.construct_document(node)[0]
    finally:
        loader.dispose()


def _refuse_duplicates(node: yaml.Node) -> None:
    """YAML forbids a key twice and PyYAML takes the last one without a word."""
    if not isinstance(node, yaml.MappingNode):
        return
    seen: set[str] = set()
    for key, _ in node.value:
        if str(key.value) in seen:
            raise ValueError(f"{key.value} stands twice in the row; keep one")
        seen.add(str(key.value))


def _term(row: object, line: int) -> Term:
    if not isinstance(row, dict):
        raise ValueError(
            "a row must have keys and values, such as {source: survey, target: 서베이}"
        )
    source = row.get("source")
    if not isinstance(source, str) or not source.strip():
        raise ValueError("source is missing")
    unknown = [str(key) for key in row if key not in TERM_KEYS]
    if unknown:
        raise ValueError(f"{source}: unknown key {unknown[0]}; known keys: {', '.join(TERM_KEYS)}")
    keep = _flag(row, "keep", source)
    target = row.get("target", source if keep else None)
    if not isinstance(target, str) or not target.strip():
        raise ValueError(f"{source}: target is missing")
    lists = {key: _words(row, key, source) for key in TERM_KEYS[2:7]}
    term = Term(source, target, **lists, keep=keep, free=_flag(row, "free", source), line=line)
    if not list(forms(term)):
        raise ValueError(f"{source}: source must have Latin letters or digits")
    return term


def _flag(row: Mapping[str, object], key: str, source: str) -> bool:
    value = row.get(key, False)
    if not isinstance(value, bool):
        raise ValueError(f"{source}: {key} must be true or false")
    return value


def _words(row: Mapping[str, object], key: str, source: str) -> tuple[str, ...]:
    value = row.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise ValueError(f"{source}: {key} must be a list of words")
    return tuple(value)
