"""Builders of weeks as the source shows them: a test names only what matters to it."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.config import Policy
from bot.model.codec import from_json, to_json
from bot.model.decision import Decision, KnownIssue, Outcome, Verdict
from bot.model.issue import Issue, Link, Paper, Week
from bot.planning.issues import decide
from bot.planning.known import confirm_published

MONDAY = date(2024, 3, 4)
NOW = datetime(2024, 3, 10, 16, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def a_paper(rank: int, tag: str = "a") -> Paper:
    arxiv_id = f"{1000 + zlib.crc32(tag.encode()) % 9000}.{rank:05}"
    links = (Link("Paper", f"https://arxiv.org/abs/{arxiv_id}"), Link("Tweet", ""))
    return Paper(rank, f"Method {tag}r{rank}", f"sorts {tag} in {rank} steps", links, arxiv_id)


def a_week(number: int = 0, *, papers: int = 10, tag: str | None = None) -> Issue:
    """The week ``number`` weeks after MONDAY, with papers of its own unless ``tag`` says whose."""
    first = MONDAY + number * timedelta(days=7)
    week = Week(first, first + timedelta(days=6))
    own = f"w{number}" if number >= 0 else f"before{-number}"
    rows = tuple(a_paper(rank, tag or own) for rank in range(1, papers + 1))
    return Issue(first.isoformat(), week, f"Papers of the Week ({first})", rows)


def key(number: int = 0) -> str:
    return a_week(number).key


def moved(issue: Issue, days: int) -> Issue:
    """The same papers under a heading that begins ``days`` later."""
    first = issue.week.first + timedelta(days=days)
    return replace(issue, key=first.isoformat(), week=Week(first, issue.week.last))


def with_paper(issue: Issue, rank: int, /, **changes: object) -> Issue:
    papers = tuple(
        replace(paper, **changes) if paper.rank == rank else paper  # type: ignore[arg-type]  # fields by name
        for paper in issue.papers
    )
    return replace(issue, papers=papers)


def rewritten(issue: Issue) -> Issue:
    """Every introduction in other words, the papers the same."""
    papers = tuple(
        replace(paper, summary=f"A much longer account.\n- {paper.name} plans {'well ' * 30}")
        for paper in issue.papers
    )
    return replace(issue, title=f"Top {issue.title}", papers=papers)


class Desk:
    """Looks at the source one after another, as the bot does; state survives as JSON."""

    def __init__(self, policy: Policy | None = None, at: datetime = NOW) -> None:
        self.policy = policy or Policy()
        self.at = at
        self.known: dict[str, KnownIssue] = {}
        self.log: list[Decision] = []
        self.outcome = Outcome((), {})

    def look(
        self, *shown: Issue, after: timedelta = timedelta(0), publishes: bool = True
    ) -> dict[str, Decision]:
        """One tick ``after`` the last; gives the decisions that changed, by key."""
        self.at += after
        self.outcome = decide(self.known, shown, self.policy, self.at)
        known: Mapping[str, KnownIssue] = self.outcome.known
        for decision in self.outcome.decisions:
            if decision.verdict is Verdict.PUBLISH and publishes:
                known = confirm_published(known, decision.key, self.at)
        if self.outcome.decisions:
            known = {name: from_json(to_json(one)) for name, one in known.items()}
        self.known = dict(known)
        self.log += self.outcome.decisions
        return {decision.key: decision for decision in self.outcome.decisions}

    def settle(self, *shown: Issue, hours: int = 48) -> None:
        """Hourly looks at an unchanged source."""
        for _ in range(hours):
            self.look(*shown, after=HOUR)

    @property
    def published(self) -> list[str]:
        return [one.key for one in self.log if one.verdict is Verdict.PUBLISH]

    def reason(self, name: str) -> str:
        return f"{self.known[name].verdict}: {self.known[name].reason}"


def started(*shown: Issue, policy: Policy | None = None) -> Desk:
    """A desk that has published the newest of these weeks and found nothing since."""
    desk = Desk(policy)
    desk.look(*shown)
    desk.settle(*shown, hours=30)
    assert desk.published == [max(issue.key for issue in shown)]
    desk.log.clear()
    return desk


def verdicts(decisions: Sequence[Decision]) -> list[tuple[str, str]]:
    return [(one.key, one.verdict.value) for one in decisions]
