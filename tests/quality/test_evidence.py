"""A finding's evidence is the text as it stands: of the target at its span, else of the source."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.model.finding import Finding
from bot.model.language import Language
from bot.model.translation import Segment, Translation
from bot.quality import Pair, check_pairs
from bot.quality.english import words
from tests.bench.mutations import make_faulty
from tests.bench.samples import Sample, load_good

_GARBAGE = sorted(
    words("""
        ` $ ** \u200b \u202e @all <b> \\emph{x} $O(n)$ https://e.org/a. (https://e.org/b). １２% ① …
        e\u0301 \u1112\u1161\u11ab ⟦1⟧ 을를 модель 3천만 ~3x 약 $26$ Attention-Heads
    """)
)
_GARBAGE += ["\n- ", "\r\n", "\t", "$x ^ 2$", "$\\lambda \\lVert \\theta \\rVert$", "\u00a0"]


def findings_of(source: str, target: str, language: Language) -> list[Finding]:
    return check_pairs([Pair(Segment("x", source), Translation("x", target))], language)


@pytest.fixture(scope="module")
def open_samples() -> list[Sample]:
    return [sample for sample in load_good() if not sample.blind]


def _spoilt(samples: list[Sample]) -> Iterator[Sample]:
    """Mutated, of two papers, and with garbage thrown in; the same ones in every run."""
    chance = random.Random(7)
    yield from (faulty.sample for faulty in make_faulty(samples, per_mutation=2))
    for one, other in zip(samples[::3], samples[1::3], strict=False):
        yield replace(one, target=other.target)
        texts = [list(one.source), list(one.target)]
        for text in texts:
            for _ in range(3):
                text.insert(chance.randint(0, len(text)), chance.choice(_GARBAGE))
        yield replace(one, source="".join(texts[0]), target="".join(texts[1]))


def test_evidence_stands_where_the_finding_says(
    korean: Language, open_samples: list[Sample]
) -> None:
    spoilt = list(_spoilt(open_samples))
    pairs = [
        Pair(Segment(str(n), one.source, one.kind), Translation(str(n), one.target), str(n // 9))
        for n, one in enumerate(spoilt)
    ]

    findings = check_pairs(pairs, korean)

    assert len(findings) > 300
    for finding in findings:
        sample = spoilt[int(finding.key)]
        if finding.span:
            start, end = finding.span
            assert 0 <= start < end <= len(sample.target), finding
            assert sample.target[start:end] == finding.evidence, finding
        else:
            assert finding.evidence, finding
            assert finding.evidence in sample.source, finding


@pytest.mark.parametrize(
    ("source", "target", "check", "evidence"),
    [
        ("It prunes Attention Heads.", "머리를 잘라 냅니다.", "missing_terms", "Attention Heads"),
        ("It takes $n \\log n$ steps.", "오래 걸립니다.", "protected_spans", "$n \\log n$"),
        ("It is slow.", "비용은 $O( n )$입니다.", "protected_spans", "$O( n )$"),
        ("A café.", "이곳은 cafe\u0301입니다.", "odd_letters", "e\u0301"),
        ("A mode\u0301l.", "mode\u0301l модель입니다.", "foreign_scripts", "модель"),
    ],
)
def test_evidence_is_in_the_letters_of_the_text(
    korean: Language, source: str, target: str, check: str, evidence: str
) -> None:
    found = [one for one in findings_of(source, target, korean) if one.check == check]

    assert evidence in [one.evidence for one in found]


def test_a_target_of_another_task_is_shown_as_a_whole(korean: Language) -> None:
    source = "OLMo, LLaMA, Mistral and GPT-4 reach 71%, 65% and 12% on MMLU."
    target = "오늘은 날씨가 참 좋습니다. " * 15

    found = {one.check: one for one in findings_of(source, target, korean)}

    assert found["changed_task"].evidence == target
