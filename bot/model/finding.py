"""What a check found: MQM error types and severities (https://themqm.org), place and advice."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ErrorType(StrEnum):
    """The MQM paths that jubo's checks use."""

    MISTRANSLATION = "accuracy/mistranslation"
    OMISSION = "accuracy/omission"
    ADDITION = "accuracy/addition"
    UNTRANSLATED = "accuracy/untranslated"
    NUMBER = "accuracy/number"
    ENTITY = "accuracy/entity"
    TERMINOLOGY = "terminology/wrong-term"
    INCONSISTENT_TERM = "terminology/inconsistent"
    GRAMMAR = "linguistic/grammar"
    REGISTER = "style/register"
    MARKUP = "markup/leak"
    SPAN = "markup/protected-span"
    CHARACTER = "design/character"
    CHATTER = "other/model-chatter"
    SOURCE = "other/source"


class Severity(StrEnum):
    """minor: a reader shrugs; major: a reader is misled; critical: must not be published."""

    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0, 1, 2: for comparisons."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect of one Segment.

    Attributes:
        key: The Segment's key ("2026-06-21/10/abstract/0"), or the Paper's for a whole row.
        type: The MQM path.
        severity: How bad.
        evidence: The faulty text as it stands in the target, or the source's for an omission.
        check: Name of the check ("missing_numbers").
        span: ``(start, end)`` in code points of the target, None where nothing stands there.
        message: For a moderator: what is wrong, in English, one line.
        suggestion: What should stand there instead, None where the check cannot know.
    """

    key: str
    type: ErrorType
    severity: Severity
    evidence: str
    check: str = ""
    span: tuple[int, int] | None = None
    message: str = ""
    suggestion: str | None = None
