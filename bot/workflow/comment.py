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
from bot.workflow.verify import Verifier

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
    verifier: Verifier | None = None,
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
        verifier: A second model that looks at what passes the gate, where one is configured.
    """
    judge = Judge(gate, find_words, verifier)
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
    """The gate, what tells it the words of the sentences that it judges, and a second opinion."""

    gate: Gate
    find_words: WordFinder
    verifier: Verifier | None = None

    def sift(self, paragraphs: Paragraphs, attempt: int = 1) -> tuple[Paragraphs, _Failed]:
        """Sound sentences by paragraph, and the others with the reasons."""
        reasons = self._judge([sentence for one in paragraphs for sentence in one], attempt)
        sound = tuple(
            tuple(sentence for sentence in one if not reasons[sentence]) for one in paragraphs
        )
        failed = [
            Failure(place, sentence, reasons[sentence])
            for place, one in enumerate(paragraphs)
            for sentence in one
            if reasons[sentence]
        ]
        return sound, failed

    def _judge(self, sentences: Sequence[Sentence], attempt: int) -> dict[Sentence, list[str]]:
        """The gate's reasons; of what it lets pass, the verifier's."""
        words = self.find_words([sentence.text for sentence in sentences])
        pairs = zip(sentences, words, strict=True)
        reasons = {sentence: self.gate.check(sentence, found) for sentence, found in pairs}
        passed = [sentence for sentence, found in reasons.items() if not found]
        refuted = self.verifier.find_unsupported(passed, attempt) if self.verifier else {}
        for sentence in passed:
            if sentence.text in refuted:
                reasons[sentence] = [refuted[sentence.text]]
        return reasons


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
        answers = _pair(parse_repair(reply), sound, failed)
        (repaired,), still = judge.sift((tuple(one for _, one in answers),), attempt=2)
    except (ParseError, Rejected, BudgetExceeded, NoWords) as error:
        _log.warning("%s: failed sentences dropped: %s", question.key, error)
        return sound, failed
    answered = [failure for failure, _ in answers]
    left_out = [one for one in failed if one not in answered]
    paragraphs = [list(one) for one in sound]
    for failure, sentence in answers:
        paragraphs[failure.paragraph] += [sentence] if sentence in repaired else []
    return tuple(tuple(one) for one in paragraphs), [*left_out, *still]


def _pair(
    repaired: Sequence[Sentence], sound: Paragraphs, failed: _Failed
) -> list[tuple[Failure, Sentence]]:
    """Each repaired sentence with the failed one it is likest to; what stands is not said twice."""
    said = {sentence.text for paragraph in sound for sentence in paragraph}
    waiting = list(failed)
    pairs = []
    for sentence in repaired:
        if waiting and sentence.text not in said:
            failure = max(waiting, key=lambda one: _shared(one.sentence, sentence))
            waiting.remove(failure)
            said.add(sentence.text)
            pairs.append((failure, sentence))
    return pairs


def _shared(one: Sentence, other: Sentence) -> int:
    """How many papers and counts both rest on."""
    return len(
        {*one.papers, *(key for key, _ in one.counts)}
        & {*other.papers, *(key for key, _ in other.counts)}
    )
