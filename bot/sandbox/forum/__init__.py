"""An embedded Discourse: the part of it that jubo uses, true to the contract, over SQLite.

>>> forum = open_forum()
>>> key = forum.add_key("jubo")
>>> with serve_forum(forum) as url:
...     url.startswith("http://127.0.0.1:")
True
"""

from bot.sandbox.forum.clock import ManualClock
from bot.sandbox.forum.faults import Fault, FaultKind
from bot.sandbox.forum.handle import BOT, MODERATOR, READER, EmbeddedForum, open_forum
from bot.sandbox.forum.serving import serve_forum
from bot.sandbox.forum.settings import DISCOURSE_LIMITS, Category, ForumSettings, RateLimits
from bot.sandbox.forum.views import PendingView, PostView, TopicView

__all__ = [
    "BOT",
    "DISCOURSE_LIMITS",
    "MODERATOR",
    "READER",
    "Category",
    "EmbeddedForum",
    "Fault",
    "FaultKind",
    "ForumSettings",
    "ManualClock",
    "PendingView",
    "PostView",
    "RateLimits",
    "TopicView",
    "open_forum",
    "serve_forum",
]
