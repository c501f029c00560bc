"""What the commentary's gate catches and wrongly drops of the sentences in tests/data/gate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from bot.model.commentary import ContentWord
from bot.morphology import find_words
from bot.trends.support import SHARE
from tests.bench.gate_mutations import misattribute, spoil
from tests.bench.gate_weeks import (
    LANGUAGE,
    Labelled,
    load_handwritten,
    load_second,
    load_sound,
    load_third,
    load_weeks,
)

CAUGHT_TARGET = 0.95
DROPPED_TARGET = 0.05
_THRESHOLDS = (0.0, 0.2, 0.3, 0.4, 0.5, 1.0)


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence and why the gate refuses it."""

    labelled: Labelled
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """True sentences, false ones, and what is true of another paper than the cited one.

    ``second_``, ``third_``: written by others, without sight of the gate.
    """

    sound: tuple[Judged, ...]
    seeded: tuple[Judged, ...]
    misattributed: tuple[Judged, ...]
    second_sound: tuple[Judged, ...]
    second_seeded: tuple[Judged, ...]
    third_sound: tuple[Judged, ...]
    third_seeded: tuple[Judged, ...]

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
        if _refused(self.second_seeded) < CAUGHT_TARGET * len(self.second_seeded):
            missed.append(f"second set, caught: {_share(self.second_seeded)}")
        if _refused(self.second_sound) > DROPPED_TARGET * len(self.second_sound):
            missed.append(f"second set, dropped: {_share(self.second_sound)}")
        if _refused(self.third_sound) > DROPPED_TARGET * len(self.third_sound):
            missed.append(f"third set, dropped: {_share(self.third_sound)}")
        return missed


def main(arguments: list[str]) -> int:
    """Print the tables; ``--verbose`` also lists what went wrong. 1 where a target is missed."""
    measured = measure()
    print(render(measured))
    print("\nshare of words without support: true dropped, misattributed and second set caught")
    for share in _THRESHOLDS:
        other = measure(share)
        dropped = (*other.sound, *other.second_sound, *other.third_sound)
        caught = (_share(other.misattributed), _share(other.second_seeded))
        print(f"{share:>6}  {_share(dropped):>16}  {caught[0]:>16}  {caught[1]:>17}")
    if "--verbose" in arguments:
        print("\n".join(_wrong(measured)))
    missed = measured.targets_missed()
    for target in missed:
        print(f"missed: {target}")
    return int(bool(missed))


def measure(share: float = SHARE) -> Measured:
    """Put every sentence through the gate of its week."""
    weeks = load_weeks()
    gates = {key: week.gate(share) for key, week in weeks.items()}

    sound = load_sound()
    seeded = [*load_handwritten(), *spoil(sound, weeks)]
    misattributed = misattribute(sound, weeks)
    second_sound, second_seeded = load_second()
    third_sound, third_seeded = load_third()
    later = (*second_sound, *second_seeded, *third_sound, *third_seeded)
    words = analyse([*sound, *seeded, *misattributed, *later])

    def judge(sentences: Sequence[Labelled]) -> tuple[Judged, ...]:
        return tuple(
            Judged(one, tuple(gates[one.week].check(one.sentence, words[one.sentence.text])))
            for one in sentences
        )

    return Measured(
        judge(sound),
        judge(seeded),
        judge(misattributed),
        judge(second_sound),
        judge(second_seeded),
        judge(third_sound),
        judge(third_seeded),
    )


@cache
def _find_words(texts: tuple[str, ...]) -> Mapping[str, tuple[ContentWord, ...]]:
    return dict(zip(texts, find_words(LANGUAGE.analyser, texts), strict=True))


def analyse(sentences: Sequence[Labelled]) -> Mapping[str, tuple[ContentWord, ...]]:
    """The content words of each text, all found in one go."""
    return _find_words(tuple(dict.fromkeys(one.sentence.text for one in sentences)))


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
        ("second set: false, caught", _share(measured.second_seeded), ">= 95 %"),
        ("second set: true, dropped", _share(measured.second_sound), "<= 5 %"),
        ("third set: true, dropped", _share(measured.third_sound), "<= 5 %"),
        ("third set: false, caught", _share(measured.third_seeded), ""),
    ]
    third = measured.third_seeded
    rows += [
        (f"  {kind}", _share([one for one in third if one.labelled.kind == kind]), "")
        for kind in dict.fromkeys(one.labelled.kind for one in third)
    ]
    return "\n".join(f"{name:<32}{share:>18}  {target}".rstrip() for name, share, target in rows)


def _wrong(measured: Measured) -> list[str]:
    false = (*measured.seeded, *measured.second_seeded, *measured.third_seeded)
    true = (*measured.sound, *measured.second_sound, *measured.third_sound)
    passed = [f"passed: {_line(one)}" for one in false if not one.reasons]
    dropped = [f"dropped: {_line(one)}" for one in true if one.reasons]
    return [*passed, *dropped]


def _line(judged: Judged) -> str:
    one = judged.labelled
    return f"{one.kind or 'sound'}: {one.sentence.text} {one.sentence.papers} {judged.reasons}"


def _refused(judged: Sequence[Judged]) -> int:
    return sum(bool(one.reasons) for one in judged)


def _share(judged: Sequence[Judged]) -> str:
    refused = _refused(judged)
    return f"{refused}/{len(judged)} ({refused / len(judged):.1%})" if judged else "-"
