"""One paper, a model that is told what to say, and the few calls it takes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

import pytest

from bot.config import Model, defaults_folder
from bot.errors import BudgetExceeded, Rejected, Unavailable
from bot.model.call import Ending, ModelReply, ModelRequest
from bot.model.finding import ErrorType, Finding, Severity
from bot.model.issue import Paper, Record
from bot.model.language import Glossary, Language, Term
from bot.model.memory import MemoryKey, Remembered
from bot.model.translation import Origin, Segment, Translation
from bot.sandbox.model import read_data
from bot.texts.prompts import load_prompts
from bot.translation.glossary import find_terms
from bot.translation.segments import split_paper
from bot.translation.summary import summary_source
from bot.workflow.translate import plan_paper, translate_paper
from bot.workflow.translator import Translator

PROMPTS = load_prompts(defaults_folder() / "prompts")
KOREAN = Language("ko", "한국어", glossary=Glossary((Term("survey", "서베이"),)))
PAPER = Paper(3, "OLMo", "An open LLM.\n- Data: it uses $x^2$ tokens.\n- A survey of models.")
RECORD = Record("2402.00838", "OLMo: Open Models", "We release OLMo.")
KEYS = [f"2024-01-29/3/{name}" for name in ("title/0", "introduction/0", "introduction/1")] + [
    "2024-01-29/3/introduction/2",
    "2024-01-29/3/abstract/0",
]


class Memory:
    """A dictionary behind the Protocol; a person's corrections by source and language."""

    def __init__(self) -> None:
        self.entries: dict[str, Remembered] = {}

    def find(self, keys: Sequence[MemoryKey]) -> list[Remembered | None]:
        return [self.entries.get(key.human_id) or self.entries.get(key.id) for key in keys]

    def put(self, entries: Mapping[MemoryKey, Remembered]) -> None:
        self.entries |= {key.id: entry for key, entry in entries.items()}


Say = Callable[[ModelRequest, dict[str, Any]], str | ModelReply | Exception]


@dataclass
class Scripted:
    """A model that answers by a function, and remembers what it was asked."""

    say: Say
    asked: list[ModelRequest] = field(default_factory=list)

    def __call__(self, request: ModelRequest) -> ModelReply:
        self.asked.append(request)
        said = self.say(request, read_data(request.user))
        if isinstance(said, Exception):
            raise said
        if isinstance(said, ModelReply):
            return said
        return ModelReply(said, Ending.COMPLETE, request.model, 1000, 100, 0)

    @property
    def ids(self) -> list[list[str]]:
        """The ids of each call."""
        return [
            [each["id"] for each in read_data(request.user)["segments"]] for request in self.asked
        ]


def _answer(data: dict[str, Any], text: Callable[[dict[str, Any]], str], line: str = "") -> str:
    segments = [{"id": each["id"], "target": text(each)} for each in data["segments"]]
    return json.dumps({"segments": segments, "summary_line": line})


def _good(request: ModelRequest, data: dict[str, Any]) -> str:
    return _answer(data, lambda each: f"번역 {each['source']}", "공개 모델")


def _ending(ending: Ending) -> ModelReply:
    return ModelReply('{"segments": [', ending, "m", 1000, 100, 0)


def _no_findings(pairs: Sequence[tuple[Segment, Translation]]) -> list[Finding]:
    return []


def _bad_where(word: str, severity: Severity = Severity.MAJOR) -> Any:
    """Checks that complain of a word."""

    def check(pairs: Sequence[tuple[Segment, Translation]]) -> list[Finding]:
        return [
            Finding(segment.key, ErrorType.NUMBER, severity, word, check="bad", span=(0, 1))
            for segment, translation in pairs
            if translation.target and word in translation.target
        ]

    return check


def _translator(
    call: Callable[[ModelRequest], ModelReply],
    *,
    checks: Any = _no_findings,
    memory: Memory | None = None,
    **settings: Any,
) -> Translator:
    return Translator(
        call=call,
        checks=checks,
        find_terms=lambda text: [match.term for match in find_terms(text, KOREAN.glossary)],
        memory=memory or Memory(),
        prompts=PROMPTS,
        language=KOREAN,
        settings=Model(name="first", **settings),
    )


