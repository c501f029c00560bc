"""``jubo trends`` and the post say the same of a week."""

from __future__ import annotations

import pytest

from bot.app import utc_now
from bot.cli.trends import describe
from bot.config import defaults_folder
from bot.model.trend import Trends
from bot.sandbox.week import KEY
from bot.store.database import open_database
from bot.store.editions import Editions
from bot.texts.themes import load_themes
from tests.hands.conftest import Hands

THEMES = load_themes(defaults_folder() / "themes.yml").themes


@pytest.mark.parametrize("backfilled", [True, False])
def test_the_table_is_the_edition_s(hands: Hands, *, backfilled: bool) -> None:
    """Whatever arXiv knows of this week, and however many weeks are stored."""
    if backfilled:
        hands.jubo("issues", "--backfill")
    hands.jubo("publish", KEY)
    shown = hands.jubo("trends", KEY, "--json").json
    trends = built(hands)
    assert shown == describe(trends, THEMES, "ko")
    assert any(theme.changes for theme in trends.themes) is backfilled


def test_before_anything_is_stored_the_source_is_counted(hands: Hands) -> None:
    shown = hands.jubo("trends", KEY, "--json").json
    assert [one["weeks"] for one in shown["stored"]] == [4, 12]


def built(hands: Hands) -> Trends:
    """The table that the published edition was worded from."""
    database = open_database(f"sqlite:///{hands.folder / 'jubo.sqlite'}", utc_now)
    try:
        edition = Editions(database).find(f"jubo-dair-{KEY}-ko")
    finally:
        database.close()
    assert edition is not None
    assert edition.trends is not None
    return edition.trends
