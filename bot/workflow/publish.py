"""Digest → topic and its replies, once: look, plan, do the first Action, remember, look again.

A run may stop at any line; the next one finds on the forum what the last one left there. The
external id is the topic's idempotency key, the marker a reply's, and the forum is believed over
the memory.

What cannot be excluded, since Discourse offers no key for it:

- A reply whose request is still at work on the forum when the next run looks. The forum itself
  refuses the second one as too similar (non-staff, 5 minutes) or answers from its memo (identical
  request, 2 minutes, contract 2.4); beyond that, what helps is the pause before the first look,
  which is made wherever the record says that an attempt was begun.
- A reply that a moderator deleted, with the database deleted as well, where no later reply of
  ours stands: it is written again.
- A topic in the forum's queue, with the database deleted as well and a key that cannot read the
  queue: it is sent again, and the moderators see both.
- An edit that a person makes between the forum's own comparison with ``original_text`` and its
  writing: Discourse does both in one request, so the time is that request's.
"""

from __future__ import annotations

from dataclasses import replace

from bot.errors import NeedsPerson, Rejected
from bot.model.publication import Job, Plan, Publication, PublicationState, Report, Standing
from bot.model.topic import Action, ActionKind
from bot.planning.answers import Move, find_answer
from bot.planning.memory import remember
from bot.planning.obstacles import hold_back
from bot.planning.topic import Rules, plan_topic
from bot.workflow.acts import find_standing
from bot.workflow.desk import Desk
from bot.workflow.ports import Forum
from bot.workflow.turn import Turn

_DECISIONS = {ActionKind.ADOPT, ActionKind.WAIT, ActionKind.HOLD, ActionKind.NOTHING}
_MAX_SURPRISES = 5


def preview_plan(desk: Desk, job: Job) -> Plan:
    """What ``publish`` would do now; reads, writes nothing."""
    record = desk.publications.get(job.digest.external_id) or new_record(job)
    standing = desk.ask("look", lambda: find_standing(desk.forum, job.digest, record))
    return _plan(desk, job, record, standing, make_rules(job, desk.forum))


def publish(desk: Desk, job: Job) -> Report:
    """Bring the forum to hold the digest, as far as nobody has to decide first.

    Raises:
        Unavailable: The forum is away or asks for a long wait; run again after ``retry_after``.
        Rejected: The forum refuses something a person has to mend; ``fields`` name it.
        NeedsPerson: The forum keeps changing under the run.
    """
    record = _load(desk, job)
    rules = make_rules(job, desk.forum)
    done: list[Action] = []
    surprises = 0
    while True:
        record, standing, plan = _look(desk, job, record, rules)
        done += [action for action in plan.actions if action.kind is ActionKind.ADOPT]
        action = next((item for item in plan.actions if item.kind not in _DECISIONS), None)
        if action is None:
            return Report(_close(desk, record, plan), plan, tuple(done))
        try:
            record = Turn(desk, job, rules, record, standing).act(action)
        except Rejected as error:
            record = _bear(desk, record, error)
            surprises += 1
        else:
            if action.kind is ActionKind.UPLOAD_IMAGE:
                rules = replace(rules, tried=True)
            if action.kind is not ActionKind.UPLOAD_IMAGE or record.picture:
                done.append(action)
        if surprises > _MAX_SURPRISES or len(done) > 4 * len(job.digest.posts) + 8:
            raise NeedsPerson(
                f"discourse: {job.digest.external_id} keeps changing on the forum while jubo"
                " writes; look at the topic, then run again"
            )


def make_rules(job: Job, forum: Forum) -> Rules:
    """The job as the planner sees it."""
    return Rules(forum.username, forum.url, job.edit_days, job.asked, job.beside, job.limits)


def new_record(job: Job) -> Publication:
    """What is remembered before anything was done."""
    return Publication(job.digest.external_id, job.outlet, job.key, job.language)


def _load(desk: Desk, job: Job) -> Publication:
    found: Publication | None = desk.run_step(
        "recall", lambda: desk.publications.get(job.digest.external_id)
    )
    record = found or new_record(job)
    if any(post.attempted for post in record.posts):
        desk.settle()
    return record


def _look(
    desk: Desk, job: Job, record: Publication, rules: Rules
) -> tuple[Publication, Standing, Plan]:
    standing = desk.ask("look", lambda: find_standing(desk.forum, job.digest, record))
    plan = _plan(desk, job, record, standing, rules)
    if record.state in {PublicationState.SKIPPED, PublicationState.UNLISTED}:
        return record, standing, plan
    known = remember(
        record, job.digest, standing, username=rules.username, base_path=rules.base_path
    )
    if known.topic_id is not None and known.url is None:
        known = replace(known, url=f"{desk.forum.url}/t/{known.topic_id}")
    return (known if known == record else desk.save(known)), standing, plan


def _plan(desk: Desk, job: Job, record: Publication, standing: Standing, rules: Rules) -> Plan:
    plan = plan_topic(job.digest, standing, record, rules, desk.now)
    stands = standing.topic is not None
    return hold_back(plan, job.digest.external_id, job.obstacle, stands=stands)


def _close(desk: Desk, record: Publication, plan: Plan) -> Publication:
    reason = "" if plan.state is PublicationState.PUBLISHED else plan.actions[-1].reason
    closed = replace(record, state=plan.state, reason=reason)
    return record if closed == record else desk.save(closed)


def _bear(desk: Desk, record: Publication, error: Rejected) -> Publication:
    """Go on after a refusal that the forum's people or their haste explain; raise any other."""
    move = find_answer(error).move
    if move is Move.SKIP:
        reason = find_answer(error).advice
        return desk.save(replace(record, state=PublicationState.SKIPPED, reason=reason))
    if move is Move.PLAN:
        return record
    raise error
