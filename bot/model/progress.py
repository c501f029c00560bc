"""What people see of a run while it goes on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """Where the week is on its way from page to topic, in order."""

    READ = "read"
    ENRICH = "enrich"
    ESTIMATE = "estimate"
    TRANSLATE = "translate"
    COMMENT = "comment"
    COMPOSE = "compose"
    PUBLISH = "publish"


@dataclass(frozen=True, slots=True)
class Progress:
    """One line of a run: the stage, what was done, and how far it is (``done`` of ``total``)."""

    stage: Stage
    text: str
    done: int = 0
    total: int = 0
