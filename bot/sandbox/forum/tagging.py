"""Tags: how names are cleaned, which are dropped and which refused (contract 3.4)."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import select

from bot.sandbox.forum.call import Call
from bot.sandbox.forum.settings import ForumSettings
from bot.sandbox.forum.tables import CategoryRow, Tag, User

TOO_MANY = "You have applied too many tags to this topic."
_DROPPED = re.compile(r"[/?#@!$&*+,;=.%^:\[\]{}()'\"<>\\`|~]")
_RESERVED = {"none", "constructor"}


def clean_tag(name: str, settings: ForumSettings) -> str:
    """The name a new tag gets; empty where nothing of it is left.

    >>> [clean_tag(name, ForumSettings()) for name in ("c++", "GPT-4.1", " Weekly  papers ")]
    ['c', 'gpt-41', 'weekly-papers']
    """
    name = name.lower() if settings.force_lowercase_tags else name
    name = _DROPPED.sub("", re.sub(r"\s+", "-", name.strip()))
    name = re.sub(r"-{2,}", "-", name)[: settings.max_tag_length]
    return "" if name in _RESERVED else name


def read_tags(items: list[Any] | None) -> list[str]:
    """Tag names out of a request: strings, or objects with a name (2.1)."""
    names = []
    for item in items or []:
        name = item.get("name") if isinstance(item, dict) else item
        names += str(name).split(",") if name else []
    return [name.strip() for name in names if name.strip()]


def tag_json(call: Call, names: list[str]) -> list[Any]:
    """Tags as this forum returns them: objects or strings (14)."""
    if not call.settings.tag_objects:
        return list(names)
    rows = call.session.scalars(select(Tag).where(Tag.name.in_(names)))
    ids = {row.name: row.id for row in rows}
    return [{"id": ids.get(name, 0), "name": name, "slug": name} for name in names]


def can_tag(user: User, settings: ForumSettings) -> bool:
    """Whether the user may tag topics."""
    return settings.tagging_enabled and (user.staff or user.trust_level >= settings.trust_to_tag)


def can_create_tag(user: User, settings: ForumSettings) -> bool:
    """Whether the user may invent tags."""
    return can_tag(user, settings) and (
        user.staff or user.trust_level >= settings.trust_to_create_tag
    )


def count_error(names: list[str], settings: ForumSettings) -> str | None:
    """The refusal of newer forums for too many tags (3.1, step 1)."""
    if settings.refuse_too_many_tags and len(names) > settings.max_tags_per_topic:
        return TOO_MANY
    return None


def required_error(names: list[str], category: CategoryRow | None, user: User) -> str | None:
    """The refusal for a category that wants tags; staff are exempt."""
    needed = category.required_tags if category else 0
    if user.staff or len(names) >= needed:
        return None
    return f"You must choose at least {needed} tag{'' if needed == 1 else 's'}."


def assign_tags(
    call: Call, names: list[str], category: CategoryRow | None, user: User, *, force: bool = False
) -> tuple[list[str], list[str]]:
    """The tags the topic gets, and the errors.

    Unknown names of those who may not create tags are dropped in silence, even all of them.
    """
    if not names or not call.settings.tagging_enabled:
        return [], []
    if not force and not can_tag(user, call.settings):
        return [], ["You are not permitted to tag topics."]
    usable = _usable(call, names, create=force or can_create_tag(user, call.settings))
    if category and category.tags and usable:
        usable = [name for name in usable if name in category.tags]
        if not usable:
            return [], ["None of the chosen tags can be used in this category."]
    for name in usable:
        if call.session.scalar(select(Tag).where(Tag.name == name)) is None:
            call.session.add(Tag(name=name))
    call.session.flush()
    return usable[: call.settings.max_tags_per_topic], []


def _usable(call: Call, names: list[str], *, create: bool) -> list[str]:
    known = {tag.name.lower(): tag.name for tag in call.session.scalars(select(Tag))}
    usable: list[str] = []
    for name in names:
        cleaned = clean_tag(name, call.settings)
        found = known.get(name.lower()) or known.get(cleaned.lower())
        tag = found or (cleaned if create else "")
        if tag and tag not in usable:
            usable.append(tag)
    return usable