def test_a_paper_is_translated_in_one_call() -> None:
    model = Scripted(_good)

    translated, usage = translate_paper("2024-01-29", PAPER, RECORD, _translator(model))

    assert len(model.asked) == usage.requests == 1
    assert translated.title.target == "번역 OLMo: Open Models"
    assert translated.introduction.target == (
        "번역 An open LLM.\n- 번역 Data: it uses $x^2$ tokens.\n- 번역 A survey of models."
    )
    assert translated.abstract is not None
    assert translated.abstract.target == "번역 We release OLMo."
    assert translated.summary_line == "공개 모델"
    assert translated.findings == ()
    assert [each.key for each in translated.translations] == KEYS
    assert usage.cost_usd == Decimal("0.000800")


def test_the_fixed_part_is_the_same_for_all_calls_and_only_hits_are_injected() -> None:
    model = Scripted(_good)
    translator = _translator(model)

    translate_paper("2024-01-29", PAPER, RECORD, translator, renderings=[("survey", "서베이")])
    translate_paper("2024-01-29", Paper(4, "B", "Other."), None, translator)

    assert model.asked[0].system == model.asked[1].system
    assert "- survey → 서베이" in model.asked[0].user
    assert "Already chosen" in model.asked[0].user
    assert "survey" not in model.asked[1].user
    assert "⟦1⟧" in model.asked[0].user
    assert "x^2" not in model.asked[0].user


def test_what_is_planned_is_what_is_asked_where_nothing_goes_wrong() -> None:
    """The estimate rests on it; what is remembered leaves the review alone."""
    memory = Memory()
    model = Scripted(_good)
    translator = _translator(model, memory=memory, reviewer="judge")
    planned = plan_paper("2024-01-29", PAPER, RECORD, translator)
    assert model.asked == []
    translate_paper("2024-01-29", PAPER, RECORD, translator)
    assert [request.purpose for request in planned] == ["translate", "review"]
    assert planned[0] == model.asked[0]
    assert plan_paper("2024-01-29", PAPER, RECORD, translator) == [model.asked[1]]


def test_what_is_remembered_is_not_asked_again() -> None:
    memory = Memory()
    model = Scripted(_good)
    first, _ = translate_paper("2024-01-29", PAPER, RECORD, _translator(model, memory=memory))
    again, usage = translate_paper("2026-01-05", PAPER, RECORD, _translator(model, memory=memory))

    assert len(model.asked) == 1
    assert usage.requests == 0
    assert again.introduction == first.introduction
    assert again.summary_line == first.summary_line
    assert {each.origin for each in again.translations} == {Origin.MEMORY}


def test_other_rules_another_model_or_other_terms_are_another_translation() -> None:
    memory = Memory()
    model = Scripted(_good)
    translate_paper("k", PAPER, RECORD, _translator(model, memory=memory))
    changed = Model(name="second")
    other = _translator(model, memory=memory)
    object.__setattr__(other, "settings", changed)
    translate_paper("k", PAPER, RECORD, other)
    assert len(model.ids[1]) == len(KEYS)


def test_a_persons_correction_stands_whatever_the_checks_say() -> None:
    memory = Memory()
    key = MemoryKey("We release OLMo.", "ko", "", "", "")
    memory.entries[key.human_id] = Remembered("사람의 나쁜 글", Origin.HUMAN)
    model = Scripted(_good)
    translator = _translator(model, memory=memory, checks=_bad_where("나쁜", Severity.CRITICAL))

    translated, _ = translate_paper("2024-01-29", PAPER, RECORD, translator)

    assert "3/abstract/0" not in model.ids[0]
    assert translated.abstract is not None
    assert translated.abstract.target == "사람의 나쁜 글"
    assert translated.findings == ()


def test_remembered_text_that_the_checks_now_refuse_is_repaired() -> None:
    memory = Memory()
    translate_paper("k", PAPER, RECORD, _translator(Scripted(_good), memory=memory))
    repaired = Scripted(lambda request, data: _answer(data, lambda each: "새 글"))
    checks = _bad_where("We release")

    translated, _ = translate_paper(
        "k", PAPER, RECORD, _translator(repaired, memory=memory, checks=checks)
    )

    assert repaired.ids == [["3/abstract/0"]]
    assert translated.abstract is not None
    assert translated.abstract.target == "새 글"


