"""One look at the sources, and all that is due on every outlet."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from dbos import DBOS

from bot.errors import BotError, NeedsPerson, Unavailable
from bot.model.check import Checked, Looked, Result
from bot.model.decision import KnownIssue, State, Verdict
from bot.model.edition import Edition
from bot.model.issue import Issue
from bot.model.publication import PublicationState, Report
from bot.planning.known import confirm_published, confirm_updated, is_update_open
from bot.planning.obstacles import describe_obstacles, find_obstacles
from bot.workflow.durable import run_step, run_workflow
from bot.workflow.edition import build_edition, external_id
from bot.workflow.look import change, find_work, look, set_state
from bot.workflow.obstacles import find_passed
from bot.workflow.publication import publish_edition
from bot.workflow.services import Services, current

_log = logging.getLogger(__name__)


def check(outlets: Sequence[str], due_at: datetime) -> Checked:
    """Look at the sources and do what is due; two machines with one ``due_at`` do it once."""
    name = f"check/{'+'.join(outlets)}/{due_at.isoformat()}"
    checked: Checked = run_workflow(name, check_workflow, list(outlets), due_at.isoformat())
    return checked


@DBOS.workflow(name="check")
def check_workflow(outlets: list[str], run: str) -> Checked:
    """The durable run behind ``check``."""
    services = current()
    looked: Looked = run_step("look", lambda: look(services, outlets))
    results: list[Result] = []
    for outlet in outlets:
        results += _do_what_is_due(services, outlet, run)
    updates = [
        (outlet, decision.key)
        for outlet, decision in looked.decisions
        if decision.verdict is Verdict.UPDATE and decision.automatic
    ]
    postponed: list[tuple[str, str]] = run_step("postponed", lambda: _postponed(services, outlets))
    due = dict.fromkeys((*updates, *postponed))
    results += [update(services, outlet, key, run) for outlet, key in due]
    return Checked(looked, tuple(results))


def _postponed(services: Services, outlets: Sequence[str]) -> list[tuple[str, str]]:
    """Updates that a check could not write, since a service was away, and that are open still."""
    notes = services.notes("update").all()
    return [
        (outlet, key)
        for outlet in outlets
        for key, one in services.issues.known(outlet).items()
        if is_update_open(one) and _is_again(notes.get(f"{outlet}/{key}", {}), one)
    ]


def _is_again(note: Mapping[str, Any], one: KnownIssue) -> bool:
    return bool(note.get("again")) and note["content"] == one.content


def _do_what_is_due(services: Services, outlet: str, run: str) -> list[Result]:
    keys: list[str] = run_step("work", lambda: find_work(services, outlet))
    return [carry_out(services, outlet, key, run) for key in keys]


def carry_out(
    services: Services, outlet: str, key: str, run: str, *, asked: bool = False
) -> Result:
    """Bring one issue as far as it may go now; an error is a result, never the end of a check."""
    try:
        return _advance(services, outlet, key, run, asked=asked)
    except Unavailable as error:
        _log.warning("%s: %s", key, error)
        return Result(outlet, key, "later", str(error))
    except BotError as error:
        return hold(services, outlet, key, str(error))


def update(services: Services, outlet: str, key: str, run: str, *, asked: bool = False) -> Result:
    """Write what the source says now into the topic that stands."""
    issue = _issue(services, key)
    language = services.settings.outlets[outlet].language
    last = services.editions.find(external_id(issue.source, key, language))
    try:
        edition = build_edition(issue, language, revision=_next_revision(last, issue))
        report = publish_edition(outlet, edition, asked=asked, run=run)
    except Unavailable as error:
        return _keep_waiting(services, Result(outlet, key, "later", str(error)), again=not asked)
    except BotError as error:
        return _keep_waiting(services, Result(outlet, key, "held", str(error)))
    if report.held:
        reason, url = report.held[0].reason, report.publication.url
        return _keep_waiting(services, Result(outlet, key, "held", reason, url))
    change(services, outlet, lambda known: confirm_updated(known, key, issue))
    return Result(outlet, key, "updated", f"{len(report.done)} changes", report.publication.url)


def _next_revision(last: Edition | None, issue: Issue) -> int:
    """The newest revision where it is this issue's: held, it is approved as it was looked at."""
    if last is None:
        return 1
    return last.revision if last.issue == issue else last.revision + 1


