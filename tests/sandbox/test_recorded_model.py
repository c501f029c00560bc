"""The recorded model through the real SDK, asked as the translator asks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.config import Http, Model, defaults_folder
from bot.errors import ParseError, Rejected
from bot.llm.endpoint import Endpoint
from bot.model.call import ModelReply, ModelRequest
from bot.model.issue import Paper, Record
from bot.model.language import Language
from bot.parsing.reply import Aligned, parse_review, parse_translation
from bot.sandbox.completions import Behaviour
from bot.sandbox.model import RecordedReplies, load_replies, recorded_model
from bot.sandbox.server import serve
from bot.texts.prompts import load_prompts
from bot.translation.memory import NoMemory
from bot.translation.prompt import review_request
from bot.translation.segments import split_paper
from bot.workflow.translate import translate_paper
from bot.workflow.translator import Translator

PROMPTS = load_prompts(defaults_folder() / "prompts")
KOREAN = Language("ko", "한국어")
REPLIES = RecordedReplies.model_validate(
    {
        "papers": {
            1: {
                "title": "작은 모델",
                "introduction": ["작습니다.", "크기: ⟦1⟧ 값입니다."],
                "abstract": "작은 모델을 소개합니다.",
                "summary_line": "작은 모델",
            },
            2: {"title": "둘째", "introduction": ["둘째입니다."]},
        },
        "commentary": {"paragraphs": [[{"text": "한 문장입니다.", "papers": [1], "counts": []}]]},
    }
)
PAPER = Paper(1, "Tiny", "It is small.\n- Size: it is $x^2$.")
RECORD = Record("2401.00001", "Tiny Models", "We present tiny models.")


def _complete(request: ModelRequest, behaviour: Behaviour | None = None) -> ModelReply:
    with serve(recorded_model(REPLIES, behaviour)) as url:
        endpoint = Endpoint(Model.model_validate({"base_url": f"{url}/v1"}), Http())
        try:
            return endpoint.complete(request)
        finally:
            endpoint.close()


def test_a_whole_paper_is_translated_over_http() -> None:
    with serve(recorded_model(REPLIES)) as url:
        settings = Model.model_validate({"base_url": f"{url}/v1"})
        endpoint = Endpoint(settings, Http())
        translator = Translator(
            call=endpoint.complete,
            checks=lambda pairs: [],
            find_terms=lambda text: [],
            memory=NoMemory(),
            prompts=PROMPTS,
            language=KOREAN,
            settings=settings,
        )
        translated, usage = translate_paper("2024-01-29", PAPER, RECORD, translator)
        endpoint.close()

    assert translated.title.target == "작은 모델"
    assert translated.introduction.target == "작습니다.\n- 크기: $x^2$ 값입니다."
    assert translated.abstract is not None
    assert translated.abstract.target == "작은 모델을 소개합니다."
    assert translated.summary_line == "작은 모델"
    assert usage.requests == 1
    assert usage.prompt_tokens > 1000


@pytest.mark.parametrize("formats", [{"json_schema"}, {"json_object"}, {"text"}])
def test_the_commentary_is_given_with_and_without_schemas(formats: set[str]) -> None:
    request = ModelRequest("system", '{\n "papers": []\n}', "commentary", {"type": "object"})
    reply = _complete(request, Behaviour(formats=frozenset(formats)))
    assert json.loads(reply.text) == REPLIES.commentary


def test_a_review_finds_nothing() -> None:
    pairs = [(segment, "글") for segment in split_paper("k", PAPER, RECORD)]
    request = review_request(pairs, prompts=PROMPTS, language=KOREAN, model="m")
    judged = parse_review(_complete(request).text)
    assert set(judged) == {"1/title/0", "1/introduction/0", "1/introduction/1", "1/abstract/0"}
    assert not any(judged.values())


@pytest.mark.parametrize(
    "wire_id",
    ["2/abstract/0", "2/introduction/1", "9/title/0", "x/title/0", "1/poem/0", "1/title/x"],
)
def test_what_is_not_recorded_is_refused_by_name(wire_id: str) -> None:
    user = json.dumps({"segments": [{"id": wire_id, "source": "x"}], "summary_line": False})
    with pytest.raises(Rejected, match="no translation is recorded") as caught:
        _complete(ModelRequest("system", user, "translation", {"type": "object"}))
    assert caught.value.status == 422


def test_a_line_is_given_only_where_it_is_asked_for() -> None:
    user = json.dumps({"segments": [{"id": "1/title/0", "source": "x"}], "summary_line": False})
    reply = _complete(ModelRequest("system", user, "translation", {"type": "object"}))
    assert parse_translation(reply.text, ["1/title/0"]) == Aligned({"1/title/0": "작은 모델"}, "")


def test_a_file_of_another_shape_is_named(tmp_path: Path) -> None:
    file = tmp_path / "replies.yml"
    file.write_text("papers:\n  1:\n    title: [a]\n    introduction: [b]\n", "utf-8")
    with pytest.raises(ParseError, match=r"replies\.yml: papers\.1\.title"):
        load_replies(file)


def test_no_commentary_recorded_is_an_error() -> None:
    empty = RecordedReplies.model_validate({"papers": {}})
    with serve(recorded_model(empty)) as url:
        endpoint = Endpoint(Model.model_validate({"base_url": f"{url}/v1"}), Http())
        with pytest.raises(Rejected, match="no commentary is recorded"):
            endpoint.complete(ModelRequest("s", "u", "commentary", {"type": "object"}))
        endpoint.close()
