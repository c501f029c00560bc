"""Doctor on the whole stage: all well, then one thing broken at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.config import Http, Model, defaults_folder, load_settings
from bot.llm.doctor import check_model
from bot.model.call import ModelRequest
from bot.model.health import Status
from bot.planning.budget import Payment
from bot.sandbox.completions import Behaviour, Fault, Question, completions
from bot.sandbox.server import serve
from bot.store.health import check_disk, judge_space
from bot.workflow.doctor import examine
from tests.hands.conftest import Hands
from tests.source import pages

WEEK = date(2026, 3, 23)


@pytest.fixture
def healthy(hands: Hands) -> Iterator[Hands]:
    hands.forum.set_user("jubo", trust_level=4)
    papers = "".join(pages.paragraph(WEEK, rank) for rank in range(1, 11))
    link = "https://letter.example.org/p/week"
    title = "Top AI Papers of the Week"
    text = pages.rss(pages.item(title, papers, pages.sunday(WEEK), link))
    site = Starlette(routes=[Route("/feed", lambda _: PlainTextResponse(text))])
    with serve(site) as url:
        hands.config["sources"]["feed"] = f"{url}/feed"
        yield hands


def test_on_a_healthy_stage_everything_passes(healthy: Hands) -> None:
    said = healthy.jubo("doctor", "--json")
    found = said.json
    assert [line for line in found["lines"] if line["status"] != "pass"] == []
    assert (said.status, found["fail"], found["warn"]) == (0, 0, 0)
    areas = [line["area"] for line in found["lines"]]
    assert list(dict.fromkeys(areas)) == [
        *("database", "disk", "themes", "prompts", "language ko", "templates ko"),
        *("pages", "feed", "arXiv", "model", "forum demo", "clock demo"),
    ]
    assert healthy.forum.topics() == ()


def own_language(hands: Hands) -> Path:
    """A language folder beside the configuration, which is used instead of jubo's own."""
    folder = hands.folder / "languages" / "ko"
    folder.mkdir(parents=True)
    for file in (defaults_folder() / "languages" / "ko").iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    return folder


def break_themes(hands: Hands) -> None:
    text = (defaults_folder() / "themes.yml").read_text("utf-8")
    (hands.folder / "themes.yml").write_text(
        f"{text}\nempty: {{ko: 빈 주제, en: Empty}}\n", "utf-8"
    )


def break_prompts(hands: Hands) -> None:
    folder = hands.folder / "prompts"
    folder.mkdir()
    for file in (defaults_folder() / "prompts").glob("*.j2"):
        (folder / file.name).write_bytes(file.read_bytes())
    (folder / "comment.j2").write_text("{% if %}", "utf-8")


def break_glossary(hands: Hands) -> None:
    file = own_language(hands) / "glossary.yml"
    file.write_text(file.read_text("utf-8") + "\n- {source: shelf}\n", "utf-8")


def break_template(hands: Hands) -> None:
    file = own_language(hands) / "digest.md.j2"
    file.write_text("{{ nothing_of_that_name }}", "utf-8")


def change(file: Path, before: str, after: str) -> None:
    text = file.read_text("utf-8")
    assert text.count(before) == 1
    file.write_text(text.replace(before, after), "utf-8")


def break_alt(hands: Hands) -> None:
    change(
        own_language(hands) / "language.yml", "논문 {total}편의 주제별", "논문 {totl}편의 주제별"
    )


def break_sentence(hands: Hands) -> None:
    change(own_language(hands) / "commentary.yml", "{theme} 주제의 논문이", "{thema} 주제의 논문이")


def break_pattern(hands: Hands) -> None:
    change(
        own_language(hands) / "commentary.yml", "\ninstead: '[이가] 아니[라고]'", "\ninstead: '('"
    )


def break_label(hands: Hands) -> None:
    change(own_language(hands) / "language.yml", "이번 주 논문 {count}편", "이번 주 논문 {cnt}편")


def break_anchor(hands: Hands) -> None:
    change(own_language(hands) / "digest.md.j2", '<a name="{{ paper.anchor }}"></a>', "")


def break_pages(hands: Hands) -> None:
    hands.config["sources"]["pages"] += "/nowhere"


def break_feed(hands: Hands) -> None:
    hands.config["sources"]["feed"] += "/nowhere"


def break_arxiv(hands: Hands) -> None:
    hands.config["arxiv"]["api_url"] = "http://127.0.0.1:9/api/query"


def break_model(hands: Hands) -> None:
    hands.config["model"]["base_url"] = "http://127.0.0.1:9/v1"