def _keep_waiting(services: Services, result: Result, *, again: bool = False) -> Result:
    """Remember why the topic does not say yet what the source does; for ``jubo status``.

    ``again`` lets the next check try it once more; what a moderator tries in vain meanwhile
    takes that from no update.
    """
    known = services.issues.known(result.outlet).get(result.key)
    if known is not None:
        name, notes = f"{result.outlet}/{result.key}", services.notes("update")
        before = notes.get(name) or {}
        again |= result.action == "later" and _is_again(before, known)
        notes.put(name, {"content": known.content, "reason": result.reason, "again": again})
    return result


def hold(services: Services, outlet: str, key: str, reason: str) -> Result:
    """The issue waits for a moderator; ``jubo status`` says why."""
    run_step("hold", lambda: set_state(services, outlet, key, State.REVIEW, reason))
    return Result(outlet, key, "review", reason)


def confirm_published_now(services: Services, outlet: str, key: str) -> None:
    """The topic stands: from now on changes upstream are updates."""
    change(services, outlet, lambda known: confirm_published(known, key, services.clock()))


def _advance(services: Services, outlet: str, key: str, run: str, *, asked: bool) -> Result:
    one: KnownIssue = run_step("known", lambda: services.issues.known(outlet)[key])
    if one.state is State.REVIEW and not asked and not _grace_is_over(services, outlet, key):
        return Result(outlet, key, "review", one.reason)
    issue: Issue = run_step("issue", lambda: _issue(services, key))
    edition = build_edition(issue, services.settings.outlets[outlet].language)
    if not asked and (reason := _needs_review(services, outlet, key, edition, one)):
        return hold(services, outlet, key, reason)
    return _conclude(services, outlet, key, publish_edition(outlet, edition, asked=asked, run=run))


def _needs_review(
    services: Services, outlet: str, key: str, edition: Edition, one: KnownIssue
) -> str | None:
    obstacles = find_obstacles(edition, find_passed(services, outlet, edition))
    if obstacles:
        return describe_obstacles(obstacles, key)
    review = services.settings.outlets[outlet].review
    if review == "none" or one.state is not State.BUILDING:
        return None
    if review == "approve":
        return f"waits for a moderator; look with: jubo preview {key}, then: jubo approve {key}"
    until = services.clock() + timedelta(minutes=services.settings.outlets[outlet].grace_minutes)
    services.notes("grace").put(f"{outlet}/{key}", until)
    shown = until.isoformat(timespec="minutes")
    return f"is published at {shown} unless somebody says: jubo skip {key}"


def _grace_is_over(services: Services, outlet: str, key: str) -> bool:
    until: datetime | None = services.notes("grace").get(f"{outlet}/{key}")
    return until is not None and services.clock() >= until


def _conclude(services: Services, outlet: str, key: str, report: Report) -> Result:
    state, reason = report.plan.state, report.plan.actions[-1].reason
    url = report.publication.url
    if report.held:
        return replace(hold(services, outlet, key, report.held[0].reason), url=url)
    if state is PublicationState.PUBLISHED:
        run_step("confirm", lambda: confirm_published_now(services, outlet, key))
        return Result(outlet, key, "published", reason, url)
    states = {
        PublicationState.QUEUED: State.QUEUED,
        PublicationState.SKIPPED: State.SKIPPED,
        PublicationState.UNLISTED: State.SKIPPED,
    }
    where = states.get(state, State.REVIEW)
    run_step("state", lambda: set_state(services, outlet, key, where, reason))
    return Result(outlet, key, where.value, reason, url)


def _issue(services: Services, key: str) -> Issue:
    issue = services.issues.find(services.settings.sources.name, key)
    if issue is None:
        raise NeedsPerson(f"issue {key} is not stored; look for it with: jubo issues")
    return issue
