"""``jubo replay``: the decision over git histories, made up and real."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from bot.cli.common import Invocation
from bot.cli.replay import replay as command
from bot.config import Policy
from bot.errors import ConfigError, ParseError
from bot.model.decision import KnownIssue, State, Verdict
from bot.model.issue import Issue
from bot.planning.completeness import find_gaps
from bot.planning.issues import decide
from bot.planning.known import confirm_published
from bot.planning.marks import are_same_papers, mark_rows
from bot.planning.replay import Event, Snapshot, Summary, replay
from bot.source.history import open_history
from bot.source.snapshots import read_snapshots
from tests.pages import Commit, a_readme, a_row, a_table, append_history, git, write_history

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
MONDAY = date(2024, 3, 4)
SUNDAY = datetime(2024, 3, 10, 16, 20, tzinfo=UTC)  # the first week's end
BUNDLE = Path("data/dair/history-to-2025-02.bundle")


def table(week: int, **details: Any) -> str:
    return a_table(week, MONDAY + week * WEEK, **details)


def key(week: int) -> str:
    return (MONDAY + week * WEEK).isoformat()


def readme(*weeks: int, **details: Any) -> dict[str, str | bytes]:
    return {"README.md": a_readme(*(table(week, **details) for week in weeks))}


def run(
    repository: Path,
    *,
    since: datetime | None = None,
    every: timedelta | None = HOUR,
    until: datetime | None = None,
) -> tuple[list[Event], Summary]:
    summary = Summary()
    with open_history(repository) as history:
        snapshots = read_snapshots(history, since, until)
    return list(
        replay(snapshots, Policy(), summary, since=since, every=every, until=until)
    ), summary


def published(events: Sequence[Event]) -> list[str]:
    return [one.decision.key for one in events if one.decision.verdict is Verdict.PUBLISH]


def invoke(*arguments: str, environment: Mapping[str, str] | None = None) -> tuple[int, str]:
    app = typer.Typer()
    app.command()(command)
    context = Invocation(config=None, outlet=None)
    result = CliRunner().invoke(app, list(arguments), env=dict(environment or {}), obj=context)
    if isinstance(result.exception, ConfigError):
        return result.exception.exit_status, str(result.exception)
    return result.exit_code, result.output


# --- the command -------------------------------------------------------------------------------


@pytest.fixture
def two_weeks(tmp_path: Path) -> Path:
    commits = [
        Commit(SUNDAY - 9 * WEEK, {"README.md": "# ML Papers\n"}),
        Commit(SUNDAY, readme(0)),
        Commit(SUNDAY + WEEK, {"README.md": a_readme(table(1, papers=9), table(0))}),
        Commit(SUNDAY + WEEK + timedelta(minutes=5), readme(1, 0)),
    ]
    return write_history(tmp_path / "pages.git", commits)


def test_json_lines_end_in_a_summary_of_their_actions(two_weeks: Path) -> None:
    status, output = invoke(
        str(two_weeks), "--since", "2024-03-10", "--until", "2024-03-20T00:00Z", "--json"
    )
    *lines, last = [json.loads(line) for line in output.splitlines()]
    assert status == 0
    head = git("-C", str(two_weeks), "rev-parse", "main").strip()
    assert lines[-1] == {
        "at": "2024-03-17T18:00:00Z",
        "key": "2024-03-11",
        "action": "publish",
        "reason": "complete and unchanged for 30 minutes",
        "papers": 10,
        "source_commit": head,
    }
    assert [(line["key"], line["action"]) for line in lines] == [
        ("2024-03-04", "hold"),
        ("2024-03-04", "publish"),
        ("2024-03-11", "hold"),
        ("2024-03-11", "publish"),
    ]
    assert last == {
        "summary": {"ticks": 241, "published": 2, "updated": 0, "held": 2, "ignored": 0}
    }


def test_every_commit_is_one_tick(two_weeks: Path) -> None:
    status, output = invoke(str(two_weeks), "--every", "commit", "--json")
    *lines, last = [json.loads(line) for line in output.splitlines()]
    assert status == 0
    assert last["summary"]["ticks"] == 4
    assert [(line["key"], line["action"], line["papers"]) for line in lines] == [
        ("2024-03-04", "hold", 10),
        ("2024-03-04", "publish", 10),
        ("2024-03-11", "hold", 9),
        ("2024-03-11", "hold", 10),
        ("2024-03-11", "hold", 10),
        ("2024-03-11", "publish", 10),
    ]


def test_people_get_lines_and_a_count(two_weeks: Path) -> None:
    status, output = invoke(str(two_weeks), "--every", "1d", "--since", "2024-03-10T00:00+00:00")
    assert status == 0
    assert "2024-03-12T00:00:00Z  2024-03-04  publish  complete and unchanged" in output
    assert output.splitlines()[-1].endswith("2 published, 0 updated, 2 held, 0 ignored")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--every", "soon"], "--every soon: write 30m, 1h, 1d or commit"),
        (["--every", "0h"], "--every 0h: write 30m"),
        (["--since", "yesterday"], "--since yesterday: is no time; write 2024-01-01T06:00Z"),
    ],
)
def test_a_wrong_option_is_said_in_one_line(
    two_weeks: Path, arguments: list[str], message: str
) -> None:
    status, output = invoke(str(two_weeks), *arguments)
    assert status == 2
    assert message in output


def test_what_is_no_repository_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no bundle")
    for path, message in (
        ("gone", "no such repository"),
        ("file", "no git bundle"),
        (".", "no git"),
    ):
        status, output = invoke(str(tmp_path / path), environment={"GIT_DIR": "/nowhere"})
        assert status == 2
        assert message in output
    git("init", "--quiet", str(tmp_path / "empty"))
    assert "holds no branch" in invoke(str(tmp_path / "empty"))[1]


def test_a_machine_without_git_is_told_so(two_weeks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    history = open_history(two_weeks)
    with pytest.raises(ConfigError, match="replay needs git, which is not installed"):
        history.__enter__()


# --- reading a history -------------------------------------------------------------------------


def test_a_bundle_and_a_branch_of_any_name_are_read(tmp_path: Path) -> None:
    repository = write_history(tmp_path / "r.git", [Commit(SUNDAY, readme(0))], branch="pages")
    git("-C", str(repository), "symbolic-ref", "HEAD", "refs/heads/none")
    git("-C", str(repository), "bundle", "create", "--quiet", str(tmp_path / "b"), "pages")
    for source in (repository, tmp_path / "b"):
        assert published(run(source)[0]) == [key(0)]


def test_all_year_pages_and_the_readme_are_one_page_set(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "README.md": "# Index\n",
        "years/2024.md": "# 2024\n" + table(0),
        "archive/years/2023.md": "# 2023\n" + table(-20).replace(" - 2023\n", "\n"),
        "notes/readme.md": table(3),
        "years/x2024.md": table(4),
    }
    commits = [Commit(SUNDAY, files), Commit(SUNDAY + DAY, {"README.md": "# Index\n"})]
    with open_history(write_history(tmp_path / "r.git", commits)) as history:
        first, second = read_snapshots(history)
    assert first.issues
    assert {issue.key for issue in first.issues} == {key(0), key(-20)}
    assert second.issues == ()


def test_a_commit_dated_before_its_parent_counts_from_its_parents_time_on(tmp_path: Path) -> None:
    commits = [Commit(SUNDAY, readme(0)), Commit(SUNDAY - DAY, readme(1, 0))]
    with open_history(write_history(tmp_path / "r.git", commits)) as history:
        assert [one.at for one in history.read_page_sets()] == [SUNDAY, SUNDAY]


def test_an_error_page_leaves_what_was_known(tmp_path: Path) -> None:
    """No decision changes: the last good state is kept until a good page comes."""
    bad: list[str | bytes] = ["<!DOCTYPE html><h1>502</h1>", b"\xff\xfe\x00", b"x" * (21 * 2**20)]
    commits = [Commit(SUNDAY, readme(0))]
    commits += [
        Commit(SUNDAY + place * DAY, {"README.md": body}) for place, body in enumerate(bad, 1)
    ]
    commits.append(Commit(SUNDAY + 5 * DAY, readme(0)))
    events, summary = run(write_history(tmp_path / "r.git", commits))
    assert [one.decision.verdict for one in events] == [Verdict.HOLD, Verdict.PUBLISH]
    assert summary.known[key(0)].shown


def test_bytes_that_are_no_utf8_spoil_their_row_alone(tmp_path: Path) -> None:
    body = a_readme(table(0)).encode().replace(b"sorts numbers in 3", b"sorts \xff\xfe in 3")
    with open_history(
        write_history(tmp_path / "r.git", [Commit(SUNDAY, {"README.md": body})])
    ) as history:
        (snapshot,) = read_snapshots(history)
    assert snapshot.issues
    assert snapshot.issues[0].papers[2].summary == "sorts \ufffd\ufffd in 3 steps"


def test_a_blob_that_is_missing_is_an_error(two_weeks: Path) -> None:
    with open_history(two_weeks) as history, pytest.raises(ParseError, match="is missing"):
        history.read_text("0" * 40)


def test_no_history_gives_no_decision() -> None:
    summary = Summary()
    assert list(replay([], Policy(), summary)) == []
    assert summary.ticks == 0


# --- made-up lives of the source ---------------------------------------------------------------


def test_a_silent_month_then_four_weeks_in_one_commit(tmp_path: Path) -> None:
    commits = [Commit(SUNDAY, readme(0)), Commit(SUNDAY + 5 * WEEK, readme(5, 4, 3, 2, 0))]
    events, summary = run(write_history(tmp_path / "r.git", commits))
    assert published(events) == [key(0), key(5)]
    assert all("backlog" in summary.known[key(week)].reason for week in (2, 3, 4))


@pytest.mark.parametrize("every", [HOUR, None, timedelta(minutes=5)])
def test_five_weeks_within_twenty_minutes(tmp_path: Path, every: timedelta | None) -> None:
    later = SUNDAY + 5 * WEEK
    commits = [Commit(SUNDAY, readme(0))]
    commits += [
        Commit(later + place * timedelta(minutes=5), readme(*range(place + 1, -1, -1)))
        for place in range(5)
    ]
    events, summary = run(write_history(tmp_path / "r.git", commits), every=every)
    assert published(events) == ([key(0)] if every else []) + [key(5)]
    ends = Counter(
        one.reason.split(":")[0] for one in summary.known.values() if not one.published_at
    )
    assert ends == {"backlog": 4 if every else 5}  # no tick came while the first week was new


def test_a_new_table_for_a_minute_under_last_weeks_heading(tmp_path: Path) -> None:
    heading = table(0).partition("\n")[0]
    wrong = heading + "\n" + table(1).partition("\n")[2]
    at = SUNDAY + WEEK
    commits = [
        Commit(SUNDAY, readme(0)),
        Commit(at, {"README.md": a_readme(wrong, table(0))}),
        Commit(at + timedelta(minutes=1), readme(1, 0)),
    ]
    repository = write_history(tmp_path / "r.git", commits)
    for every in (HOUR, timedelta(minutes=1), None):
        events, summary = run(repository, every=every)
        assert published(events) == [key(0), key(1)]
        assert sorted(summary.known) == [key(0), key(1)]
    assert not [one for one in events if one.decision.verdict is Verdict.UPDATE]


def test_one_row_without_its_paper_for_seven_months(tmp_path: Path) -> None:
    broken = table(1).replace(a_row(1, 5), "| 5) **xxxx** - xxxx | [Paper](xxxx) |")
    commits = [Commit(SUNDAY, readme(0))]
    for week in range(1, 31):
        tables = [*(table(number) for number in range(week, 1, -1)), broken, table(0)]
        commits.append(Commit(SUNDAY + week * WEEK, {"README.md": a_readme(*tables)}))
    commits.append(Commit(SUNDAY + 31 * WEEK, readme(*range(31, -1, -1))))
    events, summary = run(write_history(tmp_path / "r.git", commits))
    assert published(events) == [key(week) for week in range(32) if week != 1]
    assert summary.known[key(1)].state is State.HELD


def test_a_row_that_loses_its_table_for_a_week_changes_nothing(tmp_path: Path) -> None:
    row = a_row(0, 4)
    lost = a_readme(table(0).replace(row, row.replace("numbers in", "numbers\nin").strip("| ")))
    commits = [
        Commit(SUNDAY, readme(0)),
        Commit(SUNDAY + DAY, {"README.md": lost}),
        Commit(SUNDAY + 8 * DAY, readme(0)),
    ]
    events, _ = run(write_history(tmp_path / "r.git", commits))
    assert [one.decision.verdict for one in events] == [Verdict.HOLD, Verdict.PUBLISH]


def test_an_index_that_lags_and_weeks_that_overlap_by_a_day(tmp_path: Path) -> None:
    long = a_table(1, MONDAY + WEEK).replace("March 11 -", "March 10 -")
    years: dict[str, str | bytes] = {
        "README.md": "# Index\n",
        "years/2024.md": "# 2024\n" + table(0),
    }
    commits = [
        Commit(SUNDAY, years),
        Commit(SUNDAY + WEEK, {**years, "years/2024.md": f"# 2024\n{long}{table(0)}"}),
        Commit(
            SUNDAY + WEEK + DAY,
            {
                "README.md": "# Index\n- [x](years/2024.md#x)\n",
                "years/2024.md": f"# 2024\n{long}{table(0)}",
            },
        ),
    ]
    events, _ = run(write_history(tmp_path / "r.git", commits))
    assert published(events) == [key(0), "2024-03-10"]


def test_a_new_year_page_goes_on_where_the_old_one_ended(tmp_path: Path) -> None:
    """The week across New Year moves to the new page, and its heading is corrected later."""
    first = date(2024, 12, 30)
    new_year = a_table(43, first).replace("December 30", "January 1")
    before = {"years/2024.md": "# P — 2024\n" + table(42)}
    at = datetime(2025, 1, 5, 16, tzinfo=UTC)
    commits = [
        Commit(at - WEEK, {"README.md": "# I\n", **before}),
        Commit(at, {"README.md": "# I\n", **before, "years/2025.md": "# P — 2025\n" + new_year}),
        Commit(
            at + WEEK,
            {
                "README.md": "# I\n",
                **before,
                "years/2025.md": f"# P — 2025\n{table(44)}{a_table(43, first)}",
            },
        ),
    ]
    events, summary = run(write_history(tmp_path / "r.git", commits))
    assert published(events) == [key(42), "2025-01-01", key(44)]
    (update,) = [one.decision for one in events if one.decision.verdict is Verdict.UPDATE]
    assert update.changes == ("days: 2025-01-01 to 2025-01-05 became 2024-12-30 to 2025-01-05",)
    assert len(summary.known) == 3


# --- exactness ---------------------------------------------------------------------------------


def tick_by_tick(
    snapshots: Sequence[Snapshot], since: datetime, until: datetime, every: timedelta
) -> list[tuple[datetime, str, Verdict, str]]:
    """Every look computed, none skipped."""
    known: dict[str, KnownIssue] = {}
    found: list[tuple[datetime, str, Verdict, str]] = []
    at = since
    issues: tuple[Issue, ...] = ()
    while at <= until:
        issues = next((one.issues or () for one in reversed(snapshots) if one.at <= at), issues)
        outcome = decide(known, issues, Policy(), at)
        known = dict(outcome.known)
        for decision in outcome.decisions:
            found.append((at, decision.key, decision.verdict, decision.reason))
            if decision.verdict is Verdict.PUBLISH:
                known = confirm_published(known, decision.key, at)
        at += every
    return found


def as_rows(events: Sequence[Event]) -> list[tuple[datetime, str, Verdict, str]]:
    decisions = [one.decision for one in events]
    return [(one.at, one.key, one.verdict, one.reason) for one in decisions]


def test_ticks_that_are_skipped_would_have_changed_nothing(tmp_path: Path) -> None:
    edited = a_readme(table(1, words="sorts faster"), table(0, words="sorts letters"))
    commits = [
        Commit(SUNDAY, readme(0, papers=8)),
        Commit(SUNDAY + 2 * DAY, readme(0)),
        Commit(SUNDAY + 2 * DAY + HOUR, readme(1, 0)),
        Commit(SUNDAY + 9 * DAY, {"README.md": edited}),
        Commit(SUNDAY + 30 * DAY, readme(4, 1, 0, papers=9)),
        Commit(SUNDAY + 40 * DAY, readme(1, 0, -1)),
    ]
    repository = write_history(tmp_path / "r.git", commits)
    since, until = SUNDAY - DAY, SUNDAY + 70 * DAY
    with open_history(repository) as history:
        snapshots = read_snapshots(history)
    events, summary = run(repository, since=since, until=until, every=HOUR)
    assert as_rows(events) == tick_by_tick(snapshots, since, until, HOUR)
    assert summary.ticks == 71 * 24 + 1


# --- the real history --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real(shared: Path) -> list[Snapshot]:
    with open_history(shared / BUNDLE) as history:
        return read_snapshots(history)


INCOMPLETE = {"2023-01-16", "2023-02-13", "2023-04-17"}  # rows without a text, and a missing row


@pytest.mark.shared
@pytest.mark.parametrize("year", [2023, 2024])
@pytest.mark.parametrize("every", [HOUR, None])
def test_every_real_week_ends_once(
    real: list[Snapshot], year: int, every: timedelta | None
) -> None:
    """Published once and whole, held as backlog, or held as incomplete."""
    since, summary = datetime(year, 1, 1, tzinfo=UTC), Summary()
    events = list(replay(real, Policy(), summary, since=since, every=every))
    final = {issue.key: issue for issue in real[-1].issues or ()}
    ignored = {one for one, issue in summary.known.items() if issue.state is State.IGNORED}
    assert set(summary.known) == set(final)
    assert all(one < f"{year}-01-01" for one in ignored)

    topics = published(events)
    assert len(topics) == len(set(topics))
    for name in topics:
        _assert_whole(summary.known[name], final[name])
    held = set(final) - set(topics) - ignored
    reasons = {name: summary.known[name].reason.partition(":")[0] for name in held}
    assert set(reasons.values()) <= {"backlog", "incomplete"}
    assert {name for name in held if reasons[name] == "incomplete"} == {
        name for name in INCOMPLETE if name > f"{year}"
    }
    assert (
        len(topics)
        == {(2023, HOUR): 97, (2023, None): 94, (2024, HOUR): 53, (2024, None): 50}[year, every]
    )


def _assert_whole(known: KnownIssue, final: Issue) -> None:
    """Ten whole rows, under the week's own heading as the source shows it in the end."""
    assert known.state is State.PUBLISHED
    base = [event for event in known.marks if event]
    assert len(base) == 10
    assert are_same_papers(known.marks, mark_rows(final.papers))
    assert known.base_week
    assert abs((known.base_week.last - final.week.last).days) <= 1


