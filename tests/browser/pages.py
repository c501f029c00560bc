"""Opening a page and asking it what a reader would trip over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AUDIT = (Path(__file__).parent / "audit.js").read_text(encoding="utf-8")
VIEWS = [
    (width, scheme) for width in (360, 1280) for scheme in ("light", "dark")
]  # a phone and a desk


def open_page(browser: Browser, url: str, width: int, scheme: str) -> Page:
    """The page at that width, loaded; ``scheme`` is "light" or "dark"."""
    page = browser.new_page(viewport={"width": width, "height": 900 if width > 600 else 740})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(url, wait_until="load")
    return page


def audit(page: Page) -> list[str]:
    """What is wrong with the page as laid out: sideways scrolling, anchors, contrast, overlaps."""
    found = page.evaluate(AUDIT)
    assert found["texts"] > 20, "the page shows hardly any text"
    return list(found["problems"])