@pytest.mark.parametrize(
    "bad",
    [
        _ending(Ending.LENGTH),
        "물론입니다! 무엇을 번역할까요?",
        '{"segments": [{"id": "3/title/0", "target": "하나만"}], "summary_line": ""}',
    ],
)
def test_a_truncated_or_misaligned_reply_is_halved_to_single_segments(
    bad: str | ModelReply,
) -> None:
    def say(request: ModelRequest, data: dict[str, Any]) -> str | ModelReply:
        return bad if len(data["segments"]) > 1 else _good(request, data)

    model = Scripted(say)
    translated, usage = translate_paper("2024-01-29", PAPER, RECORD, _translator(model))

    assert [len(ids) for ids in model.ids] == [5, 3, 2, 1, 1, 1, 2, 1, 1]
    assert usage.requests == 9
    assert translated.abstract is not None
    assert translated.abstract.target == "번역 We release OLMo."


def test_a_refused_segment_is_found_by_halving_and_given_to_the_second_model() -> None:
    def say(request: ModelRequest, data: dict[str, Any]) -> str | ModelReply:
        refused = any(each["id"] == "3/abstract/0" for each in data["segments"])
        if request.model == "first" and refused:
            return _ending(Ending.REFUSAL)
        return _good(request, data)

    model = Scripted(say)
    translated, _ = translate_paper(
        "2024-01-29", PAPER, RECORD, _translator(model, fallback="second")
    )

    assert model.asked[-1].model == "second"
    assert model.ids[-1] == ["3/abstract/0"]
    assert translated.translations[-1].origin is Origin.FALLBACK_MODEL
    assert translated.findings == ()


def test_a_segment_no_model_translates_stays_english_with_its_finding() -> None:
    model = Scripted(lambda request, data: _ending(Ending.CONTENT_FILTER))

    translated, _ = translate_paper(
        "2024-01-29", Paper(1, "OLMo", "Text."), None, _translator(model)
    )

    assert translated.title.target is None
    assert translated.introduction.target is None
    assert [finding.message for finding in translated.findings] == [
        "no translation: first: content filter",
        "no translation: first: content filter",
    ]
    assert translated.drafts == ()


def test_an_unreadable_single_segment_is_asked_once_more_as_a_question_of_its_own() -> None:
    """The second request differs, so that a store of paid replies does not give the first back."""
    model = Scripted(lambda request, data: _good(request, data) if request.attempt > 1 else "?")

    translated, _ = translate_paper("k", Paper(1, "N", ""), None, _translator(model))

    assert [request.attempt for request in model.asked] == [1, 2]
    assert [request.max_output_tokens for request in model.asked] == [8000, 16000]
    assert translated.title.target == "번역 N"


def test_a_finding_goes_back_to_the_model_for_that_segment_alone() -> None:
    def say(request: ModelRequest, data: dict[str, Any]) -> str:
        if request.purpose == "repair":
            return _answer(data, lambda each: "고친 글")
        return _answer(data, lambda each: "틀린 글" if "abstract" in each["id"] else "좋은 글 ⟦1⟧")

    model = Scripted(say)
    paper = Paper(3, "OLMo $x^2$", "")
    translated, _ = translate_paper(
        "2024-01-29",
        paper,
        Record("1", "A $x^2$", "We."),
        _translator(model, checks=_bad_where("틀린")),
    )

    assert model.ids == [["3/title/0", "3/abstract/0"], ["3/abstract/0"]]
    repair = read_data(model.asked[1].user)["segments"][0]
    assert repair["draft"] == "틀린 글"
    assert repair["faults"] == ["accuracy/number: bad [틀린]"]
    assert translated.abstract is not None
    assert translated.abstract.target == "고친 글"
    assert translated.findings == ()


