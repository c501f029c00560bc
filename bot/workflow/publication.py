"""An Edition on an outlet: composed for its forum's limits, planned or published once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from dbos import DBOS

from bot.config import Outlet
from bot.digest import compose
from bot.errors import BotError, NeedsPerson, ServiceError
from bot.model.edition import Edition
from bot.model.progress import Stage
from bot.model.publication import Job, Plan, PublicationState, Report
from bot.model.topic import Digest, ForumLimits
from bot.picture import draw
from bot.planning.obstacles import describe_obstacles, find_obstacles
from bot.planning.placeholders import post_address
from bot.trends.chart import chart
from bot.trends.counts import calendar_week
from bot.workflow.desk import Desk, Patience, run_at_once
from bot.workflow.durable import run_alone, run_step
from bot.workflow.obstacles import find_passed
from bot.workflow.publish import preview_plan, publish
from bot.workflow.services import Services, current


def publish_edition(outlet: str, edition: Edition, *, asked: bool = False, run: str) -> Report:
    """Bring the outlet's forum to hold the edition; safe to ask for again after any stop.

    ``run`` names this look at the forum ("2026-06-29T15:00:00Z"): the same name again gives the
    same run, a new name looks anew. One run at a time works on a topic. Where a newer revision is
    stored by then (somebody corrected a text), that one is written: an older never follows it.
    A critical finding that no moderator let pass holds it, whoever asked.
    """
    topic = f"{outlet}/{edition.external_id}"
    name = f"publish/{topic}/{edition.revision}/{run}"
    report: Report = run_alone(
        topic,
        name,
        publish_workflow,
        outlet,
        edition.external_id,
        edition.revision,
        asked,
        find_passed(current(), outlet, edition),
    )
    return report


@DBOS.workflow(name="publish")
def publish_workflow(
    outlet: str, external_id: str, revision: int, asked: bool, passed: tuple[str, ...] = ()
) -> Report:
    """The durable run behind ``publish_edition``."""
    services = current()
    edition = run_step("edition", lambda: _find_edition(services, external_id, revision))
    desk = open_desk(services, outlet, now=run_step("now", services.clock))
    job = prepare(services, outlet, edition, asked=asked, desk=desk, passed=passed)
    services.tell(Stage.COMPOSE, f"{len(job.digest.posts)} posts", 1, 1)
    report = publish(desk, job)
    if report.publication.picture_refusal:
        reason = report.publication.picture_refusal
        services.tell(Stage.PUBLISH, f"without its picture: {reason}")
    services.tell(Stage.PUBLISH, report.publication.url or report.plan.state.value, 1, 1)
    return report


def plan_publication(outlet: str, edition: Edition, *, asked: bool = False) -> Plan:
    """What ``publish_edition`` would do now; reads, writes nothing."""
    services = current()
    desk = open_desk(services, outlet, now=services.clock(), durable=False)
    passed = find_passed(services, outlet, edition)
    job = prepare(services, outlet, edition, asked=asked, desk=desk, passed=passed)
    return preview_plan(desk, job)


def prepare(
    services: Services,
    outlet: str,
    edition: Edition,
    *,
    asked: bool,
    desk: Desk,
    passed: Sequence[str] = (),
) -> Job:
    """The edition composed for this forum, with its picture where it may have one."""
    settings = services.settings.outlets[outlet]
    limits = desk.ask("limits", desk.forum.fetch_limits)
    limits = apply_settings(limits, settings)
    picture = None
    if settings.picture:
        picture, edition = desk.run_step("picture", lambda: draw_picture(services, edition))
    digest = compose_digest(services, edition, limits, outlet)
    return Job(
        digest=replace(digest, picture=picture),
        outlet=outlet,
        key=edition.issue.key,
        language=edition.language,
        limits=limits,
        edit_days=services.settings.policy.edit_days,
        asked=asked,
        obstacle=describe_obstacles(find_obstacles(edition, passed), edition.issue.key),
    )


def compose_digest(
    services: Services, edition: Edition, limits: ForumLimits, outlet: str | None
) -> Digest:
    """The posts of an edition within a forum's limits, linked to our earlier topics there."""
    texts = services.texts
    settings = services.settings.outlets[outlet] if outlet else None
    return compose(
        edition,
        texts.language(edition.language),
        limits,
        texts.layout(edition.language),
        tags=settings.tags if settings else (),
        category=settings.category if settings else None,
        topics=_find_topics(services, outlet, edition) if outlet else {},
    )


