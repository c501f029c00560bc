"""Looking and acting on the forum; each function is safe to run again after stopping anywhere.

Whatever creates looks first, in the same step: a durable engine that runs the step again after a
crash, having recorded an older look, still finds what the crash left.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

from bot.errors import Rejected
from bot.model.publication import Publication, Standing
from bot.model.topic import Digest, ForumPost, PendingPost, Topic
from bot.planning.answers import ANSWERS, Outcome
from bot.planning.markers import Marker, find_marker
from bot.planning.normal import normalise_raw
from bot.planning.recognise import (
    choose_candidates,
    find_own_pending,
    find_own_posts,
    find_rivals,
    is_by,
    recognise,
)
from bot.planning.weeks import find_week
from bot.workflow.ports import Forum

T = TypeVar("T")
_NO_TOPICS: tuple[Topic, ...] = ()
_NONE_PENDING: tuple[PendingPost, ...] = ()
_UNREADABLE = {403, 404}
# Id or title in use, text too similar: maybe ours, and the message is in whatever language.
_MAYBE_OURS = 422
# A heading can be corrected by days; a topic made by hand can precede the week's end.
_EARLIER = timedelta(days=3)


def find_standing(forum: Forum, digest: Digest, record: Publication) -> Standing:
    """What the forum holds of this digest; read only. Readers' replies are left out."""
    if record.topic_id is not None:
        return _without_readers(_look_at_known(forum, record.topic_id, record), forum.username)
    found = find_own(forum, digest)
    if found.topic is not None or found.pending:
        return _without_readers(found, forum.username)
    blind = list(found.blind)
    rivals = _look(blind, "category", lambda: _find_rivals(forum, digest), _NO_TOPICS)
    return replace(found, rivals=rivals, blind=tuple(blind))


def _without_readers(standing: Standing, username: str) -> Standing:
    """A durable engine keeps what is returned; a long discussion is not its business."""
    if standing.topic is None:
        return standing
    posts = tuple(
        post for post in standing.topic.posts if post.number == 1 or is_by(post.author, username)
    )
    return replace(standing, topic=replace(standing.topic, posts=posts))


def find_own(forum: Forum, digest: Digest) -> Standing:
    """The digest's topic: by external id, else among the bot's own newest; and what is queued.

    The queue drops the external id (contract 2.3), so an approved topic is known by its marker.
    Looks that the key may not take are named in ``blind``.
    """
    blind: list[str] = []
    topic = _look(
        blind, "external id", lambda: forum.find_topic_by_external_id(digest.external_id), None
    )
    if topic is not None:
        return Standing(topic, "external id")
    standing = _look(blind, "own topics", lambda: _find_among_own(forum, digest), Standing())
    if standing.topic is not None:
        return replace(standing, blind=tuple(blind))
    pending = _look(blind, "queue", forum.find_pending, _NONE_PENDING)
    return Standing(None, "", _only_own(pending, digest), (), tuple(blind))


def _find_among_own(forum: Forum, digest: Digest) -> Standing:
    for candidate in choose_candidates(forum.find_recent_topics(), digest):
        topic = forum.fetch_topic(candidate.topic_id)
        how = None if topic is None else recognise(topic, digest, forum.username)
        if how is not None:
            return Standing(topic, how)
    return Standing()


def _find_rivals(forum: Forum, digest: Digest) -> tuple[Topic, ...]:
    week = find_week(digest.title)
    if week is None:
        return ()
    return find_rivals(forum.find_category_topics(digest.category, week.first - _EARLIER), digest)


def _look_at_known(forum: Forum, topic_id: int, record: Publication) -> Standing:
    blind: list[str] = []
    topic = forum.fetch_topic(topic_id)
    pending: tuple[PendingPost, ...] = ()
    if any(post.pending_id is not None for post in record.posts):
        pending = _look(blind, "queue", forum.find_pending, _NONE_PENDING)
    return Standing(topic, "record", pending, (), tuple(blind))


