"""The site as JSON: what a client can find out at run time (contract 7)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from bot.sandbox.forum.call import Call
from bot.sandbox.forum.finding import categories
from bot.sandbox.forum.json_category import site_category_json
from bot.sandbox.forum.tables import Tag, Topic, User
from bot.sandbox.forum.tagging import can_create_tag, can_tag, tag_json

_NOTIFICATIONS = (
    "mentioned replied quoted edited liked private_message invited_to_private_message "
    "invitee_accepted posted moved_post linked granted_badge invited_to_topic custom "
    "group_mentioned group_message_summary watching_first_post topic_reminder "
    "liked_consolidated post_approved code_review_commit_approved membership_request_accepted "
    "membership_request_consolidated bookmark_reminder reaction votes_released event_reminder "
    "event_invitation chat_mention chat_message chat_invitation chat_group_mention"
)
_CLIENT_SETTINGS = (
    "title default_locale login_required max_post_length min_post_length min_first_post_length "
    "min_personal_message_post_length min_topic_title_length max_topic_title_length "
    "min_personal_message_title_length tagging_enabled max_tags_per_topic max_tag_length "
    "force_lowercase_tags max_image_size_kb max_oneboxes_per_post newuser_max_embedded_media "
    "allow_uncategorized_topics max_allowed_message_recipients details_enabled"
)


def settings_json(call: Call) -> dict[str, Any]:
    """The settings that clients see; entropy, rate limits and prettifying are not among them."""
    settings = call.settings
    return {
        **{name: getattr(settings, name) for name in _CLIENT_SETTINGS.split()},
        "authorized_extensions": "|".join(settings.authorized_extensions),
        "discourse_math_enabled": settings.math,
        "discourse_math_provider": "mathjax",
        "poll_enabled": True,
        "discourse_local_dates_enabled": True,
        "enable_emoji": True,
        "enable_emoji_shortcuts": True,
        "enable_inline_emoji_translation": settings.default_locale in {"ko", "ja", "zh_CN"},
        "enable_markdown_typographer": True,
        "enable_markdown_linkify": True,
        "markdown_linkify_tlds": "com|net|org|io|co|tv|ru|cn|us|uk|me|de|fr|fi|gov",
        "traditional_markdown_linebreaks": False,
        "enable_mentions": True,
        "highlighted_languages": "bash|json|python|xml|yaml",
        "allowed_iframes": "",
        "allowed_href_schemes": "",
    }


def site_json(call: Call) -> dict[str, Any]:
    """The site: categories with what the caller may there, tags, kinds of everything."""
    user, settings = call.caller.user, call.settings
    kinds = _NOTIFICATIONS.split()
    tags = [tag.name for tag in call.session.scalars(select(Tag).order_by(Tag.id))]
    return {
        **_constants(),
        "notification_types": {
            **{name: number for number, name in enumerate(kinds, 1)},
            "watching_category_or_tag": 36,
            "linked_consolidated": 39,
        },
        "groups": _groups(),
        "categories": [site_category_json(call, row) for row in categories(call.session)],
        "can_create_tag": user is not None and can_create_tag(user, settings),
        "can_tag_topics": user is not None and can_tag(user, settings),
        "can_tag_pms": False,
        "top_tags": tag_json(call, tags),
        "uncategorized_category_id": 1,
    }


def tags_json(call: Call) -> dict[str, Any]:
    """All tags with how often they are used."""
    topics = list(call.session.scalars(select(Topic).where(Topic.deleted_at.is_(None))))
    return {
        "tags": [
            {
                "id": tag.id,
                "text": tag.name,
                "name": tag.name,
                "count": sum(tag.name in topic.tags for topic in topics),
                "pm_count": 0,
                "target_tag": None,
            }
            for tag in call.session.scalars(select(Tag).order_by(Tag.id))
        ],
        "extras": {"categories": []},
    }


def current_user_json(call: Call) -> dict[str, Any]:
    """Who the key acts for."""
    user = call.user
    return {
        "current_user": {
            "id": user.id,
            "username": user.username,
            "name": user.name,
            "trust_level": user.trust_level,
            "admin": user.admin,
            "moderator": user.moderator,
            "staff": user.staff,
            "can_create_topic": not user.silenced,
            "can_send_private_messages": user.staff
            or user.trust_level >= call.settings.trust_to_send_messages,
            "groups": [
                {"id": 10 + level, "name": f"trust_level_{level}"}
                for level in range(user.trust_level + 1)
            ],
        }
    }


def about_json(call: Call) -> dict[str, Any]:
    """The site's staff and numbers."""
    users = list(call.session.scalars(select(User).where(User.id > 0)))

    def people(kept: Sequence[User]) -> list[dict[str, Any]]:
        return [{"id": user.id, "username": user.username, "name": user.name} for user in kept]

    topics = call.session.scalar(select(func.count()).select_from(Topic))
    return {
        "about": {
            "title": call.settings.title,
            "description": call.settings.description,
            "locale": call.settings.default_locale,
            "version": call.settings.version,
            "admins": people([user for user in users if user.admin]),
            "moderators": people([user for user in users if user.moderator]),
            "stats": {"users_count": len(users), "topics_count": topics},
        }
    }


