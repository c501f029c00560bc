"""One paper translated anew, or corrected by a person: a new revision of the Edition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dbos import DBOS

from bot.errors import NeedsPerson
from bot.model.call import ModelReply, ModelRequest
from bot.model.edition import Edition, TranslatedPaper
from bot.model.finding import Finding
from bot.model.memory import MemoryKey, Remembered
from bot.model.translation import Kind, Origin, Segment, Translation
from bot.quality.line import check_line
from bot.translation.candidates import Checks
from bot.translation.memory import TranslationMemory
from bot.translation.post import unify_post
from bot.translation.revisions import diff_papers, find_own, pair_up
from bot.translation.segments import visible
from bot.translation.summary import LONGEST, summary_source
from bot.workflow.calls import call_model
from bot.workflow.durable import run_step, run_workflow
from bot.workflow.edition import external_id, make_translator
from bot.workflow.keep import human_key, keep_next
from bot.workflow.services import Services, current
from bot.workflow.translate import translate_paper
from bot.workflow.translator import make_checks

_LINE = "summary"


@dataclass(frozen=True, slots=True)
class Revised:
    """A new revision; ``diff`` shows the paper's lines, ``findings`` what the checks say of it."""

    edition: Edition
    rank: int
    diff: tuple[str, ...]
    findings: tuple[Finding, ...] = ()


def redo_paper(services: Services, key: str, rank: int, language: str) -> Revised:
    """Ask the model anew for one paper, past the memory and the replies kept so far.

    A person's corrections stand. Safe to ask for again after a stop: what was paid for is not
    paid for twice; once the revision stands, asking makes the next one.

    Raises:
        NeedsPerson: No edition of the issue, or no such paper in it.
        Unavailable, Rejected, BudgetExceeded: From the model; the old revision stands.
        ConfigError: What it would make could not be laid out; nothing is asked.
    """
    before = _find_newest(services, key, language)
    _find_paper(before, rank)
    services.texts.prove(language)
    revision = before.revision + 1
    name = f"redo/{before.external_id}/{revision}/{rank}"
    after = run_workflow(name, redo_workflow, before.external_id, rank, revision)
    return _compare(services, after, rank, _find_paper(after, rank).findings)


@DBOS.workflow(name="redo")
def redo_workflow(identity: str, rank: int, revision: int) -> Edition:
    """The durable run behind ``redo_paper``; ``revision`` names it, and is kept where it is free.

    Only the paper itself is replaced: what happened to the edition meanwhile stays.
    """
    services = current()
    before = run_step("before", lambda: services.editions.find(identity, revision - 1))
    if before is None:
        raise NeedsPerson(f"{identity}: revision {revision - 1} is not stored; build it again")
    old = _find_paper(before, rank)

    def call(request: ModelRequest) -> ModelReply:
        # another key is another question: the kept reply to the first one does not answer it
        anew = replace(request, key=f"{request.key}#{revision}")
        return call_model(services, identity, anew)

    translator = make_translator(services, identity, before.language)
    fresh = replace(translator, call=call, memory=_OnlyPeoples(translator.memory))
    made, _ = translate_paper(before.issue.key, old.paper, old.record, fresh)
    usage = run_step("usage", lambda: services.ledger.usage(identity))
    checks = make_checks(services.texts.language(before.language))

    def put_in(newest: Edition | None) -> Edition:
        return replace(_put_in(newest or before, made, checks), usage=usage)

    return keep_next(services, identity, put_in)


def correct(services: Services, key: str, segment_key: str, text: str, language: str) -> Revised:
    """Keep a person's rendering of one Segment for ever, and make a revision that has it.

    "3/summary" is paper 3's line in the contents, of at most 60 characters.

    The checks are asked, and only told: a person's word is final.

    Raises:
        NeedsPerson: No edition of the issue, no such Segment, no text, or a line too long.
    """
    target = visible(text)
    before = _find_newest(services, key, language)
    segment = _find_segment(before, segment_key)
    if not target:
        raise NeedsPerson(f"{segment.key}: the correction is empty; give its text")
    if _is_line(segment) and len(target) > LONGEST:
        raise NeedsPerson(
            f"{segment.key}: the line has {len(target)} characters; shorten it to {LONGEST}"
        )
    # remembered first: whatever is at work on the edition puts it in as well
    services.memory.put({human_key(segment.source, language): Remembered(target, Origin.HUMAN)})
    after = keep_next(services, before.external_id, lambda newest: newest or before)
    rank = int(segment.key.split("/")[1])
    return _compare(services, after, rank, _examine(services, after, segment, target))


