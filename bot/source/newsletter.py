"""The newsletter: its feed, and an issue's own page where the feed's text is cut short."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from bot.errors import BotError, ParseError
from bot.http import Reply, is_public
from bot.model.issue import Issue, Paper, Problem
from bot.model.validator import Validator
from bot.parsing.feed import parse_entry, parse_feed
from bot.planning.completeness import find_gaps
from bot.source.validators import Asker, Validators, read_validator, validator_name

_MOST_PAGES = 3
_HTML = {"text/html", "application/xhtml+xml"}


@dataclass(frozen=True, slots=True)
class Newsletter:
    """The feed's weekly Issues, what could not be read, and what to remember of the answer."""

    issues: tuple[Issue, ...]
    problems: tuple[Problem, ...] = ()
    seen: tuple[tuple[str, Validator], ...] = ()


class FeedOrigin:
    """Reads the feed at ``url`` and at most three pages of issues that it cuts short."""

    def __init__(self, asker: Asker, url: str, *, source: str, papers: int) -> None:
        self._asker = asker
        self._url = url
        self._source = source
        self._papers = papers
        self._reply: Reply | None = None

    def has_changed(self, validators: Validators) -> bool:
        """Whether the feed differs from the last good read; most feeds give no validator."""
        known = validators.get(validator_name(self._url))
        self._reply = self._asker.get_changed(self._url, known)
        return self._reply is not None

    def read(self) -> Newsletter:
        """The feed's Issues; a page that cannot be had now is asked for again at the next look.

        Raises:
            ParseError: The answer is no feed.
            Unavailable, Rejected: The feed cannot be had.
        """
        reply = self._reply or self._asker.get(self._url)
        self._reply = None
        page = parse_feed(reply.body, source=self._source, papers=self._papers)
        issues, problems = list(page.issues), list(page.problems)
        short = [place for place, issue in enumerate(issues) if self._gaps(issue)]
        failed = False
        for place in short[:_MOST_PAGES]:
            try:
                issues[place] = self._complete(issues[place])
            except BotError as error:
                failed = failed or not isinstance(error, ParseError)
                problems.append(Problem(0, str(error)))
        problems += [
            Problem(0, f"newsletter {issue.key}: {gaps}")
            for issue in issues
            if (gaps := self._gaps(issue))
        ]
        seen = () if failed else ((validator_name(self._url), read_validator(reply)),)
        return Newsletter(tuple(issues), tuple(problems), seen)

    def _gaps(self, issue: Issue) -> str:
        return find_gaps(issue, self._papers)

    def _complete(self, issue: Issue) -> Issue:
        """The Issue with the Papers of its own page where that shows more of them."""
        if not issue.newsletter_url:
            return issue
        host = urlsplit(self._url).hostname or ""
        reply = self._asker.get(issue.newsletter_url, public_only=is_public(host))
        if reply.media_type not in _HTML:
            raise ParseError(f"feed: {issue.newsletter_url} is {reply.media_type}, not a page")
        papers = parse_entry(reply.decode().text, base=reply.url)
        better = _count_whole(papers) > _count_whole(issue.papers)
        return replace(issue, papers=papers) if better else issue


def _count_whole(papers: tuple[Paper, ...]) -> int:
    return sum(bool(paper.name and paper.summary and paper.links) for paper in papers)
