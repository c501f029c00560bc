"""The command line as the issue writes it: keys of --json, where output goes, exit statuses."""

from __future__ import annotations

import json
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.completions import Fault
from bot.sandbox.week import KEY, PAGES
from tests.e2e.nursery import ROOT, Nursery
from tests.e2e.process import Jubo, Ran
from tests.e2e.stage import Stage, open_stage

EXTERNAL_ID = f"jubo-dair-{KEY}-ko"
FINDING = {"id", "type", "severity", "check", "evidence", "span", "message", "suggestion"}


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, nursery: Nursery) -> Iterator[Stage]:
    with open_stage(tmp_path_factory.mktemp("commands"), nursery) as stage:
        yield stage


@pytest.fixture(scope="module")
def dry(stage: Stage) -> Ran:
    """A dry run before anything is published; it builds the edition."""
    return stage.jubo("publish", f"dair/{KEY}", "--dry-run", "--json")


@pytest.fixture(scope="module")
def published(stage: Stage, dry: Ran) -> Ran:
    assert dry.status == 0
    return stage.jubo("publish", "latest", "--json")


@pytest.fixture(scope="module")
def built(stage: Stage, published: Ran) -> Ran:
    assert published.status == 0
    return stage.jubo("build", KEY, "--out", "built", "--json")


@pytest.fixture
def bare(tmp_path: Path) -> Jubo:
    """A machine without a configuration and without secrets."""
    return Jubo(tmp_path, {})


def test_issues_show_what_the_source_has(stage: Stage) -> None:
    ran = stage.jubo("issues", "--json")
    assert ran.status == 0
    first = ran.json()[0]
    assert set(first) == {"key", "first", "last", "title", "state", "papers"}
    assert (first["key"], first["first"], len(first["papers"])) == (KEY, KEY, 10)
    paper = first["papers"][0]
    assert set(paper) == {"rank", "name", "summary", "links", "arxiv_id"}
    assert {frozenset(link) for link in paper["links"]} == {frozenset({"label", "url"})}


def test_a_paper_outside_arxiv_has_null_for_its_id(stage: Stage) -> None:
    papers = stage.jubo("issues", "--json").json()[0]["papers"]
    assert [paper["arxiv_id"] for paper in papers].count(None) == 1


def test_a_summary_is_markdown_with_a_line_a_bullet(stage: Stage) -> None:
    papers = stage.jubo("issues", "--json").json()[0]["papers"]
    bullets = [line for paper in papers for line in paper["summary"].splitlines()[1:]]
    assert bullets
    assert all(line.startswith("- ") for line in bullets if line)


def test_issues_of_another_year_are_left_out(stage: Stage) -> None:
    assert stage.jubo("issues", "--year", "2019", "--json").json() == []


def test_a_dry_run_prints_the_plan_and_posts_nothing(dry: Ran) -> None:
    plan = dry.json()
    assert set(plan) == {"key", "external_id", "topic_id", "url", "actions", "estimate", "usage"}
    assert (plan["topic_id"], plan["url"]) == (None, None)
    kinds = [action["action"] for action in plan["actions"]]
    assert kinds[0] == "create_topic"
    assert set(kinds[1:]) <= {"create_reply", "edit_post"}


def test_publishing_does_what_the_dry_run_said(dry: Ran, published: Ran, stage: Stage) -> None:
    done = published.json()
    planned = dry.json()["actions"]
    assert done["actions"][: len(planned)] == planned
    assert set(done["actions"][0]) == {"action", "target", "reason"}
    assert [topic.topic_id for topic in stage.topics()] == [done["topic_id"]]
    assert (done["key"], done["external_id"]) == (KEY, EXTERNAL_ID)


def test_what_is_published_is_not_published_again(published: Ran, stage: Stage) -> None:
    again = stage.jubo("publish", KEY, "--json").json()
    assert [action["action"] for action in again["actions"]] == ["nothing"]
    assert again["url"] == published.json()["url"]


def test_a_build_describes_the_edition(built: Ran) -> None:
    edition = built.json()
    assert set(edition) == {
        *("key", "language", "title", "tags", "category", "external_id", "posts"),
        *("findings", "estimate", "usage", "seconds"),
    }
    assert (edition["key"], edition["language"], edition["category"]) == (KEY, "ko", 2)
    assert edition["tags"] == ["paper", "weekly"]
    assert edition["title"].startswith("[2026/03/30 ~ 04/05] ")


def test_findings_have_the_shape_of_lint_and_the_paper(built: Ran) -> None:
    assert all(set(finding) == {*FINDING, "paper"} for finding in built.json()["findings"])


