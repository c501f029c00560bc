"""One Issue in one language: enrich, translate and comment side by side, keep the Edition.

A workflow's id is made of the edition's external id and revision, so whoever asks for the same
edition waits for the same run. One child workflow a paper: recovery replays in the same order, and
what one paper has finished does not wait for another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from dbos import DBOS, SetWorkflowID, WorkflowHandle

from bot.errors import NeedsPerson
from bot.model.call import ModelRequest
from bot.model.commentary import ContentWord
from bot.model.edition import Commentary, Edition, TranslatedPaper
from bot.model.finding import Finding, Severity
from bot.model.issue import Issue, Record
from bot.model.memory import MemoryKey, Remembered
from bot.model.progress import Stage
from bot.model.trend import Trends
from bot.morphology import find_words
from bot.planning.seen import find_seen_before
from bot.quality.row import check_rows
from bot.translation.memory import TranslationMemory
from bot.translation.post import unify_post
from bot.trends.week import assign_themes, compute_trends
from bot.workflow.calls import call_model, foresee
from bot.workflow.commentary import Speech, comment_on, find_dropped, plan_comment
from bot.workflow.durable import find_attempt, run_step, run_workflow
from bot.workflow.keep import keep_next
from bot.workflow.services import Services, current
from bot.workflow.translate import plan_paper, translate_paper
from bot.workflow.translator import Translator, make_checks, open_translator

_POLL_SECONDS = 0.05


def external_id(source: str, key: str, language: str) -> str:
    """The identity of an edition on every forum (contract 4: at most 50 of ``[\\w-]``, lower case).

    >>> external_id("dair", "2026-06-21", "ko")
    'jubo-dair-2026-06-21-ko'
    """
    return f"jubo-{source}-{key}-{language}".lower()


def build_edition(issue: Issue, language: str, *, revision: int | None = None) -> Edition:
    """The edition, built now or found finished; safe to ask for again after any stop.

    Without a ``revision`` the newest one is given, so that what was redone or corrected stays so.
    With one, another is given where somebody's correction of an older issue took that number.

    Raises:
        Unavailable: A service is away; a later call goes on where this one stopped.
        Rejected, BudgetExceeded, ConfigError: A person has to mend something first.
        NeedsPerson: The issue has no papers.
    """
    identity = external_id(issue.source, issue.key, language)
    if not issue.papers:
        raise NeedsPerson(
            f"pages: issue {issue.key} has no papers yet; look at the source, then run again"
        )
    # a step, where a workflow asks: its replay must take the same way
    finished: Edition | None = run_step(
        "find edition", lambda: current().editions.find(identity, revision)
    )
    if finished is not None and (revision is None or finished.issue == issue):
        return finished
    number = revision or 1
    name = f"edition/{identity}/{number}"
    return run_workflow(name, edition_workflow, issue, language, number)


@DBOS.workflow(name="edition")
def edition_workflow(issue: Issue, language: str, revision: int) -> Edition:
    """The durable run behind ``build_edition``."""
    services = current()
    records: dict[str, Record] = run_step("enrich", lambda: _enrich(services, issue))
    doubts = tuple(check_rows(issue, records))
    records = _without_doubtful(issue, records, doubts)
    trends, seen = run_step("trends", lambda: _look_back(services, issue))
    identity = external_id(issue.source, issue.key, language)
    expected = run_step(
        "estimate",
        lambda: foresee(services, identity, _plan(services, issue, records, trends, language)),
    )
    run = f"{identity}/{revision}"
    comment = _start(f"comment/{run}", comment_workflow, issue, records, trends, language)
    papers = [
        _start(f"paper/{run}/{rank}", paper_workflow, issue, rank, record, language)
        for rank, record in _ranked(issue, records)
    ]
    translated = _unify(services, language, _collect(services, papers))
    commentary: Commentary = comment.get_result(polling_interval_sec=_POLL_SECONDS)
    services.tell(Stage.COMMENT, "commentary", 1, 1)
    themes = assign_themes(issue, services.texts.themes, records)
    built = Edition(
        issue=issue,
        language=language,
        external_id=identity,
        papers=tuple(_complete(paper, themes, seen) for paper in translated),
        commentary=commentary,
        model=services.settings.model.name,
        findings=(*doubts, *find_dropped(issue.key, commentary)),
        usage=run_step("usage", lambda: services.ledger.usage(identity)),
        trends=trends,
        estimate=expected,
    )
    return keep_next(services, identity, lambda _newest: built)


def _plan(
    services: Services, issue: Issue, records: dict[str, Record], trends: Trends, language: str
) -> Iterator[ModelRequest]:
    """The questions that the edition begins with, as far as the translation memory leaves any.

    An edition that could not be laid out is found out here, before the first is paid for.
    """
    services.texts.prove(language)
    model = services.settings.model
    speech = _make_speech(services, language)
    yield from plan_comment(
        issue, records, trends, speech, model=model.name, reviewer=model.reviewer
    )
    identity = external_id(issue.source, issue.key, language)
    translator = make_translator(services, identity, language, memory=services.memory)
    for paper in issue.papers:
        yield from plan_paper(issue.key, paper, records.get(paper.arxiv_id or ""), translator)


@DBOS.workflow(name="paper")
def paper_workflow(
    issue: Issue, rank: int, record: Record | None, language: str
) -> TranslatedPaper:
    """One paper in both languages."""
    services = current()
    paper = next(paper for paper in issue.papers if paper.rank == rank)
    identity = external_id(issue.source, issue.key, language)
    translated, _usage = translate_paper(
        issue.key, paper, record, make_translator(services, identity, language)
    )
    return translated


@DBOS.workflow(name="comment")
def comment_workflow(
    issue: Issue, records: dict[str, Record], trends: Trends, language: str
) -> Commentary:
    """The week's commentary."""
    services = current()
    identity = external_id(issue.source, issue.key, language)
    return comment_on(
        issue,
        records,
        trends,
        _make_speech(services, language),
        lambda request: call_model(services, identity, request),
        model=services.settings.model.name,
        reviewer=services.settings.model.reviewer,
        # a step: a replay must judge as the first run did
        find_words=lambda texts: run_step("words", lambda: _find_words(services, language, texts)),
    )


