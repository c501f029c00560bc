"""One look at the sources, over real HTTP against the stand-in for GitHub, files and feed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.config import Http, Policy, Settings, Sources
from bot.errors import ParseError, Rejected
from bot.http import open_client
from bot.model.issue import Issue
from bot.sandbox.pages import SourceSite, site_app
from bot.sandbox.server import serve
from bot.source.read import SourceRead, read_pages, read_sources, remember
from bot.source.validators import MemoryValidators
from tests.source.pages import heading_form, index, item, rss, section, sunday, year_page

NOW = datetime(2026, 3, 31, tzinfo=UTC)
ONE, TWO, THREE = date(2026, 3, 9), date(2026, 3, 16), date(2026, 3, 23)
OLD = date(2025, 12, 8)


@pytest.fixture
def site() -> SourceSite:
    return SourceSite(
        files={
            "README.md": index("years/2026.md", "years/2025.md"),
            "years/2026.md": year_page(TWO, ONE),
            "years/2025.md": year_page(OLD),
        }
    )


class Stage:
    """The application that is served now; one server for all tests of the module."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


@pytest.fixture(scope="module")
def stage() -> Iterator[tuple[Stage, str]]:
    stage = Stage()
    stage.app = site_app(SourceSite())
    with serve(stage) as address:
        yield stage, address


@pytest.fixture
def base(stage: tuple[Stage, str], site: SourceSite) -> str:
    stage[0].app = site_app(site)
    return stage[1]


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with open_client(Http(timeout_seconds=5)) as client:
        yield client


@pytest.fixture(params=["github", "github-token", "web"])
def settings(request: pytest.FixtureRequest, base: str, site: SourceSite) -> Settings:
    """The same pages at each kind of place, without a newsletter."""
    if request.param == "github-token":
        site.token = "t0ken"
    sources = {
        "github": Sources(api_url=base, raw_url=base, feed=None),
        "github-token": Sources(
            api_url=base, raw_url="http://127.0.0.1:9", token=SecretStr("t0ken"), feed=None
        ),
        "web": Sources(pages=f"{base}/pages", feed=None),
    }
    return Settings(sources=sources[request.param])


class Reader:
    """Looks again and again, as the schedule does, and remembers what it read."""

    def __init__(self, settings: Settings, client: httpx.Client) -> None:
        self.settings = settings
        self.client = client
        self.validators = MemoryValidators()
        self.last: tuple[Issue, ...] = ()

    def look(self, now: datetime = NOW) -> SourceRead:
        read = read_sources(self.settings, self.client, self.validators, now=now, last=self.last)
        self.last = self.last if read.unchanged else read.issues
        remember(read, self.validators)
        return read


@pytest.fixture
def reader(settings: Settings, client: httpx.Client) -> Reader:
    return Reader(settings, client)


def keys(read: SourceRead) -> list[str]:
    return [issue.key for issue in read.issues]


@pytest.mark.parametrize("kind", ["web", "folder"])
def test_issues_point_to_where_people_read_the_pages(
    kind: str, base: str, client: httpx.Client, tmp_path: Path
) -> None:
    """A copy on an inner server, or on disk, is nothing that readers can open."""
    place = f"{base}/pages"
    if kind == "folder":
        (tmp_path / "years").mkdir()
        for path in ("README.md", "years/2026.md"):
            (tmp_path / path).write_bytes(client.get(f"{place}/{path}").content)
        place = str(tmp_path)
    sources = Sources(pages=place, public_url="https://papers.example.org/list", feed=None)
    read = Reader(Settings(sources=sources), client).look()
    assert {(one.url or "").split("/years/")[0] for one in read.issues} == {
        "https://papers.example.org/list"
    }


def test_the_index_and_its_year_pages_are_read(reader: Reader) -> None:
    read = reader.look()
    assert keys(read) == ["2026-03-16", "2026-03-09", "2025-12-08"]
    assert [len(issue.papers) for issue in read.issues] == [10, 10, 10]
    assert read.problems == ()
    assert str(read.issues[0].url).endswith(
        "/years/2026.md#top-ai-papers-of-the-week-march-16---march-22---2026"
    )


def test_an_unchanged_source_costs_small_answers_and_no_parsing(
    reader: Reader, site: SourceSite
) -> None:
    """One 304 from GitHub; one a watched page from a plain server."""
    reader.look()
    site.requests.clear()
    read = reader.look()
    assert read == SourceRead(unchanged=True)
    assert {status for _, status in site.requests} == {304}
    assert len(site.requests) == (2 if reader.settings.sources.pages else 1)


