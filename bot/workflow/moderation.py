"""What a moderator asks for: publish, approve, skip, adopt, unlist, revert; safe to ask twice."""

from __future__ import annotations

from bot.errors import NeedsPerson
from bot.model.check import Result
from bot.model.decision import KnownIssue, State, Verdict
from bot.model.edition import Edition
from bot.model.issue import Issue
from bot.model.publication import Publication, PublicationState, Report
from bot.planning.known import approve, skip
from bot.planning.known import see as see_known
from bot.planning.obstacles import find_obstacles
from bot.workflow.check import carry_out, confirm_published_now, hold, update
from bot.workflow.desk import Desk
from bot.workflow.edition import build_edition, external_id
from bot.workflow.look import change, set_state
from bot.workflow.moderate import adopt, revert, set_listed
from bot.workflow.obstacles import let_pass
from bot.workflow.publication import open_desk, publish_edition
from bot.workflow.services import Services


def publish_now(services: Services, outlet: str, issue: Issue, *, run: str) -> Report:
    """Build what is missing and publish it, whatever the policy would say.

    A stopped run goes on where it stopped; a topic that stands is not made again.
    """
    services.issues.put(issue)
    _make_known(services, outlet, issue)
    edition = build_edition(issue, services.settings.outlets[outlet].language)
    return publish_revision(services, outlet, edition, run=run)


def publish_revision(services: Services, outlet: str, edition: Edition, *, run: str) -> Report:
    """Publish exactly this edition, or bring its topic to hold it.

    A critical finding holds it until a moderator approves.
    """
    issue = edition.issue
    report = publish_edition(outlet, edition, asked=True, run=run)
    if report.held:
        if not _is_published(services, outlet, issue.key):
            hold(services, outlet, issue.key, report.held[0].reason)
    elif report.plan.state is PublicationState.PUBLISHED:
        confirm_published_now(services, outlet, issue.key)
    elif report.plan.state is PublicationState.QUEUED:
        set_state(services, outlet, issue.key, State.QUEUED, report.plan.actions[-1].reason)
    return report


def approve_issue(services: Services, outlet: str, key: str, run: str) -> Result:
    """Publish what was held, or apply the update that was proposed.

    Critical findings pass that were there to be seen; what is built only now and has some is held
    once more.
    """
    edition: Edition | None = services.editions.find(_identify(services, outlet, key))
    if edition is not None:
        let_pass(services, outlet, edition)
    one: KnownIssue | None = services.issues.known(outlet).get(key)
    if one is not None and one.state is State.PUBLISHED:
        if one.verdict is not Verdict.UPDATE:
            return _publish_passed(services, outlet, key, edition, run)
        return update(services, outlet, key, run, asked=True)
    if one is None or one.state not in {State.REVIEW, State.BUILDING, State.QUEUED}:
        change(services, outlet, lambda known: approve(known, key))
        set_state(services, outlet, key, State.BUILDING, "approved by a moderator")
    return carry_out(services, outlet, key, run, asked=True)


def _publish_passed(
    services: Services, outlet: str, key: str, edition: Edition | None, run: str
) -> Result:
    """Write a newer revision that was held for its findings to the topic that stands."""
    if edition is None or not find_obstacles(edition):
        raise NeedsPerson(f"{key} is published, and no update of it is proposed")
    report = publish_revision(services, outlet, edition, run=run)
    if report.held:
        return Result(outlet, key, "held", report.held[0].reason, report.publication.url)
    return Result(outlet, key, "published", report.plan.actions[-1].reason, report.publication.url)


def skip_issue(services: Services, outlet: str, key: str) -> Result:
    """No topic is made of it; ``approve`` takes that back."""
    change(services, outlet, lambda known: skip(known, key))
    return Result(outlet, key, "skipped", "skipped by a moderator")


def adopt_topic(services: Services, outlet: str, issue: Issue, topic_id: int) -> Result:
    """Somebody's topic counts as this issue's; no other is made, and its text is never touched.

    Raises:
        NeedsPerson: The bot sees no such topic.
    """
    services.issues.put(issue)
    _make_known(services, outlet, issue)
    identity = _identify(services, outlet, issue.key)
    language = services.settings.outlets[outlet].language
    new = Publication(identity, outlet, issue.key, language)
    record = services.publications(outlet).get(identity) or new
    record = adopt(_open_desk(services, outlet), record, topic_id)
    confirm_published_now(services, outlet, issue.key)
    return Result(outlet, issue.key, "adopted", record.reason, record.url)


def list_topic(services: Services, outlet: str, key: str, *, listed: bool) -> Result:
    """Take the issue's topic off the forum's lists, or put it back.

    Raises:
        NeedsPerson: No topic of the issue stands.
    """
    record = set_listed(
        _open_desk(services, outlet), _find_record(services, outlet, key), listed=listed
    )
    set_state(services, outlet, key, State.PUBLISHED if listed else State.SKIPPED, record.reason)
    what = f"topic {record.topic_id} is on the forum's lists again"
    action = "listed" if listed else "unlisted"
    return Result(outlet, key, action, record.reason or what, record.url)


def revert_topic(services: Services, outlet: str, key: str) -> Result:
    """Put back what the issue's topic read before jubo's last edit.

    Raises:
        NeedsPerson: jubo never edited it.
        Rejected: A person edited it since; their text stays.
    """
    desk = _open_desk(services, outlet)
    before = _find_record(services, outlet, key)
    limits = desk.ask("limits", desk.forum.fetch_limits)
    record = revert(desk, before, bypass_bump=limits.staff)
    count = sum(
        now.version != was.version for now, was in zip(record.posts, before.posts, strict=True)
    )
    reason = f"{count} posts of topic {record.topic_id} read as before the last edit"
    return Result(outlet, key, "reverted", reason, record.url)


def _open_desk(services: Services, outlet: str) -> Desk:
    return open_desk(services, outlet, now=services.clock(), durable=False)


def _identify(services: Services, outlet: str, key: str) -> str:
    settings = services.settings
    return external_id(settings.sources.name, key, settings.outlets[outlet].language)


def _find_record(services: Services, outlet: str, key: str) -> Publication:
    record = services.publications(outlet).get(_identify(services, outlet, key))
    if record is None:
        raise NeedsPerson(f"{key} was never published on {outlet}; see: jubo status")
    return record


def _is_published(services: Services, outlet: str, key: str) -> bool:
    one: KnownIssue | None = services.issues.known(outlet).get(key)
    return one is not None and one.published_at is not None


def _make_known(services: Services, outlet: str, issue: Issue) -> None:
    """An issue published by hand before the first check is known from then on."""
    if issue.key not in services.issues.known(outlet):
        one = see_known(issue.key, issue, State.BUILDING, services.clock())
        services.issues.put_known(outlet, [(issue.key, one)])
