"""A forum that refuses the picture: moderators see why, and bring it later with one command."""

from __future__ import annotations

from bot.sandbox.forum import BOT
from bot.sandbox.week import KEY
from tests.hands.conftest import Hands


def test_a_refused_picture_is_seen_everywhere_and_comes_when_it_is_allowed(hands: Hands) -> None:
    hands.jubo("issues", "--backfill")
    hands.forum.configure(authorized_extensions=("jpg",))
    said = hands.jubo("publish", KEY)
    assert (said.status, "picture: discourse: 422 for" in said.out) == (0, True)
    page = hands.folder / "built" / "preview.html"
    hands.jubo("build", KEY, "--out", str(page.parent))
    assert "data:image/png" not in page.read_text(encoding="utf-8")
    assert "주제의 흐름" not in hands.posts()[0].raw
    shown = f"{KEY}: without the picture: discourse: 422 for"
    assert shown in hands.jubo("status").out
    (row,) = [
        row for row in hands.jubo("status", "--json").json["issues"] if row["picture_refusal"]
    ]
    assert "not authorized (authorized: jpg)" in row["picture_refusal"]

    hands.forum.configure(authorized_extensions=("jpg", "png"))
    hands.jubo("publish", KEY)
    assert "upload://" in hands.posts()[0].raw
    assert shown not in hands.jubo("status").out
    hands.jubo("build", KEY, "--out", str(page.parent))
    assert "data:image/png" in page.read_text(encoding="utf-8")
    assert len([topic for topic in hands.forum.topics() if topic.author == BOT]) == 1
