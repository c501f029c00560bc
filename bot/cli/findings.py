"""Findings as every command gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.model.finding import Finding


def describe_finding(finding: Finding) -> dict[str, Any]:
    """One finding as ``--json`` gives it; ``span`` counts code points of the target."""
    return {
        "id": finding.key,
        "type": finding.type.value,
        "severity": finding.severity.value,
        "check": finding.check,
        "evidence": finding.evidence,
        "span": list(finding.span) if finding.span else None,
        "message": finding.message,
        "suggestion": finding.suggestion,
    }
