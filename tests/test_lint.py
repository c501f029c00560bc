"""jubo lint: pairs in, findings out, one clear line where the input cannot be used."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from bot.cli.common import Invocation
from bot.cli.lint import lint
from bot.errors import ConfigError

app = typer.Typer()
app.command()(lint)


def run(*arguments: str, stdin: str = "") -> Result:
    return CliRunner().invoke(app, arguments, input=stdin, obj=Invocation(None, None))


def refusal(*arguments: str) -> str:
    """The one line that ends the command with status 2."""
    result = run(*arguments)
    assert isinstance(result.exception, ConfigError)
    assert result.exception.exit_status == 2
    assert result.stdout == ""
    line = str(result.exception)
    assert "\n" not in line
    return line


GOOD = {
    "id": "good",
    "kind": "introduction",
    "source": "proposes a framework for LLM agents.",
    "target": "LLM 에이전트를 위한 프레임워크를 제안합니다.",
}
BAD = {**GOOD, "id": "bad", "target": "머신러닝 에이전트를 위한 프레임워크를 제안한다."}


def write(folder: Path, rows: object) -> str:
    file = folder / "pairs.json"
    file.write_text(json.dumps(rows), encoding="utf-8")
    return str(file)


def test_good_pairs_pass(tmp_path: Path) -> None:
    result = run(write(tmp_path, [GOOD]), "--json")

    assert result.exit_code == 0
    assert json.loads(result.stdout) == {"pairs": 1, "findings": []}


def test_a_major_finding_is_exit_status_1_and_tells_place_and_evidence(tmp_path: Path) -> None:
    result = run(write(tmp_path, [GOOD, BAD]), "--json")

    assert result.exit_code == 1
    document = json.loads(result.stdout)
    assert document["pairs"] == 2
    for finding in document["findings"]:
        assert finding["id"] == "bad"
        assert set(finding) == {
            *("id", "type", "severity", "check", "evidence", "span", "message", "suggestion")
        }
        if finding["span"]:
            start, end = finding["span"]
            assert BAD["target"][start:end] == finding["evidence"]
    checks = {finding["check"] for finding in document["findings"]}
    assert checks == {"forbidden_terms", "wrong_register"}


def test_standard_input_is_read_and_ids_come_back_as_given() -> None:
    result = run("-", "--json", stdin=json.dumps([{**BAD, "id": 7}]))

    assert {finding["id"] for finding in json.loads(result.stdout)["findings"]} == {7}


def test_pairs_of_one_post_keep_one_rendering(tmp_path: Path) -> None:
    """Each alone is right; together the reader meets two words for one thing."""
    rows = [
        {"id": n, "kind": "abstract", "source": "We use fine-tuning.", "target": target}
        for n, target in enumerate(("미세 조정을 사용합니다.", "파인튜닝을 사용합니다."))
    ]
    alone = run(write(tmp_path, rows), "--json")
    together = run(write(tmp_path, [{**row, "post": 3} for row in rows]), "--json")

    assert json.loads(alone.stdout)["findings"] == []
    found = json.loads(together.stdout)["findings"]
    assert [finding["type"] for finding in found] == ["terminology/inconsistent"]


def test_a_person_reads_plain_lines(tmp_path: Path) -> None:
    result = run(write(tmp_path, [BAD]))

    assert "bad: major terminology/wrong-term (forbidden_terms)" in result.stdout
    assert "1 pair in 한국어: 2 major" in result.stdout


def test_a_target_that_is_null_is_the_english_that_stands(tmp_path: Path) -> None:
    result = run(write(tmp_path, [{**GOOD, "target": None}]), "--json")

    assert (result.exit_code, json.loads(result.stdout)["findings"]) == (0, [])


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ({"pairs": []}, "must be a JSON list of pairs"),
        (["text"], "pair 1: must be an object"),
        ([{"id": "a", "source": "x"}], "pair 1: target is missing"),
        ([{**GOOD, "kind": "poem"}], "pair 1: kind must be one of title, introduction, abstract"),
        ([{**GOOD, "source": 3}], "pair 1: source must be text"),
        ([{**GOOD, "post": [3]}], "pair 1: post must be text or a number"),
        ([{**GOOD, "id": None}], "pair 1: id must be text or a number"),
        ([GOOD, {**GOOD, "source": "A \ud800 model."}], "pair 2: source has half a character"),
        ([{**GOOD, "id": "\udfff"}], "pair 1: id has half a character (\\udfff) at 0"),
    ],
)
def test_a_wrong_shape_is_one_line_and_exit_status_2(
    tmp_path: Path, rows: object, message: str
) -> None:
    assert message in refusal(write(tmp_path, rows), "--json")


def test_a_number_too_long_to_be_one_names_its_pair(tmp_path: Path) -> None:
    """Python refuses to read it, with an error that is not one of JSON."""
    file = tmp_path / "pairs.json"
    good, bad = json.dumps(GOOD), json.dumps({**GOOD, "id": 0}).replace("0", "1" * 5000)
    file.write_text(f"[{good}, {bad}]", encoding="utf-8")

    assert "pair 2: id must be text or a number of up to 100 digits" in refusal(str(file))


def test_the_end_of_a_long_target_is_checked(tmp_path: Path) -> None:
    """What does harm stood behind the 12,000 characters that were read."""
    row = {
        **GOOD,
        "source": "A model works well on tasks. " * 800,
        "target": "이 모델은 여러 과제에서 잘 동작합니다. " * 560
        + " @all <script>x</script> \u202e",
    }
    result = run(write(tmp_path, [row]), "--json")

    checks = {finding["check"] for finding in json.loads(result.stdout)["findings"]}
    assert checks >= {"mentions", "html", "invisible_characters", "unread_text"}


def test_a_target_too_long_to_be_checked_is_a_finding(tmp_path: Path) -> None:
    target = "이 모델은 여러 과제에서 잘 동작합니다. " * 900
    result = run(write(tmp_path, [{**GOOD, "target": target}]), "--json")

    assert result.exit_code == 1
    findings = json.loads(result.stdout)["findings"]
    (found,) = [finding for finding in findings if finding["check"] == "unread_text"]
    assert found["severity"] == "critical"
    assert found["evidence"] == target[slice(*found["span"])]


def test_bad_json_names_the_line(tmp_path: Path) -> None:
    file = tmp_path / "pairs.json"
    file.write_text("[\n{]", encoding="utf-8")

    assert f"{file}:2: is not JSON" in refusal(str(file))


def test_bytes_that_are_not_utf8_and_files_that_are_not_there_are_one_line(tmp_path: Path) -> None:
    file = tmp_path / "pairs.json"
    file.write_bytes("[]가".encode("cp949"))

    assert "is not UTF-8 text" in refusal(str(file))
    assert "cannot be read" in refusal(str(tmp_path / "none.json"))


@pytest.mark.parametrize("language", ["xx", "../ko"])
def test_an_unknown_language_is_one_line(tmp_path: Path, language: str) -> None:
    assert "no language" in refusal(write(tmp_path, []), "--language", language)


def test_control_characters_of_a_target_do_not_reach_the_terminal(tmp_path: Path) -> None:
    result = run(write(tmp_path, [{**GOOD, "target": "모델\x1b[2J입니다."}]))

    assert "\x1b[2J" not in result.stdout