@pytest.mark.shared
def test_a_real_topic_is_never_made_of_a_table_with_gaps(real: list[Snapshot]) -> None:
    shown = {snapshot.commit: snapshot.issues or () for snapshot in real}
    for every in (HOUR, None):
        for event in replay(real, Policy(), Summary(), every=every):
            if event.decision.verdict is Verdict.PUBLISH:
                issues = [one for one in shown[event.commit] if one.key == event.decision.key]
                assert [find_gaps(issue, 10) for issue in issues] == [""]


@pytest.mark.shared
def test_a_real_winter_equals_tick_by_tick(real: list[Snapshot]) -> None:
    since = datetime(2024, 12, 30, tzinfo=UTC)
    until = since + 20 * DAY
    events = replay(real, Policy(), Summary(), since=since, until=until, every=HOUR)
    assert as_rows(list(events)) == tick_by_tick(real, since, until, HOUR)


def _continue(readme_text: str) -> list[dict[str, str | bytes]]:
    """One day's work upstream: the series renamed, introductions rewritten, old weeks added, the
    page split by year, and one week that is new."""
    renamed = readme_text.replace("Top ML Papers", "Top AI Papers")
    rewritten = re.sub(r"(\*\*) - (\w)", r"\1 - A new account of it. <br>● Point: \2", renamed)
    head, *sections = re.split(r"(?m)^(?=## Top)", rewritten)
    old = [a_table(place, date(2021, 1, 4) + place * WEEK, series="AI") for place in range(36)] + [
        a_table(90 + place, date(2025, 3, 3) + place * WEEK, series="AI") for place in range(4)
    ]
    new = a_table(99, date(2025, 3, 31), series="AI")
    by_year = {
        year: f"# AI Papers — {year}\n\n" + "".join(one for one in parts)
        for year, parts in (
            (2021, old[:36][::-1]),
            (2023, [one for one in sections if not re.match(r".*- 202[45]$", one.split("\n")[0])]),
            (2024, [one for one in sections if one.split("\n")[0].endswith("2024")]),
            (
                2025,
                [
                    new,
                    *old[36:][::-1],
                    *(one for one in sections if one.split("\n")[0].endswith("2025")),
                ],
            ),
        )
    }
    split: dict[str, str | bytes] = {f"years/{year}.md": text for year, text in by_year.items()}
    index = head.replace("](./#", "](years/2025.md#")
    return [
        {"README.md": renamed},
        {"README.md": rewritten},
        {"README.md": "\n".join([head, new, *sections])},
        {"README.md": "\n".join([head, new, *old, *sections])},
        {"README.md": index},
        {"README.md": index, **split},
    ]