def _find_words(
    services: Services, language: str, texts: Sequence[str]
) -> tuple[tuple[ContentWord, ...], ...]:
    return find_words(services.texts.language(language).analyser, texts)


def _start(name: str, workflow: Callable[..., Any], *arguments: object) -> WorkflowHandle[Any]:
    with SetWorkflowID(find_attempt(name)):
        return DBOS.start_workflow(workflow, *arguments)


def _collect(
    services: Services, handles: Sequence[WorkflowHandle[TranslatedPaper]]
) -> list[TranslatedPaper]:
    """All papers; where one failed the others are still finished before its error is raised."""
    results: list[TranslatedPaper] = []
    errors: list[Exception] = []
    for handle in handles:
        try:
            paper = handle.get_result(polling_interval_sec=_POLL_SECONDS)
        except Exception as error:  # any; it is raised again below
            errors.append(error)
        else:
            results.append(paper)
            services.tell(Stage.TRANSLATE, paper.paper.name, len(results), len(handles))
    if errors:
        raise errors[0]
    return results


def _unify(
    services: Services, language: str, papers: Sequence[TranslatedPaper]
) -> Sequence[TranslatedPaper]:
    """One rendering of a term over the whole post, by swaps that the checks bear out."""
    return unify_post(papers, make_checks(services.texts.language(language)))


def _enrich(services: Services, issue: Issue) -> dict[str, Record]:
    """What arXiv knows of the issue's papers: kept answers, and one request for the rest."""
    ids = [paper.arxiv_id for paper in issue.papers if paper.arxiv_id]
    kept = services.kept_records.find(ids)
    missing = [arxiv_id for arxiv_id in ids if arxiv_id not in kept]
    fetched = services.records.fetch_records(missing) if missing else {}
    services.kept_records.put(fetched.values())
    services.tell(Stage.ENRICH, f"{len(kept) + len(fetched)} of {len(ids)} arXiv records", 1, 1)
    return kept | fetched


def _without_doubtful(
    issue: Issue, records: Mapping[str, Record], doubts: Iterable[Finding]
) -> dict[str, Record]:
    """The records without those whose row is about another paper: its link alone stays."""
    doubted = {finding.key for finding in doubts if finding.severity is not Severity.MINOR}
    trusted = {
        paper.arxiv_id for paper in issue.papers if f"{issue.key}/{paper.rank}" not in doubted
    }
    return {arxiv_id: record for arxiv_id, record in records.items() if arxiv_id in trusted}


def _ranked(issue: Issue, records: Mapping[str, Record]) -> list[tuple[int, Record | None]]:
    return [(paper.rank, records.get(paper.arxiv_id or "")) for paper in issue.papers]


def _look_back(services: Services, issue: Issue) -> tuple[Trends, dict[int, str]]:
    earlier = services.issues.all(issue.source)
    trends = compute_trends(issue, earlier, services.texts.themes)
    return trends, find_seen_before(issue, earlier)


def _complete(
    paper: TranslatedPaper, themes: Mapping[int, tuple[str, ...]], seen: Mapping[int, str]
) -> TranslatedPaper:
    rank = paper.paper.rank
    return replace(paper, themes=themes.get(rank, ()), seen_before=seen.get(rank))


class _DurableMemory:
    """The translation memory, asked in a step: a replay sees what the first run saw."""

    def __init__(self, services: Services) -> None:
        self._memory = services.memory

    def find(self, keys: Sequence[MemoryKey]) -> list[Remembered | None]:
        return run_step("recall", lambda: self._memory.find(keys))

    def put(self, entries: Mapping[MemoryKey, Remembered]) -> None:
        run_step("remember", lambda: self._memory.put(entries))


def _make_speech(services: Services, language: str) -> Speech:
    texts = services.texts
    loaded = texts.language(language)
    system, verify = (texts.prompts.system(loaded, name) for name in ("comment", "verify"))
    return Speech(loaded, texts.words(language), texts.themes, system, verify)


def make_translator(
    services: Services, edition: str, language: str, *, memory: TranslationMemory | None = None
) -> Translator:
    """The means of one edition: durable calls that it pays for, the memory, the texts."""
    return open_translator(
        services.texts.language(language),
        call=lambda request: call_model(services, edition, request),
        memory=memory or _DurableMemory(services),
        prompts=services.texts.prompts,
        settings=services.settings.model,
    )
