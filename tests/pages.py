"""Pages and git histories of them, made for a test with words of our own."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

_FRONT = "We pick papers.\n\nHere is the weekly series:\n"


def a_row(week: int, rank: int, *, words: str = "sorts numbers") -> str:
    """The row of the paper ``rank`` in week ``week`` of the test's own calendar."""
    links = f"[Paper](https://arxiv.org/abs/{2000 + week}.{rank:05}), [Tweet]()"
    return f"| {rank}) **Method w{1000 + week}r{rank}** - {words} in {rank} steps | {links} |"


def a_table(week: int, first: date, *, papers: int = 10, series: str = "ML", **row: str) -> str:
    """Heading and table of a week that begins on ``first``."""
    last = first + timedelta(days=6)
    days = f"{first:%B} {first.day} - {last:%B} {last.day}"
    rows = [a_row(week, rank, **row) for rank in range(1, papers + 1)]
    head = [
        f"## Top {series} Papers of the Week ({days}) - {last.year}",
        "| **Paper**  | **Links** |",
        "| ------------- | ------------- |",
    ]
    return "\n".join([*head, *rows, "", "---", ""])


def a_readme(*tables: str, title: str = "# ML Papers of The Week") -> str:
    return "\n".join([title, "", _FRONT, *tables])


@dataclass(frozen=True, slots=True)
class Commit:
    """The files of one commit, whole; what is not named is gone."""

    at: datetime
    files: Mapping[str, str | bytes]


def write_history(folder: Path, commits: Iterable[Commit], *, branch: str = "main") -> Path:
    """A bare git repository with these commits, made in one go."""
    git("init", "--quiet", "--bare", f"--initial-branch={branch}", str(folder))
    append_history(folder, commits, branch=branch)
    return folder


def append_history(
    folder: Path, commits: Iterable[Commit], *, branch: str = "main", parent: str | None = None
) -> None:
    """Add commits to a branch, after ``parent`` where the branch is not new."""
    stream = bytearray()
    for commit in commits:
        seconds = int(commit.at.timestamp())
        stream += (
            f"commit refs/heads/{branch}\ncommitter T <t@example.org> {seconds} +0000\n".encode()
        )
        stream += b"data 1\nx\n"
        if parent:
            stream += f"from {parent}\n".encode()
            parent = None
        stream += b"deleteall\n"
        for path, text in commit.files.items():
            body = text if isinstance(text, bytes) else text.encode()
            stream += f"M 100644 inline {path}\ndata {len(body)}\n".encode() + body + b"\n"
    git("-C", str(folder), "fast-import", "--quiet", feed=bytes(stream))


def git(*arguments: str, feed: bytes | None = None) -> str:
    """What git prints."""
    result = subprocess.run(["git", *arguments], input=feed, capture_output=True, check=True)
    return result.stdout.decode()
