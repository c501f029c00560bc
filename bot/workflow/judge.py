"""An optional second model judges the meaning of a finished paper; it never blocks alone."""

from __future__ import annotations

import json
from collections.abc import Sequence

from bot.config import Model
from bot.errors import BudgetExceeded, ParseError, ServiceError
from bot.model.call import Ending, ModelRequest
from bot.model.edition import Edition, TranslatedPaper, Usage
from bot.model.finding import ErrorType, Finding, Severity
from bot.model.language import Language
from bot.model.review import Review
from bot.model.translation import Segment
from bot.parsing.reply import ReviewError, parse_review
from bot.planning.budget import usage_of
from bot.translation.prompt import Prompts, digest, review_request, wire_id
from bot.workflow.ask import Call

_TYPES = {each.value: each for each in ErrorType}
_SEVERITIES = {each.value: each for each in Severity}
_MOST_ERRORS = 20
_LONGEST_EVIDENCE = 200


def review_paper(
    pairs: Sequence[tuple[Segment, str]],
    settings: Model,
    prompts: Prompts,
    language: Language,
    call: Call,
) -> tuple[Review | None, Usage]:
    """The reviewer's verdict on the pairs and its cost; None where no reviewer is configured.

    Whatever goes wrong with the reviewer is written into ``Review.problem`` and stops nothing.
    """
    if not settings.reviewer or not pairs:
        return None, Usage()
    judged = judged_digest(pairs, settings.reviewer, prompts, language)
    request = _request(pairs, settings, settings.reviewer, prompts, language)
    try:
        reply = call(request)
    except (ServiceError, BudgetExceeded) as error:
        return Review(judged, settings.reviewer, problem=str(error)), Usage()
    usage = usage_of(reply, settings.prices)
    if reply.ending is not Ending.COMPLETE:
        return Review(judged, settings.reviewer, problem=f"ended: {reply.ending.value}"), usage
    try:
        errors = parse_review(reply.text)
    except ParseError as error:
        return Review(judged, settings.reviewer, problem=str(error)), usage
    findings = [
        finding
        for segment, target in pairs
        for error in errors.get(wire_id(segment.key), [])[:_MOST_ERRORS]
        if (finding := _finding(segment, target, error))
    ]
    return Review(judged, settings.reviewer, tuple(findings)), usage


def plan_review(
    pairs: Sequence[tuple[Segment, str]], settings: Model, prompts: Prompts, language: Language
) -> ModelRequest | None:
    """What the reviewer would be asked of the pairs; None where no reviewer is configured."""
    if not settings.reviewer or not pairs:
        return None
    return _request(pairs, settings, settings.reviewer, prompts, language)


def _request(
    pairs: Sequence[tuple[Segment, str]],
    settings: Model,
    reviewer: str,
    prompts: Prompts,
    language: Language,
) -> ModelRequest:
    return review_request(
        pairs,
        prompts=prompts,
        language=language,
        model=reviewer,
        max_output_tokens=settings.max_output_tokens,
    )


def judged_digest(
    pairs: Sequence[tuple[Segment, str]], reviewer: str, prompts: Prompts, language: Language
) -> str:
    """What a verdict is about: the texts, the judge and its instructions."""
    texts = [[segment.source, target] for segment, target in pairs]
    rules = prompts.system(language, "review")
    return digest(json.dumps([reviewer, rules, texts], ensure_ascii=False))


def find_verdicts(
    edition: Edition, prompts: Prompts, language: Language
) -> tuple[tuple[int, Review], ...]:
    """The reviewer's verdicts by rank, as far as they speak of the texts that stand now."""
    return tuple(
        (paper.paper.rank, paper.review)
        for paper in edition.papers
        if paper.review
        and paper.review.judged == _judged_now(paper, paper.review, prompts, language)
    )


def _judged_now(
    paper: TranslatedPaper, review: Review, prompts: Prompts, language: Language
) -> str:
    targets = {each.key: each.target for each in paper.translations}
    pairs = [
        (segment, target)
        for segment in paper.segments
        if (target := targets.get(segment.key)) is not None
    ]
    return judged_digest(pairs, review.model, prompts, language)


def _finding(segment: Segment, target: str, error: ReviewError) -> Finding | None:
    """The error as a Finding; None where its evidence stands in neither text."""
    evidence = error.evidence[:_LONGEST_EVIDENCE]
    start = target.find(evidence)
    if not evidence or (start < 0 and evidence not in segment.source):
        return None
    return Finding(
        segment.key,
        _TYPES.get(error.type, ErrorType.MISTRANSLATION),
        _SEVERITIES.get(error.severity, Severity.MINOR),
        evidence=evidence,
        check="reviewer",
        span=(start, start + len(evidence)) if start >= 0 else None,
        message=" ".join(error.message.split())[:200],
    )
