"""One request at a time, and a pause between two, as arXiv's terms of use ask."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Pace:
    """Turns that never overlap and begin at least ``pause_seconds`` after the last one ended.

    One object a process is shared by all who ask the service. Machines do not know of each
    other: with several, raise the pause by their number.
    """

    def __init__(
        self,
        pause_seconds: float,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._pause = pause_seconds
        self._sleep = sleep
        self._clock = clock
        self._lock = threading.Lock()
        self._ended: float | None = None

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for one's turn; the turn lasts as long as the ``with`` block."""
        with self._lock:
            if self._ended is not None:
                left = self._ended + self._pause - self._clock()
                if left > 0:
                    self._sleep(left)
            try:
                yield
            finally:
                self._ended = self._clock()
