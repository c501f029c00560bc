"""The demo's topic shows where its week comes from."""

from __future__ import annotations

from bot.sandbox.week import KEY
from tests.hands.conftest import Hands


def test_the_source_of_the_sample_week_is_an_address_that_people_can_read(hands: Hands) -> None:
    """The stand-in serves on this machine, and a post links to no such address."""
    hands.jubo("publish", KEY)
    raw = "".join(post.raw for post in hands.posts())
    assert "](https://example.org/ai-papers-of-the-week/years/2026.md#top-ai-papers" in raw
    assert "원문 주소를 확인하지 못했습니다." not in raw
    assert "127.0.0.1" not in raw
