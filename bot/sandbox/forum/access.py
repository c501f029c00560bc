"""Who is calling, and whether key and user may (contract 1.1 to 1.3)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from starlette.datastructures import Headers

from bot.sandbox.forum.params import Params
from bot.sandbox.forum.refusals import invalid_access, invalid_credentials
from bot.sandbox.forum.settings import ForumSettings
from bot.sandbox.forum.tables import ApiKey, User

_LISTS = {"list#latest", "list#category"}
_SCOPES: dict[str, set[str]] = {
    "topics:write": {"posts#create"},
    "topics:update": {"topics#update", "topics#status"},
    "topics:read": {"topics#show", "topics#posts"},
    "topics:read_lists": _LISTS,
    "topics:delete": {"topics#destroy"},
    "topics:recover": {"topics#recover"},
    "topics:status": {"topics#status"},
    "posts:edit": {"posts#update"},
    "posts:delete": {"posts#destroy"},
    "posts:recover": {"posts#recover"},
    "uploads:create": {"uploads#create"},
    "categories:list": {"categories#index"},
    "categories:show": {"categories#show"},
    "tags:list": {"tags#index"},
    "wordpress:publishing": {
        "site#site",
        "posts#create",
        "topics#update",
        "topics#status",
        "topics#show",
    },
}


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is calling.

    ``admin_key``: the call came with an admin-issued key, so that ``external_id``, the
    memory of retries and the shared rate limit apply (1.1, 2.4). ``username`` outlives the
    transaction.
    """

    user: User | None = None
    admin_key: bool = False
    username: str = ""


def digest(key: str) -> str:
    """The form in which a key is kept."""
    return hashlib.sha256(key.encode()).hexdigest()


def identify(
    session: Session, headers: Headers, action: str, method: str, params: Params,
    settings: ForumSettings,
) -> Caller:  # fmt: skip
    """The caller by the headers alone; keys in query or body are not looked at.

    Raises:
        Refusal: The indistinguishable 403 (1.2), or that of a suspended user.
    """
    key_text = headers.get("api-key") or headers.get("user-api-key")
    if not key_text:
        return Caller()
    query = select(ApiKey).where(ApiKey.digest == digest(key_text), ~ApiKey.revoked)
    key = session.scalar(query)
    if key is None or key.personal != ("user-api-key" in headers):
        raise invalid_credentials()
    user = _user(session, key, headers)
    if user is None or not covers(key.scopes, action, method, params, settings):
        raise invalid_credentials()
    if user.suspended or not user.active:
        raise invalid_access()
    return Caller(user, admin_key=not key.personal, username=user.username)


def covers(
    scopes: dict[str, Any] | None, action: str, method: str, params: Params,
    settings: ForumSettings,
) -> bool:  # fmt: skip
    """Whether granular scopes (None: all) allow an action; values restrict parameters.

    >>> covers({"topics:write": {"topic_id": [7]}}, "posts#create", "POST",
    ...        Params({"topic_id": 8}), ForumSettings())
    False
    """
    if scopes is None:
        return True
    for scope, limits in scopes.items():
        actions = _SCOPES.get(scope, set())
        if scope == "topics:read" and settings.lookup_in_topics_read:
            actions = actions | {"topics#show_by_external_id"}
        read = scope == "global:read" and method == "GET"
        if (read or action in actions) and _within(limits or {}, params):
            return True
    return False


def _within(limits: dict[str, list[int]], params: Params) -> bool:
    return all(
        params.text(name) in [str(value) for value in allowed] for name, allowed in limits.items()
    )


def _user(session: Session, key: ApiKey, headers: Headers) -> User | None:
    named: User | None = None
    username, user_id = headers.get("api-username"), headers.get("api-user-id")
    if username:
        query = select(User).where(func.lower(User.username) == username.lower())
        named = session.scalar(query)
    elif user_id and user_id.isdigit():
        named = session.get(User, int(user_id))
    if key.user_id is None:
        return named
    if (username or user_id) and (named is None or named.id != key.user_id):
        return None
    return session.get(User, key.user_id)
