"""Whether an issue is all there, and whether its days can be a week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from bot.model.issue import Issue, Paper, Week
from bot.parsing.links import is_http
from bot.planning.marks import is_placeholder

SHORTEST_DAYS, LONGEST_DAYS = 3, 10


def find_gaps(issue: Issue, papers: int) -> str:
    """What is missing of ranks 1 to ``papers``, in one line; empty for a complete issue.

    Each rank needs a name, a text and a link a reader can follow; ``xxx``, ``Content Cell`` and
    empty addresses are none of these.
    """
    counts = Counter(paper.rank for paper in issue.papers)
    missing = [rank for rank in range(1, papers + 1) if rank not in counts]
    repeated = sorted(rank for rank, count in counts.items() if count > 1)
    beyond = sorted(rank for rank in counts if not 1 <= rank <= papers)
    gaps = [
        _ranks(missing, "is missing", "are missing"),
        _ranks(repeated, "stands twice", "stand twice"),
        _ranks(beyond, "is one too many", "are too many"),
        *(_lacks(paper) for paper in issue.papers),
    ]
    return "; ".join(gap for gap in gaps if gap)


def find_odd_days(week: Week) -> str:
    """Why the days are no week's; empty where they may be (six to eight in the real history)."""
    days = (week.last - week.first).days + 1
    if SHORTEST_DAYS <= days <= LONGEST_DAYS:
        return ""
    return f"its heading covers {days} days, {week.first} to {week.last}"


def _ranks(ranks: list[int], one: str, many: str) -> str:
    if not ranks:
        return ""
    if len(ranks) == 1:
        return f"rank {ranks[0]} {one}"
    return f"ranks {', '.join(map(str, _shorten(ranks)))} {many}"


def _shorten(ranks: list[int]) -> Iterable[int | str]:
    """Consecutive ranks as one range, so that a reason stays one short line."""
    if len(ranks) > 2 and ranks[-1] - ranks[0] == len(ranks) - 1:
        return [f"{ranks[0]} to {ranks[-1]}"]
    return ranks


def _lacks(paper: Paper) -> str:
    lacking = []
    if is_placeholder(paper.name):
        lacking.append("name")
    if is_placeholder(paper.summary):
        lacking.append("text")
    if not any(is_http(link.url) for link in paper.links):
        lacking.append("link")
    return f"rank {paper.rank} has no {' and no '.join(lacking)}" if lacking else ""
