"""The gate: a sentence of the commentary states only what the table or a cited paper states.

Each check yields a reason; a sentence with any reason is repaired once, then dropped.
What it does on 200 true and 200 false sentences: ``python -m tests.bench gate``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.model.commentary import CommentaryWords, PaperText, TermFinder
from bot.model.edition import Sentence
from bot.model.language import Language
from bot.model.trend import Theme, Trends
from bot.translation.glossary import find_rendering
from bot.trends.changes import Claim, Place, find_false_changes, weeks_named
from bot.trends.computed import comparable_windows
from bot.trends.figures import Stated, counts_papers, find_false_numbers
from bot.trends.names import find_false_names, names_any, occurs_word

_MARKUP = re.compile(r"[\[\]<>`*_|\\{}⟦⟧]|https?://|www\.|(?<!\w)@\w|\n")
_LONGEST = 400

OVERLAP = 0.5
"""Share of a sentence's telling glossary terms that the cited texts must have.

Measured (``python -m tests.bench gate``): 203 true sentences, and 33 that are true of another
paper of the week than the one they name, without a number, name or count to give them away.

=========  =============  ====================
threshold  true, dropped  misattributed, caught
=========  =============  ====================
no check   2 (1.0 %)      8 (24 %)
> 0        9 (4.4 %)      23 (70 %)
0.34       9 (4.4 %)      25 (76 %)
**0.5**    9 (4.4 %)      25 (76 %)
0.67       16 (7.9 %)     25 (76 %)
=========  =============  ====================
"""


class Gate:
    """What is true of one week; asked sentence by sentence."""

    def __init__(
        self,
        papers: Sequence[PaperText],
        trends: Trends,
        themes: Sequence[Theme],
        language: Language,
        words: CommentaryWords,
        find_terms: TermFinder,
        *,
        overlap: float = OVERLAP,
    ) -> None:
        self._papers = {paper.rank: paper for paper in papers}
        self._trends = trends
        self._table = trends.table()
        self._themes = themes
        self._language = language
        self._words = words
        self._find_terms = find_terms
        self._least_overlap = overlap

    def check(self, sentence: Sentence) -> list[str]:
        """Reasons why the sentence cannot stand, in English, one line each; none: it stands."""
        unknown = [rank for rank in sentence.papers if rank not in self._papers]
        if unknown:
            return [f"cites paper {unknown[0]}, which this week does not have"]
        if not sentence.papers and not sentence.counts:
            return ["rests on no paper and no count"]
        cited = "\n".join(self._papers[rank].whole for rank in sentence.papers)
        themes = self._named_themes(sentence.text)
        plain = _without(sentence.text, themes)
        claim = Claim(
            sentence.text,
            [(start, theme.theme_id) for start, _, theme in themes],
            declares=any("-weeks" in key for key, _ in sentence.counts),
            grounded=counts_papers(plain, self._words) or names_any(plain, self._words),
            cited=cited,
        )
        stated = self._stated(sentence, claim.themes)
        named = [theme for _, _, theme in themes]
        return [
            *self._form(sentence.text),
            *self._counts(sentence),
            *find_false_numbers(plain, cited, stated, self._language, self._words),
            *find_false_names(plain, cited, self._words),
            *self._foreign_themes(sentence, named, cited),
            *self._overlap(sentence, plain, cited),
            *find_false_changes(claim, self._trends, self._words),
        ]

    def _form(self, text: str) -> Iterator[str]:
        if not text.strip() or len(text) > _LONGEST:
            yield f"is empty or longer than {_LONGEST} characters"
        if found := _MARKUP.search(text):
            yield f"has markup or an address: {found[0]!r}"
        if self._words.ending and not re.search(self._words.ending, text.strip()):
            yield "does not end as a sentence of this language's register"

    def _counts(self, sentence: Sentence) -> Iterator[str]:
        for key, value in sentence.counts:
            if self._table.get(key) != value:
                yield f"states {value} for {key}, the table has {self._table.get(key)}"

    def _stated(self, sentence: Sentence, themes: Sequence[Place]) -> Stated:
        """What the sentence declares; of themes, where it names some, only these."""
        named = {theme_id for _, theme_id in themes}
        counts = [
            (key, value)
            for key, value in sentence.counts
            if not key.startswith("theme/") or not named or key.split("/")[1] in named
        ]
        weeks = {
            change.weeks
            for theme in self._trends.themes
            if theme.theme_id in named
            for change in theme.changes
        }
        return Stated(
            now=frozenset(value for key, value in counts if "-weeks" not in key),
            before=frozenset(value for key, value in counts if "-weeks" in key),
            total=self._trends.papers,
            weeks=frozenset(weeks | self._windows(sentence.text)),
            cited=len(sentence.papers),
        )

    def _windows(self, text: str) -> set[int]:
        """Windows that a sentence on what did not change, or cannot be told, may name."""
        if any(sign in text for sign in self._words.unknown):
            return {window for window, _ in self._trends.stored} & weeks_named(text)
        if any(sign in text for sign in self._words.unchanged):
            return set(comparable_windows(self._trends))
        return set()

    def _foreign_themes(
        self, sentence: Sentence, named: Sequence[Theme], cited: str
    ) -> Iterator[str]:
        """A theme is named over a paper that has it or speaks of it, or with its count."""
        have = {theme for rank in sentence.papers for theme in self._papers[rank].themes}
        have |= {key.split("/")[1] for key, _ in sentence.counts if key.startswith("theme/")}
        for theme in named:
            if theme.theme_id not in have and not self._speaks_of(theme, cited):
                yield f"names the theme {theme.theme_id}, which no cited paper has"

    def _speaks_of(self, theme: Theme, cited: str) -> bool:
        terms = self._find_terms(theme.name(self._language.code)).values()
        words = [word for each in terms for word in each]
        return any(occurs_word(word, cited) for word in (*words, *theme.words))

    def _named_themes(self, text: str) -> list[tuple[int, int, Theme]]:
        """Where which themes are named, from left to right; a longer name hides a shorter one."""
        found: list[tuple[int, int, Theme]] = []
        code = self._language.code
        for theme in sorted(self._themes, key=lambda one: -len(one.name(code))):
            for start, end in find_rendering(text, theme.name(code), self._language):
                if not any(begin < end and start < stop for begin, stop, _ in found):
                    found.append((start, end, theme))
        return sorted(found, key=lambda one: one[0])

    def _overlap(self, sentence: Sentence, plain: str, cited: str) -> Iterator[str]:
        terms = _telling(self._find_terms(plain), self._words.general)
        if not sentence.papers or not terms:
            return
        found = sum(any(occurs_word(word, cited) for word in words) for words in terms.values())
        if found / len(terms) < self._least_overlap:
            yield f"only {found} of its {len(terms)} terms are in the cited papers"


def _telling(
    terms: Mapping[str, Sequence[str]], general: Sequence[str]
) -> dict[str, Sequence[str]]:
    """Terms that tell one paper from another: no general ones, none inside a longer one."""
    return {
        shown: words
        for shown, words in terms.items()
        if shown not in general and not any(shown in other and shown != other for other in terms)
    }


def _without(text: str, themes: Sequence[tuple[int, int, Theme]]) -> str:
    for start, end, _ in reversed(themes):
        text = f"{text[:start]} {text[end:]}"
    return text
