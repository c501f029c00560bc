"""Chromium, where there is one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real browser; the test skips where neither it nor playwright is installed.

    Playwright keeps an event loop in this thread, in which DBOS would refuse to run: it ends with
    its module.
    """
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not _CHROMIUM.exists():
        pytest.skip("Chromium (/usr/bin/chromium) is not installed")
    with playwright.sync_playwright() as running:
        started = running.chromium.launch(
            executable_path=str(_CHROMIUM), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield started
        started.close()
