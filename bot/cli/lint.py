"""``jubo lint``: the checks on any pairs, for moderators and CI."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import AsJson, Invocation, print_json, say
from bot.cli.findings import describe_finding
from bot.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.model.finding import Finding
    from bot.model.language import Language
    from bot.quality import Pair

_KEYS = ("id", "source", "target")
_LONGEST_NUMBER = 100  # digits; Python refuses to write out numbers of some thousands
_HALF = re.compile("[\ud800-\udfff]")  # JSON may escape one alone; no encoding can write it


def lint(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="JSON list of pairs; - reads standard input.")],
    language: Annotated[str, typer.Option(help="A folder under languages/.")] = "ko",
    as_json: AsJson = False,
) -> None:
    """Check translations: [{id, post?, kind, source, target}] in, findings out.

    Pairs with the same post are checked together. Exit status 1: a finding is major or critical.
    """
    from bot.model.finding import Severity
    from bot.quality import check_pairs
    from bot.texts.languages import load_language

    invocation: Invocation = context.obj
    known = load_language(_folder(invocation, language))
    ids, pairs = _parse(_read(file), file)
    for problem in known.problems:
        typer.echo(f"jubo: {problem}", err=True)
    findings = check_pairs(pairs, known)
    if as_json:
        print_json({"pairs": len(pairs), "findings": [_row(one, ids) for one in findings]})
    else:
        _print(findings, ids, len(pairs), known)
    if any(finding.severity is not Severity.MINOR for finding in findings):
        raise typer.Exit(1)


def _folder(invocation: Invocation, language: str) -> Path:
    settings = invocation.settings()
    root = settings.find(settings.languages)
    there = sorted(one.parent.name for one in root.glob("*/language.yml"))
    if language not in there:
        raise ConfigError(f"no language {language!r} in {root}; there are {', '.join(there)}")
    return root / language


def _read(file: str) -> str:
    try:
        if file == "-":
            return sys.stdin.buffer.read().decode("utf-8-sig")
        return Path(file).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigError(f"{file}: is not UTF-8 text; save it as UTF-8") from None
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read ({error.strerror})") from None


def _parse(text: str, file: str) -> tuple[list[str | int], list[Pair]]:
    """The ids as given and the pairs, whose keys are their places in the list."""
    try:
        rows = json.loads(text, parse_int=_whole_number)
    except json.JSONDecodeError as error:
        raise ConfigError(f"{file}:{error.lineno}: is not JSON ({error.msg}); mend it") from None
    except RecursionError:
        raise ConfigError(f"{file}: is nested too deeply; give a list of pairs") from None
    if not isinstance(rows, list):
        raise ConfigError(f"{file}: must be a JSON list of pairs with id, kind, source and target")
    pairs = [_pair(row, place, file) for place, row in enumerate(rows)]
    return [row["id"] for row in rows], pairs


def _pair(row: object, place: int, file: str) -> Pair:
    from bot.errors import ConfigError
    from bot.model.translation import Kind, Segment, Translation
    from bot.quality import Pair

    where = f"{file}: pair {place + 1}"
    if not isinstance(row, dict):
        raise ConfigError(f"{where}: must be an object with id, kind, source and target")
    missing = [key for key in _KEYS if key not in row]
    if missing:
        raise ConfigError(f"{where}: {missing[0]} is missing")
    _refuse_wrong_types(row, where)
    kinds = [kind.value for kind in Kind]
    kind = row.get("kind", Kind.INTRODUCTION.value)
    if kind not in kinds:
        raise ConfigError(f"{where}: kind must be one of {', '.join(kinds)}")
    key, post = str(place), row.get("post")
    return Pair(
        Segment(key, row["source"], Kind(kind)),
        Translation(key, row["target"]),
        None if post is None else str(post),
    )


def _whole_number(digits: str) -> int | float:
    """The number; infinity, which is no name of anything, where it has too many digits."""
    return int(digits) if len(digits) <= _LONGEST_NUMBER else float("inf")


def _refuse_wrong_types(row: dict[str, object], where: str) -> None:
    for key in ("id", "post"):
        if not isinstance(row.get(key), str | int) and (key == "id" or row.get(key) is not None):
            raise ConfigError(f"{where}: {key} must be text or a number of up to 100 digits")
    for key in ("source", "target"):
        if not isinstance(row[key], str) and (key == "source" or row[key] is not None):
            raise ConfigError(f"{where}: {key} must be text")
    for key in (*_KEYS, "post"):
        if half := _HALF.search(str(row.get(key))):
            raise ConfigError(
                f"{where}: {key} has half a character (\\u{ord(half[0]):04x}) at {half.start()}; "
                "write both halves"
            )


def _row(finding: Finding, ids: Sequence[str | int]) -> dict[str, object]:
    return {**describe_finding(finding), "id": ids[int(finding.key)]}


def _print(
    findings: Sequence[Finding], ids: Sequence[str | int], pairs: int, language: Language
) -> None:
    from collections import Counter

    from rich.console import Console
    from rich.text import Text

    console = Console(soft_wrap=True, highlight=False)
    styles = {"critical": "bold red", "major": "red", "minor": "yellow"}
    for finding in findings:
        line = Text(f"{ids[int(finding.key)]}: ")
        line.append(finding.severity.value, style=styles[finding.severity.value])
        line.append(f" {finding.type.value} ({finding.check}): {finding.message}")
        if finding.evidence:
            line.append(f": {_visible(finding.evidence)}", style="dim")
        console.print(line)
    counts = Counter(finding.severity.value for finding in findings)
    told = ", ".join(f"{counts[name]} {name}" for name in styles if counts[name])
    say(
        f"{pairs} {'pair' if pairs == 1 else 'pairs'} in {language.name}: {told or 'nothing found'}"
    )


def _visible(text: str) -> str:
    """One line without what a terminal would act on."""
    short = text if len(text) <= 120 else text[:119] + "…"
    return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in short)
