"""Categories as JSON: their rules, and what the caller may in them (contract 3.5, 7)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from bot.sandbox.forum.call import Call
from bot.sandbox.forum.finding import can_create_in, categories
from bot.sandbox.forum.tables import CategoryRow, Topic


def category_list_json(call: Call) -> dict[str, Any]:
    """The categories with their counts."""
    rows = categories(call.session)
    counts = {"day": 0, "week": 0, "month": 0, "year": 0, "all_time": 0}
    return {
        "category_list": {
            "can_create_category": call.staff,
            "can_create_topic": call.caller.user is not None,
            "categories": [
                {
                    **_category(call, row),
                    **{f"topics_{name}": value for name, value in counts.items()},
                    "permission": 1 if can_create_in(call.caller.user, row) else None,
                    "can_edit": call.staff,
                    "has_children": False,
                    "is_uncategorized": row.id == 1,
                    "subcategory_ids": [],
                }
                for row in rows
            ],
        }
    }


def category_json(call: Call, row: CategoryRow) -> dict[str, Any]:
    """One category with its rules."""
    approval = "everyone" if row.approval else "no_one"
    empty = "auto_close_hours default_slow_mode_seconds email_in locale"
    off = (
        "auto_close_based_on_last_post allow_unlimited_owner_edits_on_first_post can_delete "
        "email_in_allow_strangers mailinglist_mirror all_topics_wiki"
    )
    return {
        "category": {
            **_category(call, row),
            **dict.fromkeys(empty.split()),
            **dict.fromkeys(off.split(), False),
            "permission": 1 if can_create_in(call.caller.user, row) else None,
            "can_edit": call.staff,
            "has_children": False,
            "form_template_ids": [],
            "custom_fields": {},
            "allowed_tags": list(row.tags),
            "allowed_tag_groups": [],
            "allow_global_tags": False,
            "required_tag_groups": [],
            "category_setting": {
                "auto_bump_cooldown_days": 1,
                "num_auto_bump_daily": None,
                "require_reply_approval": None,
                "require_topic_approval": row.approval,
                "topic_posting_review_mode": approval,
                "reply_posting_review_mode": "no_one",
            },
            "category_localizations": [],
            "read_only_banner": None,
            "available_groups": [],
            "group_permissions": _permissions(row),
            "allow_badges": True,
            "topic_featured_link_allowed": True,
            "search_priority": 0,
            "topic_posting_review_group_ids": [],
            "reply_posting_review_group_ids": [],
        }
    }


def site_category_json(call: Call, row: CategoryRow) -> dict[str, Any]:
    """A category among those of the site, with what the caller may there."""
    return {
        **_category(call, row),
        "permission": 1 if can_create_in(call.caller.user, row) else None,
        "can_edit": call.staff,
        "has_children": False,
        "allow_global_tags": False,
        "required_tag_groups": [],
        "read_only_banner": None,
    }


def _category(call: Call, row: CategoryRow) -> dict[str, Any]:
    topics = list(
        call.session.scalars(
            select(Topic).where(Topic.category_id == row.id, Topic.deleted_at.is_(None))
        )
    )
    empty = (
        "emoji icon description description_text description_excerpt topic_template "
        "topic_title_placeholder subcategory_count sort_order sort_ascending default_view "
        "uploaded_logo uploaded_logo_dark uploaded_background uploaded_background_dark"
    )
    return {
        **dict.fromkeys(empty.split()),
        "id": row.id,
        "name": row.name,
        "color": row.color,
        "text_color": "FFFFFF",
        "style_type": "square",
        "slug": row.slug,
        "topic_count": len(topics),
        "post_count": sum(len(topic.live_posts) for topic in topics),
        "position": row.id,
        "topic_url": f"/t/about-{row.slug}/{row.id}",
        "read_restricted": False,
        "notification_level": 1,
        "show_subcategory_list": False,
        "num_featured_topics": 3,
        "subcategory_list_style": "rows_with_featured_topics",
        "default_top_period": "all",
        "default_list_filter": "all",
        "minimum_required_tags": row.required_tags,
        "navigate_to_first_post_after_read": False,
    }


def _permissions(row: CategoryRow) -> list[dict[str, Any]]:
    if row.create == "everyone":
        return [{"permission_type": 1, "group_name": "everyone", "group_id": 0}]
    group = {"staff": 3, "admins": 1}.get(row.create, 1)
    return [
        {"permission_type": 1, "group_name": row.create, "group_id": group},
        {"permission_type": 2, "group_name": "everyone", "group_id": 0},
    ]
