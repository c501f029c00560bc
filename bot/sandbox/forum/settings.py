"""How the embedded forum is set up; the defaults are Discourse's (numbers: the contract's rows)."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RateLimits:
    """Contract 6; None switches a limit off, which is the default of all.

    Attributes:
        admin_api_per_minute: All admin keys of the site together (6.1).
        ip_per_10_seconds: Per client address (6.1), answered in plain text.
        ip_per_minute: The same over a minute.
        proxy_per_minute: The proxy before the forum (6.1), answered in HTML.
        seconds_between_topics: Per user, staff exempt (6.2).
        seconds_between_posts: Per user; a new topic counts too.
        topics_per_day: Rolling 24 hours.
        messages_per_day: Rolling 24 hours.
        edits_per_day: Calendar day.
        uploads_per_minute: Per user.
    """

    admin_api_per_minute: int | None = None
    ip_per_10_seconds: int | None = None
    ip_per_minute: int | None = None
    proxy_per_minute: int | None = None
    seconds_between_topics: int | None = None
    seconds_between_posts: int | None = None
    topics_per_day: int | None = None
    messages_per_day: int | None = None
    edits_per_day: int | None = None
    uploads_per_minute: int | None = None


DISCOURSE_LIMITS = RateLimits(
    admin_api_per_minute=60,
    ip_per_10_seconds=50,
    ip_per_minute=200,
    proxy_per_minute=200,
    seconds_between_topics=15,
    seconds_between_posts=5,
    topics_per_day=20,
    messages_per_day=20,
    edits_per_day=30,
    uploads_per_minute=10,
)
"""What a forum does that nobody configured (contract 6.1, 6.2; uploads are a guess)."""


@dataclass(frozen=True, slots=True)
class Category:
    """A category that a new forum starts with.

    Attributes:
        create: Who may start a topic: "everyone", "staff" or "admins" (3.5).
        tags: The only tags allowed; empty allows all (3.4).
        required_tags: ``minimum_required_tags``; staff are exempt.
        approval: Topics of non-staff wait for a moderator (2.3).
    """

    id: int
    name: str
    slug: str
    color: str = "0088CC"
    create: str = "everyone"
    tags: tuple[str, ...] = ()
    required_tags: int = 0
    approval: bool = False


_CATEGORIES = (
    Category(1, "Uncategorized", "uncategorized", "808281"),
    Category(2, "읽을거리", "reading", "EE4C2C"),
    Category(3, "공지", "notices", "0E76BD", create="staff"),
)


@dataclass(frozen=True, slots=True)
class ForumSettings:
    """Site settings by Discourse's own names where it has one.

    Attributes:
        approve_topics: Non-staff topics and replies wait for approval (2.3).
        approve_words: Watched words that ask for approval (2.3).
        blocked_words: Watched words that refuse a post of non-staff (3.1, step 2).
        read_only: Every write is refused with 503 (1.4).
        staff_writes_only: Writes of non-staff are refused with 503 (1.4).
        tag_objects: Tags are returned as objects, the newer way (14).
        refuse_too_many_tags: 422; older forums cut the list in silence (3.4).
        lookup_in_topics_read: ``topics:read`` covers the external-id look-up (1.3).
        math: The math plugin is on (8).
    """

    title: str = "샌드박스 포럼"
    description: str = "jubo의 내장 포럼입니다. 이 컴퓨터 밖으로는 아무것도 나가지 않습니다."
    default_locale: str = "ko"
    version: str = "2026.8.0-sandbox"
    categories: tuple[Category, ...] = _CATEGORIES
    tags: tuple[str, ...] = ("paper", "weekly")
    limits: RateLimits = field(default_factory=RateLimits)

    max_post_length: int = 32_000
    min_post_length: int = 20
    min_first_post_length: int = 20
    min_personal_message_post_length: int = 10
    min_topic_title_length: int = 15
    max_topic_title_length: int = 255
    min_personal_message_title_length: int = 2
    title_min_entropy: int = 10
    body_min_entropy: int = 7
    title_max_word_length: int | None = None
    allow_uppercase_posts: bool = False
    title_prettify: bool = True
    title_remove_extraneous_space: bool = False
    max_emojis_in_title: int = 1
    allow_duplicate_topic_titles: bool = False
    allow_duplicate_topic_titles_category: bool = False
    unique_posts_mins: int = 5
    max_consecutive_replies: int = 3
    max_mentions_per_post: int = 10
    newuser_max_mentions_per_post: int = 2
    newuser_max_embedded_media: int = 1
    newuser_max_attachments: int = 0
    newuser_max_links: int = 2
    newuser_max_replies_per_topic: int = 3
    allow_uncategorized_topics: bool = True

    tagging_enabled: bool = True
    max_tags_per_topic: int = 5
    max_tag_length: int = 20
    force_lowercase_tags: bool = True
    trust_to_tag: int = 0
    trust_to_create_tag: int = 3
    tag_objects: bool = True
    refuse_too_many_tags: bool = True

    editing_grace_period: int = 300
    editing_grace_period_max_diff: int = 100
    editing_grace_period_max_diff_high_trust: int = 400
    post_edit_time_limit: int = 1440
    tl2_post_edit_time_limit: int = 43200
    staff_edit_locks_post: bool = False

    approve_topics: bool = False
    approve_words: tuple[str, ...] = ()
    blocked_words: tuple[str, ...] = ()
    login_required: bool = False
    read_only: bool = False
    staff_writes_only: bool = False
    lookup_in_topics_read: bool = True
    memo_seconds: int = 120
    max_body_megabytes: int = 10

    max_image_size_kb: int = 4096
    authorized_extensions: tuple[str, ...] = ("jpg", "jpeg", "png", "gif", "webp")
    max_allowed_message_recipients: int = 30
    trust_to_send_messages: int = 1

    math: bool = False
    details_enabled: bool = True
    max_oneboxes_per_post: int = 50
