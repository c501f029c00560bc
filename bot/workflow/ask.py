"""Segments of one paper asked of one model: halved, asked again or given up, as the table says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.config import Model
from bot.errors import ParseError, Rejected, ServiceError
from bot.model.call import Ending, ModelReply, ModelRequest
from bot.model.edition import Usage
from bot.model.language import Language, Term
from bot.model.translation import Segment
from bot.parsing.reply import Aligned, parse_translation
from bot.planning.budget import usage_of
from bot.planning.outcomes import Move, Unusable, next_step
from bot.translation.prompt import Draft, Prompts, translation_request, wire_id

Call = Callable[[ModelRequest], ModelReply]


@dataclass(frozen=True, slots=True)
class Heard:
    """What a model said to some Segments: targets by key, and why there is none for others."""

    targets: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    summary_line: str | None = None
    usage: Usage = field(default_factory=Usage)

    def __add__(self, other: Heard) -> Heard:
        """Both together."""
        return Heard(
            self.targets | other.targets,
            self.failed | other.failed,
            self.summary_line or other.summary_line,
            self.usage + other.usage,
        )


@dataclass(frozen=True, slots=True)
class Asker:
    """One model, asked in one language; ``call`` is durable and holds the waits and the purse.

    ``renderings`` are what the post already calls some terms.
    """

    call: Call
    prompts: Prompts
    language: Language
    settings: Model
    model: str
    find_terms: Callable[[str], Sequence[Term]]
    renderings: Sequence[tuple[str, str]] = ()

    def ask(
        self,
        segments: Sequence[Segment],
        *,
        drafts: Mapping[str, Draft] | None = None,
        summary_line: bool = False,
        turn: int = 1,
        attempt: int = 1,
    ) -> Heard:
        """Targets for all Segments, as far as the model gives any.

        ``turn`` and ``attempt`` tell an identical second question from the first, which is
        already answered and paid for: a second round of repairs, a second try within it (which
        may also be longer, in case the first was cut short).

        Raises:
            Unavailable: The service is down; ``call`` has waited as long as it is worth.
            Rejected: Key, quota, model or request is refused.
            BudgetExceeded: The call would pass a cap.
        """
        request = self.request(
            segments, drafts=drafts, summary_line=summary_line, turn=turn, attempt=attempt
        )
        outcome, heard, error = self._hear(request, segments)
        step = next_step(
            outcome, attempt=attempt, attempts=self.settings.attempts, segments=len(segments)
        )
        match step.move:
            case Move.USE:
                return heard
            case Move.HALVE:
                middle = (len(segments) + 1) // 2
                first, second = segments[:middle], segments[middle:]
                heard += self.ask(first, drafts=drafts, summary_line=summary_line, turn=turn)
                return heard + self.ask(second, drafts=drafts, turn=turn)
            case Move.ASK_AGAIN:
                again = self.ask(
                    segments,
                    drafts=drafts,
                    summary_line=summary_line,
                    turn=turn,
                    attempt=attempt + 1,
                )
                return heard + again
            case Move.OTHER_MODEL:
                reason = f"{self.model}: {_name(outcome)}"
                return heard + Heard(failed={each.key: reason for each in segments})
        raise error or AssertionError(f"{step.move} after a reply")

    def request(
        self,
        segments: Sequence[Segment],
        *,
        drafts: Mapping[str, Draft] | None = None,
        summary_line: bool = False,
        turn: int = 1,
        attempt: int = 1,
    ) -> ModelRequest:
        """What ``ask`` with the same arguments puts to the model first."""
        return replace(
            self._write(segments, drafts, summary_line),
            attempt=2 * (turn - 1) + attempt,
            max_output_tokens=self.settings.max_output_tokens * attempt,
        )

    def _write(
        self,
        segments: Sequence[Segment],
        drafts: Mapping[str, Draft] | None,
        summary_line: bool,
    ) -> ModelRequest:
        found = (term for segment in segments for term in self.find_terms(segment.source))
        chosen = {each.key: drafts[each.key] for each in segments} if drafts else None
        terms = list({term.source: term for term in found}.values())
        sources = {term.source for term in terms}
        return translation_request(
            segments,
            prompts=self.prompts,
            language=self.language,
            model=self.model,
            terms=terms,
            renderings=[each for each in self.renderings if each[0] in sources],
            drafts=chosen,
            summary_line=summary_line,
        )

    def _hear(
        self, request: ModelRequest, segments: Sequence[Segment]
    ) -> tuple[Ending | Unusable | ServiceError, Heard, ServiceError | None]:
        """One call: how it went, what it gave and cost, and the error where it was refused."""
        try:
            reply = self.call(request)
        except Rejected as error:
            return error, Heard(), error
        paid = Heard(usage=usage_of(reply, self.settings.prices))
        if reply.ending is not Ending.COMPLETE:
            return reply.ending, paid, None
        keys = {wire_id(segment.key): segment.key for segment in segments}
        try:
            answer = parse_translation(reply.text, list(keys))
        except ParseError:
            return Unusable.UNREADABLE, paid, None
        if not isinstance(answer, Aligned):
            return Unusable.MISALIGNED, paid, None
        targets = {keys[each]: text for each, text in answer.targets.items()}
        return Ending.COMPLETE, paid + Heard(targets, {}, answer.summary_line), None


def _name(outcome: Ending | Unusable | ServiceError) -> str:
    if isinstance(outcome, ServiceError):
        return outcome.code or "refused"
    return outcome.value.replace("_", " ")