@pytest.mark.parametrize("repairs", [0, 1, 2])
def test_repairs_are_bounded_then_one_other_model_then_the_english(repairs: int) -> None:
    model = Scripted(lambda request, data: _answer(data, lambda each: f"틀린 글 {request.attempt}"))
    translator = _translator(
        model, checks=_bad_where("틀린", Severity.CRITICAL), repairs=repairs, fallback="second"
    )

    translated, usage = translate_paper("2024-01-29", Paper(1, "N", ""), None, translator)

    assert usage.requests == 1 + repairs + 1
    assert [request.model for request in model.asked] == ["first"] * (1 + repairs) + ["second"]
    assert len({(request.user, request.model, request.attempt) for request in model.asked}) == len(
        model.asked
    )
    assert translated.title.target is None
    assert [(each.severity, each.span) for each in translated.findings] == [
        (Severity.CRITICAL, None)
    ]
    assert [each.target for each in translated.drafts] == ["틀린 글 1"]


def test_minor_findings_alone_cost_no_second_call() -> None:
    model = Scripted(_good)
    translator = _translator(model, checks=_bad_where("번역", Severity.MINOR))
    translated, _ = translate_paper("2024-01-29", Paper(1, "N", ""), None, translator)
    assert len(model.asked) == 1
    assert translated.title.target == "번역 N"
    assert [finding.severity for finding in translated.findings] == [Severity.MINOR]


def test_a_repair_that_makes_it_worse_is_not_taken() -> None:
    model = Scripted(
        lambda request, data: _answer(
            data, lambda each: "틀린 글" if request.purpose == "translate" else "틀린 틀린2 글"
        )
    )

    def checks(pairs: Sequence[tuple[Segment, Translation]]) -> list[Finding]:
        return [*_bad_where("틀린")(pairs), *_bad_where("틀린2")(pairs)]

    translated, _ = translate_paper(
        "k", Paper(1, "N", ""), None, _translator(model, checks=checks, repairs=1)
    )
    assert [each.target for each in translated.drafts] == ["틀린 글"]


def test_a_lost_formula_is_repaired() -> None:
    def say(request: ModelRequest, data: dict[str, Any]) -> str:
        return _answer(
            data, lambda each: "식 【 1 】 입니다" if request.purpose == "repair" else "식"
        )

    translated, usage = translate_paper(
        "k", Paper(1, "N $x^2$", ""), None, _translator(Scripted(say))
    )
    assert usage.requests == 2
    assert translated.title.target == "식 $x^2$ 입니다"


def test_a_certain_fault_is_mended_without_a_call() -> None:
    def checks(pairs: Sequence[tuple[Segment, Translation]]) -> list[Finding]:
        return [
            Finding(
                segment.key,
                ErrorType.TERMINOLOGY,
                Severity.MAJOR,
                "설문조사",
                check="forbidden_terms",
                span=(at, at + 4),
                suggestion=target.replace("설문조사", "서베이"),
            )
            for segment, translation in pairs
            if (at := (target := translation.target or "").find("설문조사")) >= 0
        ]

    model = Scripted(lambda request, data: _answer(data, lambda each: "LLM 설문조사"))
    translated, usage = translate_paper(
        "k", Paper(1, "A survey", ""), None, _translator(model, checks=checks)
    )
    assert usage.requests == 1
    assert translated.title.target == "LLM 서베이"


def test_a_summary_line_with_an_invented_number_is_dropped() -> None:
    model = Scripted(lambda request, data: _answer(data, lambda each: "글", "정확도 99% 달성"))
    translated, _ = translate_paper("k", Paper(1, "N", ""), None, _translator(model))
    assert translated.summary_line is None


@pytest.mark.parametrize(
    "line",
    ["TODO", "Here is the translation", "Google의 공개 모델", "an entirely open model of language"],
)
def test_a_summary_line_that_the_checks_refuse_is_dropped(line: str) -> None:
    """It is read like a title: chatter, stand-ins, invented names and English end it."""
    model = Scripted(lambda request, data: _answer(data, lambda each: "글", line))
    translated, _ = translate_paper("k", PAPER, RECORD, _translator(model))
    assert translated.summary_line is None


def _line_key(memory: Memory) -> str:
    (key,) = [key for key, one in memory.entries.items() if one.target == "공개 모델"]
    return key


