"""Papers that stood in an earlier week already."""

from __future__ import annotations

from collections.abc import Iterable

from bot.model.issue import Issue, Paper
from bot.parsing.links import is_http
from bot.planning.marks import mark


def find_seen_before(issue: Issue, earlier: Iterable[Issue]) -> dict[int, str]:
    """Rank to the row that told of the same paper last, "2024-01-22/3".

    The same paper is the same arXiv id; outside arXiv, the same address of the paper itself. A
    tweet or a repository that two rows share does not make them one paper. ``issue`` itself and
    later weeks may be among ``earlier``; they do not count.
    """
    last: dict[str, str] = {}
    for other in sorted(earlier, key=lambda one: one.week):
        if other.week < issue.week and other.key != issue.key:
            last |= {
                own: f"{other.key}/{paper.rank}" for paper in other.papers if (own := _own(paper))
            }
    return {paper.rank: last[own] for paper in issue.papers if (own := _own(paper)) and own in last}


def _own(paper: Paper) -> str:
    """What stands for the paper: its id, else the address of its first link; empty for none."""
    if paper.arxiv_id:
        return f"arxiv:{paper.arxiv_id}"
    first = next((link for link in paper.links if is_http(link.url)), None)
    if first is None or not first.label.lower().startswith("paper"):
        return ""
    bare = Paper(paper.rank, "", "", (first,))
    return next(iter(mark(bare)), "")
