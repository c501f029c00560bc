"""Keeps to the forum's calls per minute; its limit is shared by all keys (contract 6.1)."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

_MINUTE = 60.0


class Pace:
    """At most ``per_minute`` calls in any minute; who comes too early waits for room."""

    def __init__(
        self,
        per_minute: int,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._times: deque[float] = deque()

    def __call__(self) -> None:
        """Wait until one more call is allowed, and count it."""
        with self._lock:
            now = self._clock()
            while self._times and now - self._times[0] >= _MINUTE:
                self._times.popleft()
            wait = 0.0
            if len(self._times) >= self._per_minute:
                wait = self._times[-self._per_minute] + _MINUTE - now
            self._times.append(now + wait)
        if wait:
            self._sleep(wait)
