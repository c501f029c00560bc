"""One client policy for outside calls: time-outs, size cap, Retry-After, safe redirects.

jubo has three HTTP stacks (httpx here, requests inside pydiscourse, httpx2 inside openai).
`user_agent`, `timeouts`, `max_body_bytes` and `retry_after_seconds` give the same policy to all.
"""

from bot.http.addresses import bare_address, is_public
from bot.http.fetch import Reply, fetch
from bot.http.policy import max_body_bytes, open_client, timeouts, user_agent
from bot.parsing.headers import media_type, retry_after_seconds

__all__ = [
    "Reply",
    "bare_address",
    "fetch",
    "is_public",
    "max_body_bytes",
    "media_type",
    "open_client",
    "retry_after_seconds",
    "timeouts",
    "user_agent",
]