def break_key(hands: Hands) -> None:
    hands.forum.revoke_key(hands.config["outlets"]["demo"]["api_key"])


def lose_key(hands: Hands) -> None:
    hands.config["outlets"]["demo"]["api_key"] = None


def break_forum(hands: Hands) -> None:
    hands.config["outlets"]["demo"]["url"] = "http://127.0.0.1:9"


@pytest.mark.parametrize(
    ("harm", "area", "words"),
    [
        (break_themes, "themes", "theme empty: has no rule"),
        (break_prompts, "prompts", "comment.j2"),
        (break_glossary, "language ko", "shelf: target is missing"),
        (break_template, "templates ko", "digest.md.j2:1: the block"),
        (break_label, "templates ko", "labels.contents: no value is called {cnt}"),
        (break_anchor, "templates ko", "a link leads to #paper-1"),
        (break_sentence, "language ko", "computed.most: no value is called {thema}"),
        (break_pattern, "language ko", "instead: '(': missing ), unterminated subpattern"),
        (break_pages, "pages", "README.md is missing"),
        (break_feed, "feed", "404"),
        (break_arxiv, "arXiv", "the connection failed"),
        (break_model, "model", "127.0.0.1:9"),
        (break_key, "forum demo", "the forum refuses the key"),
        (lose_key, "forum demo", "outlets.demo.api_key is not set"),
        (break_forum, "forum demo", "the connection failed"),
    ],
)
def test_what_is_broken_has_its_line_and_nothing_else(
    healthy: Hands, harm: Callable[[Hands], None], area: str, words: str
) -> None:
    harm(healthy)
    said = healthy.jubo("doctor", "--json")
    assert said.status == 1
    bad = [line for line in said.json["lines"] if line["status"] != "pass"]
    assert {line["area"] for line in bad} == {area}
    assert bad[0]["status"] == "fail"
    assert words in bad[0]["what"]
    assert all(line["cure"] for line in bad)


@pytest.mark.parametrize(
    "harm",
    [break_alt, break_sentence, break_pattern, break_label, break_anchor, break_prompts],
)
def test_what_no_edition_can_be_made_with_ends_a_build_before_a_model_is_paid(
    hands: Hands, harm: Callable[[Hands], None]
) -> None:
    harm(hands)
    said = hands.jubo("build", "latest")
    assert said.status == 2
    assert "\n" not in said.error
    assert hands.jubo("status", "--json").json["spend"]["requests"] == 0


def test_a_language_that_tells_the_model_nothing_is_named(healthy: Hands) -> None:
    folder = own_language(healthy)
    (folder / "translate.md").unlink()
    file = folder / "language.yml"
    file.write_text(file.read_text("utf-8").replace("style:", "# style:"), "utf-8")
    said = healthy.jubo("doctor", "--json")
    bad = [line for line in said.json["lines"] if line["status"] != "pass"]
    assert [(line["area"], line["status"]) for line in bad] == [("language ko", "warn")] * 2
    assert "translate.md is missing" in bad[0]["what"]
    assert "names no style" in bad[1]["what"]


def test_a_theme_that_readers_would_see_in_another_language_is_named(healthy: Hands) -> None:
    text = (defaults_folder() / "themes.yml").read_text("utf-8")
    own = f"{text}\nquiet: {{en: Quiet themes, words: [quiet theme]}}\n"
    (healthy.folder / "themes.yml").write_text(own, "utf-8")
    said = healthy.jubo("doctor", "--json")
    (bad,) = [line for line in said.json["lines"] if line["status"] != "pass"]
    assert (said.status, bad["area"], bad["status"]) == (0, "language ko", "warn")
    assert bad["what"] == "themes without a name in 한국어: quiet"


def test_without_a_database_the_model_is_not_asked(healthy: Hands) -> None:
    """What the call costs could be written down nowhere, and no cap would hold."""
    healthy.config["database"] = {"url": "sqlite:///."}
    said = healthy.jubo("doctor", "--json")
    bad = {line["area"]: line for line in said.json["lines"] if line["status"] != "pass"}
    assert set(bad) == {"database", "model"}
    assert "cannot be opened" in bad["database"]["what"]
    assert bad["model"]["status"] == "warn"
    assert "not asked" in bad["model"]["what"]