def test_a_new_week_is_seen(reader: Reader, site: SourceSite) -> None:
    reader.look()
    site.files["years/2026.md"] = year_page(THREE, TWO, ONE)
    assert keys(reader.look())[0] == "2026-03-23"
    assert reader.look().unchanged


def test_the_first_page_of_a_year_is_found_before_the_index_names_it(
    reader: Reader, site: SourceSite
) -> None:
    reader.look()
    site.files["years/2027.md"] = year_page(date(2026, 12, 28))
    read = reader.look(datetime(2027, 1, 4, tzinfo=UTC))
    assert keys(read)[0] == "2026-12-28"
    assert reader.look(datetime(2027, 1, 4, tzinfo=UTC)).unchanged


def test_a_look_in_a_year_without_a_page_yet_is_no_change(reader: Reader) -> None:
    reader.look()
    assert reader.look(datetime(2027, 1, 1, tzinfo=UTC)).unchanged


def test_one_page_with_everything_is_read_too(reader: Reader, site: SourceSite) -> None:
    """The layout before April 2026."""
    site.files = {"README.md": "# Papers\n\n" + section(TWO) + section(ONE)}
    assert keys(reader.look()) == ["2026-03-16", "2026-03-09"]
    assert reader.look().unchanged


def test_the_same_week_on_two_pages_is_one_issue(reader: Reader, site: SourceSite) -> None:
    """While the layout is being split, index and year page hold the same tables."""
    site.files["README.md"] += "\n" + section(TWO, range(1, 9))
    read = reader.look()
    assert keys(read).count("2026-03-16") == 1
    assert len(read.issues[0].papers) == 10


def test_a_missing_year_page_is_told_and_hides_no_other(reader: Reader, site: SourceSite) -> None:
    del site.files["years/2025.md"]
    read = reader.look()
    assert keys(read) == ["2026-03-16", "2026-03-09"]
    assert [problem.reason for problem in read.problems] == [
        "years/2025.md: is missing although README.md names it"
    ]


def test_what_is_wrong_on_a_page_is_told_with_its_name(reader: Reader, site: SourceSite) -> None:
    site.files["years/2025.md"] = "# Papers of the Week — 2025\n\n## Next week\n"
    reasons = [problem.reason for problem in reader.look().problems]
    assert reasons == ["years/2025.md: no issue found"]


def test_an_error_page_in_place_of_one_page_fails_the_whole_look(
    reader: Reader, site: SourceSite
) -> None:
    """A year's issues that vanish all at once are no news; the last good state stands."""
    site.files["years/2025.md"] = "Service temporarily unavailable"
    with pytest.raises(ParseError, match=r"years/2025\.md"):
        reader.look()


@pytest.mark.parametrize(
    "trouble",
    ["<!DOCTYPE html><html><body>Sorry</body></html>", "nothing of use", "", "# An empty list\n"],
)
def test_pages_without_an_issue_are_an_error_and_nothing_is_remembered(
    reader: Reader, site: SourceSite, trouble: str
) -> None:
    """Else the next look would find the source unchanged and the week would be lost."""
    good, site.files = site.files, {"README.md": trouble}
    with pytest.raises(ParseError, match="kept"):
        reader.look()
    assert reader.validators.values == {}
    site.files = good
    assert len(reader.look().issues) == 3


def test_without_an_index_the_configuration_is_to_be_looked_at(
    reader: Reader, site: SourceSite
) -> None:
    site.files = {}
    with pytest.raises(Rejected, match=r"pages: .*look at"):
        reader.look()


def test_a_server_without_validators_is_watched_by_hash(
    base: str, site: SourceSite, client: httpx.Client
) -> None:
    site.validators = False
    reader = Reader(Settings(sources=Sources(pages=f"{base}/pages", feed=None)), client)
    reader.look()
    assert reader.look().unchanged
    site.files["years/2026.md"] = year_page(THREE, TWO, ONE)
    assert keys(reader.look())[0] == "2026-03-23"


def test_github_is_read_at_one_commit(base: str, site: SourceSite, client: httpx.Client) -> None:
    reader = Reader(Settings(sources=Sources(api_url=base, raw_url=base, feed=None)), client)
    read = reader.look()
    assert read.commit == site.commit
    files = [path for path, _ in site.requests if "/years/" in path]
    assert all(f"/{read.commit}/" in path for path in files)
    assert read.issues[0].url is not None
    assert read.issues[0].url.startswith("https://github.com/dair-ai/AI-Papers-of-the-Week/blob/")


