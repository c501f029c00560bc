"""The commentary of one issue in one language, from what is stored and what the model words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.model.call import ModelReply, ModelRequest
from bot.model.commentary import CommentaryWords, PaperText, TermFinder, WordFinder
from bot.model.edition import Commentary, Sentence
from bot.model.finding import ErrorType, Finding, Severity
from bot.model.issue import Issue, Record
from bot.model.language import Language
from bot.model.translation import Kind
from bot.model.trend import Theme, Trends
from bot.translation.glossary import find_rendering
from bot.translation.segments import split_paper
from bot.trends.computed import word_trends
from bot.trends.gate import Gate
from bot.trends.week import assign_themes
from bot.workflow.comment import ask, comment, write_request
from bot.workflow.verify import Verifier, ask_verifier

_UNWRITTEN = (Sentence("가" * 100, (1,)),) * 9
"""As much as a commentary has, for the estimate."""


@dataclass(frozen=True, slots=True)
class Speech:
    """How a language talks of a week: its words, the rules of the themes, the instructions.

    ``system`` are those of the model that words it, ``verify`` those of the one that checks it.
    """

    language: Language
    words: CommentaryWords
    themes: tuple[Theme, ...]
    system: str
    verify: str


def comment_on(
    issue: Issue,
    records: Mapping[str, Record],
    trends: Trends,
    speech: Speech,
    call: Callable[[ModelRequest], ModelReply],
    *,
    model: str,
    find_words: WordFinder,
    reviewer: str | None = None,
) -> Commentary:
    """The commentary: the model's sound sentences, or the computed table in words.

    ``reviewer`` is the model that checks what passes the gate, None for none.
    """
    papers = describe_papers(issue, records, speech.themes)
    code = speech.language.code
    find_terms = make_term_finder(speech.language)
    gate = Gate(papers, trends, speech.themes, speech.language, speech.words, find_terms)
    computed = word_trends(issue, trends, speech.themes, code, speech.words.computed)
    question = ask(speech.system, papers, trends, speech.themes, language=code, model=model)
    verifier = None
    if reviewer:
        verifier = Verifier(speech.verify, question.week, reviewer, question.key, call)
    return comment(question, gate, call, computed, find_words, verifier)


def plan_comment(
    issue: Issue,
    records: Mapping[str, Record],
    trends: Trends,
    speech: Speech,
    *,
    model: str,
    reviewer: str | None,
) -> Iterator[ModelRequest]:
    """What ``comment_on`` asks first, and what it asks the reviewer, of sentences yet unwritten."""
    papers = describe_papers(issue, records, speech.themes)
    code = speech.language.code
    question = ask(speech.system, papers, trends, speech.themes, language=code, model=model)
    yield write_request(question, question.week)
    if reviewer:
        yield ask_verifier(speech.verify, question.week, reviewer, question.key, _UNWRITTEN)


def find_dropped(key: str, commentary: Commentary) -> tuple[Finding, ...]:
    """What the gate kept from readers, as minor findings that a moderator sees beside the post."""
    return tuple(
        Finding(
            key=f"{key}/commentary",
            type=ErrorType.MISTRANSLATION,
            severity=Severity.MINOR,
            evidence=reason[:300],
            check="commentary_gate",
            message="this did not pass the gate of the commentary and is not in the post",
        )
        for reason in commentary.dropped
    )


def describe_papers(
    issue: Issue, records: Mapping[str, Record], themes: Sequence[Theme]
) -> tuple[PaperText, ...]:
    """Each paper's readable English, TeX resolved as readers see it, and its themes."""
    assigned = assign_themes(issue, themes, records)
    texts = []
    for paper in issue.papers:
        segments = split_paper(issue.key, paper, records.get(paper.arxiv_id or ""))
        # a row without name and title has no such segment
        title = "".join(one.source for one in segments if one.kind is Kind.TITLE)
        text = "\n".join(one.source for one in segments if one.kind is not Kind.TITLE)
        themes_of_paper = assigned[paper.rank]
        texts.append(PaperText(paper.rank, paper.name, title, text, themes_of_paper))
    return tuple(texts)


def make_term_finder(language: Language) -> TermFinder:
    """Finds a language's glossary terms in its text, with the English each can stand for.

    A text is searched for thousands of renderings once: the gate asks several times.
    """

    @lru_cache(maxsize=256)
    def find_terms(text: str) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for term in language.glossary.terms:
            for rendering in term.known:
                for start, end in find_rendering(text, rendering, language):
                    words = (*found.get(text[start:end], ()), term.source, *term.inflections)
                    found[text[start:end]] = words
        return found

    return find_terms
