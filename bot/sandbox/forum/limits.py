"""Rate limits (contract 6): sliding windows in memory, by the forum's clock."""

from __future__ import annotations

import math
from collections import deque
from datetime import datetime, timedelta

from bot.sandbox.forum.refusals import rate_limited
from bot.sandbox.forum.settings import RateLimits
from bot.sandbox.forum.tables import User

_DAY = 24 * 3600


class Limiter:
    """Counts what was done when; one for the whole forum."""

    def __init__(self) -> None:
        self._times: dict[str, deque[datetime]] = {}

    def wait_seconds(
        self, name: str, *, at_most: int, per_seconds: float, now: datetime, eager: bool = False
    ) -> int:
        """0 and one more counted, or how long until there is room again.

        ``eager``: a refused call counts too, and so prolongs the wait (6.1).
        """
        times = self._times.setdefault(name, deque())
        window = timedelta(seconds=per_seconds)
        while times and now - times[0] >= window:
            times.popleft()
        full = len(times) >= at_most
        wait = (times[-at_most] + window - now).total_seconds() if full else 0.0
        if not full or eager:
            times.append(now)
        return max(1, math.ceil(wait)) if full else 0

    def clear(self) -> None:
        """Forget everything."""
        self._times.clear()


class UserLimits:
    """The limits on one user's actions (6.2); staff and ``skip_validations`` are exempt."""

    def __init__(
        self, limiter: Limiter, limits: RateLimits, user: User, now: datetime, *, exempt: bool
    ) -> None:
        self._limiter, self._limits, self._user, self._now = limiter, limits, user, now
        self._exempt = exempt or user.staff

    def before_topic(self) -> None:
        """Count a new topic."""
        self._check("topic", 1, self._limits.seconds_between_topics, _TOO_FAST_TOPIC)
        self._check("topics-per-day", self._limits.topics_per_day, _DAY, _TOO_MANY_TOPICS)
        self.before_post()

    def before_post(self) -> None:
        """Count a new post."""
        self._check("post", 1, self._limits.seconds_between_posts, _TOO_FAST_POST)

    def before_message(self) -> None:
        """Count a private message."""
        self._check("pms-per-day", self._limits.messages_per_day, _DAY, _TOO_MANY_MESSAGES)

    def before_edit(self) -> None:
        """Count an edit that makes a version."""
        day = f"edit-post-{self._now.date()}"
        self._check(day, self._limits.edits_per_day, _DAY, _TOO_MANY_EDITS)

    def before_upload(self) -> None:
        """Count an upload."""
        self._check("uploads", self._limits.uploads_per_minute, 60, _TOO_MANY_UPLOADS)

    def _check(self, name: str, at_most: int | None, seconds: int | None, text: str) -> None:
        if self._exempt or at_most is None or seconds is None:
            return
        wait = self._limiter.wait_seconds(
            f"{name}:{self._user.id}", at_most=at_most, per_seconds=seconds, now=self._now
        )
        if wait:
            raise rate_limited(wait, text)


_TOO_FAST_TOPIC = "You're creating topics too quickly."
_TOO_FAST_POST = "You're replying too quickly."
_TOO_MANY_TOPICS = "You've reached the maximum number of topics for one day."
_TOO_MANY_MESSAGES = "You've reached the maximum number of messages for one day."
_TOO_MANY_EDITS = "You've edited too many times today."
_TOO_MANY_UPLOADS = "You've uploaded too many files."
