"""A killed run goes on where it stopped, in another process; finished steps are not repeated."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from datetime import UTC, datetime
from pathlib import Path

PROGRAM = textwrap.dedent(
    """
    import os, signal, sys
    from datetime import UTC, datetime
    from dbos import DBOS
    from bot.store.database import open_database
    from bot.store.executors import Executors
    from bot.workflow.durable import launch, run_step, run_workflow

    folder, die_at = sys.argv[1], int(sys.argv[2])
    url = f"sqlite:///{folder}/state.sqlite"

    def log(line):
        with open(f"{folder}/steps.txt", "a") as file:
            file.write(line + "\\n")

    def step(number):
        if number == die_at:
            os.kill(os.getpid(), signal.SIGKILL)
        log(f"step {number}")
        return number

    @DBOS.workflow()
    def child(number):
        return run_step("work", lambda: step(number))

    @DBOS.workflow()
    def parent():
        return sum(child(number) for number in range(1, 6))

    database = open_database(url, lambda: datetime.now(UTC))
    with launch(url, Executors(database)):
        print(run_workflow("parent", parent))
    """
)


def run(folder: Path, die_at: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(folder / "program.py"), str(folder), str(die_at)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent.parent)}
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60)


def test_what_a_killed_process_left_goes_on_in_the_next(tmp_path: Path) -> None:
    """The steps that were recorded before the kill are not run a second time."""
    (tmp_path / "program.py").write_text(PROGRAM)
    killed = run(tmp_path, die_at=3)
    assert killed.returncode == -9

    finished = run(tmp_path, die_at=0)

    assert finished.stdout.strip() == "15", finished.stderr
    steps = (tmp_path / "steps.txt").read_text().splitlines()
    assert steps == [f"step {number}" for number in range(1, 6)]


LAST_MOMENT = textwrap.dedent(
    """
    import sqlite3, sys
    from datetime import UTC, datetime
    from dbos import DBOS, DBOSClient
    from bot.store.database import open_database
    from bot.store.executors import Executors
    from bot.workflow.durable import JsonSerializer, launch

    path = f"{sys.argv[1]}/state.sqlite"
    url = f"sqlite:///{path}"

    @DBOS.workflow()
    def waited_for():
        return 15

    executors = Executors(open_database(url, lambda: datetime.now(UTC)))
    with launch(url, executors) as ended:
        pass

    client = DBOSClient(system_database_url=url, serializer=JsonSerializer())
    options = {
        "queue_name": "one-at-a-time",
        "workflow_name": "waited_for",
        "workflow_id": "late",
        "queue_partition_key": "topic",
    }
    client.enqueue(options)
    with sqlite3.connect(path) as connection:
        connection.execute(
            "UPDATE workflow_status SET status = 'PENDING', executor_id = ?, "
            "application_version = '1'",
            (ended,),
        )

    with launch(url, executors):
        print(DBOS.retrieve_workflow("late").get_result(polling_interval_sec=0.1))
    """
)


def test_what_a_process_claims_as_it_ends_is_taken_over(tmp_path: Path) -> None:
    """Its queue runs to the end and may take a run that another process enqueued and waits for."""
    (tmp_path / "program.py").write_text(LAST_MOMENT)

    finished = run(tmp_path, die_at=0)

    assert finished.stdout.strip() == "15", finished.stderr


def test_time_is_stored_in_utc(tmp_path: Path) -> None:
    """SQLite forgets zones; what comes back is compared with aware times."""
    from bot.store.database import aware

    assert aware(datetime(2026, 1, 1)) == datetime(2026, 1, 1, tzinfo=UTC)  # noqa: DTZ001 naive is the point
