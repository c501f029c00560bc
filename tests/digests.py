"""Builders of digests for tests of the forum's side; name only what matters."""

from __future__ import annotations

from bot.model.topic import Digest, Post
from bot.planning.markers import render_marker
from bot.planning.placeholders import PICTURE, address_placeholder

EXTERNAL_ID = "jubo-dair-2024-01-29-ko"
TITLE = "[2024/01/29 ~ 02/04] 이번 주의 주요 논문 모음"


def a_digest(
    posts: int = 1,
    *,
    external_id: str = EXTERNAL_ID,
    title: str = TITLE,
    body: str = "에이전트 연구가 늘었습니다.",
    tags: tuple[str, ...] = ("paper", "weekly"),
    category: int | None = 2,
    picture: bytes | None = None,
) -> Digest:
    """A digest of so many posts; the first links to all others, each of those back to it."""
    made = tuple(
        Post(number, _raw(number, posts, external_id, body, picture is not None), (number,))
        for number in range(1, posts + 1)
    )
    return Digest(external_id, title, made, tags, category, picture)


def _raw(number: int, total: int, external_id: str, body: str, picture: bool) -> str:
    lines = [
        f"## {number}번째 글",
        "",
        body,
        "",
        f"[논문](https://arxiv.org/abs/2401.0000{number})",
    ]
    if number == 1:
        lines += [f"- [{n}번째 글]({address_placeholder(n, f'p{n}')})" for n in range(2, total + 1)]
        lines += ["", f"![주제의 흐름]({PICTURE})"] if picture else []
    else:
        lines += [f"[차례로]({address_placeholder(1)})"]
    return "\n".join([*lines, "", render_marker(external_id, number, total)])
