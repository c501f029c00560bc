"""When a topic stands where: bump date and timestamps (contract 5.5)."""

from __future__ import annotations

from datetime import UTC, datetime

from starlette.responses import Response

from bot.sandbox.forum.call import Call
from bot.sandbox.forum.finding import get_topic
from bot.sandbox.forum.refusals import failed, invalid_access, missing_parameter
from bot.sandbox.forum.routing import Route, empty
from bot.sandbox.forum.state import Answer


def reset_bump_date(call: Call) -> Response:
    """PUT /t/{id}/reset-bump-date: back to the last post's time; staff and trust level 4."""
    topic = get_topic(call, call.path_id())
    if not (call.user.staff or call.user.trust_level == 4):
        raise invalid_access()
    topic.bumped_at = topic.live_posts[-1].created_at
    return empty()


def change_timestamp(call: Call) -> Answer:
    """PUT /t/{id}/change-timestamp: shifts all posts; staff only, no future (shape E)."""
    topic = get_topic(call, call.path_id())
    if not call.user.staff:
        raise invalid_access()
    sent = call.params.text("timestamp")
    if not sent or not sent.isdecimal():
        raise missing_parameter("timestamp")
    if int(sent) > call.now.timestamp():
        raise failed()
    shift = datetime.fromtimestamp(int(sent), UTC) - topic.created_at
    topic.created_at += shift
    topic.bumped_at += shift
    for post in topic.posts:
        post.created_at += shift
    return Answer({"success": "OK"})


ROUTES = (
    Route("PUT", "/t/{id:int}/reset-bump-date", "topics#reset_bump_date", reset_bump_date),
    Route("PUT", "/t/{id:int}/change-timestamp", "topics#change_timestamps", change_timestamp),
)
