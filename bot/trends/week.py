"""Everything that can be said of one week from stored issues."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.model.issue import Issue, Paper, Record
from bot.model.trend import Seen, Theme, Trends
from bot.planning.seen import find_seen_before
from bot.trends.counts import IssueThemes, count_stored, count_themes
from bot.trends.recurring import find_recurring
from bot.trends.themes import find_themes

_CODE = re.compile(r"^(?:code|github|repo(?:sitory)?|models?|weights)\b", re.IGNORECASE)
_CODE_HOSTS = ("https://github.com/", "https://huggingface.co/", "https://gitlab.com/")


def compute_trends(issue: Issue, earlier: Sequence[Issue], themes: Sequence[Theme]) -> Trends:
    """Counts, changes, surveys, open code, names and papers that return.

    Every week is counted by what every stored week has: the list's names and texts. arXiv's
    titles and categories are known of the weeks that were posted, for some days, and of no other;
    a week counted with them beside weeks without shows a theme as new that was there all along.
    So a count in the post is the picture's last column and the one of ``jubo trends``.

    Args:
        issue: This week.
        earlier: Any stored issues; those of this week or later are passed over.
        themes: The rules.
    """
    before = sorted(
        (other for other in earlier if other.week.first < issue.week.first),
        key=lambda other: other.week.first,
    )
    assigned = assign_themes(issue, themes, {})
    history = [(other, assign_themes(other, themes, {})) for other in before]
    return Trends(
        key=issue.key,
        papers=len(issue.papers),
        themes=count_themes(issue, assigned, history),
        stored=count_stored(issue, history),
        surveys=tuple(rank for rank, names in assigned.items() if "surveys" in names),
        open_code=tuple(paper.rank for paper in issue.papers if _has_open_code(paper)),
        recurring=find_recurring(issue, before, themes),
        seen=find_seen(issue, before),
    )


def assign_themes(
    issue: Issue, themes: Sequence[Theme], records: Mapping[str, Record]
) -> IssueThemes:
    """Theme ids of every paper, by rank; with records, what a paper may be called, uncounted."""
    return {
        paper.rank: find_themes(paper, records.get(paper.arxiv_id or ""), themes)
        for paper in issue.papers
    }


def find_seen(issue: Issue, earlier: Sequence[Issue]) -> tuple[Seen, ...]:
    """This week's papers that an earlier issue had, and which row had them last."""
    seen = find_seen_before(issue, earlier)
    return tuple(Seen(rank, row) for rank, row in sorted(seen.items()))


def _has_open_code(paper: Paper) -> bool:
    return any(link.url and (_CODE.match(link.label) or _is_code(link.url)) for link in paper.links)


def _is_code(url: str) -> bool:
    """A repository or a model; a paper's page, a demo or a data set is neither."""
    elsewhere = re.match(r"https://huggingface\.co/(?:papers|spaces|datasets)/", url)
    return url.startswith(_CODE_HOSTS) and not elsewhere