def test_a_remembered_line_that_the_checks_now_refuse_is_dropped() -> None:
    memory = Memory()
    model = Scripted(_good)
    translate_paper("k", PAPER, RECORD, _translator(model, memory=memory))
    memory.entries[_line_key(memory)] = Remembered("Google의 공개 모델")

    translated, usage = translate_paper("k", PAPER, RECORD, _translator(model, memory=memory))

    assert translated.summary_line is None
    assert usage.requests == 0


def test_a_persons_line_stands_and_stays_a_persons() -> None:
    memory = Memory()
    segments = split_paper("k", PAPER, RECORD)
    key = MemoryKey(summary_source(segments), "ko", "", "", "")
    memory.entries[key.human_id] = Remembered("Google의 공개 모델", Origin.HUMAN)

    translated, _ = translate_paper("k", PAPER, RECORD, _translator(Scripted(_good), memory=memory))

    assert translated.summary_line == "Google의 공개 모델"
    lines = [one.origin for one in memory.entries.values() if one.target == "Google의 공개 모델"]
    assert lines == [Origin.HUMAN]


@pytest.mark.parametrize(
    "error",
    [
        Unavailable("model: down", service="model"),
        Rejected("model: no credit", service="model", code="insufficient_quota"),
        BudgetExceeded("model: edition: the cap"),
    ],
)
def test_a_failed_call_is_a_typed_error_and_nothing_is_invented(error: Exception) -> None:
    with pytest.raises(type(error)):
        translate_paper("k", PAPER, RECORD, _translator(Scripted(lambda request, data: error)))


def test_a_context_too_long_is_halved() -> None:
    def say(request: ModelRequest, data: dict[str, Any]) -> str | Exception:
        if len(data["segments"]) > 3:
            return Rejected("model: too long", service="model", code="context_length_exceeded")
        return _good(request, data)

    model = Scripted(say)
    translated, usage = translate_paper("2024-01-29", PAPER, RECORD, _translator(model))
    assert [len(ids) for ids in model.ids] == [5, 3, 2]
    assert usage.requests == 2
    assert translated.abstract is not None
    assert translated.abstract.target


class _Killed(Exception):
    """The process died here."""


def _difficult(request: ModelRequest, data: dict[str, Any]) -> str | ModelReply:
    """A model that is truncated, then wrong, then repaired, and refuses one segment."""
    if len(data["segments"]) > 3:
        return _ending(Ending.LENGTH)
    if request.model == "first" and any("title" in each["id"] for each in data["segments"]):
        return _ending(Ending.REFUSAL)
    if request.purpose == "repair" and request.attempt > 1:
        return _answer(data, lambda each: f"고친 {each['source']}")
    return _answer(
        data, lambda each: f"틀린 {each['source']}" if "abstract" in each["id"] else "글 ⟦1⟧"
    )


def test_killed_anywhere_a_rerun_makes_no_call_that_had_an_answer() -> None:
    """Replies are journalled by request, as the durable step does; the memory is written last."""
    undisturbed = Scripted(_difficult)
    memory = Memory()
    expected, _ = translate_paper(
        "2024-01-29",
        PAPER,
        RECORD,
        _translator(undisturbed, checks=_bad_where("틀린"), fallback="second", memory=memory),
    )
    calls = len(undisturbed.asked)
    assert calls >= 6

    for boundary in range(calls):
        for answered in (False, True):
            model = Scripted(_difficult)
            journal: dict[str, ModelReply] = {}
            memory = Memory()

            def call(
                request: ModelRequest,
                *,
                kill_at: int | None,
                model: Scripted = model,
                journal: dict[str, ModelReply] = journal,
                answered: bool = answered,
            ) -> ModelReply:
                key = repr(request)
                if key in journal:
                    return journal[key]
                if len(model.asked) == kill_at and not answered:
                    raise _Killed
                journal[key] = model(request)
                if len(model.asked) - 1 == kill_at:
                    raise _Killed
                return journal[key]

            def run(kill_at: int | None, memory: Memory = memory, call: Any = call) -> Any:
                translator = _translator(
                    lambda request: call(request, kill_at=kill_at),
                    checks=_bad_where("틀린"),
                    fallback="second",
                    memory=memory,
                )
                return translate_paper("2024-01-29", PAPER, RECORD, translator)

            with pytest.raises(_Killed):
                run(boundary)
            translated, _ = run(None)

            assert translated == expected
            assert len(model.asked) == calls


