from __future__ import annotations

import re
from collections.abc import Sequence

from bot.model.finding import ErrorType, Finding, Severity
from bot.model.translation import Origin, Segment, Translation
from bot.translation.candidates import Candidate, Checks, better, mend, no_answer, receive
from bot.translation.memory import NoMemory

SEGMENT = Segment("k/1/title/0", "A $x^2$ title")
Pairs = Sequence[tuple[Segment, Translation]]


def _complain(word: str, suggestion: str, check: str = "wrong_particles") -> Checks:
    def checks(pairs: Pairs) -> list[Finding]:
        return [
            Finding(
                segment.key,
                ErrorType.GRAMMAR,
                Severity.MAJOR,
                word,
                check=check,
                span=match.span(),
                suggestion=suggestion,
            )
            for segment, translation in pairs
            for match in re.finditer(word, translation.target or "")
        ]

    return checks


def test_a_received_text_is_one_line_with_its_spans_and_nothing_invisible() -> None:
    candidate = receive(SEGMENT, " 제목\u200b\n [[1]]\u202e ", Origin.MODEL, "m")
    assert candidate.target == "제목 $x^2$"
    assert candidate.acceptable
    assert candidate.as_written == "제목 ⟦1⟧"


def test_lost_spans_are_a_finding_once() -> None:
    """Where the checks name the same fault, theirs stands alone."""
    candidate = receive(SEGMENT, "제목 https://evil.example.org", Origin.MODEL, "m")
    assert not candidate.acceptable

    def checks(pairs: Pairs) -> list[Finding]:
        return [Finding(SEGMENT.key, ErrorType.SPAN, Severity.CRITICAL, "$x^2$", check="theirs")]

    (examined,) = mend([candidate], checks)
    assert [finding.check for finding in examined.findings] == ["theirs"]


def test_a_suggestion_for_the_span_is_carried_out() -> None:
    candidate = Candidate(SEGMENT, "모델는 큽니다. 모델는 빠릅니다.")
    (mended,) = mend([candidate], _complain("모델는", "모델은"))
    assert mended.target == "모델은 큽니다. 모델은 빠릅니다."
    assert mended.findings == ()


def test_a_suggestion_that_helps_nothing_is_not_taken() -> None:
    candidate = Candidate(SEGMENT, "모델는 큽니다.")
    (mended,) = mend([candidate], _complain("모델", "모델"))
    assert mended.target == "모델는 큽니다."
    (mended,) = mend([candidate], _complain("모델는", "모델", "missing_numbers"))
    assert mended.target == "모델는 큽니다."


def test_a_persons_word_is_neither_checked_nor_mended() -> None:
    candidate = Candidate(SEGMENT, "모델는 큽니다.", Origin.HUMAN)
    assert mend([candidate], _complain("모델는", "모델은")) == [candidate]


def test_any_target_is_better_than_none_and_fewer_faults_than_more() -> None:
    finding = Finding("k", ErrorType.NUMBER, Severity.MAJOR, "3")
    worse = Finding("k", ErrorType.NUMBER, Severity.CRITICAL, "3")
    none = no_answer(SEGMENT, "refused", "m")
    faulty = Candidate(SEGMENT, "가", findings=(finding, finding))
    critical = Candidate(SEGMENT, "나", findings=(worse,))
    assert better(none, critical) is critical
    assert better(critical, faulty) is faulty
    assert better(faulty, critical) is faulty


def test_no_memory_remembers_nothing() -> None:
    memory = NoMemory()
    memory.put({})
    assert memory.find([]) == []
