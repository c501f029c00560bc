"""What a reviewer model says of the texts reaches the moderator, as advice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.sandbox.completions import Question, completions
from bot.sandbox.model import read_data
from bot.sandbox.server import serve
from bot.sandbox.week import KEY
from tests.hands.conftest import Hands
from tests.scripted_model import answer

DOUBT = "A doubt of the reviewer"


def doubt(question: Question) -> str:
    """A reviewer that finds something grave in every title."""
    if question.schema_name != "review":
        return answer(question)
    error = {"type": "accuracy/mistranslation", "severity": "critical", "message": DOUBT}
    segments = [
        {
            "id": each["id"],
            "errors": [{**error, "evidence": each["target"][:5]}] if "title" in each["id"] else [],
        }
        for each in read_data(question.user)["segments"]
    ]
    return json.dumps({"segments": segments}, ensure_ascii=False)


def test_a_verdict_is_shown_until_its_text_is_corrected(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(hands.folder)
    with serve(completions(doubt)) as url:
        hands.config["model"] |= {"base_url": f"{url}/v1", "reviewer": "judge"}
        before = hands.jubo("build", KEY, "--json").json
        hands.jubo("correct", KEY, "3/title/0", "s1: 테스트 타임 스케일링을 단순하게")
        after = hands.jubo("build", KEY, "--json").json
    assert [row["paper"] for row in before["advice"]] == list(range(1, 11))
    assert before["advice"][2]["model"] == "judge"
    assert before["advice"][2]["findings"][0]["message"] == DOUBT
    assert DOUBT not in json.dumps(before["findings"])
    assert 3 not in [row["paper"] for row in after["advice"]]
    assert Path("out", KEY, "preview.html").read_text("utf-8").count(DOUBT) == 9
