"""What the checks find in the labelled pairs: recall by class of fault, false alarms by check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.model.finding import Finding, Severity
from bot.model.translation import Segment, Translation
from bot.quality import Pair, check_pairs
from bot.texts.languages import load_language
from tests.bench.mutations import make_faulty
from tests.bench.samples import Faulty, Sample, load_good, load_handwritten

_KOREAN = Path(__file__).resolve().parents[2] / "config" / "languages" / "ko"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One faulty pair and the findings it has and its good base has not, at its severity."""

    faulty: Faulty
    findings: tuple[Finding, ...]

    @property
    def found(self) -> bool:
        """Whether a check saw the fault."""
        return bool(self.findings)


@dataclass(frozen=True, slots=True)
class Measured:
    """Everything the bench knows.

    Attributes:
        good: The good pairs.
        alarms: Findings on them, by id of the pair.
        outcomes: What became of each faulty pair.
    """

    good: tuple[Sample, ...]
    alarms: dict[str, list[Finding]] = field(repr=False)
    outcomes: tuple[Outcome, ...] = field(repr=False)

    def recall(
        self, classes: Iterable[str], *, blind: bool, by_hand: bool = False
    ) -> tuple[int, int]:
        """How many faulty pairs of these classes were found, and of how many."""
        wanted = set(classes)
        chosen = [
            one.found
            for one in self.outcomes
            if one.faulty.fault_class in wanted
            and one.faulty.sample.blind is blind
            and (one.faulty.base_id is None or not by_hand)
        ]
        return sum(chosen), len(chosen)

    def alarmed(self, *, blind: bool) -> tuple[int, int]:
        """How many good pairs have a major or critical finding, and of how many."""
        chosen = [
            any(finding.severity is not Severity.MINOR for finding in self.alarms[one.sample_id])
            for one in self.good
            if one.blind is blind
        ]
        return sum(chosen), len(chosen)

    def by_check(self, *, blind: bool) -> dict[str, tuple[int, int, int]]:
        """Per check: faulty pairs it found, good pairs it calls major or worse, and minor."""
        found = Counter(
            check
            for one in self.outcomes
            if one.faulty.sample.blind is blind
            for check in {finding.check for finding in one.findings}
        )
        grave, minor = Counter[str](), Counter[str]()
        for sample in (one for one in self.good if one.blind is blind):
            alarms = self.alarms[sample.sample_id]
            major = {one.check for one in alarms if one.severity is not Severity.MINOR}
            grave.update(major)
            minor.update({one.check for one in alarms} - major)
        return {
            check: (found[check], grave[check], minor[check])
            for check in sorted({*found, *grave, *minor})
        }


def measure() -> Measured:
    """Check every labelled pair with the Korean rules of the configuration."""
    good = load_good()
    faulty = [*make_faulty(good), *load_handwritten()]
    alarms = _check([(one, one.post) for one in good])
    alone = _check([(one, None) for one in good])
    spoilt = _check([(one.sample, None) for one in faulty])
    outcomes = []
    for one in faulty:
        findings = spoilt[one.sample.sample_id]
        usual = alone.get(one.base_id or "", [])
        if one.fault_class == "consistency" and one.sample.post is not None:
            findings, usual = _check_post(one, good), _alarms_of_post(one, good, alarms)
        outcomes.append(Outcome(one, tuple(_new(findings, usual, one))))
    return Measured(tuple(good), alarms, tuple(outcomes))


def _check_post(faulty: Faulty, good: Sequence[Sample]) -> list[Finding]:
    """All findings on a faulty pair's post, in which the other pairs are good."""
    post = [one for one in good if one.post == faulty.sample.post]
    pairs = [faulty.sample if one.sample_id == faulty.base_id else one for one in post]
    return [
        finding for found in _check([(one, "post") for one in pairs]).values() for finding in found
    ]


def _alarms_of_post(
    faulty: Faulty, good: Sequence[Sample], alarms: dict[str, list[Finding]]
) -> list[Finding]:
    post = [one.sample_id for one in good if one.post == faulty.sample.post]
    return [finding for sample_id in post for finding in alarms[sample_id]]


def _check(posted: Sequence[tuple[Sample, str | None]]) -> dict[str, list[Finding]]:
    pairs = [
        Pair(
            Segment(sample.sample_id, sample.source, sample.kind),
            Translation(sample.sample_id, sample.target),
            post,
        )
        for sample, post in posted
    ]
    found: dict[str, list[Finding]] = {sample.sample_id: [] for sample, _ in posted}
    for finding in check_pairs(pairs, load_language(_KOREAN)):
        found[finding.key].append(finding)
    return found


def _new(
    findings: Sequence[Finding], usual: Sequence[Finding], faulty: Faulty
) -> Iterator[Finding]:
    """The findings that are grave enough and that the good base does not have as well."""
    known = {(one.check, one.evidence) for one in usual}
    for finding in findings:
        grave = finding.severity.rank >= faulty.severity.rank
        if grave and (finding.check, finding.evidence) not in known:
            yield finding
