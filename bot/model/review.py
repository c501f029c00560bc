"""A second model's judgement of meaning."""

from __future__ import annotations

from dataclasses import dataclass

from bot.model.finding import Finding


@dataclass(frozen=True, slots=True)
class Review:
    """What a reviewer model found in one paper.

    Attributes:
        judged: Digest of the pairs, the model and its instructions: the same digest, the same
            verdict; another one, and the verdict speaks of texts that no longer stand.
        model: Who judged.
        findings: By segment, with the severities it gave; never a reason to hold on their own.
        problem: Why there is no verdict, empty where there is one.
    """

    judged: str
    model: str
    findings: tuple[Finding, ...] = ()
    problem: str = ""