def test_usage_counts_every_call(built: Ran, stage: Stage) -> None:
    usage = built.json()["usage"]
    assert set(usage) == {"requests", "prompt_tokens", "completion_tokens", "cost_usd"}
    assert usage["requests"] == len(stage.model.answered)
    assert usage["cost_usd"] > 0


def test_a_build_of_a_finished_edition_asks_no_model(built: Ran, stage: Stage) -> None:
    before = len(stage.model.answered)
    assert stage.jubo("build", "latest", "--out", "again").status == 0
    assert len(stage.model.answered) == before


def test_the_built_posts_are_those_on_the_forum(built: Ran, stage: Stage) -> None:
    """Preview and post differ only in addresses that the forum assigns."""
    (topic,) = stage.topics()
    posts = built.json()["posts"]
    texts = [(stage.folder / "built" / post["file"]).read_text("utf-8") for post in posts]
    assert [post["characters"] for post in posts] == [len(text.rstrip("\n")) for text in texts]
    assigned = re.compile(rf"/t/-/{topic.topic_id}/(\d+)|\{{\{{jubo:post:0*(\d+)\}}\}}")

    def unassigned(text: str) -> str:
        return assigned.sub(lambda match: f"post {match[1] or match[2]}", text.rstrip("\n"))

    assert [unassigned(text) for text in texts] == [unassigned(post.raw) for post in topic.posts]
    assert "<h2" in (stage.folder / "built" / "preview.html").read_text(encoding="utf-8")


def test_status_tells_what_waits_and_what_was_spent(published: Ran, stage: Stage) -> None:
    status = stage.jubo("status", "--json").json()
    assert {"issues", "waiting", "last_check", "next_check", "spend"} <= set(status)
    states = {issue["key"]: issue["state"] for issue in status["issues"]}
    assert states[KEY] == "published"
    assert status["waiting"] == []
    assert status["spend"]["requests"] == len(stage.model.answered)


def test_a_check_reports_what_it_saw_and_did(published: Ran, stage: Stage) -> None:
    ran = stage.jubo("check", "--json")
    assert ran.status == 0
    assert set(ran.json()) == {"checked", "actions"}
    status = stage.jubo("status", "--json").json()
    assert status["last_check"] is not None
    assert status["next_check"].endswith("+00:00")
    assert len(stage.topics()) == 1


def test_progress_goes_to_stderr_and_json_alone_to_stdout(dry: Ran) -> None:
    assert dry.out.startswith("{")
    assert dry.out.endswith("}\n")
    assert "translation  10/10" in dry.err


@pytest.mark.parametrize("key", ["1999-01-04", "other/2026-03-30", "yesterday"])
def test_an_unknown_key_needs_a_person(stage: Stage, key: str) -> None:
    ran = stage.jubo("build", key)
    assert ran.status == 1
    assert ran.err.startswith("jubo: no issue is known as ")
    assert KEY in ran.err


def test_an_unknown_outlet_is_wrong_usage(stage: Stage) -> None:
    ran = stage.jubo("--outlet", "nowhere", "publish", "latest")
    assert (ran.status, ran.out) == (2, "")
    assert ran.last_line() == "jubo: no outlet is called nowhere; known: example"


def test_the_outlet_asked_for_is_used(published: Ran, stage: Stage) -> None:
    ran = stage.jubo("--outlet", "example", "publish", "latest", "--json")
    assert ran.json()["topic_id"] == published.json()["topic_id"]


def test_an_unknown_option_is_wrong_usage(bare: Jubo) -> None:
    assert bare("build", "latest", "--publish").status == 2


def test_a_missing_secret_is_one_line_with_file_and_number(stage: Stage) -> None:
    ran = stage.jubo("status", OPENAI_API_KEY="")
    assert ran.status == 2
    assert ran.err.count("\n") == 1
    assert "jubo.yml:" in ran.err
    assert "OPENAI_API_KEY is not set" in ran.err


def test_a_secret_may_stand_in_a_file(stage: Stage) -> None:
    file = stage.folder / "model-key"
    file.write_text(f"{stage.jubo.secrets['OPENAI_API_KEY']}\n")
    ran = stage.jubo("config", OPENAI_API_KEY="", OPENAI_API_KEY_FILE=str(file))
    assert ran.status == 0


def test_a_misspelt_key_is_named_with_its_line_and_the_nearest_one(bare: Jubo) -> None:
    (bare.folder / "jubo.yml").write_text("model:\n  paralel: 2\n")
    ran = bare("check")
    assert ran.status == 2
    assert ran.err == "jubo: jubo.yml:2: unknown key model.paralel; did you mean parallel?\n"


def test_config_masks_every_secret(stage: Stage) -> None:
    """That none is printed is what every command of these tests is searched for."""
    shown = stage.jubo("config", "--json").json()
    assert shown["model"]["api_key"] == "**********"
    assert shown["outlets"]["example"]["api_key"] == "**********"
    assert shown["sources"]["token"] == "**********"


