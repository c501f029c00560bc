"""What a moderator can ask of a publication: adopt, unlist, list again, revert, accept a merge.

Each is safe to repeat; each writes only over the text that the moderator saw.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.errors import NeedsPerson
from bot.model.publication import Proposal, Publication, PublicationState, WrittenPost
from bot.planning.normal import normalise_raw
from bot.planning.placeholders import forget_addresses
from bot.workflow.acts import edit_post_once
from bot.workflow.desk import Desk, with_post
from bot.workflow.ports import Publications


def adopt(desk: Desk, record: Publication, topic_id: int) -> Publication:
    """Take a topic for this publication's; jubo never edits one that another user wrote.

    Raises:
        NeedsPerson: No such topic, or none that the bot may see.
    """
    topic = desk.ask("look", lambda: desk.forum.fetch_topic(topic_id))
    if topic is None or topic.deleted:
        raise NeedsPerson(
            f"discourse: the bot cannot see a topic {topic_id} at {desk.forum.url};"
            " give the address of a topic that stands"
        )
    return desk.save(
        replace(
            record,
            topic_id=topic_id,
            url=f"{desk.forum.url}/t/{topic_id}",
            title=topic.title,
            tags=topic.tags,
            posts=(),
            pending_id=None,
            found_by="moderator",
            state=PublicationState.PUBLISHED,
            reason=f"adopted: topic {topic_id} by {topic.author}",
        )
    )


def set_listed(desk: Desk, record: Publication, *, listed: bool) -> Publication:
    """Take the topic off the forum's lists, or put it back; its address keeps working."""
    topic_id = _require_topic(record)
    desk.ask("list", lambda: desk.forum.set_visible(topic_id=topic_id, visible=listed))
    if listed:
        return desk.save(replace(record, state=PublicationState.PUBLISHED, reason=""))
    reason = f"topic {topic_id} was unlisted by a moderator"
    return desk.save(replace(record, state=PublicationState.UNLISTED, reason=reason))


def revert(desk: Desk, record: Publication, *, bypass_bump: bool = False) -> Publication:
    """Put back, post by post, the text before jubo's last edit; filled-in links are no edit.

    The digest's newer text counts as written, so a later run does not bring it back by itself.

    Raises:
        NeedsPerson: jubo never edited this topic.
        Rejected: Code ``conflict`` where a post no longer reads what jubo wrote last.
    """
    earlier = list(_find_earlier(desk.publications, record))
    if not earlier:
        raise NeedsPerson(
            f"discourse: {record.external_id} has no earlier text; jubo unlist KEY takes it down"
        )
    for now, before in earlier:
        record = _write(desk, record, now, before.raw, "revert to the text before", bypass_bump)
    return record


def _find_earlier(
    publications: Publications, record: Publication
) -> Iterator[tuple[WrittenPost, WrittenPost]]:
    """Each post as last written, with the newest earlier value that reads otherwise."""
    history = publications.history(record.external_id)
    for now in record.posts:
        if now.post_id is None or not now.raw:
            continue
        for value in reversed(history):
            before = value.post(now.number)
            if before.post_id == now.post_id and before.raw and _differs(before.raw, now.raw):
                yield now, before
                break


def _differs(before: str, now: str) -> bool:
    """True for another text; links that were filled in are not one."""
    return forget_addresses(before) != forget_addresses(now)


def accept_merge(
    desk: Desk,
    record: Publication,
    proposal: Proposal,
    *,
    text: str | None = None,
    bypass_bump: bool = False,
) -> Publication:
    """Write a proposed merge, or the moderator's own ``text``, over what the proposal saw.

    Raises:
        NeedsPerson: The merge still holds conflicts and no text was given.
        Rejected: Code ``conflict`` where the post changed since the proposal.
    """
    if text is None and proposal.conflicts:
        raise NeedsPerson(
            f"discourse: the merge of post {proposal.number} holds {proposal.conflicts} conflicts;"
            " settle them in the review console"
        )
    seen = replace(
        record.post(proposal.number),
        post_id=proposal.post_id,
        raw=normalise_raw(proposal.live),
        composed=proposal.composed,
    )
    merged = proposal.merged if text is None else text
    return _write(desk, record, seen, merged, "merge with the edit made here", bypass_bump)


def _write(
    desk: Desk, record: Publication, seen: WrittenPost, raw: str, reason: str, bypass_bump: bool
) -> Publication:
    post_id = seen.post_id
    if post_id is None:
        raise ValueError("an edit needs a post that stands")
    text = normalise_raw(raw)
    kept = replace(record.post(seen.number), post_id=post_id)
    record = desk.attempt(record, kept, text, seen.composed)
    made = desk.ask(
        "edit",
        lambda: edit_post_once(
            desk.forum,
            post_id,
            expected=seen.raw,
            raw=raw,
            reason=f"jubo: {reason}",
            bypass_bump=bypass_bump,
        ),
    )
    written = replace(seen, raw=text, version=made.version, attempted="", attempted_from="")
    return desk.save(with_post(record, written))


def _require_topic(record: Publication) -> int:
    if record.topic_id is None:
        raise NeedsPerson(f"discourse: {record.external_id} has no topic yet; publish it first")
    return record.topic_id
