"""An optional second model holds the commentary's sentences against the papers.

It finds what the gate cannot: a true number in the wrong place, a direction turned around. It can
only take sentences out, and whatever goes wrong with it stops nothing.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict

from bot.errors import BudgetExceeded, ParseError, ServiceError
from bot.model.call import Ending, ModelReply, ModelRequest
from bot.model.edition import Sentence
from bot.parsing.reply import parse_reply
from bot.translation.prompt import closed

_log = logging.getLogger(__name__)

_LONGEST_PROBLEM = 200
_TEXT: dict[str, Any] = {"type": "string"}
SCHEMA: dict[str, Any] = closed(
    sentences={
        "type": "array",
        "items": closed(id=_TEXT, supported={"type": "boolean"}, problem=_TEXT),
    }
)
"""What a reply must be; strict, every field required (structured outputs)."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """A model that checks sentences: its fixed instructions, the week, and how it is called."""

    system: str
    week: str
    model: str
    key: str
    call: Callable[[ModelRequest], ModelReply]

    def find_unsupported(self, sentences: Sequence[Sentence], attempt: int = 1) -> dict[str, str]:
        """The texts that are not borne out, each with what is wrong; empty where it cannot tell."""
        if not sentences:
            return {}
        try:
            reply = self.call(self._ask(sentences, attempt))
            if reply.ending is not Ending.COMPLETE:
                raise ParseError(f"model: the reviewer's reply ended with {reply.ending.value}")
            verdicts = parse_reply(reply.text, _Reply).sentences
        except (ParseError, ServiceError, BudgetExceeded) as error:
            _log.warning("%s: commentary not verified: %s", self.key, error)
            return {}
        return {
            sentences[number].text: _problem(verdict)
            for verdict in verdicts
            if not verdict.supported and (number := _number(verdict.id, len(sentences))) is not None
        }

    def _ask(self, sentences: Sequence[Sentence], attempt: int) -> ModelRequest:
        return ask_verifier(self.system, self.week, self.model, self.key, sentences, attempt)


def ask_verifier(
    system: str,
    week: str,
    model: str,
    key: str,
    sentences: Sequence[Sentence],
    attempt: int = 1,
) -> ModelRequest:
    """The call about these sentences; its last line holds them."""
    asked = [
        {"id": str(number), "text": sentence.text, "papers": list(sentence.papers)}
        for number, sentence in enumerate(sentences)
    ]
    line = json.dumps({"sentences": asked}, ensure_ascii=False)
    return ModelRequest(
        system=system,
        user=f"{week}\n\n{line}",
        schema_name="verification",
        schema=SCHEMA,
        model=model,
        purpose="verify",
        key=key,
        attempt=attempt,
    )


class _Verdict(BaseModel):
    model_config = ConfigDict(extra="ignore")
    id: str
    supported: bool
    problem: str = ""


class _Reply(BaseModel):
    model_config = ConfigDict(extra="ignore")
    sentences: list[_Verdict]


def _number(text: str, count: int) -> int | None:
    """The place of the sentence with that id, None where the reviewer made the id up."""
    places: Mapping[str, int] = {str(number): number for number in range(count)}
    return places.get(text)


def _problem(verdict: _Verdict) -> str:
    said = " ".join(verdict.problem.split())[:_LONGEST_PROBLEM]
    return f"reviewer: {said or 'not borne out'}"
