from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from bot.config import Model, defaults_folder
from bot.errors import Unavailable
from bot.model.call import Ending, ModelReply, ModelRequest
from bot.model.finding import ErrorType, Severity
from bot.model.language import Language
from bot.model.review import Review
from bot.model.translation import Segment, Translation
from bot.texts.prompts import load_prompts
from bot.translation.revisions import correct_paper
from bot.workflow.judge import find_verdicts, judged_digest, review_paper
from tests.builders import a_translated_paper, an_edition

PROMPTS = load_prompts(defaults_folder() / "prompts")
KOREAN = Language("ko", "한국어")
PAIRS = [(Segment("k/1/title/0", "It rises by 3 points."), "3점 떨어집니다.")]


def _errors(*errors: dict[str, str]) -> str:
    return json.dumps({"segments": [{"id": "1/title/0", "errors": list(errors)}]})


def _error(
    evidence: str, kind: str = "accuracy/mistranslation", severity: str = "critical"
) -> dict[str, str]:
    return {"type": kind, "severity": severity, "evidence": evidence, "message": "turned\naround"}


def _saying(text: str, ending: Ending = Ending.COMPLETE) -> Callable[[ModelRequest], ModelReply]:
    return lambda request: ModelReply(text, ending, request.model, 100, 10, 0)


def _settings(reviewer: str | None = "judge") -> Model:
    return Model(reviewer=reviewer)


def test_a_verdict_names_place_weight_and_what_it_judged() -> None:
    call = _saying(_errors(_error("떨어집니다"), _error("points", "accuracy/omission", "minor")))

    review, usage = review_paper(PAIRS, _settings(), PROMPTS, KOREAN, call)

    assert review is not None
    assert [(each.severity, each.span) for each in review.findings] == [
        (Severity.CRITICAL, (3, 8)),
        (Severity.MINOR, None),
    ]
    assert review.findings[0].message == "turned around"
    assert review.judged == judged_digest(PAIRS, "judge", PROMPTS, KOREAN)
    assert usage.requests == 1


def test_the_place_of_long_evidence_holds_just_what_is_shown() -> None:
    target = "이 문장은 " + "아주 " * 100 + "깁니다."
    review, _ = review_paper(
        [(PAIRS[0][0], target)], _settings(), PROMPTS, KOREAN, _saying(_errors(_error(target)))
    )
    assert review is not None
    (finding,) = review.findings
    assert finding.span is not None
    assert finding.evidence == target[slice(*finding.span)] == target[:200]


def test_another_target_is_another_judgement() -> None:
    other = [(PAIRS[0][0], "3점 오릅니다.")]
    assert judged_digest(PAIRS, "judge", PROMPTS, KOREAN) != judged_digest(
        other, "judge", PROMPTS, KOREAN
    )


def test_evidence_that_stands_nowhere_is_not_believed() -> None:
    call = _saying(_errors(_error("없는 말"), _error(""), _error("3점", "invented/type", "deadly")))
    review, _ = review_paper(PAIRS, _settings(), PROMPTS, KOREAN, call)
    assert review is not None
    assert [(each.type, each.severity) for each in review.findings] == [
        (ErrorType.MISTRANSLATION, Severity.MINOR)
    ]


@pytest.mark.parametrize(
    "call",
    [
        _saying("I think it is fine."),
        _saying("", Ending.REFUSAL),
    ],
)
def test_a_useless_reviewer_stops_nothing(call: Callable[[ModelRequest], ModelReply]) -> None:
    review, usage = review_paper(PAIRS, _settings(), PROMPTS, KOREAN, call)
    assert review is not None
    assert review.findings == ()
    assert review.problem
    assert usage.requests == 1


def test_a_reviewer_that_is_down_stops_nothing() -> None:
    def down(request: ModelRequest) -> ModelReply:
        raise Unavailable("model: judge: status 503; try again later", service="model")

    review, usage = review_paper(PAIRS, _settings(), PROMPTS, KOREAN, down)
    assert review is not None
    assert "503" in review.problem
    assert usage.requests == 0


def test_without_a_reviewer_or_a_translation_nothing_is_asked() -> None:
    def never(request: ModelRequest) -> ModelReply:
        pytest.fail("the reviewer was asked")

    assert review_paper(PAIRS, _settings(None), PROMPTS, KOREAN, never)[0] is None
    assert review_paper([], _settings(), PROMPTS, KOREAN, never)[0] is None


def test_a_verdict_counts_only_while_the_texts_it_judged_stand() -> None:
    ((segment, target),) = PAIRS
    review = Review(judged_digest(PAIRS, "judge", PROMPTS, KOREAN), "judge")
    paper = a_translated_paper(
        1, segments=(segment,), translations=(Translation(segment.key, target),), review=review
    )
    corrected = correct_paper(paper, segment.source, "3점 오릅니다.")

    assert find_verdicts(an_edition([paper]), PROMPTS, KOREAN) == ((1, review),)
    assert find_verdicts(an_edition([corrected]), PROMPTS, KOREAN) == ()
