"""An Edition laid out: one topic, and replies where it does not fit one post.

Only the forum knows under which address a reply will stand; until then a placeholder stands
there (bot.planning.placeholders), as long as any address that can replace it, so that the lengths
counted here hold afterwards. They are counted as the forum does: code points of the normalised
text, marker included (contract 3.3, 13.2).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.digest.fit import share_out, split_paper
from bot.digest.layout import Layout
from bot.digest.links import LINK_LABELS
from bot.digest.render import MOST_POSTS, Piece, PostView, Renderer, post_view
from bot.digest.title import render_title
from bot.digest.view import NO_TOPICS
from bot.errors import ConfigError
from bot.model.edition import Edition, TranslatedPaper
from bot.model.language import Language
from bot.model.topic import Digest, ForumLimits, Post
from bot.planning.markers import render_marker
from bot.planning.normal import normalise_raw

REQUIRED_LABELS = (
    *LINK_LABELS,
    *("more_authors", "no_title", "seen_before", "picture_title", "picture_note", "picture_alt"),
)
"""Labels that every layout needs; the others are those that its templates name."""
_MOST_POSTS = 99


_BETWEEN = "\n\n"
# A post whose own marks and links are as long as they can get.
_LONGEST = post_view(MOST_POSTS, MOST_POSTS)


def compose(
    edition: Edition,
    language: Language,
    limits: ForumLimits,
    layout: Layout,
    *,
    tags: Sequence[str] = (),
    category: int | None = None,
    topics: Mapping[str, str] = NO_TOPICS,
) -> Digest:
    """The posts of an edition, each within the forum's limit.

    Args:
        edition: All that is shown.
        language: Its labels and title pattern.
        limits: The forum's; ``math`` and ``details`` say which plugins are on.
        layout: The language's templates.
        tags: Of the topic.
        category: Of the topic.
        topics: Addresses of our own topics on that forum, by Issue key: for papers seen before.

    Raises:
        ConfigError: A label or template cannot be used, or the limit is too small for one part.
    """
    missing = [name for name in REQUIRED_LABELS if name not in language.labels]
    if missing:
        raise ConfigError(
            f"languages/{language.code}/language.yml: labels: {missing[0]} is missing; add it"
        )
    renderer = Renderer(edition, language, limits, layout, topics)
    posts = _Fitting(renderer, edition.external_id, limits.max_post_length).posts()
    title = render_title(language, edition.issue.week, limits)
    return Digest(edition.external_id, title, posts, tuple(tags), category, math=limits.math)


class _Fitting:
    """Shares the pieces of an edition out over posts of at most ``limit`` characters."""

    def __init__(self, renderer: Renderer, external_id: str, limit: int) -> None:
        self._renderer = renderer
        self._external_id = external_id
        self._limit = limit
        head = renderer.head(_LONGEST, {})
        marker = render_marker(external_id, MOST_POSTS, MOST_POSTS)
        # What is left of a post after what every post carries.
        self._capacity = limit - _length(head + _BETWEEN + marker)

    def posts(self) -> tuple[Post, ...]:
        """One post where that is enough, else as few and as even ones as can be."""
        whole = self._renderer.pieces()
        posts = self._posts(whole, [len(whole) + 2])
        if _length(posts[0].raw) <= self._limit:
            return posts
        pieces = [part for piece in whole for part in self._parts(piece)]
        return self._posts(pieces, self._counts(pieces))

    def _parts(self, piece: Piece) -> list[Piece]:
        """The piece itself where a post of its own can hold it, else its parts."""

        def fits(paper: TranslatedPaper, *, continued: bool) -> bool:
            return self._size(Piece(paper, piece.number, continued)) <= self._capacity

        parts = split_paper(piece.paper, fits)
        return [Piece(part, piece.number, continued=place > 0) for place, part in enumerate(parts)]

    def _size(self, piece: Piece) -> int:
        return _length(_BETWEEN + self._renderer.paper(piece, _LONGEST))

    def _counts(self, pieces: Sequence[Piece]) -> list[int]:
        """How many parts each post takes, overview and closing among them."""
        overview = self._renderer.head(replace(_LONGEST, number=1), {})
        closing = self._renderer.closing(_LONGEST)
        papers = [self._size(piece) for piece in pieces]
        sizes = [_length(overview), *papers, _length(_BETWEEN + closing)]
        return share_out(sizes, self._capacity)

    def _posts(self, pieces: Sequence[Piece], counts: Sequence[int]) -> tuple[Post, ...]:
        """The posts, given how many of overview, pieces and closing each takes."""
        parts: list[Piece | None] = [None, *pieces, None]
        shares: list[list[Piece]] = []
        for count in counts:
            shares.append([part for part in parts[:count] if part])
            parts = parts[count:]
        places = {
            piece.number: number
            for number, share in reversed(list(enumerate(shares, start=1)))
            for piece in share
            if not piece.continued
        }
        return tuple(
            self._post(post_view(number, len(shares)), share, places)
            for number, share in enumerate(shares, start=1)
        )

    def _post(self, post: PostView, share: Sequence[Piece], places: Mapping[int, int]) -> Post:
        blocks = [self._renderer.head(post, places)]
        blocks += [self._renderer.paper(piece, post) for piece in share]
        if post.number == post.total:
            blocks.append(self._renderer.closing(post))
        blocks.append(render_marker(self._external_id, post.number, post.total))
        ranks = tuple(dict.fromkeys(piece.paper.paper.rank for piece in share))
        return Post(post.number, normalise_raw(_BETWEEN.join(filter(None, blocks))), ranks)


def _length(text: str) -> int:
    return len(normalise_raw(text))
