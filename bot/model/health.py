"""What ``jubo doctor`` found out: one Line a thing, with its cure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """pass: it works; warn: it works with a loss that ``cure`` names; fail: it cannot work."""

    PASS = "pass"  # noqa: S105 - no password
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was looked at: ``what`` was seen, and what to do where it is not well.

    ``area`` says where: "model", "forum demo".
    """

    status: Status
    what: str
    cure: str = ""
    area: str = ""