def test_init_writes_a_configuration_that_only_lacks_its_secrets(bare: Jubo) -> None:
    assert bare("init", "new").status == 0
    ran = bare("--config", "new/jubo.yml", "config")
    assert ran.status == 2
    assert "OPENAI_API_KEY is not set" in ran.err
    keys = {"OPENAI_API_KEY": "sk-some-key", "DISCOURSE_API_KEY": "some-other-key"}
    assert bare("--config", "new/jubo.yml", "config", **keys).status == 0


def test_init_overwrites_nothing(bare: Jubo) -> None:
    bare("init")
    ran = bare("init")
    assert ran.status == 2
    assert ran.err.count("\n") == 1


def test_issues_need_no_configuration(bare: Jubo) -> None:
    ran = bare("issues", "--from", str(PAGES), "--json")
    assert ran.status == 0
    assert ran.json()[0]["key"] == KEY


def test_publishing_without_a_configuration_says_how_to_write_one(bare: Jubo) -> None:
    ran = bare("publish", "latest")
    assert ran.status == 2
    assert ran.last_line().endswith("write a configuration with: jubo init")


def test_lint_needs_no_configuration(bare: Jubo) -> None:
    pair = {"id": 7, "kind": "introduction", "source": "It is 3x faster.", "target": "빠릅니다."}
    (bare.folder / "pairs.json").write_text(json.dumps([pair]))
    ran = bare("lint", "pairs.json", "--json")
    assert ran.status == 1
    report = ran.json()
    assert report["pairs"] == 1
    assert {finding["id"] for finding in report["findings"]} == {7}
    assert all(set(finding) == FINDING for finding in report["findings"])


def test_replay_needs_no_configuration(bare: Jubo) -> None:
    _make_history(bare.folder / "history")
    ran = bare("replay", "history", "--every", "1d", "--json")
    assert ran.status == 0
    lines = [json.loads(line) for line in ran.out.splitlines()]
    assert {"at", "key", "action", "reason", "papers", "source_commit"} == set(lines[0])
    assert set(lines[-1]["summary"]) == {"ticks", "published", "updated", "held", "ignored"}


def test_a_build_without_configuration_takes_model_and_key_from_the_environment(
    bare: Jubo, stage: Stage
) -> None:
    """A paper outside arXiv, so that nothing is asked past this machine; the model refuses the
    key, and quotes it as some do."""
    stage.behaviour.faults.extend([Fault.BAD_KEY, Fault.BAD_KEY])
    _write_page(bare.folder / "pages")
    key = {"OPENAI_API_KEY": "sk-some-wrong-key-of-the-environment"}
    bare.secrets = key
    ran = bare(
        *("build", "latest", "--from", str(bare.folder / "pages")),
        OPENAI_BASE_URL=stage.addresses["model"],
    )
    stage.behaviour.faults.clear()
    assert (ran.status, ran.out) == (1, "")
    assert ran.last_line().endswith("the key was refused; check model.api_key")


def test_help_answers_at_once() -> None:
    """0.3 s on an idle machine; the bound here leaves room for a loaded one."""
    seconds = [_time_help() for _ in range(5)]
    assert statistics.median(seconds) < 1.0


def _time_help() -> float:
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "bot", "--help"], cwd=ROOT, check=True, capture_output=True
    )
    return time.perf_counter() - started


def _write_page(folder: Path) -> None:
    """An issue of one paper outside arXiv."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "years").mkdir()
    page = (
        "## Top AI Papers of the Week (March 30 - April 5) - 2026\n\n"
        "| **Paper**  | **Links** |\n| ------------- | ------------- |\n"
        "| 1) **Examplar** - An account of examples that nobody asked for. "
        "| [Paper](https://example.org/examplar) |\n"
    )
    (folder / "years" / "2026.md").write_text(page, encoding="utf-8")
    index = "# AI Papers of the Week\n\n- [March 30 - April 5](years/2026.md#march-30)\n"
    (folder / "README.md").write_text(index, encoding="utf-8")


def _make_history(folder: Path) -> None:
    _write_page(folder)
    day = "2026-04-06T09:00:00+00:00"
    environment: dict[str, Any] = {
        "GIT_AUTHOR_DATE": day,
        "GIT_COMMITTER_DATE": day,
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_SYSTEM": "/dev/null",
    }
    identity = ["-c", "user.name=example", "-c", "user.email=mail@example.org"]
    for command in (["init", "-q"], ["add", "."], [*identity, "commit", "-q", "-m", "week"]):
        subprocess.run(
            ["git", *command], cwd=folder, check=True, env={"PATH": "/usr/bin:/bin", **environment}
        )
