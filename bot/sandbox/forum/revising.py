"""Edits of posts and topics, and the versions they leave (contract 5.1, 5.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.sandbox.forum.call import Call
from bot.sandbox.forum.refusals import invalid_access, unprocessable
from bot.sandbox.forum.tables import Post, Revision, User
from bot.sandbox.forum.text import body_errors
from bot.sandbox.forum.validation import content_errors


@dataclass(frozen=True, slots=True)
class Edit:
    """A new text for a post.

    ``silent``: no rights, no limits, no bump, as the forum's own jobs edit (13.3).
    """

    raw: str
    reason: str | None = None
    bypass_bump: bool = False
    silent: bool = False


def check_editable(call: Call, post: Post) -> None:
    """Raise what keeps the caller from editing a post (5.1).

    Raises:
        Refusal: 403, or 422 ``too_late_to_edit``.
    """
    user = call.user
    if user.staff:
        return
    if user.silenced or post.locked or post.user_id != user.id or post.topic.archived:
        raise invalid_access()
    if user.trust_level < 4:
        settings = call.settings
        old = user.trust_level >= 2
        minutes = settings.tl2_post_edit_time_limit if old else settings.post_edit_time_limit
        if minutes and call.now - post.created_at > timedelta(minutes=minutes):
            raise unprocessable("The time in which this post could be edited is over.")


def edit_errors(call: Call, post: Post, raw: str) -> list[str]:
    """What is wrong with the new text of a post: the same body rules as for a new one."""
    settings = call.settings
    minimum = settings.min_first_post_length if post.number == 1 else settings.min_post_length
    if post.topic.message:
        minimum = settings.min_personal_message_post_length
    errors = body_errors(raw, minimum, settings)
    if not call.user.staff:
        errors += content_errors(call, raw, message=post.topic.message)
    return errors


def revise(call: Call, post: Post, editor: User, edit: Edit) -> None:
    """Put the new text in place; a new version unless within the grace period (5.1)."""
    new_reason = bool(edit.reason) and edit.reason != post.edit_reason
    if edit.raw == post.raw and not new_reason:
        return
    before, after = {"raw": post.raw}, {"raw": edit.raw}
    if new_reason or edit.silent or not _within_grace(call, post, editor, edit.raw):
        if not edit.silent:
            call.limits().before_edit()
        add_revision(call, post, editor, before, after, edit.reason)
        may_bypass = editor.staff or editor.trust_level == 4
        if not edit.silent and not (edit.bypass_bump and may_bypass):
            bump(call, post)
        post.locked = post.locked or (
            call.settings.staff_edit_locks_post and editor.staff and editor.id != post.user_id
        )
    post.raw, post.updated_at = edit.raw, call.now
    call.session.flush()


def add_revision(
    call: Call, post: Post, editor: User, before: dict[str, Any], after: dict[str, Any],
    reason: str | None,
) -> None:  # fmt: skip
    """Count one more version and remember what changed in it."""
    changes = {name: [before[name], after[name]] for name in after}
    changes["edit_reason"] = [post.edit_reason, reason or None]
    post.version += 1
    post.edit_reason = reason or None
    post.editor = editor
    post.version_at = call.now
    call.session.add(
        Revision(
            post_id=post.id,
            number=post.version,
            user=editor,
            created_at=call.now,
            edit_reason=post.edit_reason,
            changes=changes,
        )
    )
    call.session.flush()
    call.session.expire(post, ["revisions"])


def bump(call: Call, post: Post) -> None:
    """Move the topic up where the edited post is its last."""
    if post.topic.live_posts[-1].id == post.id:
        post.topic.bumped_at = call.now


def _within_grace(call: Call, post: Post, editor: User, raw: str) -> bool:
    settings = call.settings
    trusted = editor.staff or editor.trust_level >= 2
    most = (
        settings.editing_grace_period_max_diff_high_trust
        if trusted
        else settings.editing_grace_period_max_diff
    )
    return (
        post.editor_id == editor.id
        and call.now - post.version_at < timedelta(seconds=settings.editing_grace_period)
        and changed_characters(post.raw, raw) <= most
    )


def changed_characters(before: str, after: str) -> int:
    """How much lies between the common start and the common end of two texts.

    >>> changed_characters("one two three", "one 2 three")
    3
    """
    shorter = min(len(before), len(after))
    start = next((n for n in range(shorter) if before[n] != after[n]), shorter)
    rest = shorter - start
    end = next((n for n in range(rest) if before[-1 - n] != after[-1 - n]), rest)
    return max(len(before), len(after)) - start - end
