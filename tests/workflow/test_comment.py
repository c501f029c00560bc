"""The commentary in the post is sound, repaired, or the table in words; a reply breaks nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import BudgetExceeded, NoWords, Rejected, Unavailable
from bot.model.call import Ending, ModelReply, ModelRequest
from bot.model.commentary import ContentWord
from bot.model.edition import Commentary, Sentence
from bot.morphology import find_words
from bot.workflow.comment import Question, comment
from bot.workflow.verify import Verifier
from tests.bench.gate_weeks import load_weeks

WEEK = load_weeks()["2024-07-15"]
GATE = WEEK.gate()
QUESTION = Question("Comment.", "{}", "wordsmith", WEEK.key)
TABLE = (
    Sentence("이번 주에는 논문 6편을 소개합니다.", (), (("papers", 6),)),
    Sentence("앞선 주의 기록이 아직 충분하지 않아 흐름의 변화는 비교하지 않습니다."),
    Sentence("코드나 모델을 공개한 논문은 1편입니다.", (1,), (("open_code", 1),)),
)
COMPUTED = Commentary(tuple((sentence,) for sentence in TABLE))
Said = tuple[str, list[int]]
SAM: Said = ("SAM 2는 이미지에서 SAM보다 6배 빠릅니다.", [1])
DPO: Said = ("DPO는 강화 학습 없이 언어 모델을 사람의 선호에 맞춥니다.", [3])
RWKV: Said = ("RWKV는 14B 파라미터까지 규모를 키웠습니다.", [6])
WRONG: Said = ("RWKV는 99B 파라미터까지 규모를 키웠습니다.", [6])


@dataclass
class Scripted:
    """A model that gives its answers in turn and remembers what it was asked."""

    answers: Sequence[str | Ending | Exception]
    asked: list[ModelRequest] = field(default_factory=list)

    def __call__(self, request: ModelRequest) -> ModelReply:
        answer = self.answers[len(self.asked)]
        self.asked.append(request)
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, Ending):
            return ModelReply("{}", answer, request.model)
        return ModelReply(answer, Ending.COMPLETE, request.model)


def _reply(*paragraphs: list[Said]) -> str:
    said = [
        [{"text": text, "papers": papers, "counts": []} for text, papers in paragraph]
        for paragraph in paragraphs
    ]
    return json.dumps({"paragraphs": said}, ensure_ascii=False)


def no_words(texts: Sequence[str]) -> list[tuple[ContentWord, ...]]:
    """As for a language without an analyser."""
    return [() for _ in texts]


def _texts(commentary: Commentary) -> list[list[str]]:
    return [[sentence.text for sentence in one] for one in commentary.paragraphs]


def test_a_sound_commentary_passes_whole_in_one_call() -> None:
    model = Scripted([_reply([SAM], [DPO], [RWKV])])

    commentary = comment(QUESTION, GATE, model, COMPUTED, no_words)

    assert _texts(commentary) == [[SAM[0]], [DPO[0]], [RWKV[0]]]
    assert (commentary.model, commentary.dropped, len(model.asked)) == ("wordsmith", (), 1)


def test_a_repaired_sentence_stands_where_the_failed_one_stood() -> None:
    other: Said = ("RWKV는 트랜스포머의 병렬 학습과 RNN의 효율적인 추론을 결합합니다.", [6])
    model = Scripted([_reply([SAM], [DPO, WRONG], [other]), _reply([RWKV])])

    commentary = comment(QUESTION, GATE, model, COMPUTED, no_words)

    assert _texts(commentary) == [[SAM[0]], [DPO[0], RWKV[0]], [other[0]]]
    assert "99B" in model.asked[1].user
    assert [request.attempt for request in model.asked] == [1, 2]


def test_what_fails_twice_is_dropped_and_not_asked_for_again() -> None:
    model = Scripted([_reply([SAM], [DPO], [RWKV, WRONG]), _reply([WRONG])])

    commentary = comment(QUESTION, GATE, model, COMPUTED, no_words)

    assert _texts(commentary) == [[SAM[0]], [DPO[0]], [RWKV[0]]]
    assert commentary.dropped[0].startswith(WRONG[0])
    assert len(model.asked) == 2


def test_a_paper_that_the_week_does_not_have_is_never_cited() -> None:
    eleventh: Said = (RWKV[0], [11])
    model = Scripted([_reply([SAM], [DPO], [RWKV, eleventh]), _reply([eleventh])])

    commentary = comment(QUESTION, GATE, model, COMPUTED, no_words)

    assert "cites paper 11" in commentary.dropped[0]
    assert all(11 not in one.papers for part in commentary.paragraphs for one in part)


def test_too_few_sound_sentences_leave_the_table() -> None:
    model = Scripted([_reply([SAM], [DPO], [WRONG]), _reply([])])

    commentary = comment(QUESTION, GATE, model, COMPUTED, no_words)

    assert (commentary.paragraphs, commentary.model) == (COMPUTED.paragraphs, "")


def test_a_paragraph_of_which_nothing_passes_is_the_tables_of_the_same_place() -> None:
    """So that the three leads stand over what they name; the moderator is told what fell."""
    model = Scripted([_reply([SAM, DPO], [WRONG], [RWKV]), _reply([WRONG])])

    commentary = comment(QUESTION, GATE, model, COMPUTED, no_words)

    assert _texts(commentary) == [[SAM[0], DPO[0]], [TABLE[1].text], [RWKV[0]]]
    assert commentary.model == "wordsmith"
    assert [reason.startswith(WRONG[0]) for reason in commentary.dropped] == [True]


def test_an_empty_paragraph_of_the_model_is_the_tables() -> None:
    model = Scripted([_reply([], [DPO, SAM], [RWKV])])

    commentary = comment(QUESTION, GATE, model, COMPUTED, no_words)

    assert _texts(commentary) == [[TABLE[0].text], [DPO[0], SAM[0]], [RWKV[0]]]
    assert commentary.dropped == ()


def test_a_repair_may_come_in_any_number_of_paragraphs() -> None:
    model = Scripted([_reply([SAM], [DPO, WRONG], [DPO]), _reply([], [], [], [RWKV])])

    commentary = comment(QUESTION, GATE, model, COMPUTED, no_words)

    assert _texts(commentary)[1] == [DPO[0], RWKV[0]]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("I cannot do that.", "no JSON object"),
        (_reply([SAM, DPO, RWKV], [DPO]), "2 paragraphs, not 3"),
        (_reply([SAM], [DPO], [RWKV], [SAM]), "4 paragraphs, not 3"),
        (Ending.REFUSAL, "refusal"),
        (Ending.LENGTH, "length"),
        (Rejected("model: the key is refused", service="model"), "the key is refused"),
        (BudgetExceeded("the cap of this month is reached"), "cap"),
    ],
    ids=[
        "not JSON",
        "two paragraphs",
        "four paragraphs",
        "refusal",
        "cut off",
        "rejected",
        "budget",
    ],
)
def test_without_a_usable_reply_the_table_speaks_and_says_why(
    answer: str | Ending | Exception, reason: str
) -> None:
    commentary = comment(QUESTION, GATE, Scripted([answer]), COMPUTED, no_words)

    assert commentary.paragraphs == COMPUTED.paragraphs
    assert reason in commentary.dropped[0]


def test_a_repair_that_fails_costs_only_the_sentences_it_was_for() -> None:
    model = Scripted([_reply([SAM], [DPO], [RWKV, WRONG]), Ending.LENGTH])

    assert _texts(comment(QUESTION, GATE, model, COMPUTED, no_words)) == [
        [SAM[0]],
        [DPO[0]],
        [RWKV[0]],
    ]


def test_a_claim_beside_a_true_statement_falls_by_its_words() -> None:
    """표준 says what SAM 2 has become since; the paper cannot know."""
    boast: Said = ("SAM 2는 이미지에서 SAM보다 6배 빨라 업계의 표준으로 자리 잡았습니다.", [1])
    model = Scripted([_reply([SAM, boast], [DPO], [RWKV]), _reply([])])

    words = partial(find_words, "kiwi")
    commentary = comment(QUESTION, GATE, model, COMPUTED, words)

    assert _texts(commentary) == [[SAM[0]], [DPO[0]], [RWKV[0]]]


def test_without_the_analyser_no_unchecked_sentence_stands() -> None:
    def broken(texts: Sequence[str]) -> list[tuple[ContentWord, ...]]:
        raise NoWords("morphology: the words were not found; install jubo anew")

    model = Scripted([_reply([SAM], [DPO], [RWKV])])

    commentary = comment(QUESTION, GATE, model, COMPUTED, broken)

    assert commentary.paragraphs == COMPUTED.paragraphs
    assert "install jubo anew" in commentary.dropped[0]


_SENTENCES = st.fixed_dictionaries(
    {
        "text": st.sampled_from([SAM[0], DPO[0], RWKV[0], WRONG[0], ""]) | st.text(max_size=60),
        "papers": st.lists(st.integers(-2, 12), max_size=4),
        "counts": st.lists(
            st.fixed_dictionaries({"key": st.text(max_size=9), "value": st.integers(-1, 9)}),
            max_size=2,
        ),
    }
)
_JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=8,
)
_REPLIES = st.fixed_dictionaries({"paragraphs": st.lists(st.lists(_SENTENCES, max_size=4))}) | _JSON


@settings(deadline=None)  # the first look compiles patterns
@given(first=_REPLIES, second=_REPLIES)
def test_no_reply_breaks_anything_or_brings_a_refused_sentence(first: Any, second: Any) -> None:
    model = Scripted([json.dumps(first), json.dumps(second)])

    commentary = comment(QUESTION, GATE, model, COMPUTED, no_words)

    assert len(commentary.paragraphs) == 3
    assert all(commentary.paragraphs)
    sentences = [one for part in commentary.paragraphs for one in part if one not in TABLE]
    assert [reason for one in sentences for reason in GATE.check(one)] == []


GRAPH: Said = ("GraphRAG는 커뮤니티 요약을 미리 작성합니다.", [2])
FASTER: Said = ("SAM 2는 이미지에서 SAM보다 3배 빠릅니다.", [1])


def _verdicts(*supported: bool, problem: str = "3x is said of interactions") -> str:
    rows = [
        {"id": str(number), "supported": one, "problem": "" if one else problem}
        for number, one in enumerate(supported)
    ]
    return json.dumps({"sentences": rows})


def _verified(model: Scripted, reviewer: Scripted) -> Commentary:
    verifier = Verifier("Check.", "{}", "judge", WEEK.key, reviewer)
    return comment(QUESTION, GATE, model, COMPUTED, no_words, verifier)


def test_what_the_reviewer_refutes_is_repaired_and_checked_again() -> None:
    """It sees only what passes the gate, and the sentences that were written again."""
    model = Scripted([_reply([DPO], [WRONG, GRAPH], [RWKV]), _reply([SAM])])
    reviewer = Scripted([_verdicts(False, True, True), _verdicts(True)])

    commentary = _verified(model, reviewer)

    assert _texts(commentary) == [[SAM[0]], [GRAPH[0]], [RWKV[0]]]
    assert DPO[0] in reviewer.asked[0].user
    assert WRONG[0] not in reviewer.asked[0].user
    assert SAM[0] in reviewer.asked[1].user
    assert "3x is said of interactions" in model.asked[1].user
    assert [request.attempt for request in reviewer.asked] == [1, 2]
    assert {request.model for request in reviewer.asked} == {"judge"}


def test_what_the_reviewer_refutes_twice_is_dropped_and_told() -> None:
    model = Scripted([_reply([SAM, DPO], [RWKV], [DPO]), _reply([FASTER])])
    reviewer = Scripted([_verdicts(False, True, True), _verdicts(False)])

    commentary = _verified(model, reviewer)

    assert _texts(commentary)[0] == [DPO[0]]
    assert commentary.dropped == (f"{FASTER[0]}: reviewer: 3x is said of interactions",)


@pytest.mark.parametrize(
    "answer",
    [
        Rejected("model: 400 for judge: no", service="model"),
        Unavailable("model: no answer", service="model"),
        BudgetExceeded("the month's cap is reached"),
        Ending.REFUSAL,
        "no JSON",
        json.dumps({"sentences": [{"id": "7", "supported": False, "problem": "?"}]}),
        json.dumps({"sentences": []}),
    ],
)
def test_a_reviewer_that_fails_or_makes_ids_up_takes_nothing_out(
    answer: str | Ending | Exception,
) -> None:
    model = Scripted([_reply([SAM], [DPO], [RWKV])])

    commentary = _verified(model, Scripted([answer]))

    assert _texts(commentary) == [[SAM[0]], [DPO[0]], [RWKV[0]]]


def test_a_failed_sentence_that_the_repair_leaves_out_is_told() -> None:
    model = Scripted([_reply([SAM, WRONG], [DPO], [RWKV]), _reply([])])

    commentary = comment(QUESTION, GATE, model, COMPUTED, no_words)

    assert [line.split(":")[0] for line in commentary.dropped] == [WRONG[0]]


def test_a_paragraph_without_end_is_no_commentary() -> None:
    model = Scripted([_reply([SAM] * 9, [DPO], [RWKV])])

    commentary = comment(QUESTION, GATE, model, COMPUTED, no_words)

    assert commentary.paragraphs == COMPUTED.paragraphs
    assert "9 sentences in a paragraph, at most 8" in commentary.dropped[0]
