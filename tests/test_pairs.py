"""The labelled pairs keep what they promise."""

from __future__ import annotations

import doctest
import re
import unicodedata
from collections import Counter
from types import ModuleType

import pytest

from bot.model.translation import Kind
from tests.bench.mutations import MUTATIONS, make_faulty, registry, style
from tests.bench.samples import FOLDER, Faulty, Sample, load_good, load_handwritten


@pytest.fixture(scope="module")
def good() -> list[Sample]:
    return load_good()


@pytest.fixture(scope="module")
def mutated(good: list[Sample]) -> list[Faulty]:
    return list(make_faulty(good))


@pytest.fixture(scope="module")
def handwritten() -> list[Faulty]:
    return load_handwritten()


def test_there_are_enough_pairs_of_each_sort(
    good: list[Sample], mutated: list[Faulty], handwritten: list[Faulty]
) -> None:
    faulty = [*mutated, *handwritten]

    assert len(good) >= 300
    assert sum(sample.blind for sample in good) >= 60
    assert sum(sample.kind is Kind.ABSTRACT for sample in good) >= 60
    assert len(faulty) >= 600
    assert len(handwritten) >= 120


def test_a_fifth_of_the_faulty_pairs_is_blind(
    mutated: list[Faulty], handwritten: list[Faulty]
) -> None:
    faulty = [*mutated, *handwritten]

    assert sum(one.sample.blind for one in faulty) >= len(faulty) / 5


def test_ids_are_unique(
    good: list[Sample], mutated: list[Faulty], handwritten: list[Faulty]
) -> None:
    samples = [*good, *(one.sample for one in [*mutated, *handwritten])]
    ids = Counter(sample.sample_id for sample in samples)

    assert [sample_id for sample_id, count in ids.items() if count > 1] == []


def test_good_targets_hold_no_forbidden_character(good: list[Sample]) -> None:
    forbidden = [
        (sample.sample_id, sign)
        for sample in good
        for sign in sample.target
        if unicodedata.category(sign) in {"Cc", "Cf", "Co", "Cn"}
        or re.match(r"CJK|HIRAGANA|KATAKANA|CYRILLIC", unicodedata.name(sign, ""))
    ]

    assert forbidden == []


def test_good_prose_is_polite(good: list[Sample]) -> None:
    """합니다체 at the end of every sentence that stands outside quotes."""
    rude = [
        sample.sample_id
        for sample in good
        if sample.kind is not Kind.TITLE
        and not re.search(r"(?:니다|까요?)[.?!](?:\s|$)", sample.target)
    ]

    assert rude == []


def test_good_targets_keep_the_sources_formulas_and_code(good: list[Sample]) -> None:
    """Except what TeX wraps around plain words and numbers, which readers must not see."""
    span = re.compile(r"\$(?!\\text|\\sim|\d+\$)[^$ ][^$]*(?<! )\$|`[^`]+`|https?://[^\s)}]+")
    lost = [
        (sample.sample_id, found)
        for sample in good
        for found in span.findall(sample.source)
        if found.rstrip(".,") not in sample.target
    ]

    assert lost == []


def test_every_mutation_changes_its_pair(good: list[Sample], mutated: list[Faulty]) -> None:
    targets = {sample.sample_id: sample.target for sample in good}

    assert [one for one in mutated if one.sample.target == targets[one.base_id or ""]] == []


def test_every_mutation_makes_an_open_pair(mutated: list[Faulty]) -> None:
    made = {one.mutation for one in mutated if not one.sample.blind}

    assert made == {mutation.name for mutation in MUTATIONS}


def test_a_mutation_makes_the_same_pairs_each_time(good: list[Sample]) -> None:
    first = [one.sample.target for one in make_faulty(good, per_mutation=1, per_blind_mutation=1)]
    again = [
        one.sample.target for one in make_faulty(good[::-1], per_mutation=1, per_blind_mutation=1)
    ]

    assert first == again


def test_every_mutation_says_what_it_does_with_an_example() -> None:
    assert [one.name for one in MUTATIONS if not re.search("[:→]", one.apply.__doc__ or "")] == []


def test_the_faults_that_design_names_are_imitated() -> None:
    named = [one for one in MUTATIONS if "design.md" in (one.apply.__doc__ or "")]

    assert {one.fault_class for one in named} >= {
        "numbers",
        "spans",
        "names",
        "entities",
        "case",
        "glossary",
        "consistency",
        "leaks",
    }


def test_blind_files_say_that_they_are() -> None:
    blind = [FOLDER / "blind.yml", *FOLDER.glob("good-blind-*.yml")]

    assert all(
        "written before the checks and never used to tune" in _header(path.read_text("utf-8"))
        for path in blind
    )


@pytest.mark.parametrize("module", [registry, style])
def test_the_examples_of_the_mutations_hold(module: ModuleType) -> None:
    """pytest collects no doctests in tests/bench, so they run here."""
    assert doctest.testmod(module).failed == 0


def _header(text: str) -> str:
    lines = [line.removeprefix("# ") for line in text.splitlines() if line.startswith("#")]
    return " ".join(lines)
