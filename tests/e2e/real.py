"""Three real issues on stage: short bullets, none, long ones."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.sandbox.forum import TopicView
from tests.e2e.nursery import Nursery
from tests.e2e.process import Ran
from tests.e2e.stage import Parts, Stage, open_stage
from tests.records import record_finder
from tests.scripted_model import scripted_model

KEYS = ("2023-10-16", "2024-07-29", "2026-03-23")


@dataclass(frozen=True, slots=True)
class Published:
    """One issue: as the source has it, what publishing it printed, and its topic."""

    issue: dict[str, Any]
    ran: Ran
    topic: TopicView


@contextmanager
def open_real_stage(folder: Path, shared: Path, nursery: Nursery | None = None) -> Iterator[Stage]:
    """The real pages behind GitHub's interface, real abstracts where known, the scripted model."""
    parts = Parts(
        pages=shared / "data" / "dair" / "snapshot",
        records=record_finder(shared),
        model=scripted_model,
    )
    with open_stage(folder, nursery, parts) as stage:
        stage.configure(sources=stage.github(), outlets={"example": stage.outlet(picture=True)})
        yield stage


def publish(stage: Stage, key: str) -> Published:
    """Publish one issue with ``jubo publish``."""
    issues = stage.jubo("issues", "--year", key[:4], "--json").json()
    ran = stage.jubo("publish", key, "--json")
    assert ran.status == 0, ran.err
    issue = next(issue for issue in issues if issue["key"] == key)
    return Published(issue, ran, stage.forum.topic(ran.json()["topic_id"]))
