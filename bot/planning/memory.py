"""What jubo may conclude from the forum about what it wrote, where its own record lacks it.

The record lags behind by at most the one call after which the process stopped; it is empty where
the database was deleted. Nothing here guesses: a text that is neither known nor unedited stays
unknown, and an unknown text is treated as a person's.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.model.publication import Publication, Standing, WrittenPost
from bot.model.topic import Digest, ForumPost, Post, Topic
from bot.planning.normal import fold_title, normalise_raw
from bot.planning.placeholders import PICTURE
from bot.planning.posts import PostPlanner
from bot.planning.recognise import find_own_posts

_UPLOAD = re.compile(r"\]\((upload://\w{1,40}\.\w{1,5})\)", re.ASCII)


def remember(
    record: Publication, digest: Digest, standing: Standing, *, username: str, base_path: str = ""
) -> Publication:
    """The record, completed by what the topic found on the forum shows."""
    topic = standing.topic
    if topic is None or topic.deleted:
        return record
    own = find_own_posts(topic, username)
    if record.topic_id is None:
        record = _adopt(record, digest, topic, standing.found_by, own.get(1))
    planner = PostPlanner(digest, own, standing.pending, record, base_path)
    by_number = {post.number: post for post in digest.posts}
    known = {post.number: post for post in record.posts}
    for number, live in own.items():
        composed = by_number.get(number)
        known[number] = _remember_post(record.post(number), live, composed, planner)
    return replace(record, posts=tuple(known[number] for number in sorted(known)))


def _adopt(
    record: Publication, digest: Digest, topic: Topic, found_by: str, first: ForumPost | None
) -> Publication:
    """Title and tags count as sent where the forum's cleaning explains the difference."""
    same_title = fold_title(topic.title) == fold_title(digest.title)
    return replace(
        record,
        topic_id=topic.topic_id,
        pending_id=None,
        found_by=found_by,
        title=digest.title if same_title else topic.title,
        tags=digest.tags,
        picture=record.picture if first is None else record.picture or _find_picture(digest, first),
    )


def _find_picture(digest: Digest, first: ForumPost) -> str | None:
    """The picture that an earlier run uploaded: uploading it again would be in vain."""
    if not any(PICTURE in post.raw for post in digest.posts):
        return None
    match = _UPLOAD.search(first.raw)
    return match[1] if match else None


def _remember_post(
    written: WrittenPost, live: ForumPost, composed: Post | None, planner: PostPlanner
) -> WrittenPost:
    """What stands is ours where we composed it, were just writing it, or nobody edited it."""
    stands = normalise_raw(live.raw)
    texts = set() if composed is None else {planner.text(composed), planner.first_text(composed)}
    found = replace(written, post_id=live.post_id, pending_id=None, attempted="", attempted_from="")
    if stands == written.raw:
        return found
    if stands == written.attempted and stands not in texts:
        came_from = written.attempted_from
        return replace(found, raw=stands, composed=came_from, version=live.version)
    if stands in texts or (written.post_id is None and live.version == 1):
        return replace(found, raw=stands, composed=stands, version=live.version)
    return found
