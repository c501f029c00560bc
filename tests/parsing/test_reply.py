from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ParseError
from bot.parsing.reply import Aligned, Misaligned, parse_review, parse_translation

PIECES = '[{"id": "a", "target": "가"}, {"id": "b", "target": "나"}]'
GOOD = f'{{"segments": {PIECES}, "summary_line": "요약"}}'


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        f"```json\n{GOOD}\n```",
        f"Here you are:\n{GOOD}\nAnything else?",
        f"<think>maybe {{}} or {GOOD.replace('가', '다')}</think>{GOOD}",
        "\ufeff" + GOOD.replace(", ", ",\n  "),
        GOOD.replace('"요약"', '"요약", "note": {"extra": 1}'),
        '{"reasoning": "first {"} ' + GOOD,
    ],
)
def test_a_reply_is_read_through_fences_and_talk(text: str) -> None:
    assert parse_translation(text, ["a", "b"]) == Aligned({"a": "가", "b": "나"}, "요약")


@pytest.mark.parametrize("thoughts", ["", f"<think>perhaps {GOOD}</think>\n", "hm {}</think>"])
def test_the_end_of_a_thought_may_stand_in_a_target(thoughts: str) -> None:
    """Papers about reasoning models name the tags; the reply was unreadable then."""
    reply = GOOD.replace('"가"', '"<think>와 </think> 사이"').replace('"나"', '"</think> 뒤"')

    assert parse_translation(thoughts + reply, ["a", "b"]) == Aligned(
        {"a": "<think>와 </think> 사이", "b": "</think> 뒤"}, "요약"
    )


@pytest.mark.parametrize(
    ("ids", "outcome"),
    [
        (["a"], Misaligned((), ("b",), ())),
        (["a", "b", "c"], Misaligned(("c",), (), ())),
        (["a", "x"], Misaligned(("x",), ("b",), ())),
    ],
)
def test_other_ids_than_those_asked_are_a_typed_outcome(
    ids: list[str], outcome: Misaligned
) -> None:
    assert parse_translation(GOOD, ids) == outcome


def test_a_doubled_id_and_an_empty_target_are_misaligned() -> None:
    doubled = GOOD.replace('"b"', '"a"')
    empty = GOOD.replace("나", " ")
    assert parse_translation(doubled, ["a"]) == Misaligned((), (), ("a",))
    assert parse_translation(empty, ["a", "b"]) == Misaligned(("b",), (), ())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no JSON object"),
        ("물론입니다! 번역해 드리겠습니다.", "no JSON object"),
        (GOOD[: len(GOOD) // 2], "stops in the middle"),
        ('{"segments": "none"}', "another shape (segments"),
        ('{"answer": 42}', "another shape (segments"),
        ("{" * 100_000, "no JSON object"),
        ('{"a":' * 5000, "no JSON object"),
        ("x" * 500_000, "500000 characters"),
    ],
)
def test_what_is_no_translation_is_a_parse_error(text: str, reason: str) -> None:
    with pytest.raises(ParseError) as caught:
        parse_translation(text, ["a"])
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        parse_translation(text, ["a"])
    except ParseError:
        return


@given(
    st.dictionaries(
        st.text(min_size=1, max_size=5), st.text('가나 {}"\\\n', min_size=1), min_size=1
    )
)
def test_what_was_written_is_what_is_read(targets: dict[str, str]) -> None:
    targets = {key: f"글 {text}" for key, text in targets.items()}
    segments = [{"id": key, "target": text} for key, text in targets.items()]
    reply = parse_translation(json.dumps({"segments": segments, "summary_line": ""}), list(targets))
    assert reply == Aligned(targets, "")


def test_a_review_names_errors_by_segment() -> None:
    error = {"type": "accuracy/omission", "severity": "major", "evidence": "x", "message": "y"}
    reply = json.dumps({"segments": [{"id": "a", "errors": [error]}, {"id": "b", "errors": []}]})
    judged = parse_review(reply)
    assert [each.severity for each in judged["a"]] == ["major"]
    assert judged["b"] == []
