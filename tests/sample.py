"""The sandbox's week as the demo builds it, without store, network and workflows.

The recorded model answers the real questions; its texts pass the checks, the mending and the gate.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from bot.config import Model, defaults_folder
from bot.model.call import Ending, ModelReply, ModelRequest
from bot.model.edition import Commentary, Edition, TranslatedPaper
from bot.model.issue import Issue
from bot.model.trend import Trends
from bot.parsing.page import parse_page
from bot.sandbox import week
from bot.sandbox.completions import Question
from bot.sandbox.model import load_replies
from bot.texts.commentaries import load_commentary_words
from bot.texts.prompts import load_prompts
from bot.texts.themes import load_themes
from bot.translation.memory import NoMemory
from bot.translation.post import unify_post
from bot.trends.week import compute_trends
from bot.workflow.commentary import Speech, comment_on
from bot.workflow.translate import translate_paper
from bot.workflow.translator import make_checks, open_translator
from tests.builders import a_language
from tests.words import find_words

RECORDED = load_replies(week.PAGES / "replies.yml")
_THEMES = load_themes(defaults_folder() / "themes.yml").themes


@dataclass(frozen=True, slots=True)
class SampleWeek:
    """The issue that has replies, and what the weeks before it tell."""

    issue: Issue
    trends: Trends


def answer(request: ModelRequest) -> ModelReply:
    """The recorded model's reply."""
    question = Question(request.model, request.system, request.user, request.schema_name)
    return ModelReply(RECORDED.answer(question), Ending.COMPLETE, request.model)


@cache
def the_sample_week() -> SampleWeek:
    """As the source's pages have it."""
    text = (week.PAGES / "years" / "2026.md").read_text(encoding="utf-8")
    issues = parse_page(text, url="https://example.org/years/2026.md").issues
    issue = next(issue for issue in issues if issue.key == week.KEY)
    return SampleWeek(issue, compute_trends(issue, issues, _THEMES))


@cache
def the_sample_edition() -> Edition:
    """The edition that ``jubo demo`` publishes."""
    sample = the_sample_week()
    return Edition(
        issue=sample.issue,
        language="ko",
        external_id=f"jubo-dair-{sample.issue.key}-ko",
        papers=_translate(sample.issue),
        commentary=_comment(sample),
        model="recorded",
        picture_alt="최근 12주 동안 주제별 논문 수",
    )


def _translate(issue: Issue) -> tuple[TranslatedPaper, ...]:
    language, records = a_language(), week.load_records()
    prompts = load_prompts(defaults_folder() / "prompts")
    translator = open_translator(
        language, call=answer, memory=NoMemory(), prompts=prompts, settings=Model(name="recorded")
    )
    papers = [
        translate_paper(issue.key, paper, records.get(paper.arxiv_id or ""), translator)[0]
        for paper in issue.papers
    ]
    return unify_post(papers, make_checks(language))


def _comment(sample: SampleWeek) -> Commentary:
    language = a_language()
    words = load_commentary_words(defaults_folder() / "languages" / "ko", language)
    system = load_prompts(defaults_folder() / "prompts").system(language, "comment")
    return comment_on(
        sample.issue,
        week.load_records(),
        sample.trends,
        Speech(language, words, _THEMES, system, verify=""),
        answer,
        model="recorded",
        find_words=find_words,
    )
