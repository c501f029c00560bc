"""The forum in one's hand: to serve it, look into it and steer it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.types import ASGIApp

from bot.sandbox.forum.access import Caller, digest
from bot.sandbox.forum.app import build_app
from bot.sandbox.forum.call import Call
from bot.sandbox.forum.clock import Clock, server_clock
from bot.sandbox.forum.draft import Draft
from bot.sandbox.forum.faults import Switchboard
from bot.sandbox.forum.finding import SYSTEM_ID, find_user
from bot.sandbox.forum.params import Params
from bot.sandbox.forum.posting import add_post, add_topic
from bot.sandbox.forum.queue import approve, reject, waiting
from bot.sandbox.forum.revising import Edit, revise
from bot.sandbox.forum.settings import ForumSettings
from bot.sandbox.forum.state import State
from bot.sandbox.forum.tables import ApiKey, CategoryRow, Pending, Post, Tag, Topic, User
from bot.sandbox.forum.text import clean_title, normalise_raw
from bot.sandbox.forum.views import (
    PendingView,
    PostView,
    TopicView,
    view_pending,
    view_post,
    view_topic,
)

BOT, MODERATOR, READER = "jubo", "moderator", "reader"


class EmbeddedForum:
    """A forum with its users, keys, topics and faults.

    A new one has the users ``jubo`` (trust level 1), ``moderator`` and ``reader``, the
    categories and tags of its settings and no key.

    Attributes:
        app: The ASGI application.
        faults: The switchboard.
    """

    def __init__(self, database: Path | None, settings: ForumSettings, clock: Clock) -> None:
        self._state = State(database, settings, clock)
        self.faults = Switchboard()
        with self._state.transaction() as session:
            if session.get(User, SYSTEM_ID) is None:
                self._seed(session)
        self.app: ASGIApp = build_app(self._state, self.faults, self._topics_json)

    # --- settings, time, memory

    @property
    def settings(self) -> ForumSettings:
        """The settings in force."""
        return self._state.settings

    def configure(self, **changes: Any) -> None:
        """Change settings from the next request on."""
        self._state.settings = replace(self._state.settings, **changes)

    def forget_retries(self) -> None:
        """Empty the memory of identical requests and of rate limits (2.4, 6)."""
        self._state.memo.clear()
        self._state.limiter.clear()

    def close(self) -> None:
        """Let go of the database."""
        self._state.close()

    # --- users and keys

    def add_user(self, username: str, **rights: Any) -> None:
        """Add a user; ``rights`` are trust_level, admin, moderator, suspended, silenced, active."""
        with self._state.transaction() as session:
            now = self._state.clock()
            session.add(User(username=username, name=username, created_at=now, **rights))

    def set_user(self, username: str, **rights: Any) -> None:
        """Change a user's rights or state."""
        with self._state.transaction() as session:
            user = self._user(session, username)
            for name, value in rights.items():
                setattr(user, name, value)

    def add_key(
        self,
        username: str | None = BOT,
        *,
        scopes: Mapping[str, Mapping[str, Sequence[int]] | None] | None = None,
        personal: bool = False,
    ) -> str:
        """Issue a key and give it, for once.

        Args:
            username: Whom it belongs to; None lets it act for everybody.
            scopes: Granular scopes with the ids they are restricted to, such as
                ``{"topics:write": None, "topics:update": {"category_id": [2]}}``; None is all.
            personal: A ``User-Api-Key``, not an admin's (1.1).
        """
        key = secrets.token_hex(32)
        with self._state.transaction() as session:
            owner = self._user(session, username).id if username else None
            granted = None if scopes is None else {n: dict(v or {}) for n, v in scopes.items()}
            session.add(
                ApiKey(digest=digest(key), user_id=owner, scopes=granted, personal=personal)
            )
        return key

    def revoke_key(self, key: str) -> None:
        """Make a key worthless."""
        with self._state.transaction() as session:
            row = session.scalar(select(ApiKey).where(ApiKey.digest == digest(key)))
            if row is not None:
                row.revoked = True

    # --- what stands on the forum

    def topics(self) -> tuple[TopicView, ...]:
        """All topics and messages, oldest first, deleted ones included."""
        with self._state.transaction() as session:
            return tuple(map(view_topic, session.scalars(select(Topic).order_by(Topic.id))))

    def topic(self, topic_id: int) -> TopicView:
        """One topic; KeyError where there is none."""
        with self._state.transaction() as session:
            topic = session.get(Topic, topic_id)
            if topic is None:
                raise KeyError(topic_id)
            return view_topic(topic)

    def post(self, post_id: int) -> PostView:
        """One post; KeyError where there is none."""
        with self._state.transaction() as session:
            return view_post(self._post(session, post_id))

    def pending(self) -> tuple[PendingView, ...]:
        """What waits for approval, oldest first."""
        with self._state.transaction() as session:
            return tuple(map(view_pending, waiting(session)))

    # --- what people do there

    def write_topic(
        self, title: str, raw: str, *, author: str = READER, category: int = 1,
        tags: Sequence[str] = (),
    ) -> TopicView:  # fmt: skip
        """Let somebody write a topic, past all validation."""
        with self._call() as call:
            user = self._user(call.session, author)
            draft = Draft(normalise_raw(raw), clean_title(title, self.settings))
            topic = add_topic(call, draft, user, call.session.get(CategoryRow, category))
            topic.tags = list(tags)
            add_post(call, topic, draft, user)
            return view_topic(topic)

    def write_reply(self, topic_id: int, raw: str, *, author: str = READER) -> PostView:
        """Let somebody reply, past all validation."""
        with self._call() as call:
            topic = call.session.get_one(Topic, topic_id)
            user = self._user(call.session, author)
            return view_post(add_post(call, topic, Draft(normalise_raw(raw), ""), user))

    def edit(
        self, post_id: int, raw: str, *, author: str = MODERATOR, reason: str | None = None
    ) -> PostView:
        """Let somebody ("system", too) edit a post behind the bot's back (13.3)."""
        with self._call() as call:
            post = self._post(call.session, post_id)
            edit = Edit(normalise_raw(raw), reason, silent=True)
            revise(call, post, self._user(call.session, author), edit)
            return view_post(post)

    def delete_topic(self, topic_id: int) -> None:
        """Let staff delete a topic; its external id stays taken (4)."""
        with self._call() as call:
            call.session.get_one(Topic, topic_id).deleted_at = call.now

    def delete_post(self, post_id: int) -> None:
        """Let staff delete a post."""
        with self._call() as call:
            self._post(call.session, post_id).deleted_at = call.now

    def set_topic(self, topic_id: int, **state: Any) -> None:
        """Change a topic's visible, closed, archived, title, tags or external_id directly."""
        with self._call() as call:
            topic = call.session.get_one(Topic, topic_id)
            for name, value in state.items():
                setattr(topic, name, value)

    def set_category(self, category_id: int, **rules: Any) -> None:
        """Change a category's create, tags, required_tags or approval (settings.Category)."""
        with self._call() as call:
            category = call.session.get_one(CategoryRow, category_id)
            for name, value in rules.items():
                setattr(category, name, value)

    def lock_post(self, post_id: int, *, locked: bool = True) -> None:
        """Let staff lock a post (5.1)."""
        with self._call() as call:
            self._post(call.session, post_id).locked = locked

    def approve(self, pending_id: int) -> TopicView:
        """Let a moderator approve a waiting post."""
        with self._call() as call:
            return view_topic(approve(call, call.session.get_one(Pending, pending_id)).topic)

    def reject(self, pending_id: int) -> None:
        """Let a moderator reject a waiting post."""
        with self._call() as call:
            reject(call, call.session.get_one(Pending, pending_id))

    # --- helpers

    @contextmanager
    def _call(self) -> Iterator[Call]:
        """A call from inside, with the rights of system."""
        request = Request({"type": "http", "method": "POST", "path": "/", "headers": []})
        with self._state.transaction() as session:
            caller = Caller(session.get(User, SYSTEM_ID), admin_key=True)
            yield Call(self._state, session, request, Params({}), caller, self._state.clock())

    def _topics_json(self) -> list[Any]:
        return [
            {**asdict(topic), "bumped_at": topic.bumped_at.isoformat()} for topic in self.topics()
        ]

    def _user(self, session: Session, username: str) -> User:
        user = find_user(session, username)
        if user is None:
            raise KeyError(f"the forum has no user {username}; add one with add_user")
        return user

    def _post(self, session: Session, post_id: int) -> Post:
        post = session.get(Post, post_id)
        if post is None:
            raise KeyError(post_id)
        return post

    def _seed(self, session: Session) -> None:
        now = self._state.clock()
        people = (
            User(id=SYSTEM_ID, username="system", name="system", admin=True, trust_level=4),
            User(username=BOT, name="주보 봇", trust_level=1),
            User(username=MODERATOR, name="운영자", trust_level=4, moderator=True),
            User(username=READER, name="독자", trust_level=2),
        )
        for person in people:
            person.created_at = now
        session.add_all(people)
        session.add_all(CategoryRow(**_columns(asdict(one))) for one in self.settings.categories)
        session.add_all(Tag(name=name) for name in self.settings.tags)


def open_forum(
    database: Path | None = None,
    settings: ForumSettings | None = None,
    *,
    clock: Clock = server_clock,
) -> EmbeddedForum:
    """The embedded forum over a SQLite file (None: in memory), made where it is missing.

    ``clock`` is the forum's own; tests that wait give a :class:`ManualClock`.
    """
    return EmbeddedForum(database, settings or ForumSettings(), clock)


def _columns(category: dict[str, Any]) -> dict[str, Any]:
    return {**category, "tags": list(category["tags"])}
