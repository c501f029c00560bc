"""The pages as they stood at every commit of a git repository or bundle, through git itself."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO

from bot.errors import ConfigError, ParseError

_PAGE = re.compile(r"(?:README\.md|(?:.*/)?20\d\d\.md)", re.IGNORECASE)
_COMMIT = re.compile(r"commit ([0-9a-f]{40,64}) (\d+)")
_LARGEST_PAGE = 20 * 2**20
_SETTINGS = (
    "core.hooksPath=/dev/null",
    "safe.directory=*",
    "core.quotePath=false",
    "log.showRoot=true",
    "log.showSignature=false",
)
_SAFE = tuple(part for setting in _SETTINGS for part in ("-c", setting))


@dataclass(frozen=True, slots=True)
class PageSet:
    """The pages at one commit: path to blob id, ``README.md`` and every ``20??.md``."""

    commit: str
    at: datetime
    blobs: Mapping[str, str]


class History:
    """One branch's commits in order, oldest first, and the texts they hold."""

    def __init__(self, folder: Path, git: str) -> None:
        self._folder, self._git = folder, git
        self._reader: subprocess.Popen[bytes] | None = None

    def read_page_sets(self) -> Iterator[PageSet]:
        """The page set of every commit of the main line; merges count once, as what they bring.

        A commit dated before its parent counts from its parent's time on.
        """
        blobs: dict[str, str] = {}
        commit, at = "", datetime.min.replace(tzinfo=UTC)
        for line in self._log():
            if match := _COMMIT.fullmatch(line):
                if commit:
                    yield PageSet(commit, at, dict(blobs))
                commit, at = match[1], max(at, datetime.fromtimestamp(int(match[2]), UTC))
            elif line.startswith(":"):
                _apply(line, blobs)
        if commit:
            yield PageSet(commit, at, dict(blobs))

    def read_text(self, blob: str) -> str:
        """The text of a page; bytes that are not UTF-8 become U+FFFD.

        Raises:
            ParseError: The page is larger than 20 MB, or missing.
        """
        reader = self._open_reader()
        to_git, from_git = _pipes(reader)
        to_git.write(f"{blob}\n".encode())
        to_git.flush()
        header = from_git.readline().split()
        if len(header) != 3 or header[1] != b"blob":
            raise ParseError(f"page {blob[:12]} is missing from the repository; fetch it whole")
        size = int(header[2])
        body = from_git.read(size + 1)
        if size > _LARGEST_PAGE:
            raise ParseError(f"page {blob[:12]} has {size} bytes, more than a page may have")
        return body[:-1].decode("utf-8", errors="replace")

    def _log(self) -> Iterator[str]:
        command = ["log", "--first-parent", "-m", "--reverse", "--raw", "--no-abbrev"]
        text = self._run(*command, "--no-renames", "--format=commit %H %ct", self._head(), "--")
        return iter(text.splitlines())

    def _head(self) -> str:
        """HEAD; in a repository or bundle without it the branch committed to last."""
        refs = "--sort=-committerdate", "--format=%(refname)", "refs/heads", "refs/remotes"
        if self._call("rev-parse", "--verify", "--quiet", "HEAD^{commit}").returncode == 0:
            return "HEAD"
        names = self._run("for-each-ref", *refs).split()
        if not names:
            raise ConfigError(f"{self._folder}: holds no branch; name a repository with commits")
        return names[0]

    def _run(self, *arguments: str) -> str:
        result = self._call(*arguments)
        if result.returncode:
            raise ConfigError(f"{self._folder}: {_first_line(result.stderr)}")
        return result.stdout.decode("utf-8", errors="replace")

    def _call(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        return _call(self._git, "-C", str(self._folder), *arguments)

    def _open_reader(self) -> subprocess.Popen[bytes]:
        if self._reader is None:
            command = [self._git, *_SAFE, "-C", str(self._folder), "cat-file", "--batch"]
            self._reader = subprocess.Popen(  # noqa: S603  # a fixed command; the folder is an argument
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=_environment()
            )
        return self._reader

    def __enter__(self) -> History:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._reader:
            for pipe in _pipes(self._reader):
                pipe.close()
            self._reader.wait()


@contextmanager
def open_history(source: Path) -> Iterator[History]:
    """Open a repository, bare or not, or a bundle (cloned into a temporary folder).

    Raises:
        ConfigError: git is not installed, or ``source`` is neither repository nor bundle.
    """
    git = shutil.which("git")
    if git is None:
        raise ConfigError("replay needs git, which is not installed; install the package git")
    if not source.exists():
        raise ConfigError(f"{source}: there is no such repository or bundle; check the path")
    if source.is_dir():
        if _call(git, "-C", str(source), "rev-parse", "--git-dir").returncode:
            raise ConfigError(f"{source}: is no git repository; name one, or a bundle of one")
        with History(source, git) as history:
            yield history
        return
    with tempfile.TemporaryDirectory(prefix="jubo-replay-") as folder:
        target = Path(folder) / "pages.git"
        clone = ("clone", "--quiet", "--bare", "--", str(source.absolute()), str(target))
        result = _call(git, *clone)
        if result.returncode:
            raise ConfigError(f"{source}: is no git bundle ({_first_line(result.stderr)})")
        with History(target, git) as history:
            yield history


def _apply(line: str, blobs: dict[str, str]) -> None:
    """One line of ``--raw``: ``:100644 100644 old new M<tab>path``."""
    meta, _, path = line.partition("\t")
    _, mode, _, blob, status = meta.split()
    if not _PAGE.fullmatch(path):
        return
    if status == "D" or not mode.startswith("100"):
        blobs.pop(path, None)
    else:
        blobs[path] = blob


def _call(git: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # noqa: S603  # git's own path, arguments as a list, no shell
        [git, *_SAFE, *arguments], capture_output=True, check=False, env=_environment()
    )


def _environment() -> dict[str, str]:
    """The process's own, without what would point git elsewhere or make it ask."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return own | {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    assert process.stdin
    assert process.stdout
    return process.stdin, process.stdout


def _first_line(text: bytes) -> str:
    lines = text.decode("utf-8", errors="replace").strip().splitlines()
    return lines[0] if lines else "git says nothing"