def basic_info_json(call: Call) -> dict[str, Any]:
    """What anybody may know."""
    pictures = "logo_url logo_small_url apple_touch_icon_url favicon_url mobile_logo_url"
    return {
        **dict.fromkeys(pictures.split(), "/images/logo.svg"),
        "title": call.settings.title,
        "description": call.settings.description,
        "header_primary_color": "333333",
        "header_background_color": "FFFFFF",
        "login_required": call.settings.login_required,
        "locale": call.settings.default_locale,
        "include_in_discourse_discover": False,
    }


def _constants() -> dict[str, Any]:
    lists = (
        "filters homepage_choices periods top_menu_items anonymous_top_menu_items user_fields "
        "auth_providers topic_featured_link_allowed_category_ids user_themes user_color_schemes "
        "censored_regexp topic_flag_types"
    )
    empty = (
        "watched_words_replace watched_words_link default_light_color_scheme "
        "default_dark_color_scheme"
    )
    like = {
        "id": 2, "name_key": "like", "name": "Like", "description": "Like this post",
        "short_description": "Like this post", "is_flag": False, "require_message": False,
        "enabled": True, "applies_to": ["Post"], "is_used": True, "position": 1,
        "auto_action_type": False, "system": True,
    }  # fmt: skip
    return {
        **{name: [] for name in lists.split()},
        **dict.fromkeys(empty.split()),
        "default_archetype": "regular",
        "archetypes": [
            {"id": "regular", "name": "Regular Topic", "options": []},
            {"id": "private_message", "name": "Personal Message", "options": []},
        ],
        "post_types": {"regular": 1, "moderator_action": 2, "small_action": 3, "whisper": 4},
        "trust_levels": {"newuser": 0, "basic": 1, "member": 2, "regular": 3, "leader": 4},
        "post_action_types": [like],
        "tags_filter_regexp": r"[\/\?#\[\]@!\$&'\(\)\*\+,;=\.%\\`^\s|\{\}\"<>]+",
        "user_field_max_length": 2048,
        "email_configured": True,
        "custom_emoji_translation": {},
        "markdown_additional_options": {},
        "hashtag_configurations": {},
        "full_name_required_for_signup": False,
        "full_name_visible_in_signup": True,
    }


def _groups() -> list[dict[str, Any]]:
    named = {1: "admins", 2: "moderators", 3: "staff"} | {
        10 + level: f"trust_level_{level}" for level in range(5)
    }
    return [
        {
            "id": number, "name": name, "flair_url": None, "flair_bg_color": None,
            "flair_color": None, "automatic": True,
        }
        for number, name in named.items()
    ]  # fmt: skip
