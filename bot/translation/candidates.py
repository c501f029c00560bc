"""Possible targets of a Segment: received, held against the checks, mended, compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.model.finding import ErrorType, Finding, Severity
from bot.model.translation import Origin, Segment, Translation
from bot.translation.segments import visible
from bot.translation.spans import hide, protect, restore

Checks = Callable[[Sequence[tuple[Segment, Translation]]], Sequence[Finding]]
"""Pairs of one paper → Findings by segment key; pure, so it costs nothing to ask again."""

_MENDABLE = frozenset(
    {
        *("forbidden_terms", "inconsistent_terms", "changed_case", "transliterated_names"),
        *("wrong_particles", "doubled_particles", "invisible_characters"),
    }
)
# Asked for again, but no reason to leave the English: the rendering may be right all the same.
_TOLERABLE = frozenset({"missing_terms"})
_ROUNDS = 12


@dataclass(frozen=True, slots=True)
class Candidate:
    """A target with what is wrong with it; ``target`` is None where the model gave none.

    ``received`` are the findings of receiving it (spans lost, no answer), ``findings`` all.
    """

    segment: Segment
    target: str | None
    origin: Origin = Origin.MODEL
    model: str = ""
    received: tuple[Finding, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def acceptable(self) -> bool:
        """Nothing to ask the model for again: a target with minor findings at most."""
        return self.target is not None and not self._grave

    @property
    def publishable(self) -> bool:
        """A reader may see it: what is wrong for certain was mended."""
        grave = (finding for finding in self._grave if finding.check not in _TOLERABLE)
        return self.target is not None and next(grave, None) is None

    @property
    def _grave(self) -> list[Finding]:
        return [one for one in self.findings if one.severity.rank >= Severity.MAJOR.rank]

    @property
    def badness(self) -> tuple[int, ...]:
        """For comparison: no target, none for readers, critical, major and minor findings."""
        counts = [sum(found.severity is each for found in self.findings) for each in Severity]
        return (int(self.target is None), int(not self.publishable), *reversed(counts))

    @property
    def translation(self) -> Translation:
        """As the value that checks and digests know."""
        return Translation(self.segment.key, self.target, self.origin, self.model)

    @property
    def as_written(self) -> str:
        """The target with tokens for its spans, as a model reads and writes it."""
        return hide(self.target or "", protect(self.segment.source).spans)


def receive(segment: Segment, text: str, origin: Origin, model: str) -> Candidate:
    """A model's text as a Candidate: spans put back, on one line, nothing invisible in it."""
    restored = restore(visible(text), protect(segment.source).spans)
    received: tuple[Finding, ...] = ()
    if not restored.whole:
        lost, more = ", ".join(restored.missing), ", ".join(restored.unexpected)
        received = (
            Finding(
                segment.key,
                ErrorType.SPAN,
                Severity.MAJOR,
                evidence=lost or more,
                check="restored_spans",
                message=f"protected spans differ; missing: {lost or 'none'}; new: {more or 'none'}",
            ),
        )
    return Candidate(segment, restored.text, origin, model, received, received)


def no_answer(segment: Segment, reason: str, model: str) -> Candidate:
    """What stands for a Segment that a model would not or could not translate."""
    finding = Finding(
        segment.key,
        ErrorType.UNTRANSLATED,
        Severity.MAJOR,
        evidence=segment.source[:80],
        check="answered",
        message=f"no translation: {reason}",
    )
    return Candidate(segment, None, model=model, received=(finding,), findings=(finding,))


def examine(candidates: Sequence[Candidate], checks: Checks) -> list[Candidate]:
    """The Candidates of one paper with the checks' findings; a person's word is not checked."""
    pairs = [(each.segment, each.translation) for each in candidates if each.target is not None]
    found = list(checks(pairs)) if pairs else []
    return [_with_findings(each, found) for each in candidates]


def mend(candidates: Sequence[Candidate], checks: Checks) -> list[Candidate]:
    """Examined Candidates, with terms, particles and case set right where the fault is certain.

    One suggestion at a time is carried out and stays only where it leaves less wrong.
    """
    current = examine(candidates, checks)
    refused: set[tuple[str, str]] = set()
    for _ in range(_ROUNDS):
        changed = [_mended(each, refused) for each in current]
        if changed == current:
            break
        examined = examine(changed, checks)
        for before, after in zip(current, examined, strict=True):
            if after.target != before.target and after.badness >= before.badness:
                refused.add((before.segment.key, after.target or ""))
        current = [better(before, after) for before, after in zip(current, examined, strict=True)]
    return current


def better(before: Candidate, after: Candidate) -> Candidate:
    """The one with less wrong; the earlier one where both are alike."""
    if after.target == before.target:
        return after
    return after if after.badness < before.badness else before


def _with_findings(candidate: Candidate, found: Sequence[Finding]) -> Candidate:
    if candidate.origin is Origin.HUMAN:
        return candidate
    own = [finding for finding in found if finding.key == candidate.segment.key]
    known = {finding.type for finding in own}
    received = [finding for finding in candidate.received if finding.type not in known]
    return replace(candidate, findings=(*received, *own))


def _mended(candidate: Candidate, refused: set[tuple[str, str]]) -> Candidate:
    if candidate.origin is Origin.HUMAN or candidate.target is None:
        return candidate
    for finding in candidate.findings:
        text = _carry_out(candidate.target, finding)
        if text and text != candidate.target and (finding.key, text) not in refused:
            return replace(candidate, target=text)
    return candidate


def _carry_out(target: str, finding: Finding) -> str | None:
    """The target after a suggestion, which holds either the whole text or what the span should."""
    if finding.check not in _MENDABLE or finding.span is None or finding.suggestion is None:
        return None
    start, end = finding.span
    head, tail = target[:start], target[end:]
    whole = finding.suggestion
    if whole.startswith(head) and whole.endswith(tail) and len(whole) >= len(head) + len(tail):
        return whole
    return head + finding.suggestion + tail
