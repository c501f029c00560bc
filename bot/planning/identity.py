"""Which shown issue is which known one: by range of days and papers, never by title or file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.model.decision import KnownIssue, State
from bot.model.issue import Issue, Week
from bot.planning.marks import (
    FEW_ROWS,
    Marks,
    are_same_papers,
    count_shared,
    describe,
    mark_rows,
    overlap_days,
)


@dataclass(frozen=True, slots=True)
class Rival:
    """Why a heading is in doubt; ``issue``: what stands alone under it, with papers of its own."""

    reason: str
    issue: Issue | None = None


@dataclass(slots=True)
class Matching:
    """Who is who.

    Attributes:
        same: Known key to the issue shown for it.
        rivals: Known key to why its heading is in doubt.
        new: Issues nobody knows yet, by the key they get.
        doubts: Key to why a person should look first: another issue's papers, or its days.
        copies: Those of the doubtful that show another issue's papers.
    """

    same: dict[str, Issue] = field(default_factory=dict)
    rivals: dict[str, Rival] = field(default_factory=dict)
    new: dict[str, Issue] = field(default_factory=dict)
    doubts: dict[str, str] = field(default_factory=dict)
    copies: set[str] = field(default_factory=set)


def match_issues(known: Mapping[str, KnownIssue], shown: Sequence[Issue]) -> Matching:
    """Match the issues a source shows to the known ones, one to one.

    Papers decide before days: a corrected heading, a moved file, a renamed series or rewritten
    introductions leave an issue what it was. Days decide where papers cannot: a table without
    papers yet. Two tables under one heading, or other papers under a known heading, are rivals.
    """
    shown = without_doubles(shown)
    marks = [mark_rows(issue.papers) for issue in shown]
    matching, free = Matching(), set(range(len(shown)))
    index = _Index(known)
    for key, place in _by_papers(known, shown, marks, index):
        if key not in matching.same and place in free:
            matching.same[key] = shown[place]
            free.discard(place)
    days = _Days(known, matching)
    for place in sorted(free, key=lambda place: (-len(marks[place]), place)):
        _match_by_days(known, shown[place], marks[place], index, days, matching)
    _find_shared_headings(matching)
    _find_doubts(known, matching, index, days)
    return matching


def without_doubles(shown: Sequence[Issue]) -> list[Issue]:
    """One Issue where two files show the same days and papers, the one with more rows."""
    kept: dict[Week, list[Issue]] = {}
    for issue in shown:
        twins = kept.setdefault(issue.week, [])
        own = mark_rows(issue.papers)
        for place, twin in enumerate(twins):
            if are_same_papers(own, mark_rows(twin.papers)):
                twins[place] = max(twin, issue, key=lambda one: len(one.papers))
                break
        else:
            twins.append(issue)
    return [issue for twins in kept.values() for issue in twins]


class _Index:
    """Marks to the keys of the known issues that have them."""

    def __init__(self, known: Mapping[str, KnownIssue]) -> None:
        self._marks: dict[str, Marks] = {}
        self._keys: defaultdict[str, set[str]] = defaultdict(set)
        for key, one in known.items():
            self.add(key, one.marks)

    def add(self, key: str, marks: Marks) -> None:
        """Count an issue in."""
        self._marks[key] = marks
        for item in (item for row in marks for item in row):
            self._keys[item].add(key)

    def find_keys(self, marks: Marks) -> set[str]:
        """Every key that shares a mark."""
        return {key for row in marks for item in row for key in self._keys.get(item, ())}

    def find_twins(self, key: str, marks: Marks) -> list[str]:
        """The other issues with these papers."""
        others = self.find_keys(marks) - {key}
        return [one for one in others if are_same_papers(marks, self._marks[one])]


class _Days:
    """The days in use: of the issues matched so far, else of the known ones not shown yet."""

    def __init__(self, known: Mapping[str, KnownIssue], matching: Matching) -> None:
        self._matched = {key: issue.week for key, issue in matching.same.items()}
        self._absent = {key: one.week for key, one in known.items() if key not in matching.same}

    def find_same(self, week: Week) -> tuple[str | None, bool]:
        """The key known under exactly these days, and whether it is matched already."""
        for weeks, matched in ((self._matched, True), (self._absent, False)):
            for key, other in weeks.items():
                if other == week:
                    return key, matched
        return None, False

    def find_close(self, key: str, week: Week) -> str | None:
        """The other key whose days are mostly these; ranges that only touch do not count."""
        for name, other in (self._absent | self._matched).items():
            shorter = min((week.last - week.first).days, (other.last - other.first).days) + 1
            if name != key and 2 * overlap_days(week, other) > shorter:
                return name
        return None

    def take(self, key: str, week: Week) -> None:
        """Count a known one as matched."""
        self._absent.pop(key, None)
        self._matched[key] = week


def _by_papers(
    known: Mapping[str, KnownIssue], shown: Sequence[Issue], marks: Sequence[Marks], index: _Index
) -> list[tuple[str, int]]:
    """Pairs with the same papers, the surest first: same days, then most papers, then nearest."""
    pairs = []
    for place, (issue, own) in enumerate(zip(shown, marks, strict=True)):
        for key in index.find_keys(own):
            one = known[key]
            shared = count_shared(own, one.marks)
            overlaps = overlap_days(issue.week, one.week) > 0
            if 2 * shared >= min(len(own), len(one.marks)) and (shared >= FEW_ROWS or overlaps):
                away = abs((issue.week.first - one.week.first).days)
                pairs.append((issue.week != one.week, -shared, away, key, place))
    return [(key, place) for *_, key, place in sorted(pairs)]


def _match_by_days(
    known: Mapping[str, KnownIssue],
    issue: Issue,
    own: Marks,
    index: _Index,
    days: _Days,
    matching: Matching,
) -> None:
    key, matched = days.find_same(issue.week)
    if key is not None and matched:
        matching.rivals[key] = Rival(f"two headings say {describe(issue.week)}")
    elif key is None:
        key = _free_key(issue.week, known.keys() | matching.new.keys())
        matching.new[key] = issue
        days.take(key, issue.week)
    elif min(len(own), len(known[key].marks)) < FEW_ROWS:
        matching.same[key] = issue
        days.take(key, issue.week)
    else:
        reason = f"other papers than before stand under {describe(issue.week)}"
        alone = key not in matching.rivals and not index.find_twins(key, own)
        matching.rivals[key] = Rival(reason, issue if alone else None)


def _find_doubts(
    known: Mapping[str, KnownIssue], matching: Matching, index: _Index, days: _Days
) -> None:
    """A new heading over last week's rows, a template still being filled in; or a slip of days.

    Of two issues with the same papers the one known for longer, or the older, is the true one.
    """
    for key, issue in matching.new.items():
        index.add(key, mark_rows(issue.papers))
    for key, issue in (matching.new | matching.same).items():
        if key in known and not is_open(known[key]):
            continue
        twins = [key, *index.find_twins(key, mark_rows(issue.papers))]
        owner = min(twins, key=lambda one: _seniority(known, one))
        if owner != key:
            matching.doubts[key] = f"its papers are those of {owner}"
            matching.copies.add(key)
        elif close := days.find_close(key, issue.week):
            matching.doubts[key] = f"its days are mostly those of {close}, its papers are not"


def _seniority(known: Mapping[str, KnownIssue], key: str) -> tuple[bool, datetime | None, str]:
    return key not in known, known[key].first_seen if key in known else None, key


def _find_shared_headings(matching: Matching) -> None:
    """Two known issues whose headings now say the same days: one of them is wrong."""
    keys: defaultdict[Week, list[str]] = defaultdict(list)
    for key, issue in matching.same.items():
        keys[issue.week].append(key)
    for week, several in keys.items():
        if len(several) > 1:
            rival = Rival(f"two headings say {describe(week)}")
            matching.rivals |= dict.fromkeys(several, rival)


def is_open(one: KnownIssue) -> bool:
    """Whether nothing is decided for good: no topic, none being built, not left alone."""
    return one.published_at is None and one.state in {State.NEW, State.WAITING, State.HELD}


def _free_key(week: Week, taken: Set[str]) -> str:
    """The first day; the next free one where a heading corrected later had taken it."""
    day = week.first
    while day.isoformat() in taken:
        day += timedelta(days=1)
    return day.isoformat()
