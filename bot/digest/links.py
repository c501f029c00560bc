"""A paper's links, sorted and labelled: the paper itself, and what there is beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from urllib.parse import urlsplit

from bot.markdown.addresses import arxiv_addresses, safe_address
from bot.markdown.compose import render_link
from bot.markdown.neutral import Markdown, clean
from bot.model.issue import Link, Paper

_MAXIMUM_LABEL = 60


class _Kind(Enum):
    """What an address leads to; the value is the label's name in language.yml."""

    PAPER = "link_paper"
    PDF = "link_pdf"
    CODE = "link_code"
    PROJECT = "link_project"
    DEMO = "link_demo"
    BLOG = "link_blog"
    TWEET = "link_tweet"
    HUGGING_FACE = "link_hugging_face"
    OTHER = ""


LINK_LABELS = tuple(kind.value for kind in _Kind if kind.value)
"""Names of the labels that language.yml gives for links."""

_OF_LABEL = {
    "paper": _Kind.PAPER,
    "report": _Kind.PAPER,
    "pdf": _Kind.PDF,
    "code": _Kind.CODE,
    "github": _Kind.CODE,
    "repo": _Kind.CODE,
    "project": _Kind.PROJECT,
    "demo": _Kind.DEMO,
    "blog": _Kind.BLOG,
    "tweet": _Kind.TWEET,
    "twitter": _Kind.TWEET,
}
_OF_HOST = {
    "arxiv.org": _Kind.PAPER,
    "github.com": _Kind.CODE,
    "gitlab.com": _Kind.CODE,
    "x.com": _Kind.TWEET,
    "twitter.com": _Kind.TWEET,
}


@dataclass(frozen=True, slots=True)
class PaperLinks:
    """Links to the paper, links to read on, and labels of addresses a post must not link to."""

    paper: tuple[Markdown, ...]
    more: tuple[Markdown, ...]
    refused: tuple[str, ...]


def paper_links(paper: Paper, labels: Mapping[str, str]) -> PaperLinks:
    """Every safe link of a row once, and what rules build from its arXiv id."""
    entries = dict(_entries(paper))
    names = [labels[kind.value] if kind.value else label for kind, label in entries.values()]
    repeated = {name for name, count in Counter(names).items() if count > 1}
    seen: Counter[str] = Counter()
    found: dict[bool, list[Markdown]] = {True: [], False: []}
    for (address, (kind, _)), name in zip(entries.items(), names, strict=True):
        seen[name] += 1
        label = f"{name} {seen[name]}" if name in repeated else name
        found[kind in {_Kind.PAPER, _Kind.PDF}].append(render_link(label, address))
    refused = (link.label for link in paper.links if link.url and not safe_address(link.url))
    return PaperLinks(tuple(found[True]), tuple(found[False]), tuple(map(_label, refused)))


def _entries(paper: Paper) -> Iterator[tuple[str, tuple[_Kind, str]]]:
    """Address → kind and label, papers first; a rule adds only what the row does not have."""
    given = {
        address: (_kind(link, address), _label(link.label))
        for link in reversed(paper.links)
        if (address := safe_address(link.url))
    }
    built = arxiv_addresses(paper.arxiv_id) if paper.arxiv_id else {}
    order = dict(reversed(given.items()))
    kinds = {kind for kind, _ in order.values()}
    if built:
        rules = ((_Kind.PAPER, "paper"), (_Kind.PDF, "pdf"), (_Kind.HUGGING_FACE, "hugging_face"))
        order |= {built[name]: (kind, "") for kind, name in rules if kind not in kinds}
    yield from sorted(order.items(), key=lambda entry: list(_Kind).index(entry[1][0]))


def _kind(link: Link, address: str) -> _Kind:
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.")
    if host == "huggingface.co" and parts.path.startswith("/papers/"):
        return _Kind.HUGGING_FACE
    if host == "arxiv.org" and parts.path.startswith("/pdf/"):
        return _Kind.PDF
    by_label = _OF_LABEL.get(link.label.strip().lower())
    return by_label or _OF_HOST.get(host, _Kind.OTHER)


def _label(label: str) -> str:
    return clean(label)[:_MAXIMUM_LABEL]
