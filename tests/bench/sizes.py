"""Sizes of the posts that three real issues become, published to the embedded forum."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.e2e.real import KEYS, open_real_stage, publish

_SHARED = Path(__file__).resolve().parents[3] / "shared"
_LIMIT = 32_000


def main(arguments: list[str]) -> int:
    """Print characters and bytes of every post; 1 where one is longer than the forum allows."""
    if not _SHARED.is_dir():
        print("the real pages (../shared) are not beside this checkout")
        return 0
    longest = 0
    with tempfile.TemporaryDirectory() as folder, open_real_stage(Path(folder), _SHARED) as stage:
        stage.jubo("issues", "--backfill")
        for key in arguments or KEYS:
            asked = len(stage.model.answered)
            published = publish(stage, key)
            sizes = [len(post.raw) for post in published.topic.posts]
            calls = len(stage.model.answered) - asked
            print(f"{key}: {len(sizes)} posts of {sizes} characters, {calls} model calls")
            longest = max(longest, *sizes)
    return int(longest > _LIMIT)