def _examine(
    services: Services, edition: Edition, segment: Segment, target: str
) -> tuple[Finding, ...]:
    language = services.texts.language(edition.language)
    if _is_line(segment):
        paper = _find_paper(edition, int(segment.key.split("/")[1]))
        source = "\n".join(each.source for each in paper.segments)
        return tuple(check_line(segment.key, source, target, language))
    found = make_checks(language)(pair_up(edition.papers, Translation(segment.key, target)))
    return find_own(list(found), segment.key)


class _OnlyPeoples:
    """The translation memory without what models wrote; what they write now takes its place."""

    def __init__(self, memory: TranslationMemory) -> None:
        self._memory = memory

    def find(self, keys: Sequence[MemoryKey]) -> list[Remembered | None]:
        found = self._memory.find(keys)
        return [one if one and one.origin is Origin.HUMAN else None for one in found]

    def put(self, entries: Mapping[MemoryKey, Remembered]) -> None:
        self._memory.put(entries)


def _put_in(newest: Edition, made: TranslatedPaper, checks: Checks) -> Edition:
    """The newest edition with the paper ``made`` anew, in the post's wording, for what it has."""
    rank = made.paper.rank
    old = _find_paper(newest, rank)
    if old.segments != made.segments:
        key = newest.issue.key
        raise NeedsPerson(f"{key}/{rank} changed at its source meanwhile; jubo redo {key} {rank}")
    fresh = replace(made, themes=old.themes, seen_before=old.seen_before)
    papers = tuple(fresh if one is old else one for one in newest.papers)
    unified = unify_post(papers, checks)[papers.index(fresh)]
    return replace(newest, papers=tuple(unified if one is fresh else one for one in papers))


def _compare(
    services: Services, after: Edition, rank: int, findings: tuple[Finding, ...]
) -> Revised:
    """What the revision changed in the one it was made of."""
    before = services.editions.find(after.external_id, after.revision - 1) or after
    names = [f"{one.issue.key}/{rank} revision {one.revision}" for one in (before, after)]
    papers = _find_paper(before, rank), _find_paper(after, rank)
    return Revised(after, rank, diff_papers(*papers, (names[0], names[1])), findings)


def _find_newest(services: Services, key: str, language: str) -> Edition:
    edition = services.editions.find(external_id(services.settings.sources.name, key, language))
    if edition is None:
        raise NeedsPerson(f"no edition of {key} in {language} is stored; make it: jubo build {key}")
    return edition


def _find_paper(edition: Edition, rank: int) -> TranslatedPaper:
    for paper in edition.papers:
        if paper.paper.rank == rank:
            return paper
    ranks = ", ".join(str(paper.paper.rank) for paper in edition.papers)
    raise NeedsPerson(f"{edition.issue.key} has no paper {rank}; it has {ranks}")


def _find_segment(edition: Edition, name: str) -> Segment:
    key = f"{edition.issue.key}/{name.removeprefix(f'{edition.issue.key}/')}"
    segments = [
        segment
        for paper in edition.papers
        for segment in (*paper.segments, _line_of(edition, paper))
    ]
    for segment in segments:
        if segment.key == key:
            return segment
    rank = key.split("/")[1]
    near = [one.key for one in segments if one.key.split("/")[1] == rank] or [segments[0].key]
    shown = ", ".join(one.partition("/")[2] for one in near)
    raise NeedsPerson(f"{edition.issue.key} has no segment {name}; there are {shown}, …")


def _line_of(edition: Edition, paper: TranslatedPaper) -> Segment:
    """The paper's line in the contents, as if it were a Segment: a person may correct it."""
    key = f"{edition.issue.key}/{paper.paper.rank}/{_LINE}"
    return Segment(key, summary_source(paper.segments), Kind.TITLE)


def _is_line(segment: Segment) -> bool:
    return segment.key.endswith(f"/{_LINE}")
