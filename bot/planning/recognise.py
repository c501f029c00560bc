"""Which of the bot's topics and posts are a digest's own: by author and marker, or by papers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.model.topic import Digest, ForumPost, PendingPost, Topic
from bot.planning.markers import find_marker
from bot.planning.normal import fold_title
from bot.planning.weeks import find_week, is_same_week

_ARXIV = re.compile(r"arxiv\.org/(?:abs|pdf|html)/(\d{4}\.\d{4,5})", re.I)
_SAME_PAPERS = 0.8
_NEWEST = 3
_MAX_CANDIDATES = 8


def find_papers(raws: Iterable[str]) -> frozenset[str]:
    """arXiv ids to which the texts link.

    >>> sorted(find_papers(["[x](https://arxiv.org/abs/2401.12345v2)"]))
    ['2401.12345']
    """
    return frozenset(match[1] for raw in raws for match in _ARXIV.finditer(raw))


def choose_candidates(topics: Sequence[Topic], digest: Digest) -> tuple[Topic, ...]:
    """The topics worth reading in full: same title, same days, without days, and the newest three.

    The list the forum gives holds no texts; reading each of them would use up the minute's calls.
    """
    week = find_week(digest.title)
    title = fold_title(digest.title)

    def rank(place: int, topic: Topic) -> int | None:
        if fold_title(topic.title) == title:
            return 0
        days = find_week(topic.title)
        if week is not None and days is not None and is_same_week(week, days):
            return 1
        return 2 if place < _NEWEST or days is None else None

    ranked = [
        (order, place, topic)
        for place, topic in enumerate(topics)
        if (order := rank(place, topic)) is not None
    ]
    return tuple(topic for _, _, topic in sorted(ranked, key=lambda item: item[:2]))[
        :_MAX_CANDIDATES
    ]


def recognise(topic: Topic, digest: Digest, username: str) -> str | None:
    """How a topic, read with its posts, is known as this digest's: "marker", "papers" or None."""
    own = [post for post in topic.posts if is_by(post.author, username)]
    if not own or own[0].number != 1:
        return None
    marker = find_marker(own[0].raw)
    if marker is not None and marker.external_id == digest.external_id:
        return "marker"
    ours = find_papers(post.raw for post in digest.posts)
    theirs = find_papers(post.raw for post in own)
    if ours and len(ours & theirs) >= _SAME_PAPERS * len(ours | theirs):
        return "papers"
    return None


def find_own_posts(topic: Topic, username: str) -> dict[int, ForumPost]:
    """The bot's own posts in its topic, by their place in the digest.

    The place is the marker's, never the forum's count: readers reply in between. Any marker's:
    a topic adopted by its papers was written under another id and is changed post by post.
    """
    own = [post for post in topic.posts if is_by(post.author, username)]
    found: dict[int, ForumPost] = {}
    for post in sorted(own, key=lambda post: post.number):
        marker = find_marker(post.raw)
        if post.number == 1:
            found[1] = post
        elif marker is not None:
            found.setdefault(marker.number, post)
    return found


def find_own_pending(
    pending: Iterable[PendingPost], digest: Digest, number: int = 1
) -> PendingPost | None:
    """The queued post that carries the digest's marker and this number.

    Where the forum does not show a queued post's text, a topic is known by its title.
    """
    for post in pending:
        marker = find_marker(post.raw)
        if marker is not None and (marker.external_id, marker.number) == (
            digest.external_id,
            number,
        ):
            return post
        if not post.raw and number == 1 and fold_title(post.title) == fold_title(digest.title):
            return post
    return None


def find_rivals(topics: Iterable[Topic], digest: Digest) -> tuple[Topic, ...]:
    """Topics that name the digest's days, or bear its very title."""
    week = find_week(digest.title)
    title = fold_title(digest.title)
    return tuple(
        topic
        for topic in topics
        if fold_title(topic.title) == title
        or (week and (days := find_week(topic.title)) and is_same_week(week, days))
    )


def is_by(author: str, username: str) -> bool:
    """True for the same user; Discourse compares names without regard to case (contract 1.1)."""
    return author.casefold() == username.casefold()
