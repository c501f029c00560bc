"""One paper in one language: remembered or asked for, checked, repaired, or left in English."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.model.call import ModelRequest
from bot.model.edition import TranslatedPaper, Usage
from bot.model.finding import Finding, Severity
from bot.model.issue import Paper, Record
from bot.model.memory import MemoryKey, Remembered
from bot.model.translation import Origin, Segment
from bot.quality.line import check_line
from bot.translation.candidates import Candidate, better, mend, no_answer, receive
from bot.translation.memory import memory_key
from bot.translation.prompt import Draft
from bot.translation.segments import join_paper, split_paper
from bot.translation.summary import find_summary_line, summary_source
from bot.workflow.ask import Asker, Heard
from bot.workflow.judge import plan_review, review_paper
from bot.workflow.translator import Translator

__all__ = ["Translator", "plan_paper", "translate_paper"]


def translate_paper(
    issue_key: str,
    paper: Paper,
    record: Record | None,
    translator: Translator,
    *,
    renderings: Sequence[tuple[str, str]] = (),
) -> tuple[TranslatedPaper, Usage]:
    """The paper in both languages, with what is left to complain of, and what it cost.

    Calls are made one after the other and depend on nothing but the arguments, the memory and the
    replies, so a durable ``call`` replays them. One call asks for all Segments not in memory;
    findings of major weight go back at most ``repairs`` times, for just those Segments; then the
    fallback model is asked once, and the better of both is kept; then, where no reader may see
    it, the English stands and the finding stays. Text from memory is checked again, which costs
    nothing, unless a person wrote it: a correction is final. What was asked for in vain before is
    not paid for once more: its draft is remembered, so that mended checks let it pass.

    Args:
        issue_key: The Issue's key ("2024-01-29"), first part of the Segments' keys.
        paper: As the newsletter has it.
        record: arXiv's metadata where there is any.
        translator: The means.
        renderings: English terms and what this post already calls them.

    Raises:
        Unavailable, Rejected, BudgetExceeded: From ``call``; nothing answered is lost.
    """
    work = _Work(split_paper(issue_key, paper, record), translator, renderings)
    work.recall()
    work.translate()
    work.repair()
    work.fall_back()
    work.remember()
    return work.result(paper, record)


def plan_paper(
    issue_key: str, paper: Paper, record: Record | None, translator: Translator
) -> list[ModelRequest]:
    """What ``translate_paper`` will ask at least: for what the memory lacks, and for a review."""
    work = _Work(split_paper(issue_key, paper, record), translator, ())
    work.recall()
    return work.plan()


class _Work:
    """The state of one paper on its way; ``best`` holds the best Candidate of each Segment."""

    def __init__(
        self,
        segments: tuple[Segment, ...],
        translator: Translator,
        renderings: Sequence[tuple[str, str]],
    ) -> None:
        self.segments = segments
        self.translator = translator
        self.renderings = renderings
        self.best: dict[str, Candidate] = {}
        self.summary_line: str | None = None
        self.usage = Usage()
        self.keys = {segment.key: self._memory_key(segment.source) for segment in segments}
        self.summary_key = self._memory_key(summary_source(segments))
        self.known: set[MemoryKey] = set()
        self.given_up: set[str] = set()

    def recall(self) -> None:
        """Take over what is remembered."""
        keys = [*self.keys.values(), self.summary_key]
        *found, line = self.translator.memory.find(keys)
        for segment, remembered in zip(self.segments, found, strict=True):
            if remembered and remembered.refused in {"", self._models}:
                origin = Origin.HUMAN if remembered.origin is Origin.HUMAN else Origin.MEMORY
                self.best[segment.key] = Candidate(
                    segment, remembered.target, origin, remembered.model
                )
                self.known.add(self.keys[segment.key])
                if remembered.refused:
                    self.given_up.add(segment.key)
        if line:
            by_person = line.origin is Origin.HUMAN
            self.summary_line = line.target if by_person else self._sound_line(line.target)
        if self.summary_line:
            self.known.add(self.summary_key)

    def plan(self) -> list[ModelRequest]:
        """The requests to come, where nothing has to be repaired.

        What is not translated yet stands in the review as its English.
        """
        means, missing = self.translator, self._missing()
        planned = []
        if missing:
            line = self.summary_line is None
            planned.append(self._asker().request(missing, summary_line=line))
        pairs = [(each, self._target(each)) for each in self.segments]
        review = plan_review(pairs, means.settings, means.prompts, means.language)
        return [*planned, review] if review else planned

    def translate(self) -> None:
        """One call for all Segments that are not remembered."""
        missing = self._missing()
        heard = Heard()
        if missing:
            heard = self._asker().ask(missing, summary_line=self.summary_line is None)
        self._take(missing, heard, Origin.MODEL, self._model)

    def repair(self) -> None:
        """Send what is wrong back to the model, for just those Segments."""
        for turn in range(1, self.translator.settings.repairs + 1):
            failing = [each for each in self._failing() if each.target is not None]
            if not failing:
                return
            drafts = {each.segment.key: Draft(each.as_written, each.findings) for each in failing}
            segments = [each.segment for each in failing]
            heard = self._asker().ask(segments, drafts=drafts, turn=turn)
            self._take(segments, heard, Origin.MODEL, self._model)

    def fall_back(self) -> None:
        """Ask the second model, once and afresh, for what the first could not do."""
        name = self.translator.settings.fallback
        segments = [each.segment for each in self._failing()]
        if name and segments:
            heard = self._asker(name).ask(segments)
            self._take(segments, heard, Origin.FALLBACK_MODEL, name)

    def remember(self) -> None:
        """Keep what a reader may see, and what was refused so that it is not asked for again.

        A Segment without an answer, or that lost its marks, is asked for again another time.
        """
        entries = {
            self.keys[each.segment.key]: Remembered(
                each.target, each.origin, each.model, "" if each.publishable else self._models
            )
            for each in self.best.values()
            if each.target is not None
            and (each.publishable or not each.received)
            and each.origin is not Origin.HUMAN
        }
        if self.summary_line and self.summary_key not in self.known:
            entries[self.summary_key] = Remembered(self.summary_line, model=self._model)
        fresh = {key: entry for key, entry in entries.items() if self._is_new(key, entry)}
        if fresh:
            self.translator.memory.put(fresh)

    def result(self, paper: Paper, record: Record | None) -> tuple[TranslatedPaper, Usage]:
        """The paper as it goes to the digest."""
        candidates = [self.best[segment.key] for segment in self.segments]
        shown = [each if each.publishable else replace(each, target=None) for each in candidates]
        targets = {each.segment.key: each.target for each in shown}
        joined = join_paper(self.segments, targets)
        translations = tuple(each.translation for each in shown)
        review, judging = review_paper(
            [(each.segment, each.target) for each in shown if each.target is not None],
            self.translator.settings,
            self.translator.prompts,
            self.translator.language,
            self.translator.call,
        )
        translated = TranslatedPaper(
            paper=paper,
            record=record,
            title=joined.title,
            introduction=joined.introduction,
            abstract=joined.abstract,
            summary_line=self.summary_line,
            findings=tuple(_findings(candidates)),
            segments=self.segments,
            translations=translations,
            drafts=tuple(each.translation for each in candidates if _refused(each)),
            review=review,
        )
        return translated, self.usage + judging

    def _missing(self) -> list[Segment]:
        return [segment for segment in self.segments if segment.key not in self.best]

    def _target(self, segment: Segment) -> str:
        known = self.best.get(segment.key)
        return (known.target if known else None) or segment.source

    @property
    def _model(self) -> str:
        return self.translator.settings.name

    @property
    def _models(self) -> str:
        settings = self.translator.settings
        return ", ".join(dict.fromkeys(filter(None, (settings.name, settings.fallback))))

    def _asker(self, model: str | None = None) -> Asker:
        means = self.translator
        return Asker(
            call=means.call,
            prompts=means.prompts,
            language=means.language,
            settings=means.settings,
            model=model or self._model,
            find_terms=means.find_terms,
            renderings=self.renderings,
        )

    def _failing(self) -> list[Candidate]:
        """What to ask for again, in the order of the Segments."""
        board = [self.best[segment.key] for segment in self.segments]
        return [each for each in board if not each.acceptable and not self._is_settled(each)]

    def _is_settled(self, candidate: Candidate) -> bool:
        """Remembered, and asked for again in vain already: what it lacks was paid for then."""
        remembered = candidate.origin is Origin.MEMORY
        return remembered and (candidate.publishable or candidate.segment.key in self.given_up)

    def _take(self, segments: Sequence[Segment], heard: Heard, origin: Origin, model: str) -> None:
        """Examine what was heard together with the rest, and keep the better of old and new."""
        self.usage += heard.usage
        trial = dict(self.best)
        for segment in segments:
            if segment.key in heard.targets:
                trial[segment.key] = receive(segment, heard.targets[segment.key], origin, model)
            elif segment.key not in trial:
                reason = heard.failed.get(segment.key, "no answer")
                trial[segment.key] = no_answer(segment, reason, model)
        examined = mend([trial[segment.key] for segment in self.segments], self.translator.checks)
        for each in examined:
            before = self.best.get(each.segment.key) if each.segment in segments else None
            self.best[each.segment.key] = better(before, each) if before else each
        self.summary_line = self.summary_line or self._sound_line(heard.summary_line)

    def _sound_line(self, text: str | None) -> str | None:
        """The line where the checks find nothing grave in it; it is dropped, never repaired."""
        sources = [each.source for each in self.segments]
        line = find_summary_line(text, sources)
        if line is None:
            return None
        found = check_line("summary", "\n".join(sources), line, self.translator.language)
        grave = any(finding.severity.rank >= Severity.MAJOR.rank for finding in found)
        return None if grave else line

    def _memory_key(self, source: str) -> MemoryKey:
        means = self.translator
        return memory_key(
            source,
            means.find_terms(source),
            language=means.language,
            prompts=means.prompts,
            model=means.settings.name,
        )

    def _is_new(self, key: MemoryKey, entry: Remembered) -> bool:
        return key not in self.known or entry.origin is not Origin.MEMORY


def _refused(candidate: Candidate) -> bool:
    return candidate.target is not None and not candidate.publishable


def _findings(candidates: Sequence[Candidate]) -> list[Finding]:
    """All findings; those of a refused draft point into no text a reader sees."""
    return [
        replace(finding, span=None) if _refused(each) else finding
        for each in candidates
        for finding in each.findings
    ]
