"""What the model is asked: a fixed part per language, then the part of one call."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined

from bot.model.call import ModelRequest
from bot.model.finding import Finding
from bot.model.language import Language, Term
from bot.model.translation import Segment
from bot.translation.spans import protect

SCHEMA_NAME = "translation"
REVIEW_SCHEMA_NAME = "review"


def closed(**properties: dict[str, Any]) -> dict[str, Any]:
    """A JSON Schema object as strict mode wants it: all required, nothing else allowed."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


_TEXT: dict[str, Any] = {"type": "string"}
SCHEMA: dict[str, Any] = closed(
    segments={"type": "array", "items": closed(id=_TEXT, target=_TEXT)}, summary_line=_TEXT
)
REVIEW_SCHEMA: dict[str, Any] = closed(
    segments={
        "type": "array",
        "items": closed(
            id=_TEXT,
            errors={
                "type": "array",
                "items": closed(
                    type=_TEXT,
                    severity={"type": "string", "enum": ["minor", "major", "critical"]},
                    evidence=_TEXT,
                    message=_TEXT,
                ),
            },
        ),
    }
)


class Prompts:
    """The prompt files, by name without ``.j2``; rendering the fixed part is done once.

    >>> prompts = Prompts({"translate": "Into {{ name }}.", "translate_user": "{{ data }}"})
    >>> prompts.system(Language("ko", "한국어"))
    'Into 한국어.'
    """

    def __init__(self, files: Mapping[str, str]) -> None:
        self._environment = Environment(
            loader=DictLoader({f"{name}.j2": text for name, text in files.items()}),
            undefined=StrictUndefined,
            autoescape=False,  # noqa: S701 - plain text for a model, not HTML
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def system(self, language: Language, name: str = "translate") -> str:
        """The fixed part: the same bytes for all calls of a language, so that it is cached."""
        template = self._environment.get_template(f"{name}.j2")
        return template.render(
            name=language.name,
            code=language.code,
            instructions=language.instructions,
            style=language.style,
        ).strip()

    def rules_version(self, language: Language) -> str:
        """A short digest of the fixed part: other rules, other translations."""
        return digest(self.system(language))

    def user(
        self,
        data: Mapping[str, object],
        *,
        terms: Sequence[Term] = (),
        renderings: Sequence[tuple[str, str]] = (),
    ) -> str:
        """This call's own part; its last line is ``data`` as one JSON object."""
        template = self._environment.get_template("translate_user.j2")
        text = json.dumps(data, ensure_ascii=False)
        return template.render(data=text, terms=terms, renderings=renderings).strip()


@dataclass(frozen=True, slots=True)
class Draft:
    """An earlier target of a Segment, as the model wrote it, and what was found wrong with it."""

    target: str
    findings: tuple[Finding, ...]


def translation_request(
    segments: Sequence[Segment],
    *,
    prompts: Prompts,
    language: Language,
    model: str,
    terms: Sequence[Term] = (),
    renderings: Sequence[tuple[str, str]] = (),
    drafts: Mapping[str, Draft] | None = None,
    summary_line: bool = False,
    max_output_tokens: int | None = None,
) -> ModelRequest:
    """The call that translates (or, with ``drafts`` by key, repairs) Segments of one paper.

    Ids on the wire are ``<rank>/<kind>/<place>``; ``terms`` are those that occur, ``renderings``
    pairs of an English term and what this post already calls it.
    """
    data = {
        "summary_line": summary_line,
        "segments": [_question(segment, (drafts or {}).get(segment.key)) for segment in segments],
    }
    return ModelRequest(
        system=prompts.system(language),
        user=prompts.user(data, terms=terms, renderings=renderings),
        schema_name=SCHEMA_NAME,
        schema=SCHEMA,
        model=model,
        purpose="repair" if drafts else "translate",
        key=paper_key(segments[0].key),
        max_output_tokens=max_output_tokens,
    )


def review_request(
    pairs: Sequence[tuple[Segment, str]],
    *,
    prompts: Prompts,
    language: Language,
    model: str,
    max_output_tokens: int | None = None,
) -> ModelRequest:
    """The call that judges the meaning of finished pairs of one paper."""
    data = {
        "segments": [
            {"id": wire_id(segment.key), "source": segment.source, "target": target}
            for segment, target in pairs
        ]
    }
    return ModelRequest(
        system=prompts.system(language, "review"),
        user=prompts.user(data),
        schema_name=REVIEW_SCHEMA_NAME,
        schema=REVIEW_SCHEMA,
        model=model,
        purpose="review",
        key=paper_key(pairs[0][0].key),
        max_output_tokens=max_output_tokens,
    )


def wire_id(key: str) -> str:
    """The id a model sees and echoes: a Segment's key without the issue's.

    >>> wire_id("dair/2024-01-29/3/introduction/0")
    '3/introduction/0'
    """
    return "/".join(key.split("/")[-3:])


def paper_key(key: str) -> str:
    """The issue and rank of a Segment's key.

    >>> paper_key("2024-01-29/3/introduction/0")
    '2024-01-29/3'
    """
    return key.rsplit("/", 2)[0]


def glossary_digest(terms: Sequence[Term]) -> str:
    """A short digest of the glossary hits of a text, part of the memory's key.

    >>> glossary_digest([]) == glossary_digest([Term("survey", "서베이")])
    False
    """
    hits = sorted({(term.source, *term.known, *term.forbidden) for term in terms})
    return digest(json.dumps(hits, ensure_ascii=False))


def digest(text: str) -> str:
    """Sixteen hexadecimal digits that change where the text does."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _question(segment: Segment, draft: Draft | None) -> dict[str, object]:
    question: dict[str, object] = {
        "id": wire_id(segment.key),
        "kind": str(segment.kind),
        "source": protect(segment.source).text,
    }
    if draft:
        question |= {"draft": draft.target, "faults": [_fault(each) for each in draft.findings]}
    return question


def _fault(finding: Finding) -> str:
    advice = f" Better: {finding.suggestion}" if finding.suggestion else ""
    return f"{finding.type}: {finding.message or finding.check} [{finding.evidence[:200]}]{advice}"