def _tolerated(pairs: Sequence[tuple[Segment, Translation]]) -> list[Finding]:
    """Complains of a term where it is missing; a reader may see such a text all the same."""
    return [replace(one, check="missing_terms") for one in _bad_where("다른 말")(pairs)]


def test_a_tolerated_finding_is_repaired_in_one_issue_and_not_in_the_next() -> None:
    memory, paper = Memory(), Paper(1, "N", "")
    model = Scripted(lambda request, data: _answer(data, lambda each: "다른 말"))
    translator = _translator(model, checks=_tolerated, memory=memory, fallback="second")

    translate_paper("2024-01-29", paper, None, translator)
    assert [each.model for each in model.asked] == ["first", "first", "first", "second"]
    later, usage = translate_paper("2024-02-05", paper, None, translator)

    assert usage.requests == 0
    assert later.title.target == "다른 말"
    assert [each.check for each in later.findings] == ["missing_terms"]


def test_the_second_model_is_asked_for_a_finding_that_readers_may_see() -> None:
    def say(request: ModelRequest, data: dict[str, Any]) -> str:
        return _answer(data, lambda each: "좋은 말" if request.model == "second" else "다른 말")

    translator = _translator(Scripted(say), checks=_tolerated, fallback="second")
    translated, _ = translate_paper("k", Paper(1, "N", ""), None, translator)
    assert (translated.title.target, translated.findings) == ("좋은 말", ())


def test_a_second_model_that_does_worse_leaves_what_stands() -> None:
    """One grave fault of the second model outweighs two that readers may see."""

    def say(request: ModelRequest, data: dict[str, Any]) -> str:
        other = "틀린 말" if request.model == "second" else "다른 말, 또 다른 말"
        return _answer(data, lambda each: other)

    def checks(pairs: Sequence[tuple[Segment, Translation]]) -> list[Finding]:
        twice = [replace(one, evidence="또") for one in _tolerated(pairs)]
        return [*_tolerated(pairs), *twice, *_bad_where("틀린")(pairs)]

    translator = _translator(Scripted(say), checks=checks, fallback="second")
    translated, _ = translate_paper("k", Paper(1, "N", ""), None, translator)
    assert translated.title.target == "다른 말, 또 다른 말"


def test_a_text_that_was_left_in_english_is_not_paid_for_again() -> None:
    memory, paper = Memory(), Paper(1, "N", "")
    model = Scripted(lambda request, data: _answer(data, lambda each: "틀린 글"))
    translator = _translator(model, checks=_bad_where("틀린"), memory=memory)
    translate_paper("2024-01-29", paper, None, translator)

    later, usage = translate_paper("2024-02-05", paper, None, translator)

    assert usage.requests == 0
    assert later.title.target is None
    assert [each.target for each in later.drafts] == ["틀린 글"]
    mended = _translator(model, memory=memory)
    assert translate_paper("k", paper, None, mended)[0].title.target == "틀린 글"


def test_a_text_that_was_left_in_english_is_tried_again_with_another_second_model() -> None:
    memory, paper = Memory(), Paper(1, "N", "")

    def say(request: ModelRequest, data: dict[str, Any]) -> str:
        return _answer(data, lambda each: "좋은 글" if request.model == "second" else "틀린 글")

    checks = _bad_where("틀린")
    translate_paper("k", paper, None, _translator(Scripted(say), checks=checks, memory=memory))
    more = _translator(Scripted(say), checks=checks, memory=memory, fallback="second")
    assert translate_paper("k", paper, None, more)[0].title.target == "좋은 글"


def test_a_text_that_lost_its_formula_or_had_no_answer_is_asked_for_again() -> None:
    memory = Memory()
    model = Scripted(lambda request, data: _answer(data, lambda each: "식을 잃은 글"))
    translator = _translator(model, memory=memory, repairs=0)
    for _ in range(2):
        translate_paper("k", Paper(1, "N $x^2$", ""), None, translator)
    assert len(model.asked) == 2
