"""What people or the forum did to known issues."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.errors import NeedsPerson
from bot.model.decision import KnownIssue, State, Verdict
from bot.model.issue import Issue
from bot.planning.marks import digest, mark_rows


def confirm_published(
    known: Mapping[str, KnownIssue], key: str, at: datetime
) -> dict[str, KnownIssue]:
    """The topic stands; safe to say twice, the first time counts."""
    one = _find(known, key)
    at = one.published_at or at
    return {**known, key: replace(one, state=State.PUBLISHED, published_at=at, approved=False)}


def confirm_updated(
    known: Mapping[str, KnownIssue], key: str, issue: Issue
) -> dict[str, KnownIssue]:
    """The topic now says what ``issue`` says; later edits are compared with that."""
    content = digest(issue.week, issue.papers)
    one = replace(_find(known, key), base=issue.papers, base_week=issue.week, base_content=content)
    return {**known, key: one}


def decline_update(known: Mapping[str, KnownIssue], key: str) -> dict[str, KnownIssue]:
    """A moderator wants none of the edit the source shows now; a further edit asks again."""
    one = _find(known, key)
    return {**known, key: replace(one, declined=one.content)}


def approve(known: Mapping[str, KnownIssue], key: str) -> dict[str, KnownIssue]:
    """A moderator wants the issue published, be it backlog, incomplete or too old.

    Raises:
        NeedsPerson: It has a topic already.
    """
    one = _find(known, key)
    if one.published_at or one.state is State.BUILDING:
        raise NeedsPerson(f"{key} is published or being built; redo it instead")
    return {**known, key: replace(one, state=State.HELD, approved=True, backlog=False)}


def skip(known: Mapping[str, KnownIssue], key: str) -> dict[str, KnownIssue]:
    """A moderator wants no topic of the issue; ``approve`` takes it back."""
    one = _find(known, key)
    if one.published_at:
        raise NeedsPerson(f"{key} is published; remove its topic on the forum instead")
    return {**known, key: replace(one, state=State.SKIPPED, approved=False)}


def release(known: Mapping[str, KnownIssue], key: str) -> dict[str, KnownIssue]:
    """Building came to nothing and no topic stands: the issue is decided upon anew."""
    one = _find(known, key)
    if one.published_at:
        return dict(known)
    state = State.HELD if one.state is not State.SKIPPED else one.state
    return {**known, key: replace(one, state=state, started_at=None, verdict=None)}


def is_update_open(one: KnownIssue) -> bool:
    """The source says something else than the topic, and it is to be written or declined."""
    return one.verdict is Verdict.UPDATE and one.content != one.base_content


def see(key: str, issue: Issue, state: State, now: datetime) -> KnownIssue:
    """What to remember of an issue seen for the first time."""
    content = digest(issue.week, issue.papers)
    marks = mark_rows(issue.papers)
    title, rows = issue.title, len(issue.papers)
    return KnownIssue(key, issue.week, title, state, now, now, content, rows, marks)


def _find(known: Mapping[str, KnownIssue], key: str) -> KnownIssue:
    if key not in known:
        raise NeedsPerson(f"no issue is known as {key}; list them with: jubo issues")
    return known[key]
