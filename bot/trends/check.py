"""Whether a language can word and judge every week: asked before a model is paid for one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from bot.errors import ConfigError
from bot.model.commentary import CommentaryWords, ContentWord, PaperText
from bot.model.edition import Commentary, Sentence
from bot.model.issue import Issue, Paper, Week
from bot.model.language import Language
from bot.model.trend import Change, Direction, Theme, ThemeTrend, Trends
from bot.trends.chart import chart
from bot.trends.computed import word_trends
from bot.trends.gate import Gate

_MONDAY = date(2024, 1, 29)
_ENGLISH = "Paper 1 is 2.5x faster than 70B models on 12 of 20 tasks, not slower."
_PAPERS = tuple(
    PaperText(rank, f"Paper {rank}", f"Paper {rank}: A Title", _ENGLISH) for rank in (1, 2, 3)
)
_ISSUE = Issue(
    "2024-01-29",
    Week(_MONDAY, date(2024, 2, 4)),
    "Papers of the Week",
    tuple(Paper(paper.rank, paper.name, paper.text) for paper in _PAPERS),
)


def check_words(language: Language, words: CommentaryWords, themes: Sequence[Theme]) -> None:
    """Word weeks in which themes rise, fall, are new, stay, or cannot be compared; judge them.

    Raises:
        ConfigError: What fails, in one line.
    """
    try:
        for trends in _weeks(themes):
            computed = word_trends(_ISSUE, trends, themes, language.code, words.computed)
            chart(trends, _MONDAY, themes, language.code, language.labels)
            gate = Gate(_PAPERS, trends, themes, language, words, lambda _text: {})
            for sentence in (*_sentences(computed), *_made_up(words)):
                gate.check(sentence)
                gate.check(sentence, _content(sentence.text))
    except Exception as error:  # whatever words can do to the code that reads them
        cause = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        file = f"languages/{language.code}/commentary.yml"
        raise ConfigError(f"{file}: a week cannot be worded or judged: {cause}; mend it") from None


def _weeks(themes: Sequence[Theme]) -> Iterator[Trends]:
    ids = [*(theme.theme_id for theme in themes), "one", "two", "three"]
    ranks = ((1, 2, 3), (1, 2), (2, 3))
    changed = tuple(
        ThemeTrend(theme_id, cited, (0, None, *range(10)), (Change(direction, 12, 1, 90, 0.0),))
        for theme_id, cited, direction in zip(ids, ranks, Direction, strict=False)
    )
    calm = tuple(replace(theme, changes=()) for theme in changed)
    full = Trends("2024-01-29", 3, changed, ((4, 4), (12, 12)), surveys=(3,), open_code=(1,))
    yield full
    yield replace(full, themes=calm, surveys=(), open_code=())
    yield replace(full, themes=(), stored=((4, 1), (12, 1)))


def _sentences(commentary: Commentary) -> Iterator[Sentence]:
    for paragraph in commentary.paragraphs:
        yield from paragraph


def _made_up(words: CommentaryWords) -> Iterator[Sentence]:
    """Of papers: a comparison, and every number word before every kind of thing."""
    yield Sentence("Paper 1: 2.5x 70B, Paper 2: 12", (1, 2))
    counters = (*words.paper_counters, *words.counters)[:3]
    counted = ", ".join(f"{word}{counter}" for word in words.numerals for counter in counters)
    yield Sentence(f"Paper 1: {counted}", (1,))


def _content(text: str) -> tuple[ContentWord, ...]:
    return tuple(ContentWord(found[0], *found.span()) for found in re.finditer(r"\w+", text))
