"""What the embedded forum keeps, as SQLAlchemy tables over SQLite."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey, Index, LargeBinary, TypeDecorator, func, text
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Instant(TypeDecorator[datetime]):
    """An aware time, kept as UTC: SQLite knows no zones."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _: Dialect) -> datetime | None:
        """To the database."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, _: Dialect) -> datetime | None:
        """From the database."""
        return None if value is None else value.replace(tzinfo=UTC)


class Table(DeclarativeBase):
    """All tables; ids are never used twice."""

    # SQLAlchemy declares both as instance attributes, so ClassVar does not type-check
    __table_args__: Any = {"sqlite_autoincrement": True}  # noqa: RUF012 - see above
    type_annotation_map = {  # noqa: RUF012 - see above
        datetime: Instant,
        list[str]: JSON,
        dict[str, Any]: JSON,
    }

    id: Mapped[int] = mapped_column(primary_key=True)


class User(Table):
    """An account; system is -1."""

    __tablename__ = "users"

    username: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    created_at: Mapped[datetime]
    trust_level: Mapped[int] = mapped_column(default=1)
    admin: Mapped[bool] = mapped_column(default=False)
    moderator: Mapped[bool] = mapped_column(default=False)
    suspended: Mapped[bool] = mapped_column(default=False)
    silenced: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)

    @property
    def staff(self) -> bool:
        """Whether the user is an admin or a moderator."""
        return self.admin or self.moderator


class ApiKey(Table):
    """A key, as its SHA-256 (contract 1.1); without a user it acts for whoever is named."""

    __tablename__ = "api_keys"

    digest: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    scopes: Mapped[dict[str, Any] | None]
    revoked: Mapped[bool] = mapped_column(default=False)
    personal: Mapped[bool] = mapped_column(default=False)


class CategoryRow(Table):
    """A category; see settings.Category."""

    __tablename__ = "categories"

    name: Mapped[str]
    slug: Mapped[str]
    color: Mapped[str]
    create: Mapped[str]
    tags: Mapped[list[str]]
    required_tags: Mapped[int]
    approval: Mapped[bool]


class Tag(Table):
    """A tag by its cleaned name."""

    __tablename__ = "tags"

    name: Mapped[str] = mapped_column(unique=True)


class Topic(Table):
    """A topic or (archetype private_message) a conversation."""

    __tablename__ = "topics"

    title: Mapped[str]
    slug: Mapped[str]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    category_id: Mapped[int | None]
    created_at: Mapped[datetime]
    bumped_at: Mapped[datetime]
    archetype: Mapped[str] = mapped_column(default="regular")
    external_id: Mapped[str | None] = mapped_column(default=None)
    tags: Mapped[list[str]] = mapped_column(default=list)
    recipients: Mapped[list[str]] = mapped_column(default=list)
    visible: Mapped[bool] = mapped_column(default=True)
    closed: Mapped[bool] = mapped_column(default=False)
    archived: Mapped[bool] = mapped_column(default=False)
    pinned: Mapped[bool] = mapped_column(default=False)
    deleted_at: Mapped[datetime | None] = mapped_column(default=None)

    user: Mapped[User] = relationship()
    posts: Mapped[list[Post]] = relationship(back_populates="topic", order_by="Post.number")

    @property
    def message(self) -> bool:
        """Whether this is a private message."""
        return self.archetype == "private_message"

    @property
    def live_posts(self) -> list[Post]:
        """The posts that are not deleted, in order."""
        return [post for post in self.posts if post.deleted_at is None]


Index("external_ids", func.lower(Topic.external_id), unique=True)


class Post(Table):
    """A post as it stands; ``kind`` is 1 for regular posts, 3 for small actions."""

    __tablename__ = "posts"

    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id"), index=True)
    number: Mapped[int]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    raw: Mapped[str]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version_at: Mapped[datetime]
    editor_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    version: Mapped[int] = mapped_column(default=1)
    edit_reason: Mapped[str | None] = mapped_column(default=None)
    reply_to: Mapped[int | None] = mapped_column(default=None)
    kind: Mapped[int] = mapped_column(default=1)
    locked: Mapped[bool] = mapped_column(default=False)
    hidden: Mapped[bool] = mapped_column(default=False)
    withdrawn: Mapped[bool] = mapped_column(default=False)
    deleted_at: Mapped[datetime | None] = mapped_column(default=None)

    topic: Mapped[Topic] = relationship(back_populates="posts")
    user: Mapped[User] = relationship(foreign_keys=[user_id])
    editor: Mapped[User] = relationship(foreign_keys=[editor_id])
    revisions: Mapped[list[Revision]] = relationship(order_by="Revision.number")


class Revision(Table):
    """One edit: ``number`` is the version it made, ``changes`` holds [before, after] by field."""

    __tablename__ = "revisions"

    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    number: Mapped[int]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    edit_reason: Mapped[str | None]
    changes: Mapped[dict[str, Any]]

    user: Mapped[User] = relationship()


class Upload(Table):
    """A picture, once per content."""

    __tablename__ = "uploads"

    sha1: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int]
    filename: Mapped[str]
    extension: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Pending(Table):
    """A post that waits for a moderator (contract 2.3)."""

    __tablename__ = "pending"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    title: Mapped[str | None]
    raw: Mapped[str]
    category_id: Mapped[int | None]
    topic_id: Mapped[int | None]
    tags: Mapped[list[str]]

    user: Mapped[User] = relationship()


class Notification(Table):
    """What a user is told."""

    __tablename__ = "notifications"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[int]
    created_at: Mapped[datetime]
    topic_id: Mapped[int | None]
    post_number: Mapped[int | None]
    data: Mapped[dict[str, Any]]
    read: Mapped[bool] = mapped_column(default=False)


def create_tables(connection: Connection) -> None:
    """Make the tables where they are missing.

    Each kind of thing counts from a number of its own, so that a client which takes one id for
    another cannot succeed by accident.
    """
    Table.metadata.create_all(connection)
    if not connection.scalar(text("SELECT count(*) FROM sqlite_sequence")):
        starts = {"topics": 100, "posts": 1000, "pending": 50_000, "uploads": 300}
        for name, start in starts.items():
            connection.execute(
                text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :start)"),
                {"name": name, "start": start},
            )