def test_where_github_refuses_the_commit_the_plain_addresses_serve(
    base: str, site: SourceSite, client: httpx.Client
) -> None:
    """60 questions an hour are shared by all who ask from one address without a token."""
    site.token = "not ours"
    reader = Reader(Settings(sources=Sources(api_url=base, raw_url=base, feed=None)), client)
    read = reader.look()
    assert (len(read.issues), read.commit) == (3, None)
    assert reader.look().unchanged
    assert len(read_pages(reader.settings, client, now=NOW).issues) == 3


def test_a_wrong_token_is_not_worked_around(base: str, site: SourceSite) -> None:
    site.token = "right"
    sources = Sources(api_url=base, raw_url=base, token=SecretStr("wrong"), feed=None)
    with open_client(Http()) as client, pytest.raises(Rejected, match=r"401 .*token") as caught:
        read_pages(Settings(sources=sources), client, now=NOW)
    assert "wrong" not in str(caught.value)


def test_a_folder_is_read_and_watched(
    tmp_path: Path, site: SourceSite, client: httpx.Client
) -> None:
    for path, content in site.files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(content)
    reader = Reader(Settings(sources=Sources(pages=str(tmp_path), feed=None)), client)
    assert keys(reader.look()) == ["2026-03-16", "2026-03-09", "2025-12-08"]
    assert reader.look().unchanged
    (tmp_path / "years/2026.md").write_text(year_page(THREE, TWO, ONE))
    assert keys(reader.look())[0] == "2026-03-23"


def test_a_folder_gives_nothing_from_outside_itself(tmp_path: Path, client: httpx.Client) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text(section(ONE))
    inside = tmp_path / "pages"
    inside.mkdir()
    (inside / "README.md").symlink_to(outside)
    settings = Settings(sources=Sources(pages=str(inside), feed=None))
    with pytest.raises(Rejected, match=r"README\.md is missing"):
        read_pages(settings, client, now=NOW)


@pytest.mark.parametrize("kind", ["missing", "too large"])
def test_a_folder_that_cannot_be_used_is_said(
    tmp_path: Path, client: httpx.Client, kind: str
) -> None:
    if kind == "too large":
        (tmp_path / "README.md").write_text("x" * 2_000)
    root = tmp_path if kind == "too large" else tmp_path / "nowhere"
    http = Http(max_body_megabytes=0.001)
    settings = Settings(sources=Sources(pages=str(root), feed=None), http=http)
    with pytest.raises(Rejected, match=r"larger than 1,000|is not a folder"):
        read_pages(settings, client, now=NOW)


def test_mixed_encodings_are_read_and_noted(tmp_path: Path, client: httpx.Client) -> None:
    page = section(ONE).replace("shelves", "naïve shelves", 1).encode("latin-1")
    (tmp_path / "README.md").write_bytes(page + "주보\n".encode())
    settings = Settings(sources=Sources(pages=str(tmp_path), feed=None))
    read = read_pages(settings, client, now=NOW)
    assert "naïve" in read.issues[0].papers[0].summary
    assert read.problems[0].reason.startswith("README.md: 1 line is not UTF-8")


def letter(base: str, first: date, ranks: range = range(1, 11)) -> str:
    html = "".join(heading_form(first, rank) for rank in ranks)
    return item("🥇Top AI Papers of the Week", html, sunday(first), f"{base}/p/week-{first:%m%d}")


@pytest.fixture
def both(base: str, client: httpx.Client) -> Reader:
    sources = Sources(api_url=base, raw_url=base, feed=f"{base}/feed")
    return Reader(Settings(sources=sources, policy=Policy()), client)


def test_the_newsletter_brings_a_week_the_repository_lacks(
    both: Reader, site: SourceSite, base: str
) -> None:
    site.feed = rss(letter(base, THREE), letter(base, TWO))
    read = both.look()
    assert keys(read) == ["2026-03-23", "2026-03-16", "2026-03-09", "2025-12-08"]
    assert read.issues[0].newsletter_url == f"{base}/p/week-0323"
    assert read.issues[0].notes == ("only the newsletter has this week so far",)
    assert read.issues[1].newsletter_url == f"{base}/p/week-0316"
    assert read.issues[1].notes == ()
    assert both.look().unchanged