def test_asking_the_model_is_paid_for_until_the_cap(healthy: Hands) -> None:
    healthy.jubo("doctor")
    spend = healthy.jubo("status", "--json").json["spend"]
    assert spend["requests"] == 1
    assert spend["cost_usd"] > 0
    healthy.config["model"]["budget"] = {"month_usd": 0.001}
    said = healthy.jubo("doctor", "--json")
    (bad,) = [line for line in said.json["lines"] if line["status"] != "pass"]
    assert (said.status, bad["area"], bad["status"]) == (0, "model", "warn")
    assert "not asked" in bad["what"]
    assert "model.budget" in bad["cure"]
    assert healthy.jubo("status", "--json").json["spend"]["requests"] == 1


def test_people_get_a_line_each(healthy: Hands) -> None:
    break_model(healthy)
    said = healthy.jubo("doctor")
    lines = said.out.splitlines()
    assert "pass  arXiv: arXiv knows its papers" in lines
    assert [line[:12] for line in lines if not line.startswith("pass ")] == ["fail  model:"]


@pytest.mark.parametrize(
    ("seconds", "status"), [(5, Status.PASS), (120, Status.WARN), (7200, Status.FAIL)]
)
def test_a_clock_that_is_off_is_told(healthy: Hands, seconds: int, status: Status) -> None:
    healthy.jubo("config")
    settings = load_settings(healthy.file)
    late = timedelta(seconds=seconds)
    lines = examine(settings, ["demo"], lambda: datetime.now(UTC) - late)
    assert [line.status for line in lines if line.area == "clock demo"] == [status]


def test_without_an_outlet_nothing_can_be_published(hands: Hands) -> None:
    hands.config["outlets"] = {}
    said = hands.jubo("doctor")
    assert said.status == 0
    assert "warn  forum: no outlet is configured" in said.out


@contextmanager
def free(_: ModelRequest) -> Iterator[Payment]:
    yield Payment()


def obey(_: Question) -> str:
    return '{"works": true}'


@pytest.mark.parametrize(
    ("formats", "status", "words"),
    [
        ({"json_schema"}, Status.PASS, "JSON Schema"),
        ({"json_object", "text"}, Status.WARN, "JSON mode alone"),
        ({"text"}, Status.WARN, "no JSON mode"),
    ],
)
def test_a_models_json_mode_is_found_out(formats: set[str], status: Status, words: str) -> None:
    behaviour = Behaviour(formats=frozenset(formats))
    with serve(completions(obey, behaviour)) as url:
        line = check_model(Model(base_url=f"{url}/v1"), Http(), "m", free)
    assert (line.status, words in line.what) == (status, True)


@pytest.mark.parametrize("reply", ["certainly!", '{"works": false}', "[]"])
def test_a_model_that_does_not_do_as_told_is_told(reply: str) -> None:
    def chat(_: Question) -> str:
        return reply

    with serve(completions(chat)) as url:
        line = check_model(Model(base_url=f"{url}/v1"), Http(), "m", free)
    assert (line.status, "not with the JSON" in line.what) == (Status.FAIL, True)


def test_a_model_that_is_cut_short_is_told() -> None:
    behaviour = Behaviour()
    behaviour.faults.append(Fault.TRUNCATED)
    with serve(completions(obey, behaviour)) as url:
        line = check_model(Model(base_url=f"{url}/v1"), Http(), "m", free)
    assert (line.status, "with length" in line.what) == (Status.FAIL, True)


def test_little_room_is_told_in_time(tmp_path: Path) -> None:
    free = (5_000_000_000, 500_000_000, 50_000_000)
    assert [judge_space(each).status for each in free] == [Status.PASS, Status.WARN, Status.FAIL]
    assert check_disk("postgresql://db.example.org/jubo") is None
    line = check_disk(f"sqlite:///{tmp_path}/nowhere/jubo.sqlite")
    assert line is not None
    assert (line.status, line.cure) == (Status.FAIL, "make the folder")


@pytest.mark.parametrize("command", [("trends", "latest"), ("build", "latest"), ("check",)])
def test_who_uses_broken_rows_is_told_once_and_goes_on(
    hands: Hands, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    """Doctor is seldom asked; a theme or term left out in silence would be missed by nobody."""
    break_themes(hands)
    break_glossary(hands)
    with chdir(hands.folder):
        said = hands.jubo(*command)
    assert (said.status, said.error) == (0, "")
    warnings = [line for line in capsys.readouterr().err.splitlines() if " WARNING " in line]
    told = [name for name in ("themes.yml", "glossary.yml") if any(name in w for w in warnings)]
    assert told == ["themes.yml", *(["glossary.yml"] if command[0] != "trends" else [])]
    assert len(warnings) == len(told)
    assert "theme empty: has no rule" in warnings[0] + warnings[-1]
    assert all(line.endswith("mend it, see: jubo doctor") for line in warnings)
