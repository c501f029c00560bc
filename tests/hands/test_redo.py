"""One paper anew, by the model or by a person; the topic follows only when told to."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

import pytest
from starlette.applications import Starlette

from bot.sandbox.completions import Question, completions
from bot.sandbox.model import RecordedReplies, load_replies, recorded_model
from bot.sandbox.server import serve
from bot.sandbox.week import KEY, PAGES
from bot.workflow.redo import correct
from bot.workflow.services import current
from tests.hands.conftest import Hands

TITLE = "s1: 단순한 테스트 타임 스케일링 방법"


def other_replies() -> RecordedReplies:
    """The recorded replies, with another title for paper 3."""
    replies = load_replies(PAGES / "replies.yml")
    paper = replies.papers[3].model_copy(update={"title": TITLE})
    return replies.model_copy(update={"papers": {**replies.papers, 3: paper}})


def test_a_redone_paper_is_asked_for_anew_and_shown(hands: Hands) -> None:
    hands.jubo("publish", KEY)
    before = hands.posts()[0].raw
    with serve(recorded_model(other_replies())) as url:
        hands.config["model"]["base_url"] = f"{url}/v1"
        said = hands.jubo("redo", KEY, "3", "--json")
        assert said.status == 0
        assert said.json["revision"] == 2
        assert [line for line in said.json["diff"] if line.startswith("+3")] == [
            f"+3/title/0: {TITLE}"
        ]
        assert hands.posts()[0].raw == before
        hands.jubo("publish", KEY)
    assert TITLE in hands.posts()[0].raw
    assert hands.jubo("revert", KEY).status == 0
    assert hands.posts()[0].raw == before


def test_a_correction_holds_whatever_the_model_says(hands: Hands) -> None:
    hands.jubo("publish", KEY)
    text = "s1: 테스트 타임 스케일링을 단순하게"
    said = hands.jubo("correct", KEY, "3/title/0", text, "--publish")
    assert said.status == 0
    assert f"+3/title/0: {text}" in said.out
    assert text in hands.posts()[0].raw
    assert "nothing differs" in hands.jubo("redo", KEY, "3").out
    hands.jubo("publish", KEY)
    assert text in hands.posts()[0].raw


def model_that_first(act: Callable[[], object]) -> Starlette:
    """Another title for paper 3; before its first answer something is done, elsewhere."""
    waiting = [act]

    def answer(question: Question) -> str:
        if waiting:
            thread = Thread(target=waiting.pop())
            thread.start()
            thread.join()
        return other_replies().answer(question)

    return completions(answer)


@pytest.mark.parametrize("segment", ["5/title/0", "3/title/0"])
def test_a_correction_made_while_a_paper_is_redone_stays(hands: Hands, segment: str) -> None:
    """Of another paper and of the same one; on the forum too."""
    text = "사람이 고친 제목"
    hands.jubo("publish", KEY)
    model = model_that_first(lambda: correct(current(), KEY, segment, text, "ko"))
    with serve(model) as url:
        hands.config["model"]["base_url"] = f"{url}/v1"
        said = hands.jubo("redo", KEY, "3", "--publish", "--json").json
    assert said["revision"] == 3
    assert (f"+3/title/0: {TITLE}" in said["diff"]) == (segment == "5/title/0")
    posts = "\n".join(post.raw for post in hands.posts())
    assert text in posts
    assert (TITLE in posts) == (segment == "5/title/0")


def test_a_line_of_the_contents_is_corrected_for_ever(hands: Hands) -> None:
    hands.jubo("publish", KEY)
    text = "사람이 고쳐 쓴 목차의 한 줄"
    said = hands.jubo("correct", KEY, "3/summary", text, "--publish")
    assert said.status == 0
    assert f"+3/summary: {text}" in said.out
    assert text in hands.posts()[0].raw
    assert "3/summary" not in hands.jubo("redo", KEY, "3").out
    hands.jubo("publish", KEY)
    assert text in hands.posts()[0].raw
    said = hands.jubo("correct", KEY, "3/summary", "가" * 61)
    assert "has 61 characters; shorten it to 60" in said.error


def test_findings_of_a_correction_are_told_and_do_not_block(hands: Hands) -> None:
    hands.jubo("build", KEY, "--out", str(hands.folder / "out"))
    said = hands.jubo(
        "correct", KEY, f"{KEY}/3/introduction/0", "물론입니다. 번역입니다.", "--json"
    )
    assert said.status == 0
    assert said.json["findings"] != []
    assert said.json["url"] is None


def test_what_is_not_there_is_one_line(hands: Hands) -> None:
    assert f"jubo build {KEY}" in hands.jubo("redo", KEY, "3").error
    hands.jubo("build", KEY, "--out", str(hands.folder / "out"))
    assert "has no paper 99; it has 1, 2" in hands.jubo("redo", KEY, "99").error
    said = hands.jubo("correct", KEY, "3/title/9", "제목")
    assert "has no segment 3/title/9; there are 3/title/0" in said.error
    assert "is empty" in hands.jubo("correct", KEY, "3/title/0", " ").error
