"""What to do about one digest on one forum now: from values to Actions with reasons.

``jubo publish --dry-run`` prints these Actions; a real run carries out the first, reads the forum
again and plans again, so the two agree while nobody else acts. Nothing here acts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from bot.model.publication import Plan, Publication, PublicationState, Standing
from bot.model.topic import Action, ActionKind, Digest, ForumLimits, Topic
from bot.planning.memory import remember
from bot.planning.normal import clean_tags, fold_title
from bot.planning.placeholders import PICTURE, find_addressed
from bot.planning.posts import LINKS, PostPlanner
from bot.planning.recognise import find_own_pending, find_own_posts

_FINAL = (PublicationState.SKIPPED, PublicationState.UNLISTED)
_EDITS = (ActionKind.EDIT_POST, ActionKind.SET_TITLE, ActionKind.SET_TAGS)


@dataclass(frozen=True, slots=True)
class Rules:
    """What the policy allows, and who acts.

    Attributes:
        username: The bot's own name on the forum.
        url: The forum's address.
        edit_days: No topic older than this is edited unasked.
        asked: A moderator wants this now: an old topic is edited, a refused one sent again.
        beside: A moderator wants it beside somebody else's topic for the same days.
        limits: What the forum allows.
        tried: The picture was uploaded or refused in this run; it is not tried twice in one.
    """

    username: str
    url: str = ""
    edit_days: int = 30
    asked: bool = False
    beside: bool = False
    limits: ForumLimits = field(default_factory=ForumLimits)
    tried: bool = False

    @property
    def base_path(self) -> str:
        """The folder the forum lives in, "" usually."""
        return urlsplit(self.url).path


def plan_topic(
    digest: Digest, standing: Standing, record: Publication, rules: Rules, now: datetime
) -> Plan:
    """The Actions that bring the forum to hold the digest, each with its reason.

    Nothing is planned that would undo a decision taken on the forum: a topic deleted, hidden or
    refused there is skipped, an edited post is kept, and a merge is proposed where jubo has
    something new to write as well.
    """
    if record.state in _FINAL:
        reason = record.reason or f"this publication is {record.state.value}"
        return Plan((_nothing(digest, reason),), record.state)
    if misfit := _find_misfit(digest, rules.limits):
        return Plan((_about(ActionKind.HOLD, digest, misfit),), record.state)
    if standing.topic is not None:
        return _plan_standing(digest, standing.topic, standing, record, rules, now)
    if record.topic_id is not None:
        reason = f"topic {record.topic_id} was deleted on the forum; it is not created again"
        return Plan((_nothing(digest, reason),), PublicationState.SKIPPED)
    if obstacle := _find_obstacle(digest, standing, record, rules):
        queued = obstacle.kind is ActionKind.WAIT or record.pending_id is not None
        state = PublicationState.QUEUED if queued else PublicationState.PLANNED
        return Plan((obstacle,), state)
    return Plan(tuple(_plan_creation(digest, record, rules)), PublicationState.PUBLISHED)


def find_picture_hash(digest: Digest) -> str | None:
    """By which the same picture is known again: SHA-1, which the forum uses too (contract 9)."""
    if digest.picture is None:
        return None
    return hashlib.sha1(digest.picture, usedforsecurity=False).hexdigest()


def choose_tags(digest: Digest, limits: ForumLimits) -> tuple[str, ...]:
    """The digest's tags as far as the forum takes them."""
    return digest.tags[: limits.max_tags] if limits.tagging else ()


def _find_misfit(digest: Digest, limits: ForumLimits) -> str | None:
    """What the forum would refuse for its length; counted in code points (contract 13.2)."""
    if not limits.min_title_length <= len(digest.title) <= limits.max_title_length:
        return (
            f"the title has {len(digest.title)} characters, the forum takes"
            f" {limits.min_title_length} to {limits.max_title_length}"
        )
    for post in digest.posts:
        if len(post.raw) > limits.max_post_length:
            return (
                f"post {post.number} has {len(post.raw)} characters, the forum takes"
                f" {limits.max_post_length}; compose the digest again"
            )
    return None


def _find_obstacle(
    digest: Digest, standing: Standing, record: Publication, rules: Rules
) -> Action | None:
    """Why a topic that was not found must not be created now."""
    if pending := find_own_pending(standing.pending, digest):
        reason = f"it waits for approval on the forum (number {pending.pending_id})"
        return _about(ActionKind.WAIT, digest, reason)
    if record.pending_id is not None and "queue" in standing.blind:
        reason = "it was queued for approval; the key cannot read the queue, so jubo looks again"
        return _about(ActionKind.WAIT, digest, reason)
    if record.pending_id is not None and not rules.asked:
        reason = (
            f"number {record.pending_id} left the forum's queue and no topic of it is to be seen:"
            " refused? jubo skip KEY, or jubo adopt KEY URL"
        )
        return _about(ActionKind.HOLD, digest, reason)
    if {"external id", "own topics"} <= set(standing.blind):
        reason = (
            "the key can neither look up external ids nor list the bot's own topics, so a second"
            " topic could not be excluded; check the key, its allowed addresses and its scopes"
            " (topics:read or global:read): the forum answers alike for all three"
        )
        return _about(ActionKind.HOLD, digest, reason)
    if standing.rivals and not rules.beside:
        return _about(ActionKind.HOLD, digest, _describe_rival(standing.rivals[0], rules))
    return None


def _describe_rival(rival: Topic, rules: Rules) -> str:
    return (
        f"{rival.author or 'somebody'} already has a topic for these days, {rival.title[:80]!r};"
        f" jubo adopt KEY {rules.url}/t/{rival.topic_id}"
    )


