"""The preview in a real browser: readable at 360 and 1280 pixels, in light and dark."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.sandbox.server import serve
from bot.web.preview import open_preview, render_preview
from tests.browser.pages import VIEWS, audit, open_page
from tests.web.test_preview import FINDING, a_preview

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_the_file_reads_well(browser: Browser, tmp_path: Path, width: int, scheme: str) -> None:
    file = tmp_path / "preview.html"
    file.write_text(render_preview(a_preview(FINDING)), encoding="utf-8")
    page = open_page(browser, file.as_uri(), width, scheme)
    page.screenshot(path=tmp_path / "preview.png")
    assert audit(page) == []
    assert (tmp_path / "preview.png").stat().st_size > 10_000
    page.close()


def test_the_audit_sees_what_is_wrong(browser: Browser, tmp_path: Path) -> None:
    """A check that cannot fail proves nothing."""
    file = tmp_path / "bad.html"
    lines = "".join(f"<p>plain line {number}</p>" for number in range(30))
    file.write_text(
        "<body style='background:#fff'><p style='color:#999'>pale</p><a href='#no'>x</a>"
        "<p style='width:2000px'>wide</p><p style='position:absolute;top:60px'>over</p>"
        f"<p style='position:absolute;top:62px'>lapping</p>{lines}",
        encoding="utf-8",
    )
    page = open_page(browser, file.as_uri(), 360, "light")
    found = " ".join(audit(page))
    for problem in ("sideways", "contrast 2.85: pale", "broken anchor: #no", "overlap"):
        assert problem in found
    page.close()


def test_phone_and_desk_stand_side_by_side(browser: Browser) -> None:
    with serve(open_preview(a_preview(FINDING))) as url:
        page = open_page(browser, f"{url}/", 1280, "light")
        phone, desk = (page.frame(name=name) for name in ("phone", "desk"))
        assert phone is not None
        assert desk is not None
        widths = [frame.evaluate("document.documentElement.clientWidth") for frame in (phone, desk)]
        assert widths[0] < 400 < widths[1]
        page.close()
