"""What the forum refuses in a new topic, reply or edit (contract 3), in its own order and words."""

from __future__ import annotations

import re
from datetime import timedelta

from bs4 import BeautifulSoup
from sqlalchemy import select

from bot.markdown.cook import cook
from bot.sandbox.forum.call import Call
from bot.sandbox.forum.draft import Draft
from bot.sandbox.forum.finding import can_create_in
from bot.sandbox.forum.params import is_id
from bot.sandbox.forum.refusals import invalid_access, invalid_parameters
from bot.sandbox.forum.tables import CategoryRow, Post, Topic, User
from bot.sandbox.forum.text import TitleRules, body_errors, title_errors

TOPIC_NOT_FOUND = (
    "Something has gone wrong. Perhaps this topic was closed or deleted while you were looking "
    "at it?"
)
_EXTERNAL_ID = re.compile(r"[\w-]+")


def find_category(call: Call, sent: str | None) -> CategoryRow | None:
    """The category that was asked for; None is uncategorized.

    Raises:
        Refusal: 400 for a name, or an id that no category has (2.1).
    """
    if sent is None:
        return None
    category = call.session.get(CategoryRow, int(sent)) if is_id(sent) else None
    if category is None:
        raise invalid_parameters("category")
    return category


def check_rights(call: Call, draft: Draft, category: CategoryRow | None) -> None:
    """Raise 403 for who may not start a topic there (3.1, step 7; 3.5)."""
    if call.user.silenced:
        raise invalid_access()
    if not draft.skip_validations and not can_create_in(call.user, category):
        raise invalid_access()


def new_topic_errors(call: Call, draft: Draft, category: CategoryRow | None) -> list[str]:
    """What is wrong with a new topic before its body is looked at (3.1, step 8)."""
    errors = []
    if not draft.skip_validations:
        errors += new_title_errors(call, draft, category)
        errors += external_id_errors(call, draft.external_id)
    if category is None and not draft.message and not call.settings.allow_uncategorized_topics:
        errors.append("Category can't be blank")
    if draft.unlist and not (call.user.staff or call.user.trust_level == 4):
        errors.append("You are not permitted to unlist topics.")
    return errors


def new_title_errors(call: Call, draft: Draft, category: CategoryRow | None) -> list[str]:
    """What is wrong with the title of a new topic or message (3.2)."""
    settings, minimum = call.settings, call.settings.min_topic_title_length
    if draft.message:
        minimum = settings.min_personal_message_title_length
    elif call.user.admin:
        minimum = 1
    errors = title_errors(draft.title, TitleRules(minimum, draft.message), settings)
    if not draft.message and title_is_taken(call, draft.title, category):
        errors.append("Title has already been used")
    return errors


def title_is_taken(
    call: Call, title: str, category: CategoryRow | None, *, except_topic: int | None = None
) -> bool:
    """Whether another topic has the title, whatever its case (3.2, duplicate title)."""
    settings = call.settings
    if settings.allow_duplicate_topic_titles or not title:
        return False
    query = select(Topic).where(
        Topic.deleted_at.is_(None), Topic.archetype == "regular", Topic.id != (except_topic or 0)
    )
    if settings.allow_duplicate_topic_titles_category:
        query = query.where(Topic.category_id == (category.id if category else None))
    # compared here: SQLite lowers ASCII letters only
    return any(topic.title.lower() == title.lower() for topic in call.session.scalars(query))


def external_id_errors(call: Call, external_id: str | None) -> list[str]:
    """What is wrong with an external id (4); the id of a deleted topic is taken, too."""
    if external_id is None:
        return []
    errors = []
    if not _EXTERNAL_ID.fullmatch(external_id):
        errors.append("External is invalid")
    if len(external_id) > 50:
        errors.append("External is too long (maximum is 50 characters)")
    ids = call.session.scalars(select(Topic.external_id).where(Topic.external_id.is_not(None)))
    if external_id.lower() in {taken.lower() for taken in ids if taken}:
        errors.append("External has already been taken")
    return errors


def new_post_errors(call: Call, draft: Draft, topic: Topic | None) -> list[str]:
    """What is wrong with a new body (3.1, step 10; 3.3); ``topic`` where it is a reply."""
    if draft.skip_validations:
        return []
    settings, user = call.settings, call.user
    message = draft.message or (topic is not None and topic.message)
    minimum = settings.min_post_length if topic else settings.min_first_post_length
    if message:
        minimum = settings.min_personal_message_post_length
    errors = body_errors(draft.raw, minimum, settings)
    if not user.staff:
        errors += content_errors(call, draft.raw, message=message)
        errors += _repetition_errors(call, draft)
        errors += _reply_errors(call, topic) if topic else []
    return errors


def content_errors(call: Call, raw: str, *, message: bool) -> list[str]:
    """Too many mentions, pictures, files or links; new users (trust 0) may have fewer (3.3)."""
    settings, new = call.settings, call.user.trust_level == 0
    if not new and "@" not in raw:
        return []
    page = BeautifulSoup(cook(raw), "html.parser")
    mentions = len({tag.text.lower() for tag in page.select(".mention")})
    most = settings.newuser_max_mentions_per_post if new else settings.max_mentions_per_post
    errors = []
    if mentions > most:
        errors.append(f"Sorry, you can only mention {most} users in a post.")
    if new and len(page.select("img:not(.emoji), video, audio")) > (
        settings.newuser_max_embedded_media
    ):
        errors.append("Sorry, new users can't embed that many media items in a post.")
    if new and not message:
        links = page.select("a[href]:not(.anchor, .mention, .attachment, [href^='#'])")
        if len(page.select("a.attachment")) > settings.newuser_max_attachments:
            errors.append("Sorry, new users can't put attachments in posts.")
        if len({link["href"] for link in links}) > settings.newuser_max_links:
            errors.append(
                f"Sorry, new users can only put {settings.newuser_max_links} links in a post."
            )
    return errors


def _repetition_errors(call: Call, draft: Draft) -> list[str]:
    minutes = call.settings.unique_posts_mins
    if draft.import_mode or not minutes:
        return []
    query = select(Post.id).where(
        Post.user_id == call.user.id,
        Post.raw == draft.raw,
        Post.created_at > call.now - timedelta(minutes=minutes),
    )
    if call.session.scalar(query) is None:
        return []
    return ["Body is too similar to what you recently posted"]


def _reply_errors(call: Call, topic: Topic) -> list[str]:
    settings, user = call.settings, call.user
    if topic.message:
        return []
    errors = []
    regular = [post for post in topic.live_posts if post.kind == 1]
    last = regular[-settings.max_consecutive_replies :]
    streak = len(last) == settings.max_consecutive_replies
    if topic.user_id != user.id and streak and all(post.user_id == user.id for post in last):
        errors.append(
            f"No more than {settings.max_consecutive_replies} consecutive replies are allowed. "
            "Please edit your previous reply, or wait for someone to reply to you."
        )
    own = sum(post.user_id == user.id for post in regular)
    if user.trust_level == 0 and own >= settings.newuser_max_replies_per_topic:
        errors.append("New users are limited in how often they may reply to one topic.")
    return errors


def can_send_messages(user: User, trust: int) -> bool:
    """Whether the user may start private messages (10)."""
    return user.staff or user.trust_level >= trust
