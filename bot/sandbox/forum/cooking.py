"""The HTML of a stored post, with the forum's uploads, users and tags."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.markdown.cook import CookOptions, cook
from bot.sandbox.forum.settings import ForumSettings
from bot.sandbox.forum.tables import CategoryRow, Post, Tag, Upload, User

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def base62(sha1: str) -> str:
    """The SHA-1 as it stands in a short upload address.

    >>> base62("ff" * 20)
    'AwGeptL1TMEBFSqZfp4BXWGY80v'
    """
    number, text = int(sha1, 16), ""
    while number:
        number, digit = divmod(number, 62)
        text = _DIGITS[digit] + text
    return text.rjust(27, "0")


def upload_path(upload: Upload) -> str:
    """Where the picture is served."""
    return f"/uploads/default/original/1X/{upload.sha1}.{upload.extension}"


def cook_post(session: Session, settings: ForumSettings, post: Post, site_url: str) -> str:
    """The post as readers see it."""
    users = session.scalars(select(User.username))
    names = [*session.scalars(select(Tag.name)), *session.scalars(select(CategoryRow.slug))]
    options = CookOptions(
        post_id=post.id,
        math=settings.math,
        users=frozenset(name.lower() for name in users),
        hashtags=frozenset(name.lower() for name in names),
        oneboxes=settings.max_oneboxes_per_post,
        site_url=site_url,
        resolve_upload=_addresses(session).get,
    )
    return cook(post.raw, options)


def _addresses(session: Session) -> dict[str, str]:
    return {
        f"upload://{base62(upload.sha1)}.{upload.extension}": upload_path(upload)
        for upload in session.scalars(select(Upload))
    }
