"""The gate's goals hold: what is false is caught, what is true stands."""

from __future__ import annotations

import pytest

from tests.bench.gate import Measured, measure


@pytest.fixture(scope="module")
def measured() -> Measured:
    """Every sentence of tests/data/gate, judged once."""
    return measure()


def test_the_sets_are_large_enough_and_each_sentence_is_there_once(measured: Measured) -> None:
    sound = {(one.labelled.week, one.labelled.sentence) for one in measured.sound}
    seeded = {(one.labelled.week, one.labelled.sentence) for one in measured.seeded}
    by_hand = [one for one in measured.seeded if one.labelled.by_hand]

    assert len(sound) == len(measured.sound) >= 200
    assert len(seeded) == len(measured.seeded) >= 200
    assert len(by_hand) >= len(measured.seeded) / 6
    assert not sound & seeded


def test_the_gate_catches_what_is_false_and_keeps_what_is_true(measured: Measured) -> None:
    assert measured.targets_missed() == []
