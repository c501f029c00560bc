"""What one week is made of: themes by rule, open code, returning names and papers."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.config import defaults_folder
from bot.errors import ConfigError
from bot.model.issue import Issue, Link, Paper, Record, Week
from bot.model.trend import Theme
from bot.texts.themes import load_themes
from bot.trends.themes import find_themes
from bot.trends.week import assign_themes, compute_trends, find_seen

THEMES = load_themes(defaults_folder() / "themes.yml").themes
MONDAY = date(2026, 3, 30)


def an_issue(weeks_ago: int, *papers: Paper) -> Issue:
    first = MONDAY - timedelta(weeks=weeks_ago)
    return Issue(first.isoformat(), Week(first, first + timedelta(days=6)), "Top", papers)


def test_the_shipped_themes_are_usable_and_named_in_every_shipped_language() -> None:
    loaded = load_themes(defaults_folder() / "themes.yml")
    assert loaded.problems == ()
    assert len(loaded.themes) >= 20
    for theme in loaded.themes:
        assert dict(theme.names).keys() == {"ko", "en", "ja"}, theme.theme_id


@pytest.mark.parametrize(
    ("name", "text", "theme", "expected"),
    [
        ("MindSearch", "a multi-agent framework for web search", "agents", True),
        ("URLs", "reads urls from a curl command", "reinforcement-learning", False),
        ("Zero", "trains with RL only", "reinforcement-learning", True),
        ("Storage", "stores fragments of a page", "rag", False),
        ("CRAG", "corrects a RAG pipeline", "rag", True),
        ("A Survey on LLM Agents", "covers many systems", "surveys", True),
        ("OSWorld", "surveys the desktop before it clicks", "surveys", False),
        ("Robo", "a humanoid that walks", "robotics", True),
        ("Fine", "fine - tuning of adapters", "fine-tuning", True),
        ("Self-RAG", "retrieves when it must", "rag", True),
        ("FacTool", "checks facts in code, mathematics and literature reviews", "surveys", False),
        ("A Literature Review of Agents", "reads 200 papers", "surveys", True),
        ("Kinds", "A survey mapping how models are compressed.", "surveys", True),
        ("Kinds", "reads the answers of a hundred users", "surveys", False),
        ("Brain", "finds a hierarchy of predictive coding", "code", False),
        ("Motion", "moves characters by the laws of physics", "science", False),
        ("o1", "answers best on most datasets", "data", False),
        ("Oceans", "releases a dataset of waves", "data", True),
        ("Flex: A Programming Model", "turns a variant into one fused kernel", "code", False),
        ("Flex", "a compiler turns a variant into one fused kernel", "systems", True),
        ("Muon", "takes an optimizer from small language models to large", "small-models", False),
        ("Muon", "takes an optimizer from small language models to large", "optimization", True),
        ("Sea", "releases models with training data, code and logs", "open-models", True),
        ("Sea", "releases the intermediate checkpoints, too", "open-models", True),
        ("Sleeper Agents", "answers otherwise once a year has passed", "agents", False),
        ("Patch", "brings rewards from mathematics to pull requests", "mathematics", False),
    ],
)
def test_a_theme_follows_from_whole_words(name: str, text: str, theme: str, expected: bool) -> None:
    assert (theme in find_themes(Paper(1, name, text), None, THEMES)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("An open agent for forms. It is fast.", True),
        ("Answers questions. An agent could use it.", False),
        ("answers long questions; an agent could use it", False),
        ("Answers long questions\n- Use: an agent could use it", False),
        ("Answers questions. The agent asks. One agent checks.", False),
        ("Answers questions. The agent asks. One agent checks. No agent knows.", True),
        ("Dr. Agent answers questions.", True),
        ("", False),
    ],
)
def test_what_a_text_mentions_in_passing_is_not_its_theme(text: str, expected: bool) -> None:
    """A summary of ten lines names other fields, rivals and uses; its first sentence is its own."""
    theme = Theme("agents", (("en", "Agents"),), words=("agent",))
    assert (find_themes(Paper(1, "X", text), None, [theme]) == ("agents",)) is expected


def test_an_arxiv_category_gives_a_theme() -> None:
    record = Record("2401.00001", "Walking", "Legs.", categories=("cs.RO",))
    paper = Paper(1, "Walking", "legs", arxiv_id="2401.00001")
    assert "robotics" in find_themes(paper, record, THEMES)


def test_what_arxiv_knows_says_what_a_paper_may_be_called_and_counts_nothing() -> None:
    """Thirteen weeks alike: what is known of this one alone makes no theme new."""
    rows = [
        Paper(rank, f"Sys{rank}", "does a thing", arxiv_id=f"2401.{rank:05}") for rank in (1, 2)
    ]
    records = {
        paper.arxiv_id or "": Record(paper.arxiv_id or "", "Robots", "Legs.", categories=("cs.RO",))
        for paper in rows
    }
    this = an_issue(0, *rows)
    earlier = [an_issue(weeks, *rows) for weeks in range(1, 13)]
    assert compute_trends(this, earlier, THEMES).themes == ()
    assert assign_themes(this, THEMES, records) == {1: ("robotics",), 2: ("robotics",)}


def test_an_excluded_word_takes_the_theme_away() -> None:
    theme = Theme("agents", (("en", "Agents"),), words=("agent",), excluded=("chemical agent",))
    assert find_themes(Paper(1, "X", "a chemical agent"), None, [theme]) == ()
    assert find_themes(Paper(1, "X", "an agent"), None, [theme]) == ("agents",)


def test_open_code_is_a_link_that_is_there() -> None:
    with_code = Paper(1, "A", "t", (Link("Code", "https://example.org/a"),))
    empty = Paper(2, "B", "t", (Link("Code", ""),))
    on_host = Paper(3, "C", "t", (Link("Paper", "https://github.com/example/c"),))
    without = Paper(4, "D", "t", (Link("Paper", "https://arxiv.org/abs/2401.00001"),))
    trends = compute_trends(an_issue(0, with_code, empty, on_host, without), [], THEMES)
    assert trends.open_code == (1, 3)


def test_a_paper_of_an_earlier_week_is_seen_before_with_its_last_row() -> None:
    def row(rank: int, arxiv_id: str | None) -> Paper:
        return Paper(rank, f"P{rank}", "t", arxiv_id=arxiv_id)

    earlier = [an_issue(2, row(1, "2401.00001")), an_issue(5, row(3, "2401.00001"))]
    this = an_issue(0, row(1, "2401.00002"), row(2, "2401.00001"), row(3, None))
    seen = find_seen(this, earlier)
    assert [(one.rank, one.row) for one in seen] == [(2, f"{earlier[0].key}/1")]


def test_names_that_return_are_found_and_common_ones_are_not() -> None:
    earlier = [an_issue(3, Paper(1, "OLMo", "t"), Paper(2, "LLM Agents", "t"))]
    this = an_issue(0, Paper(1, "OLMo 2", "t"), Paper(2, "LLM Judges", "t"))
    recurring = compute_trends(this, earlier, THEMES).recurring
    assert [(one.name, one.ranks) for one in recurring] == [("OLMo", (1,))]


@pytest.mark.parametrize(
    ("name", "returns"),
    [
        ("GPT-4", True),
        ("GPT-4V", True),
        ("Med-PaLM", True),
        ("FacTool", True),
        ("AlphaFold", True),
        ("TÜLU", True),
        ("ALOHA", True),
        ("RAG", False),
        ("GraphRAG", True),
        ("RLHF", False),
        ("CoT", False),
        ("LMs", False),
        ("GANs", False),
        ("GUI", False),
        ("Chain-of-Thought", False),
        ("Long-Context", False),
        ("LLM-based", False),
        ("AI-Generated", False),
        ("Text-to-SQL", False),
        ("Zero-Shot", False),
        ("3D", False),
        ("ConvNets", False),
    ],
)
def test_a_name_returns_and_what_a_field_is_called_does_not(name: str, returns: bool) -> None:
    """Seen on the pages of 2023 to 2026: 35 of 144 returning names were those of systems."""
    earlier = [an_issue(3, Paper(1, f"{name} Explained", "t"))]
    this = an_issue(0, Paper(1, f"Better {name}", "t"))
    found = [one.name for one in compute_trends(this, earlier, THEMES).recurring]
    assert found == ([name] if returns else [])


def test_a_later_issue_says_nothing_of_this_week() -> None:
    paper = Paper(1, "OLMo", "an agent", arxiv_id="2401.00001")
    trends = compute_trends(an_issue(4, paper), [an_issue(0, paper)], THEMES)
    assert trends.seen == ()
    assert trends.recurring == ()
    assert trends.stored == ((4, 0), (12, 0))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: {en: A}\n", "theme a: has no rule"),
        ("a: {words: [x]}\n", "theme a: has no name for readers"),
        ("a: {en: A, words: x}\n", "theme a: words must be a list of words"),
        ("a: {en: A, words: [x]}\nb: {en: B, words: [X]}\n", "themes a and b have the same rules"),
        ("a:\n", "theme a: has no rules"),
    ],
)
def test_a_broken_theme_is_named_and_the_rest_works(
    tmp_path: Path, text: str, problem: str
) -> None:
    file = tmp_path / "themes.yml"
    file.write_text(text + "good: {en: Good, words: [good]}\n")
    loaded = load_themes(file)
    assert "good" in [theme.theme_id for theme in loaded.themes]
    assert any(problem in line for line in loaded.problems), loaded.problems


@pytest.mark.parametrize("text", ["[1, 2]", "a: [", "\x00"])
def test_a_file_that_is_no_themes_is_one_clear_error(tmp_path: Path, text: str) -> None:
    file = tmp_path / "themes.yml"
    file.write_text(text)
    with pytest.raises(ConfigError, match=r"themes\.yml"):
        load_themes(file)
