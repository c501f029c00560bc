"""The checks find what is wrong, and leave alone what is right."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.config import defaults_folder
from bot.model.finding import Finding, Severity
from bot.model.language import Language
from bot.model.translation import Kind, Segment, Translation
from bot.quality import CHECKS, Pair, check_pairs
from bot.quality.english import words
from bot.quality.subject import prepare
from bot.texts.languages import load_language

_HERE = Path(__file__).parent
_KOREAN = load_language(defaults_folder() / "languages" / "ko")
_KINDS = {"i": Kind.INTRODUCTION, "a": Kind.ABSTRACT, "t": Kind.TITLE}
GOOD: list[tuple[str, str, str]] = [
    tuple(row) for row in yaml.safe_load((_HERE / "good_pairs.yml").read_text(encoding="utf-8"))
]
FAULTS: list[tuple[str, str, str, str, str]] = [
    tuple(row) for row in yaml.safe_load((_HERE / "faults.yml").read_text(encoding="utf-8"))
]


def a_pair(source: str, target: str | None, kind: str = "i", key: str = "x") -> Pair:
    return Pair(Segment(key, source, _KINDS[kind]), Translation(key, target))


def check(language: Language, source: str, target: str, kind: str = "i") -> list[Finding]:
    return check_pairs([a_pair(source, target, kind)], language)


@pytest.mark.parametrize(("kind", "source", "target"), GOOD, ids=[row[1][:40] for row in GOOD])
def test_a_good_translation_has_no_certain_finding(
    korean: Language, kind: str, source: str, target: str
) -> None:
    certain = [
        (finding.check, finding.evidence)
        for finding in check(korean, source, target, kind)
        if finding.severity is not Severity.MINOR
    ]
    assert certain == []


@pytest.mark.parametrize(
    ("name", "severity", "kind", "source", "target"),
    FAULTS,
    ids=[f"{row[0]}-{number}" for number, row in enumerate(FAULTS)],
)
def test_a_fault_is_found_by_its_check(
    korean: Language, name: str, severity: str, kind: str, source: str, target: str
) -> None:
    found = [one for one in check(korean, source, target, kind) if one.check == name]

    assert found
    if severity != "any":
        assert severity in {one.severity.value for one in found}


def test_every_check_has_a_fault_that_it_must_find() -> None:
    """instruction_in_source comes from changed_task."""
    assert {check.__name__ for check in CHECKS} <= {row[0] for row in FAULTS}


def test_the_span_is_the_evidence(korean: Language) -> None:
    for _, _, kind, source, target in FAULTS:
        for finding in check(korean, source, target, kind):
            if finding.span is not None and finding.check != "changed_task":
                assert target[slice(*finding.span)] == finding.evidence, finding


def test_a_suggestion_mends_the_fault(korean: Language) -> None:
    source, target = "a survey of dense retrieval.", "밀집 검색에 대한 설문조사를 제공합니다."
    (finding,) = check(korean, source, target)

    assert finding.suggestion == "밀집 검색에 대한 서베이를 제공합니다."
    assert check(korean, source, finding.suggestion) == []


def test_three_renderings_of_one_term_in_a_post_are_major_and_two_are_minor(
    korean: Language,
) -> None:
    """One English term had up to four Korean renderings in a single post."""
    texts = ["전문가 혼합 모델입니다.", "혼합 전문가 모델입니다.", "전문가 조합 모델입니다."]
    posts = [
        Pair(Segment(str(n), "a mixture of experts."), Translation(str(n), text), post="p")
        for n, text in enumerate(texts)
    ]

    def severities(pairs: list[Pair]) -> list[str]:
        found = check_pairs(pairs, korean)
        return [one.severity.value for one in found if one.check == "inconsistent_terms"]

    assert severities(posts[:2]) == ["minor"]
    assert severities(posts) == ["major", "major"]


def test_english_that_stands_is_not_checked(korean: Language) -> None:
    assert check_pairs([a_pair("a new model.", None)], korean) == []


def test_an_edition_is_checked_in_well_under_a_second(korean: Language) -> None:
    """Ten papers of eight segments; the bound leaves room for a slow machine."""
    pairs = [a_pair(*GOOD[n % len(GOOD)][1:], GOOD[n % len(GOOD)][0], str(n)) for n in range(80)]
    start = time.perf_counter()

    check_pairs(pairs, korean)

    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    "text", ["(" * 5000, "가" * 30000, "a " * 15000, "1,1" * 9000, "**" * 9000]
)
def test_hostile_text_takes_bounded_time(korean: Language, text: str) -> None:
    start = time.perf_counter()

    check(korean, text, text)

    assert time.perf_counter() - start < 5


_RUNS = words("""
    1 1, 1. 1% ( () [ [x]( a A Aa~ a.b. $ $a~ \\ \\x{ ` `a ~-~ •~ 약~3~ 가 가나다~ not~
    1/ 7%~ 3천 one~hundred~ x' "a~ <a~ <!-- &amp; http://a.b/ @a~ ** ⟦1⟧ {a{b} 1~2~ ~ A-
""")


@pytest.mark.parametrize("run", ["\n- ", *sorted(run.replace("~", " ") for run in _RUNS)])
def test_no_check_takes_long_over_garbage(korean: Language, run: str) -> None:
    """Runs of digits took 20 seconds in one check; only this process's own work is counted."""
    garbage = (run * 20_000)[:20_000]
    slow: dict[str, float] = {}
    for source, target in ((garbage, garbage), ("A model of 7B.", garbage), (garbage, "7B 모델")):
        subject = prepare(a_pair(source, target, "a"), korean)
        assert subject is not None
        for each in CHECKS:
            start = time.process_time()
            list(each(subject))
            slow[each.__name__] = max(slow.get(each.__name__, 0), time.process_time() - start)

    assert {name: taken for name, taken in slow.items() if taken > 1} == {}


_TEXT = st.text(
    st.sampled_from("모델을는 LLM-4는 3배 최대 약 7B $x`*[]()⟦1⟧\n.…을를a\\{}<>&@#—~%,。です"),
    max_size=120,
)


@settings(max_examples=150, deadline=None)
@given(_TEXT, _TEXT)
def test_any_text_gives_findings_whose_spans_lie_in_the_target(source: str, target: str) -> None:
    for finding in check(_KOREAN, source, target):
        if finding.span is not None:
            start, end = finding.span
            assert 0 <= start < end <= len(target)


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        ("Budget forcing: it adds a word.", "예산 강제(budget forcing): 한마디를 붙입니다.", False),
        ("Distillation helps.", "증류(distillation)가 도움이 됩니다.", False),
        ("Mamba scales well.", "mamba는 잘 확장됩니다.", True),
        ("We train Mamba.", "상태 공간 모델(mamba)을 학습합니다.", True),
    ],
)
def test_a_capital_that_only_begins_a_sentence_is_not_put_into_a_gloss(
    source: str, target: str, found: bool
) -> None:
    """A finding of this check is carried out by itself, minor or not."""
    checks = {one.check for one in check(_KOREAN, source, target)}
    assert ("changed_case" in checks) is found