def test_a_change_in_one_source_reads_both(both: Reader, site: SourceSite, base: str) -> None:
    """Else a week would lose what the other source had given it."""
    site.feed = rss(letter(base, THREE))
    both.look()
    site.files["years/2026.md"] = year_page(THREE, TWO, ONE)
    read = both.look()
    assert read.issues[0].newsletter_url == f"{base}/p/week-0323"
    site.feed = rss(letter(base, THREE), letter(base, TWO))
    assert len(both.look().issues) == 4


def test_either_source_alone_is_enough(both: Reader, site: SourceSite, base: str) -> None:
    assert len(both.look().issues) == 3
    site.files, site.feed, both.last = {}, rss(letter(base, THREE)), ()
    read = both.look()
    assert keys(read) == ["2026-03-23"]
    assert [type(error) for error in read.failures] == [Rejected]


def test_an_outage_of_the_pages_is_no_edit(both: Reader, site: SourceSite, base: str) -> None:
    """Else every published week would seem rewritten in the newsletter's words."""
    site.feed = rss(letter(base, TWO))
    before = both.look()
    site.files, site.feed = {}, rss(letter(base, THREE), letter(base, TWO))
    read = both.look()
    assert read.issues[1:] == before.issues
    assert read.issues[0].key == "2026-03-23"


def test_an_outage_of_the_feed_takes_nothing_away(
    both: Reader, site: SourceSite, base: str
) -> None:
    site.files["years/2026.md"] = year_page(ONE) + section(TWO, range(1, 8))
    site.feed = rss(letter(base, THREE), letter(base, TWO))
    before = both.look()
    site.feed = None
    site.files["years/2025.md"] = year_page(OLD, date(2025, 12, 1))
    read = both.look()
    assert read.issues[:3] == before.issues[:3]
    assert [len(issue.papers) for issue in read.issues] == [10] * 5


def test_a_source_that_fails_beside_an_unchanged_one_is_told(
    both: Reader, site: SourceSite, base: str
) -> None:
    site.feed = rss(letter(base, THREE))
    both.look()
    site.feed = None
    read = both.look()
    assert read.unchanged
    assert str(read.failures[0]).startswith("feed: 404")


def test_when_all_sources_fail_the_first_failure_is_raised_with_the_others(
    both: Reader, site: SourceSite
) -> None:
    site.files = {}
    with pytest.raises(Rejected, match="pages:") as caught:
        both.look()
    assert any(note.startswith("feed: 404") for note in caught.value.__notes__)


def test_a_page_instead_of_a_feed_is_a_failure_of_the_feed_alone(
    both: Reader, site: SourceSite
) -> None:
    site.feed = "<!DOCTYPE html><html><body>Just a moment</body></html>"
    read = both.look()
    assert len(read.issues) == 3
    assert "no RSS or Atom" in str(read.failures[0])
    assert len(read.seen) == 1


def test_an_entry_cut_short_is_read_from_its_page(
    both: Reader, site: SourceSite, base: str
) -> None:
    site.feed = rss(letter(base, THREE, range(1, 4)))
    whole = "".join(heading_form(THREE, rank) for rank in range(1, 11))
    site.posts["week-0323"] = f"<html><body><article>{whole}</article></body></html>"
    read = both.look()
    assert len(read.issues[0].papers) == 10
    assert read.problems == ()


def test_a_page_cut_short_as_well_is_told_and_looked_at_only_once(
    both: Reader, site: SourceSite, base: str
) -> None:
    """The decision holds what falls short."""
    site.feed = rss(letter(base, THREE, range(1, 6)))
    site.posts["week-0323"] = "<html><body>" + heading_form(THREE, 1) + "</body></html>"
    read = both.look()
    assert len(read.issues[0].papers) == 5
    assert read.problems[0].reason == "newsletter 2026-03-23: ranks 6 to 10 are missing"
    assert both.look().unchanged


def test_a_page_out_of_reach_is_asked_for_again(both: Reader, site: SourceSite, base: str) -> None:
    site.feed = rss(letter(base, THREE, range(1, 6)))
    assert not both.look().unchanged
    site.posts["week-0323"] = "".join(heading_form(THREE, rank) for rank in range(1, 11))
    assert len(both.look().issues[0].papers) == 10


def test_the_real_pages_over_http_are_116_whole_issues(
    shared: Path, site: SourceSite, base: str, client: httpx.Client
) -> None:
    site.files = {}
    site.add_folder(shared / "data" / "dair" / "snapshot")
    settings = Settings(sources=Sources(api_url=base, raw_url=base, feed=None))
    read = read_pages(settings, client, now=NOW)
    assert len(read.issues) == 116
    assert {len(issue.papers) for issue in read.issues} == {10}
