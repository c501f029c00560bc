"""DBOS as jubo uses it: one database, JSON instead of pickle, work of dead processes taken over.

A workflow's id is its idempotency key. Every process has an executor id of its own: one that
launched with the daemon's id would run the daemon's work a second time. Every process at work looks
for those that ended and queues what they left; DBOS fences the late writes of one that only slept.
"""

from __future__ import annotations

import logging
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

from dbos import (
    DBOS,
    DBOSConfig,
    Serializer,
    SetEnqueueOptions,
    SetWorkflowID,
    WorkflowHandle,
    WorkflowStatusString,
)

from bot.errors import BotError
from bot.model.codec import from_json, to_json

T = TypeVar("T")

# Runs of one major version resume under the next deploy; the codec bears the difference.
APPLICATION_VERSION = "1"
_BEAT_SECONDS = 10.0
_POLL_SECONDS = 0.1
_QUEUE = "one-at-a-time"


class JsonSerializer(Serializer):
    """Steps' inputs and outputs as the codec writes them."""

    def serialize(self, data: Any) -> str:
        """Text of a step's value."""
        return to_json(data)

    def deserialize(self, serialized_data: str) -> Any:
        """The step's value."""
        return from_json(serialized_data)

    def name(self) -> str:
        """The form's name, kept beside each value."""
        return "jubo_json"


class Heartbeats(Protocol):
    """Which processes are at work (bot.store.executors)."""

    def beat(self, executor_id: str) -> None:
        """Say that this process is alive."""
        ...

    def find_dead(self, own_id: str) -> list[str]:
        """Processes that ended without a word."""
        ...

    def remove(self, executor_id: str) -> None:
        """Strike a process off."""
        ...


@contextmanager
def launch(database_url: str, heartbeats: Heartbeats, *, drain_seconds: float = 0) -> Iterator[str]:
    """Run DBOS for the duration of the block; gives this process's executor id.

    A process never strikes itself off: up to its end its queue may claim a run, even one that
    another process waits for. Who finds it gone takes that over.

    Args:
        database_url: Where the workflows' states are kept.
        heartbeats: Finds and announces processes.
        drain_seconds: How long running workflows may finish when the block ends; what has not
            ended by then goes on in a later process.
    """
    executor_id = uuid.uuid4().hex
    _start(database_url, executor_id)
    stop = threading.Event()
    try:
        take_over(heartbeats, executor_id)
        beat = threading.Thread(target=_beat, args=(heartbeats, executor_id, stop), daemon=True)
        beat.start()
        yield executor_id
    finally:
        stop.set()
        _drain(drain_seconds, executor_id)
        DBOS.destroy()


def _start(database_url: str, executor_id: str) -> None:
    config: DBOSConfig = {
        "name": "jubo",
        "system_database_url": database_url,
        "application_version": APPLICATION_VERSION,
        "executor_id": executor_id,
        "serializer": JsonSerializer(),
        "log_level": "ERROR",
        "notification_listener_polling_interval_sec": 0.1,
    }
    _join_log()
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue(_QUEUE, partition_concurrency=1, polling_interval_sec=_POLL_SECONDS)


def _join_log() -> None:
    """DBOS logs to a handler of its own, past our masking and with tracebacks; here it joins us."""
    log = logging.getLogger("dbos")
    log.handlers = [logging.NullHandler()]  # DBOS adds its own where there is none
    log.filters = [_one_line]
    log.propagate = True


def _one_line(record: logging.LogRecord) -> bool:
    """No traceback but at level debug; errors that whoever asked reports are not told twice."""
    cause = record.exc_info[1] if record.exc_info else None
    if cause is None or logging.getLogger().isEnabledFor(logging.DEBUG):
        return True
    record.msg = f"{record.getMessage()} {type(cause).__name__}: {cause}"
    record.args, record.exc_info = (), None
    return not isinstance(cause, BotError)


def _drain(seconds: float, executor_id: str) -> None:
    """Wait for running workflows, at most so long."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and _has_work_left(executor_id):
        time.sleep(_POLL_SECONDS)


def take_over(heartbeats: Heartbeats, executor_id: str) -> list[str]:
    """Queue the unfinished workflows of processes that ended; gives those processes' ids."""
    heartbeats.beat(executor_id)
    dead = heartbeats.find_dead(executor_id)
    if dead:
        # The documented way to do this is DBOS's admin endpoint, which calls just this.
        DBOS._recover_pending_workflows(dead)
    for process in dead:
        heartbeats.remove(process)
    return dead


def _beat(heartbeats: Heartbeats, executor_id: str, stop: threading.Event) -> None:
    log = logging.getLogger(__name__)
    while not stop.wait(_BEAT_SECONDS):
        try:
            take_over(heartbeats, executor_id)
        except Exception as error:  # a database that is away comes back
            log.warning("heartbeat failed: %s; trying again", error)


def _has_work_left(executor_id: str) -> bool:
    return bool(DBOS.list_workflows(status="PENDING", executor_id=executor_id, limit=1))


def run_workflow(workflow_id: str, function: Callable[..., T], *arguments: object) -> T:
    """Run a workflow to its end, or wait for the run that has the same id, and give its result.

    A run that failed is tried again under the next id (``<id>#2``, …), so that a mended cause is
    enough to go on; finished steps of paid calls are found in the store.
    """
    with SetWorkflowID(find_attempt(workflow_id)):
        return DBOS.start_workflow(function, *arguments).get_result(
            polling_interval_sec=_POLL_SECONDS
        )


def run_alone(about: str, workflow_id: str, function: Callable[..., T], *arguments: object) -> T:
    """Like ``run_workflow``, after any other run about the same thing, of whatever process.

    A run that a dead process left is taken over before: at a restart it would otherwise work
    beside the new one.
    """
    queue = DBOS.retrieve_queue(_QUEUE)
    if queue is None:
        raise RuntimeError("a run needs DBOS launched")
    with (
        SetWorkflowID(find_attempt(workflow_id)),
        SetEnqueueOptions(queue_partition_key=about),
    ):
        handle: WorkflowHandle[T] = queue.enqueue(function, *arguments)
    return handle.get_result(polling_interval_sec=_POLL_SECONDS)


def find_attempt(workflow_id: str) -> str:
    """The id under which to run: the first attempt that has not failed.

    In a workflow the answer is a step: a replay must start the same children again.
    """
    return run_step("attempt", lambda: _find_attempt(workflow_id))


def _find_attempt(workflow_id: str) -> str:
    for number in range(1, 1000):
        attempt = workflow_id if number == 1 else f"{workflow_id}#{number}"
        status = DBOS.get_workflow_status(attempt)
        if status is None or status.status not in _FAILED:
            return attempt
    raise RuntimeError(f"{workflow_id} failed a thousand times")


_FAILED = {
    WorkflowStatusString.ERROR.value,
    WorkflowStatusString.CANCELLED.value,
    WorkflowStatusString.MAX_RECOVERY_ATTEMPTS_EXCEEDED.value,
}


def run_step(name: str, function: Callable[[], T]) -> T:
    """Run a step once: after a crash its recorded result is given instead of running it again."""
    return DBOS.run_step({"name": name}, function)