def _only_own(pending: tuple[PendingPost, ...], digest: Digest) -> tuple[PendingPost, ...]:
    return tuple(post for post in pending if find_own_pending([post], digest) is not None)


def _look(blind: list[str], name: str, look: Callable[[], T], otherwise: T) -> T:
    """The look's result; where the key may not look, ``otherwise``, and ``name`` goes blind."""
    try:
        return look()
    except Rejected as error:
        if error.status not in _UNREADABLE:
            raise
        blind.append(name)
        return otherwise


def create_topic_once(
    forum: Forum, digest: Digest, raw: str, tags: tuple[str, ...]
) -> Standing | ForumPost | PendingPost:
    """Create the topic unless it stands or waits; a Standing where it was there already.

    Raises:
        Rejected: The forum refuses it. Code ``external_id_taken`` although no topic is to be
            seen: a deleted topic holds the id (contract 4).
    """
    found = find_own(forum, digest)
    if found.topic is not None:
        return _without_readers(found, forum.username)
    if pending := find_own_pending(found.pending, digest):
        return pending
    try:
        return forum.create_topic(
            title=digest.title,
            raw=raw,
            category=digest.category,
            tags=tags,
            external_id=digest.external_id,
        )
    except Rejected as error:
        if error.status != _MAYBE_OURS:
            raise
        found = find_own(forum, digest)
        if found.topic is None:
            raise
        return _without_readers(found, forum.username)


def create_reply_once(forum: Forum, topic_id: int, raw: str) -> ForumPost | PendingPost:
    """Add the reply whose marker stands in ``raw``, unless it stands or waits."""
    marker = find_marker(raw)
    if marker is None:
        raise ValueError("a reply without a marker could not be found again")
    if (found := _find_reply(forum, topic_id, marker)) is not None:
        return found
    try:
        return forum.create_reply(topic_id=topic_id, raw=raw)
    except Rejected as error:
        if error.status != _MAYBE_OURS:
            raise
        found = _find_reply(forum, topic_id, marker)
        if found is None:
            raise
        return found


def _find_reply(forum: Forum, topic_id: int, marker: Marker) -> ForumPost | PendingPost | None:
    topic = forum.fetch_topic(topic_id)
    if topic is None or topic.deleted:
        raise _refusal(Outcome.GONE, 404, f"topic {topic_id}")
    own = find_own_posts(topic, forum.username).get(marker.number)
    if own is not None:
        return own
    pending = _look([], "queue", forum.find_pending, _NONE_PENDING)
    return next((post for post in pending if find_marker(post.raw) == marker), None)


def edit_post_once(
    forum: Forum, post_id: int, *, expected: str, raw: str, reason: str, bypass_bump: bool
) -> ForumPost:
    """Replace a post's text if it still reads ``expected``; nothing where it reads ``raw``.

    The live text is read right before writing and sent along as ``original_text``, so the forum
    refuses the edit of a post that changed in between (contract 5.1).

    Raises:
        Rejected: Code ``conflict`` where it reads something else, ``gone`` where it is deleted.
    """
    live = forum.fetch_post(post_id)
    if live is None or live.deleted:
        raise _refusal(Outcome.GONE, 404, f"post {post_id}")
    stands = normalise_raw(live.raw)
    if stands == normalise_raw(raw):
        return live
    if stands != normalise_raw(expected):
        raise _refusal(Outcome.CONFLICT, 409, f"post {post_id}")
    return forum.edit_post(
        post_id=post_id, raw=raw, original=live.raw, reason=reason, bypass_bump=bypass_bump
    )


def _refusal(outcome: Outcome, status: int, what: str) -> Rejected:
    return Rejected(
        f"discourse: {status} for {what}: {ANSWERS[outcome].advice}",
        service="discourse",
        status=status,
        code=outcome,
    )
