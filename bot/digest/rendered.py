"""What readers would see of a digest: links that lead nowhere, marks that were left open."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from bot.markdown.cook import CookOptions, cook
from bot.model.topic import Digest, Post
from bot.planning.markers import Marker, find_marker
from bot.planning.placeholders import fill

_TOPIC = "/t/-/1"
_ADDRESS = re.compile(rf"(?:{_TOPIC}/(\d+))?#([\w.-]+)")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_JINJA = re.compile(r"\{[{%#]|[}%#]\}")
_DETAILS = re.compile(r"\[/?details[^\]\n]{0,80}\]?", re.IGNORECASE)
# Elements of HTML that swallow what follows them where nobody closes them.
_OPENING = re.compile(r"<(details|div|table|blockquote|pre|ul|ol)\b", re.IGNORECASE)
_MARKER = "<!-- jubo"


@dataclass
class _Seen(HTMLParser):
    """What a cooked post holds: anchors of its own, where its links lead, headings, its text."""

    anchors: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    _in_heading: bool = False

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _HEADINGS:
            self._in_heading = True
            self.headings.append("")
        if given.get("class") == "anchor":  # the forum's own, of a heading
            return
        self.anchors += [name for name in (given.get("name"), given.get("id")) if name]
        self.links += [given["href"]] if "href" in given else []

    def handle_endtag(self, tag: str) -> None:
        self._in_heading = self._in_heading and tag not in _HEADINGS

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if self._in_heading:
            self.headings[-1] += data


def find_faults(digest: Digest, names: Iterable[str], slots: Iterable[str]) -> Iterator[str]:
    """What is wrong with the posts, one line each: the cause, then the cure.

    Args:
        digest: As it was composed.
        names: Of the papers, each of which must stand in a heading.
        slots: Those that the language's labels have: none may reach a reader unfilled.
    """
    addresses = {post.number: f"{_TOPIC}/{post.number}" for post in digest.posts}
    filled = {
        post.number: fill(post.raw, addresses, picture="upload://x.png") for post in digest.posts
    }
    options = CookOptions(math=digest.math)
    seen = {number: _look(cook(raw, options)) for number, raw in filled.items()}
    for post in digest.posts:  # first: what is left open swallows headings and anchors
        text = "".join(seen[post.number].text)
        yield from _find_open_marks(filled[post.number], text)
        yield from _find_unfilled(text, slots)
        yield from _find_lost_marker(post, digest, text)
    yield from _find_dead_links(seen)
    yield from _find_unnamed(seen, names)


def _look(cooked: str) -> _Seen:
    seen = _Seen()
    seen.feed(cooked)
    seen.close()
    return seen


def _find_dead_links(seen: dict[int, _Seen]) -> Iterator[str]:
    """Anchors that a link needs and that do not stand exactly once where it leads."""
    for anchor, number in dict.fromkeys(_addressed(seen)):
        times = Counter(seen[number].anchors if number in seen else ())[anchor]
        everywhere = sum(one.anchors.count(anchor) for one in seen.values())
        if times == 0:
            yield f"a link leads to #{anchor}, which is not there; {_cure(anchor)}"
        elif everywhere > 1:
            yield f"the anchor {anchor} stands {everywhere} times; keep one of them"


def _addressed(seen: dict[int, _Seen]) -> Iterator[tuple[str, int]]:
    for number, one in seen.items():
        for link in one.links:
            if found := _ADDRESS.fullmatch(link):
                yield found[2], int(found[1] or number)


def _cure(anchor: str) -> str:
    if re.fullmatch(r"paper-\d+", anchor):
        return 'write <a name="{{ paper.anchor }}"></a> into the heading of the block paper'
    return f'write <a name="{anchor}"></a> where it shall lead'


def _find_unnamed(seen: dict[int, _Seen], names: Iterable[str]) -> Iterator[str]:
    headings = "\n".join(heading for one in seen.values() for heading in one.headings)
    for name in names:
        if not re.search(rf"\b{re.escape(name)}\b", headings):
            yield "a paper has no heading; write ## {{ paper.heading }} in the block paper"
            return


def _find_open_marks(raw: str, text: str) -> Iterator[str]:
    """What is opened and not closed in a post, or closed without having been opened."""
    if found := _DETAILS.search(text):
        yield f"{found[0]} has no other half; use collapsed(…), which closes what it opens"
    if raw.count("<!--") != raw.count("-->"):
        yield "a comment <!-- is not closed; close it with -->"
    for tag in dict.fromkeys(tag.lower() for tag in _OPENING.findall(raw)):
        opened = len(re.findall(rf"<{tag}\b", raw, re.IGNORECASE))
        if opened != len(re.findall(rf"</{tag}\s*>", raw, re.IGNORECASE)):
            yield f"<{tag}> is not closed in the post where it is opened; close it with </{tag}>"


def _find_unfilled(text: str, slots: Iterable[str]) -> Iterator[str]:
    for slot in slots:
        if f"{{{slot}}}" in text:
            yield f"{{{slot}}} reaches readers as it is; fill the label: | fill({slot}=…)"
    if found := _JINJA.search(text):
        near = text[found.start() : found.end() + 20]
        yield f"template code reaches readers: {' '.join(near.split())}; mend its braces"


def _find_lost_marker(post: Post, digest: Digest, text: str) -> Iterator[str]:
    """The comment by which the post is known as ours must stand alone, unseen, and be the only."""
    mark = Marker(digest.external_id, post.number, len(digest.posts))
    if _MARKER in text:
        yield "readers see what jubo writes at the end of a post; close the ``` above it"
    elif find_marker(post.raw) != mark or post.raw.count(_MARKER) != 1:
        yield f"the template writes a comment {_MARKER}, which is jubo's own; leave it out"
