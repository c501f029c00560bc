"""The week's commentary: worded by the model, held to the facts, or computed where it fails."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.errors import BudgetExceeded, NoWords, ParseError, Rejected
from bot.model.call import Ending, ModelReply, ModelRequest
from bot.model.commentary import PaperText, WordFinder
from bot.model.edition import Commentary, Sentence
from bot.model.trend import Theme, Trends
from bot.trends.gate import Gate
from bot.trends.prompt import (
    SCHEMA,
    describe_failures,
    describe_week,
    parse_commentary,
    parse_repair,
)

_log = logging.getLogger(__name__)

FEWEST_SENTENCES = 3
"""Below this many sound sentences the computed table stands instead."""

Paragraphs = tuple[tuple[Sentence, ...], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the fixed instructions, the week, and the model that answers."""

    system: str
    week: str
    model: str
    key: str


def ask(
    system: str,
    papers: Sequence[PaperText],
    trends: Trends,
    themes: Sequence[Theme],
    *,
    language: str,
    model: str,
) -> Question:
    """The question about one week."""
    week = describe_week(papers, trends, themes, language)
    return Question(system, week, model, trends.key)


def comment(
    question: Question,
    gate: Gate,
    call: Callable[[ModelRequest], ModelReply],
    computed: Commentary,
    find_words: WordFinder,
) -> Commentary:
    """The commentary: sentences that pass the gate, failing ones repaired once, then dropped.

    Its three paragraphs stand in the order asked for; one that is left without a sentence is the
    computed commentary's of the same place.

    Args:
        question: What the model is asked.
        gate: What is true of the week.
        call: One model call, durable and paid once; its own retries are behind it.
        computed: What stands where too few sentences pass, or the model fails or refuses;
            three paragraphs.
        find_words: The content words of sentences, for the gate.
    """
    judge = Judge(gate, find_words)
    try:
        reply = _ask(write_request(question, question.week), call)
        sound, failed = judge.sift(parse_commentary(reply))
    except (ParseError, Rejected, BudgetExceeded, NoWords) as error:
        _log.warning("%s: commentary by the table alone: %s", question.key, error)
        return replace(computed, dropped=(str(error),))
    if failed:
        sound, failed = _repair(question, sound, failed, judge, call)
    dropped = tuple(f"{one.sentence.text}: {one.reasons[0]}" for one in failed)
    if sum(len(paragraph) for paragraph in sound) < FEWEST_SENTENCES:
        return replace(computed, dropped=dropped)
    filled = zip(sound, computed.paragraphs, strict=True)
    return Commentary(tuple(own or table for own, table in filled), question.model, dropped)


@dataclass(frozen=True, slots=True)
class Failure:
    """A sentence that did not pass, the paragraph it stood in, and why."""

    paragraph: int
    sentence: Sentence
    reasons: list[str]


_Failed = list[Failure]


@dataclass(frozen=True, slots=True)
class Judge:
    """The gate, and what tells it the words of the sentences that it judges."""

    gate: Gate
    find_words: WordFinder

    def sift(self, paragraphs: Paragraphs) -> tuple[Paragraphs, _Failed]:
        """Sound sentences by paragraph, and the others with the reasons."""
        texts = [sentence.text for one in paragraphs for sentence in one]
        words = dict(zip(texts, self.find_words(texts), strict=True))
        judged = [
            [(sentence, self.gate.check(sentence, words[sentence.text])) for sentence in one]
            for one in paragraphs
        ]
        sound = tuple(tuple(sentence for sentence, reasons in one if not reasons) for one in judged)
        failed = [
            Failure(place, sentence, reasons)
            for place, one in enumerate(judged)
            for sentence, reasons in one
            if reasons
        ]
        return sound, failed


def write_request(question: Question, user: str, attempt: int = 1) -> ModelRequest:
    """The call that asks the question; ``user`` is this call's own part."""
    return ModelRequest(
        system=question.system,
        user=user,
        schema_name="commentary",
        schema=SCHEMA,
        model=question.model,
        purpose="comment",
        key=question.key,
        attempt=attempt,
    )


def _ask(request: ModelRequest, call: Callable[[ModelRequest], ModelReply]) -> str:
    reply = call(request)
    if reply.ending is not Ending.COMPLETE:
        raise ParseError(f"model: the commentary ended with {reply.ending.value}")
    return reply.text


def _repair(
    question: Question,
    sound: Paragraphs,
    failed: _Failed,
    judge: Judge,
    call: Callable[[ModelRequest], ModelReply],
) -> tuple[Paragraphs, _Failed]:
    """Ask once for better sentences; each stands where the one that failed stood."""
    problems = [(one.sentence, one.reasons) for one in failed]
    user = (
        f"{question.week}\n\nThese sentences failed. Write each again so that its problems are "
        f"gone, as one paragraph, or leave it out:\n{describe_failures(problems)}"
    )
    try:
        reply = _ask(write_request(question, user, attempt=2), call)
        (repaired,), still = judge.sift((parse_repair(reply),))
    except (ParseError, Rejected, BudgetExceeded, NoWords) as error:
        _log.warning("%s: failed sentences dropped: %s", question.key, error)
        return sound, failed
    return _add(sound, repaired, failed), still


def _add(sound: Paragraphs, repaired: Sequence[Sentence], failed: _Failed) -> Paragraphs:
    """The sound sentences and the repaired ones; what stands already is not said twice."""
    paragraphs = [list(one) for one in sound]
    said = {sentence.text for paragraph in sound for sentence in paragraph}
    fresh = [sentence for sentence in repaired if sentence.text not in said]
    for sentence in fresh[: len(failed)]:
        paragraphs[_home(sentence, failed)].append(sentence)
    return tuple(tuple(one) for one in paragraphs)


def _home(sentence: Sentence, failed: _Failed) -> int:
    """The paragraph of the failed sentence that this one is likest to."""

    def shared(one: Failure) -> int:
        said = {*one.sentence.papers, *(key for key, _ in one.sentence.counts)}
        return len(said & {*sentence.papers, *(key for key, _ in sentence.counts)})

    return max(failed, key=shared).paragraph
