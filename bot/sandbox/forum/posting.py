"""Creating topics, replies and messages (contract 2 and 3.1)."""

from __future__ import annotations

from sqlalchemy import func, select

from bot.sandbox.forum.call import Call
from bot.sandbox.forum.draft import Draft
from bot.sandbox.forum.finding import can_create_in, can_see, find_user
from bot.sandbox.forum.json_post import time_json
from bot.sandbox.forum.params import is_id
from bot.sandbox.forum.refusals import Refusal, creation_failed, invalid_access
from bot.sandbox.forum.state import Answer
from bot.sandbox.forum.tables import CategoryRow, Pending, Post, Topic, User
from bot.sandbox.forum.tagging import assign_tags, count_error, required_error
from bot.sandbox.forum.text import slugify
from bot.sandbox.forum.validation import (
    TOPIC_NOT_FOUND,
    can_send_messages,
    check_rights,
    external_id_errors,
    find_category,
    new_post_errors,
    new_title_errors,
    new_topic_errors,
)


def create(call: Call, draft: Draft) -> Post | Answer:
    """The new post, or the answer "enqueued".

    Raises:
        Refusal: Whatever the forum refuses, first things first (3.1).
    """
    if error := None if draft.message else count_error(list(draft.tags), call.settings):
        raise creation_failed([error])
    _refuse_blocked_words(call, draft)
    if draft.topic_id is not None:
        return _reply(call, draft, draft.topic_id)
    if _waits_for_approval(call, draft):
        return _enqueue(call, draft, None)
    return _message(call, draft) if draft.message else _topic(call, draft)


def add_topic(call: Call, draft: Draft, user: User, category: CategoryRow | None) -> Topic:
    """A topic without posts, as the draft wants it."""
    time = draft.created_at or call.now
    topic = Topic(
        title=draft.title,
        slug=slugify(draft.title),
        user=user,
        category_id=None if draft.message else (category.id if category else 1),
        created_at=time,
        bumped_at=time,
        archetype="private_message" if draft.message else "regular",
        external_id=draft.external_id,
        visible=not draft.unlist,
        recipients=list(draft.recipients),
    )
    call.session.add(topic)
    call.session.flush()
    return topic


def add_post(call: Call, topic: Topic, draft: Draft, user: User, *, kind: int = 1) -> Post:
    """A post at the end of a topic; it bumps the topic."""
    time = draft.created_at or call.now
    post = Post(
        topic=topic,
        number=max((post.number for post in topic.posts), default=0) + 1,
        user=user,
        editor=user,
        raw=draft.raw,
        created_at=time,
        updated_at=time,
        version_at=time,
        reply_to=draft.reply_to,
        kind=kind,
    )
    call.session.add(post)
    topic.bumped_at = max(topic.bumped_at, time)
    call.session.flush()
    return post


def _topic(call: Call, draft: Draft) -> Post:
    category = find_category(call, draft.category)
    check_rights(call, draft, category)
    errors = new_topic_errors(call, draft, category)
    if not draft.skip_validations and (
        missing := required_error(list(draft.tags), category, call.user)
    ):
        errors.append(missing)
    if errors := errors or new_post_errors(call, draft, None):
        raise creation_failed(errors)
    if draft.skip_validations and external_id_errors(call, draft.external_id):
        raise Refusal(500, {"status": 500, "error": "Internal Server Error"})
    topic = add_topic(call, draft, call.user, category)
    tags, errors = assign_tags(
        call, list(draft.tags), category, call.user, force=draft.skip_validations
    )
    if errors:
        raise creation_failed(errors)
    topic.tags = tags
    post = add_post(call, topic, draft, call.user)
    call.limits(exempt=draft.skip_validations).before_topic()
    return post


def _reply(call: Call, draft: Draft, topic_id: int) -> Post | Answer:
    topic = call.session.get(Topic, topic_id)
    if draft.message or topic is None or topic.deleted_at is not None or not can_see(call, topic):
        raise creation_failed([TOPIC_NOT_FOUND])
    if (topic.closed or topic.archived) and not call.staff:
        raise creation_failed([TOPIC_NOT_FOUND])
    if call.user.silenced and not topic.message:
        raise invalid_access()
    if not topic.message and _waits_for_approval(call, draft):
        return _enqueue(call, draft, topic)
    if errors := new_post_errors(call, draft, topic):
        raise creation_failed(errors)
    post = add_post(call, topic, draft, call.user)
    call.limits(exempt=draft.skip_validations).before_post()
    return post


def _message(call: Call, draft: Draft) -> Post:
    errors = recipient_errors(call, draft)
    if errors := errors or new_topic_errors(call, draft, None):
        raise creation_failed(errors)
    if errors := new_post_errors(call, draft, None):
        raise creation_failed(errors)
    post = add_post(call, add_topic(call, draft, call.user, None), draft, call.user)
    call.limits(exempt=draft.skip_validations).before_message()
    return post


def recipient_errors(call: Call, draft: Draft) -> list[str]:
    """What is wrong with the recipients of a private message (10)."""
    if not draft.recipients:
        return ["You must select a valid user."]
    most = call.settings.max_allowed_message_recipients
    if len(draft.recipients) > most and not call.user.staff:
        return [f"You can only send messages to {most} people at once."]
    if any(find_user(call.session, name) is None for name in draft.recipients):
        return ["Sorry, that user could not be found."]
    if not can_send_messages(call.user, call.settings.trust_to_send_messages):
        return ["Sorry, you cannot send a personal message."]
    return []


def _refuse_blocked_words(call: Call, draft: Draft) -> None:
    if call.user.staff:
        return
    text = f"{draft.title}\n{draft.raw}".lower()
    words = [word for word in call.settings.blocked_words if word.lower() in text]
    if words:
        message = f"Your post contains a word that is not allowed: {', '.join(words)}"
        raise creation_failed([message], action="created_post")


def _waits_for_approval(call: Call, draft: Draft) -> bool:
    """Contract 2.3: never staff, never messages; ``skip_validations`` does not help."""
    settings = call.settings
    if draft.message or call.user.staff:
        return False
    text = f"{draft.title}\n{draft.raw}".lower()
    sent = draft.category or ""
    category = call.session.get(CategoryRow, int(sent)) if is_id(sent) else None
    return (
        call.queue
        or settings.approve_topics
        or any(word.lower() in text for word in settings.approve_words)
        or (draft.topic_id is None and category is not None and category.approval)
    )


def _enqueue(call: Call, draft: Draft, topic: Topic | None) -> Answer:
    if errors := new_post_errors(call, draft, topic):
        raise creation_failed(errors, action="created_post")
    if call.user.silenced:
        raise invalid_access()
    category = find_category(call, draft.category) if topic is None else None
    if topic is None:
        if not can_create_in(call.user, category):
            message = "You are not permitted to view the requested resource."
            raise creation_failed([message], action="enqueued")
        if errors := new_title_errors(call, draft, category):
            raise creation_failed(errors, action="enqueued")
    pending = Pending(
        user=call.user,
        created_at=call.now,
        title=draft.title or None,
        raw=draft.raw,
        category_id=category.id if category else None,
        topic_id=topic.id if topic else None,
        tags=list(draft.tags),
    )
    call.session.add(pending)
    call.session.flush()
    count = call.session.scalar(
        select(func.count()).select_from(Pending).where(Pending.user_id == call.user.id)
    )
    shown = {"id": pending.id, "raw": pending.raw, "created_at": time_json(pending.created_at)}
    return Answer(
        {"action": "enqueued", "success": True, "pending_count": count, "pending_post": shown}
    )
