"""What the commentary's gate catches and wrongly drops of the sentences in tests/data/gate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.trends.gate import OVERLAP
from tests.bench.gate_mutations import misattribute, spoil
from tests.bench.gate_weeks import Labelled, load_handwritten, load_sound, load_weeks

CAUGHT_TARGET = 0.95
DROPPED_TARGET = 0.05
_THRESHOLDS = (0.0, 0.01, 0.2, 0.34, 0.5, 0.67)


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence and why the gate refuses it."""

    labelled: Labelled
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """The true sentences, the false ones, and what is true of another paper than the cited one."""

    sound: tuple[Judged, ...]
    seeded: tuple[Judged, ...]
    misattributed: tuple[Judged, ...]

    def targets_missed(self) -> list[str]:
        """In words; none where all is well."""
        by_hand = [one for one in self.seeded if one.labelled.by_hand]
        missed = []
        if _refused(self.seeded) < CAUGHT_TARGET * len(self.seeded):
            missed.append(f"seeded caught: {_share(self.seeded)}")
        if _refused(by_hand) < CAUGHT_TARGET * len(by_hand):
            missed.append(f"seeded by hand caught: {_share(by_hand)}")
        if _refused(self.sound) > DROPPED_TARGET * len(self.sound):
            missed.append(f"sound dropped: {_share(self.sound)}")
        return missed


def main(arguments: list[str]) -> int:
    """Print the tables; ``--verbose`` also lists what went wrong. 1 where a target is missed."""
    measured = measure()
    print(render(measured))
    print("\nthreshold of the overlap: sound dropped, misattributed caught")
    for overlap in _THRESHOLDS:
        other = measure(overlap)
        print(f"{overlap:>6}  {_share(other.sound):>16}  {_share(other.misattributed):>16}")
    if "--verbose" in arguments:
        print("\n".join(_wrong(measured)))
    missed = measured.targets_missed()
    for target in missed:
        print(f"missed: {target}")
    return int(bool(missed))


def measure(overlap: float = OVERLAP) -> Measured:
    """Put every sentence through the gate of its week."""
    weeks = load_weeks()
    gates = {key: week.gate(overlap) for key, week in weeks.items()}

    def judge(sentences: Sequence[Labelled]) -> tuple[Judged, ...]:
        return tuple(Judged(one, tuple(gates[one.week].check(one.sentence))) for one in sentences)

    sound = load_sound()
    seeded = [*load_handwritten(), *spoil(sound, weeks)]
    return Measured(judge(sound), judge(seeded), judge(misattribute(sound, weeks)))


def render(measured: Measured) -> str:
    """The table, as text."""
    made = [one for one in measured.seeded if not one.labelled.by_hand]
    by_hand = [one for one in measured.seeded if one.labelled.by_hand]
    kinds = dict.fromkeys(one.labelled.kind for one in made)
    rows = [("false sentences caught", "", "target")]
    rows += [
        (f"  {kind}", _share([one for one in made if one.labelled.kind == kind]), "")
        for kind in kinds
    ]
    rows += [
        ("  written by hand", _share(by_hand), ">= 95 %"),
        ("all", _share(measured.seeded), ">= 95 %"),
        ("true sentences dropped", _share(measured.sound), "<= 5 %"),
        ("true of another paper, caught", _share(measured.misattributed), ""),
    ]
    return "\n".join(f"{name:<32}{share:>18}  {target}".rstrip() for name, share, target in rows)


def _wrong(measured: Measured) -> list[str]:
    passed = [f"passed: {_line(one)}" for one in measured.seeded if not one.reasons]
    dropped = [f"dropped: {_line(one)}" for one in measured.sound if one.reasons]
    return [*passed, *dropped]


def _line(judged: Judged) -> str:
    one = judged.labelled
    return f"{one.kind or 'sound'}: {one.sentence.text} {one.sentence.papers} {judged.reasons}"


def _refused(judged: Sequence[Judged]) -> int:
    return sum(bool(one.reasons) for one in judged)


def _share(judged: Sequence[Judged]) -> str:
    refused = _refused(judged)
    return f"{refused}/{len(judged)} ({refused / len(judged):.1%})" if judged else "-"