def _find_topics(services: Services, outlet: str, edition: Edition) -> dict[str, str]:
    """Where our topics of the weeks stand in which papers of this one were seen before."""
    path = urlsplit(services.settings.outlets[outlet].url).path
    weeks = {row.split("/")[0] for paper in edition.papers if (row := paper.seen_before)}
    return {
        record.key: post_address(path, record.topic_id, 1)
        for record in (services.publications(outlet).all() if weeks else ())
        if record.key in weeks and record.topic_id and record.state is PublicationState.PUBLISHED
    }


def apply_settings(limits: ForumLimits, outlet: Outlet) -> ForumLimits:
    """The forum's limits, where the operator does not know better."""
    if outlet.math == "auto":
        return limits
    return replace(limits, math=outlet.math == "on")


def draw_picture(services: Services, edition: Edition) -> tuple[bytes | None, Edition]:
    """The chart of the week's themes, and the edition with its alt text; None where none is.

    A drawing that fails costs the picture, not the post.
    """
    if edition.trends is None:
        return None, edition
    texts = services.texts
    labels = texts.language(edition.language).labels
    monday = calendar_week(edition.issue.week)
    drawn = chart(edition.trends, monday, texts.themes, edition.language, labels)
    if drawn is None:
        return None, edition
    try:
        return draw(drawn), replace(edition, picture_alt=drawn.alt)
    except ServiceError as error:
        services.tell(Stage.COMPOSE, str(error))
        return None, edition


def open_desk(services: Services, outlet: str, *, now: datetime, durable: bool = True) -> Desk:
    """Forum, memory and clockwork of one outlet."""
    return Desk(
        forum=services.open_forum(outlet),
        publications=services.publications(outlet),
        now=now,
        run_step=run_step if durable else run_at_once,
        sleep=DBOS.sleep if durable else services.sleep,
        patience=Patience(attempts=services.settings.outlets[outlet].attempts),
    )


def _find_edition(services: Services, external_id: str, revision: int) -> Edition:
    edition = services.editions.find(external_id)
    if edition is None or edition.revision < revision:
        raise NeedsPerson(f"{external_id}: revision {revision} is not in the store; build it again")
    return edition


def compose_for(services: Services, edition: Edition, outlet: str | None) -> Digest:
    """The digest as it would be published, written nowhere.

    The outlet's forum is asked for its limits; Discourse's own stand where there is no outlet, or
    its forum does not answer.
    """
    settings = services.settings.outlets[outlet] if outlet else None
    limits = _ask_limits(services, outlet) if outlet else ForumLimits()
    if settings:
        limits = apply_settings(limits, settings)
    picture = None
    if settings is None or (settings.picture and _is_shown(services, edition, outlet, limits)):
        picture, edition = draw_picture(services, edition)
    return replace(compose_digest(services, edition, limits, outlet), picture=picture)


def _is_shown(
    services: Services, edition: Edition, outlet: str | None, limits: ForumLimits
) -> bool:
    """Whether readers get a picture: as the forum's settings say, else as its last answer did."""
    if limits.pictures is not None or outlet is None:
        return limits.pictures is not False
    record = services.publications(outlet).get(edition.external_id)
    return record is None or not record.picture_refusal


def _ask_limits(services: Services, outlet: str) -> ForumLimits:
    try:
        return services.open_forum(outlet).fetch_limits()
    except BotError as error:
        services.tell(Stage.COMPOSE, f"Discourse's own limits are assumed: {error}")
        return ForumLimits()
