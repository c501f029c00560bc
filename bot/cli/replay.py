"""``jubo replay``: what would have been done with a git history of the pages; posts nothing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import Invocation, say

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from bot.planning.replay import Event, Summary

_UNITS = {"m": 60, "h": 3_600, "d": 86_400}
_SHORTEST_SECONDS = 60
_Time = Annotated[
    str | None, typer.Option(metavar="TIME", help="2024-01-01 or 2024-01-01T06:00Z; UTC.")
]


def replay(
    context: typer.Context,
    source: Annotated[
        Path, typer.Argument(metavar="REPO_OR_BUNDLE", help="A git repository of the pages.")
    ],
    since: _Time = None,
    until: _Time = None,
    every: Annotated[
        str, typer.Option(metavar="INTERVAL", help="30m, 1h, 1d, or commit: once at each commit.")
    ] = "1h",
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON document a line on stdout, nothing else.")
    ] = False,
) -> None:
    """Feed a git history of the pages to the decision; posts nothing.

    Prints a line whenever the decision about an issue changes, and a summary at the end.
    """
    from bot.planning.replay import Summary
    from bot.planning.replay import replay as fold
    from bot.source.history import open_history
    from bot.source.snapshots import read_snapshots

    invocation: Invocation = context.obj
    policy = invocation.settings().policy
    begins, ends = _parse_time(since, "--since"), _parse_time(until, "--until")
    interval, summary = _parse_interval(every), Summary()
    with open_history(source) as history:
        snapshots = read_snapshots(history, begins, ends)
    for event in fold(snapshots, policy, summary, since=begins, until=ends, every=interval):
        say(_json_line(event) if as_json else _text_line(event))
    say(_json_summary(summary) if as_json else _text_summary(summary))


def _parse_time(text: str | None, option: str) -> datetime | None:
    from datetime import UTC, datetime

    from bot.errors import ConfigError

    if text is None:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise ConfigError(f"{option} {text}: is no time; write 2024-01-01T06:00Z") from None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _parse_interval(text: str) -> timedelta | None:
    from datetime import timedelta

    from bot.errors import ConfigError

    if text == "commit":
        return None
    match = re.fullmatch(r"(\d{1,5})([mhd])", text)
    seconds = int(match[1]) * _UNITS[match[2]] if match else 0
    if seconds < _SHORTEST_SECONDS:
        raise ConfigError(f"--every {text}: write 30m, 1h, 1d or commit")
    return timedelta(seconds=seconds)


def _json_line(event: Event) -> str:
    import json

    decision = event.decision
    line = {
        "at": _stamp(decision.at),
        "key": decision.key,
        "action": decision.verdict.value,
        "reason": decision.reason,
        "papers": decision.papers,
        "source_commit": event.commit,
    }
    return json.dumps(line, ensure_ascii=False)


def _json_summary(summary: Summary) -> str:
    import json

    return json.dumps({"summary": _counts(summary)})


def _text_line(event: Event) -> str:
    decision = event.decision
    return f"{_stamp(decision.at)}  {decision.key}  {decision.verdict:7}  {decision.reason}"


def _text_summary(summary: Summary) -> str:
    return ", ".join(f"{count} {name}" for name, count in _counts(summary).items())


def _counts(summary: Summary) -> dict[str, int]:
    from bot.model.decision import Verdict

    names = {
        "published": Verdict.PUBLISH,
        "updated": Verdict.UPDATE,
        "held": Verdict.HOLD,
        "ignored": Verdict.IGNORE,
    }
    counts = {name: summary.verdicts[verdict] for name, verdict in names.items()}
    return {"ticks": summary.ticks, **counts}


def _stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
