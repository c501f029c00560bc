"""What the documents say exists."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
import yaml
from pydantic import BaseModel

from bot.cli import app, commands
from bot.config import Outlet, Settings
from bot.forum.features import FEATURES

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.ko.md")
DOCUMENTS = (*READMES, "CONTRIBUTING.md", "CHANGELOG.md", "deploy/README.md")
_LINK = re.compile(r"\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"")
_COMMAND = re.compile(r"`(?:jubo|\.venv/bin/jubo) ([a-z]+)")
_ROW = re.compile(r"^\| (`jubo [^|]*) \|", re.MULTILINE)
_FOLDER = re.compile(r"`((?:bot|config|tests|deploy)/[\w./-]+)`")
# Written in pieces, so that this file does not find itself.
_MACHINE = re.compile(
    "|".join(("/ho" + "me/", "/ro" + "ot/", "/Us" + "ers/", "/tm" + "p/", "/wo" + "rk/"))
)
_REGISTRY = re.compile(
    "|".join(("py" + r"pi\.org", "pythonho" + r"sted\.org", "npm" + r"js\.(?:org|com)"))
)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def registered() -> set[str]:
    """The names of all commands."""
    fresh = typer.Typer()
    commands.register(fresh)
    return {command.callback.__name__ for command in fresh.registered_commands if command.callback}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_inside_the_repository_resolve(name: str) -> None:
    targets = [one or two for one, two in _LINK.findall(read(name))]
    local = [target.split("#")[0] for target in targets if "://" not in target]
    missing = [one for one in local if one and not (ROOT / name).parent.joinpath(one).exists()]
    assert missing == []


@pytest.mark.parametrize("name", [*READMES, "CONTRIBUTING.md"])
def test_every_path_that_is_named_exists(name: str) -> None:
    assert [path for path in _FOLDER.findall(read(name)) if not named(path)] == []


def named(path: str) -> bool:
    """Whether it exists; NAME and CODE stand for any."""
    return any(ROOT.glob(re.sub(r"NAME|CODE", "*", path).rstrip("/")))


@pytest.mark.parametrize("name", READMES)
def test_the_command_table_lists_the_registered_commands(name: str, registered: set[str]) -> None:
    """Steps to real use name commands, too, but their rows begin with a number."""
    listed = [command for row in _ROW.findall(read(name)) for command in _COMMAND.findall(row)]
    assert sorted(listed) == sorted(registered)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_command_that_is_named_is_shown_by_help(name: str, help_text: str) -> None:
    shown = set(re.findall(r"^ {2}([a-z]+) {2,}", help_text, re.MULTILINE))
    assert [command for command in _COMMAND.findall(read(name)) if command not in shown] == []


@pytest.fixture(scope="module")
def help_text() -> str:
    """What ``jubo --help`` prints."""
    command = [sys.executable, "-m", "bot", "--help"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_every_key_of_the_shipped_file_is_a_setting_and_the_reverse() -> None:
    """Whoever reads the file meets every setting there is."""
    stated = yaml.safe_load(read("config/jubo.yml"))
    stated["outlets"] = stated["outlets"]["example"]
    assert set(keys(stated)) == set(fields(Settings)) - {"folder"}


def keys(value: dict[str, object], prefix: str = "") -> Iterator[str]:
    """Dotted names of a file's settings; an outlet's stand right under ``outlets``."""
    for name, item in value.items():
        if isinstance(item, dict):
            yield from keys(item, f"{prefix}{name}.")
        else:
            yield prefix + name


def fields(section: type[BaseModel], prefix: str = "") -> Iterator[str]:
    """The same of a section of Settings."""
    for name, field in section.model_fields.items():
        inner = Outlet if name == "outlets" else field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from fields(inner, f"{prefix}{name}.")
        else:
            yield prefix + name


@pytest.mark.parametrize("name", READMES)
def test_the_table_of_least_rights_is_the_doctors(name: str) -> None:
    """Scope and trust level of every feature, in the order in which jubo doctor tells them."""
    rows = re.findall(r"^\| [^|]+ \| `(\w+:\w+)` \| (\d) \|", read(name), re.MULTILINE)
    told = [(feature.scope, str(feature.trust)) for feature in FEATURES]
    assert [row for row in rows if row in told] == told


def test_the_global_options_of_the_readme_exist(help_text: str) -> None:
    assert app.info.name == "jubo"
    assert all(option in help_text for option in ("--config FILE", "--outlet NAME"))


def test_no_file_names_a_machines_folders_or_a_package_registry() -> None:
    """A lock file with an address, or a path of whoever wrote it, would fail elsewhere."""
    found = [
        f"{file}: {match.group()}"
        for file in tracked()
        for pattern in (_MACHINE, _REGISTRY)
        if (match := pattern.search(text_of(ROOT / file)))
    ]
    assert found == []


def tracked() -> list[str]:
    """Files that git tracks; where there is no git, the documents and lock files."""
    try:
        done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    except OSError:
        return [*DOCUMENTS, "requirements.lock", "tests/requirements.lock"]
    files = [file for file in done.stdout.split("\0") if file and (ROOT / file).is_file()]
    return files or [*DOCUMENTS, "requirements.lock", "tests/requirements.lock"]


def text_of(file: Path) -> str:
    """The text of a file; nothing for a picture."""
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""
