"""The recorded model: answers real requests about the sample week with texts written beforehand."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.applications import Starlette

from bot.errors import ParseError
from bot.sandbox.completions import Behaviour, Question, UnknownQuestion, completions


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RecordedPaper(_Closed):
    """One paper's texts in the target language; ``introduction[0]`` is the lead.

    ⟦1⟧, ⟦2⟧ … stand for that segment's protected spans.
    """

    title: str
    introduction: tuple[str, ...]
    abstract: str | None = None
    summary_line: str = ""

    def find(self, kind: str, place: int) -> str | None:
        """The text of one segment, None where none is recorded."""
        texts: Mapping[str, tuple[str, ...]] = {
            "title": (self.title,),
            "introduction": self.introduction,
            "abstract": (self.abstract,) if self.abstract else (),
        }
        found = texts.get(kind, ())
        return found[place] if 0 <= place < len(found) else None


class RecordedReplies(_Closed):
    """All that the recorded model can say: papers by rank, and one commentary."""

    papers: dict[int, RecordedPaper]
    commentary: dict[str, Any] = {}

    def answer(self, question: Question) -> str:
        """The reply, as the text of a completion.

        Raises:
            UnknownQuestion: Something was asked that is not recorded.
        """
        if question.schema_name == "health":
            return _text({"works": True})
        asked = read_data(question.user)
        segments = asked.get("segments")
        if question.schema_name == "commentary" or not isinstance(segments, list):
            return self._comment()
        if all("target" in segment for segment in segments):
            judged = [{"id": segment["id"], "errors": []} for segment in segments]
            return _text({"segments": judged})
        targets = [
            {"id": segment["id"], "target": self._target(str(segment["id"]))}
            for segment in segments
        ]
        line = self._paper(str(segments[0]["id"])).summary_line if segments else ""
        wanted = asked.get("summary_line") is True
        return _text({"segments": targets, "summary_line": line if wanted else ""})

    def _comment(self) -> str:
        if not self.commentary:
            raise UnknownQuestion("no commentary is recorded")
        return _text(self.commentary)

    def _target(self, wire_id: str) -> str:
        rank, kind, place = [*wire_id.split("/"), "", ""][:3]
        target = self._paper(rank).find(kind, int(place) if place.isdecimal() else -1)
        if target is None:
            raise UnknownQuestion(f"no translation is recorded for segment {wire_id}")
        return target

    def _paper(self, wire_id: str) -> RecordedPaper:
        rank = wire_id.split("/")[0]
        paper = self.papers.get(int(rank)) if rank.isdecimal() else None
        if paper is None:
            raise UnknownQuestion(f"no translation is recorded for paper {rank}")
        return paper


def load_replies(file: Path) -> RecordedReplies:
    """Read the recorded replies (``bot/sandbox/week/replies.yml``).

    Raises:
        ParseError: The file does not have that shape; the message names the place.
    """
    try:
        return RecordedReplies.model_validate(yaml.safe_load(file.read_text("utf-8")))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise ParseError(f"{file}: {place}: {first['msg']}; mend the recorded replies") from None


def recorded_model(replies: RecordedReplies, behaviour: Behaviour | None = None) -> Starlette:
    """An OpenAI-compatible endpoint (``/v1``) that knows the recorded replies and nothing else."""
    return completions(replies.answer, behaviour)


def read_data(user: str) -> dict[str, Any]:
    """The JSON object on the last line of a user message; empty where there is none.

    >>> read_data('Terms:\\n- survey → 서베이\\n{"segments": []}')
    {'segments': []}
    """
    try:
        data = json.loads(user.rstrip().rpartition("\n")[2])
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