@pytest.mark.shared
@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4, 5), (5,), (4, 3, 5), (0, 5), (3, 2, 1, 0, 5)])
@pytest.mark.parametrize("every", [HOUR, None])
def test_the_great_day_after_the_real_history_brings_one_topic(
    shared: Path, tmp_path: Path, order: tuple[int, ...], every: timedelta | None
) -> None:
    repository = tmp_path / "pages.git"
    git("clone", "--quiet", "--bare", str(shared / BUNDLE), str(repository))
    text = git("-C", str(repository), "show", "main:README.md")
    at = datetime(2025, 4, 7, 9, 0, tzinfo=UTC)
    states = _continue(text)
    commits = [
        Commit(at + place * 90 * timedelta(minutes=1), states[step])
        for place, step in enumerate(order)
    ]
    commits.append(Commit(at + 40 * DAY, states[-1]))
    append_history(repository, commits, parent="refs/heads/main^0")
    since = datetime(2025, 2, 1, tzinfo=UTC)
    events, _ = run(repository, since=since, every=every)

    topics = [one for one in events if one.decision.verdict is Verdict.PUBLISH]
    new = [one.decision.key for one in topics if one.decision.at >= at]
    assert set(new) <= {"2025-02-17", "2025-03-31"}
    assert "2025-03-31" in new or every is None
    assert len(published(events)) == len(set(published(events)))
    held = {one.decision.key for one in events if "backlog" in one.decision.reason}
    assert {(date(2021, 1, 4) + place * WEEK).isoformat() for place in range(36)} <= held