def _plan_creation(digest: Digest, record: Publication, rules: Rules) -> Iterator[Action]:
    total = len(digest.posts)
    yield from _plan_picture(digest, record, rules)
    reason = f"no topic with the id {digest.external_id} stands or waits on the forum"
    yield Action(ActionKind.CREATE_TOPIC, f"post 1/{total}", reason, number=1)
    for post in digest.posts[1:]:
        reason = "the digest does not fit into fewer posts"
        yield Action(
            ActionKind.CREATE_REPLY, f"post {post.number}/{total}", reason, number=post.number
        )
    for post in digest.posts:
        if any(post.number < number <= total for number in find_addressed(post.raw)):
            yield Action(
                ActionKind.EDIT_POST, f"post {post.number}/{total}", LINKS, number=post.number
            )


def _plan_picture(digest: Digest, record: Publication, rules: Rules) -> Iterator[Action]:
    """The upload, once; of a refused picture again where a moderator asks, else why it lacks."""
    wanted = digest.picture is not None and any(PICTURE in post.raw for post in digest.posts)
    known = record.picture is not None and record.picture_hash in {None, find_picture_hash(digest)}
    if not wanted or (known and record.picture):
        return
    if known and (rules.tried or not rules.asked):
        reason = record.picture_refusal or "the forum refused it: jubo doctor, jubo publish KEY"
        yield Action(ActionKind.NOTHING, "picture", reason)
        return
    again = "the forum refused it before, and a moderator asks" if known else "the digest shows it"
    yield Action(ActionKind.UPLOAD_IMAGE, "picture", again)


def _plan_standing(
    digest: Digest,
    topic: Topic,
    standing: Standing,
    record: Publication,
    rules: Rules,
    now: datetime,
) -> Plan:
    if decision := _find_decision(topic):
        return Plan((_nothing(digest, decision),), PublicationState.SKIPPED)
    own = find_own_posts(topic, rules.username)
    actions = list(_plan_adoption(topic, standing, record))
    if 1 not in own:
        reason = f"topic {topic.topic_id} is {topic.author}'s; it is left as it is"
        return Plan((*actions, _nothing(digest, reason)), PublicationState.PUBLISHED)
    record = remember(record, digest, standing, username=rules.username, base_path=rules.base_path)
    steps = PostPlanner(digest, own, standing.pending, record, rules.base_path).plan()
    picture = list(_plan_picture(digest, record, rules))
    actions += picture
    changes = [*(step.action for step in steps), *_plan_head(digest, topic, record, rules.limits)]
    actions += _ask_first(changes) if _is_old(topic, rules, now) else changes
    if all(action in picture and action.kind is ActionKind.NOTHING for action in actions):
        without = ", without its picture" if picture else ""
        reason = f"topic {topic.topic_id} shows the digest as it is{without}"
        actions.append(_nothing(digest, reason))
    waiting = any(action.kind is ActionKind.WAIT for action in actions)
    state = PublicationState.QUEUED if waiting else PublicationState.PUBLISHED
    proposals = tuple(step.proposal for step in steps if step.proposal is not None)
    return Plan(tuple(actions), state, proposals)


def _find_decision(topic: Topic) -> str | None:
    if topic.deleted:
        return f"topic {topic.topic_id} was deleted on the forum; it is not created again"
    if not topic.visible:
        return f"topic {topic.topic_id} was unlisted on the forum; it is left as it is"
    return None


def _plan_adoption(topic: Topic, standing: Standing, record: Publication) -> Iterator[Action]:
    if record.topic_id is None:
        reason = f"it is this digest's: found by {standing.found_by}"
        yield Action(ActionKind.ADOPT, f"topic {topic.topic_id}", reason)


def _plan_head(
    digest: Digest, topic: Topic, record: Publication, limits: ForumLimits
) -> Iterator[Action]:
    """Title and tags, where the digest's differ from those last sent and no person chose others."""
    target = f"topic {topic.topic_id}"
    sent_title, title = fold_title(record.title), fold_title(digest.title)
    if sent_title != title and fold_title(topic.title) != title:
        if fold_title(topic.title) == sent_title:
            yield Action(ActionKind.SET_TITLE, target, "the digest's title changed")
        else:
            yield Action(ActionKind.NOTHING, target, "a person changed its title; it is kept")
    tags = (record.tags, choose_tags(digest, limits), topic.tags)
    sent, wanted, stands = (clean_tags(names, limits.max_tag_length) for names in tags)
    if sent != wanted and not wanted <= stands:
        yield Action(ActionKind.SET_TAGS, target, "the digest's tags changed")


def _is_old(topic: Topic, rules: Rules, now: datetime) -> bool:
    if rules.asked or topic.created_at is None:
        return False
    return now - topic.created_at > timedelta(days=rules.edit_days)


def _ask_first(actions: Iterable[Action]) -> list[Action]:
    why = "the topic is older than policy.edit_days, so a moderator decides: jubo publish KEY"
    return [
        replace(action, kind=ActionKind.HOLD, reason=f"{action.reason}; {why}")
        if action.kind in _EDITS
        else action
        for action in actions
    ]


def _nothing(digest: Digest, reason: str) -> Action:
    return _about(ActionKind.NOTHING, digest, reason)


def _about(kind: ActionKind, digest: Digest, reason: str) -> Action:
    return Action(kind, digest.external_id, reason)


def render_plan(plan: Plan) -> str:
    """One line an Action: what, on what, why.

    >>> render_plan(Plan((Action(ActionKind.WAIT, "post 2/3", "it waits"),),
    ...     PublicationState.QUEUED))
    'wait          post 2/3: it waits'
    """
    return "\n".join(
        f"{action.kind.value:<13} {action.target}: {action.reason}" for action in plan.actions
    )
