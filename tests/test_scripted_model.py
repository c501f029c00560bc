"""The stand-in keeps what checks look for; other tests rest on that."""

from __future__ import annotations

import json

import pytest

from bot.sandbox.completions import Question
from tests.scripted_model import answer, render

TERMS = (("dense", "밀집"), ("fine-tuning", "미세 조정"))


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("It gains up to 3x on GSM8K.", ["최대 3배", "GSM8K"]),
        ("About 40 percent of ~2,000 tasks by OLMo-7B.", ["약 40%", "약 2,000", "OLMo-7B"]),
        ("More than 5 hours, at least 20% or $15 by DeepMind.", ["5시간 초과", "최소 20%", "$15"]),
        ("The value ⟦2⟧ follows ⟦1⟧ here.", ["⟦1⟧", "⟦2⟧"]),
        ("A fine-tuned dense model.", ["미세 조정", "밀집"]),
        ("It does not need labels.", ["않은"]),
    ],
)
def test_names_numbers_terms_and_tokens_stay(source: str, kept: list[str]) -> None:
    target = render(source, "introduction", TERMS)
    assert [each for each in kept if each not in target] == []
    assert target.endswith("니다.")


def test_the_same_english_gives_the_same_korean_of_as_many_sentences() -> None:
    source = "First, e.g. this one is long enough to matter. Then another with 7B. No more!"
    assert render(source, "abstract") == render(source, "abstract")
    assert render(source, "abstract").count("니다.") == 3


@pytest.mark.parametrize(
    ("source", "target"),
    [("GPT-4", "GPT-4"), ("OLMo: Open Models for Everyone", "OLMo: ")],
)
def test_a_title_keeps_its_name(source: str, target: str) -> None:
    assert render(source, "title").startswith(target)
    assert "니다" not in render(source, "title").split()[-1]


def test_reviews_and_commentaries_are_answered_too() -> None:
    review = {"segments": [{"id": "1/title/0", "source": "A", "target": "가"}]}
    week = {"papers": [{"rank": rank, "name": f"Paper{rank}"} for rank in range(1, 11)]}

    judged = json.loads(answer(Question("m", "", json.dumps(review), "review")))
    comment = json.loads(answer(Question("m", "", json.dumps(week, indent=1), "commentary")))

    assert judged == {"segments": [{"id": "1/title/0", "errors": []}]}
    assert [len(paragraph) for paragraph in comment["paragraphs"]] == [2, 2, 2]
    assert comment["paragraphs"][0][0]["papers"] == [1, 2, 3]
