"""The gate: a sentence of the commentary states only what the table or a cited paper states.

Each check yields a reason; a sentence with any reason is repaired once, then dropped.
What it does on 200 true and 200 false sentences: ``python -m tests.bench gate``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.model.commentary import CommentaryWords, ContentWord, PaperText, TermFinder
from bot.model.edition import Sentence
from bot.model.language import Language
from bot.model.trend import Theme, Trends
from bot.trends.attribution import find_misattributed
from bot.trends.changes import Claim, find_false_changes
from bot.trends.clauses import split_clauses
from bot.trends.computed import comparable_windows
from bot.trends.counted import Counted
from bot.trends.denial import find_affirmed
from bot.trends.direction import find_turned
from bot.trends.figures import find_false_numbers
from bot.trends.magnitudes import find_false_magnitudes
from bot.trends.mentions import Mention, find_mentions
from bot.trends.names import find_false_names, find_named, names_any, occurs_word, short_name
from bot.trends.placement import find_misplaced
from bot.trends.ratios import Span, blank, find_borne_out, find_false_ratios
from bot.trends.several import find_false_groups
from bot.trends.support import SHARE, Ground, find_unsupported, is_borne_out
from bot.trends.swapped import find_swapped
from bot.trends.tally import Place, counts_papers, find_false_shares
from bot.trends.windows import weeks_named

_MARKUP = re.compile(r"[\[\]<>`*|\\{}⟦⟧]|(?<!\w)_|_(?!\w)|https?://|www\.|(?<!\w)@\w|\n")
_LONGEST = 400
# What the links of a paper bear out.
_CODE = "open source code model implementation released and publicly available"
_SURVEY = "survey review overview"

OVERLAP = 0.5
"""Share of a sentence's telling glossary terms that the cited texts must have.

For a language without an analyser; where there is one, bot.trends.support looks at every word.
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
        share: float = SHARE,
    ) -> None:
        self._papers = {paper.rank: paper for paper in papers}
        self._trends = trends
        self._table = trends.table()
        self._themes = themes
        self._language = language
        self._words = words
        self._find_terms = find_terms
        self._share = share

    def check(self, sentence: Sentence, found: Sequence[ContentWord] = ()) -> list[str]:
        """Reasons why the sentence cannot stand, in English, one line each; none: it stands.

        ``found`` are its content words; without them their check is off.
        """
        unknown = [rank for rank in sentence.papers if rank not in self._papers]
        if unknown:
            return [f"cites paper {unknown[0]}, which this week does not have"]
        if not sentence.papers and not self._is_tabular(sentence):
            return ["rests on no paper and no count"]
        cited = "\n".join(self._papers[rank].whole for rank in sentence.papers)
        themes = find_mentions(sentence.text, self._themes, self._language)
        plain = blank(sentence.text, [(start, end) for start, end, _ in themes])
        claim = Claim(
            sentence.text,
            [(start, theme.theme_id) for start, _, theme in themes],
            declares=any("-weeks" in key for key, _ in sentence.counts),
            grounded=bool(found)
            or counts_papers(plain, self._words)
            or names_any(plain, self._words),
            cited=cited,
        )
        stated_at = self._counted(sentence, plain, claim.themes).at
        ratios = list(find_borne_out(plain, cited, stated_at, self._words))
        named = [theme for _, _, theme in themes]
        return [
            *self._form(sentence.text),
            *self._counts(sentence),
            *find_false_numbers(
                blank(plain, ratios), cited, stated_at, self._language, self._words
            ),
            *find_false_ratios(plain, ratios, cited, self._words),
            *find_false_magnitudes(plain, cited, self._language.lexicon.vague),
            *find_false_groups(plain, claim.themes, self._table, self._words),
            *find_false_shares(sentence.text, stated_at, self._words),
            *find_false_names(plain, cited, self._words),
            *self._foreign_themes(sentence, named, cited),
            *find_false_changes(claim, self._trends, self._words),
            *(
                find_unsupported(
                    found,
                    self._ground(sentence, themes, ratios),
                    self._words,
                    share=self._share,
                )
                if found
                else self._overlap(sentence, plain, cited)
            ),
            *(self._misread(sentence, found, ratios) if not self._is_tabular(sentence) else ()),
        ]

    def _misread(
        self, sentence: Sentence, found: Sequence[ContentWord], ratios: Sequence[Span]
    ) -> Iterator[str]:
        """What the papers say, but of another one, of another thing or the other way round."""
        papers = [self._papers[rank] for rank in sentence.papers]
        language, words = self._language, self._words
        text = blank(sentence.text, ratios)
        clauses = split_clauses(text, papers, found, language, words, self._find_terms)
        evidence = {paper.rank: self._evidence(paper) for paper in papers}
        yield from find_misattributed(clauses, evidence)
        yield from find_misplaced(clauses)
        yield from find_swapped(clauses)
        yield from find_turned(clauses, words.directions, words.negated)
        yield from find_affirmed(clauses, words.denies)

    def _ground(
        self,
        sentence: Sentence,
        themes: Sequence[Mention],
        ratios: Sequence[Span],
    ) -> Ground:
        """What its words may rest on: the papers it names, else all it cites."""
        papers = [self._papers[rank] for rank in sentence.papers]
        tabular = self._is_tabular(sentence)
        named = (not tabular and find_named(sentence.text, papers, self._words)) or papers
        declared = [one for one in self._themes if one.theme_id in _themes_of_counts(sentence)]
        english = "\n".join(
            (*(self._evidence(paper) for paper in named), *(_english(theme) for theme in declared))
        )
        vouched = [*ratios, *((start, end) for start, end, _ in themes)]
        vouched += self._find_vouched(sentence.text, english)
        return Ground(sentence.text, english.lower(), vouched, tabular)

    def _evidence(self, paper: PaperText) -> str:
        """Its text, and what its links say: that there is code, that it is a survey."""
        code = _CODE if paper.rank in self._trends.open_code else ""
        survey = _SURVEY if paper.rank in self._trends.surveys else ""
        return f"{paper.whole}\n{code}\n{survey}"

    def _find_vouched(self, text: str, english: str) -> Iterator[tuple[int, int]]:
        """Places of terms that the English has, of set phrases, of names (checked elsewhere)."""
        terms = self._find_terms(text)
        borne_out = [
            shown
            for shown, words in terms.items()
            if any(occurs_word(word, english) for word in words)
        ]
        names = [name for name in self._words.entities if name in text]
        phrases = [phrase for phrase in self._words.set_phrases if phrase in text]
        for shown in (*borne_out, *names, *phrases):
            yield from (match.span() for match in re.finditer(re.escape(shown), text))

    def _is_tabular(self, sentence: Sentence) -> bool:
        signs = (*self._words.unknown, *self._words.unchanged)
        return bool(
            sentence.counts
            or weeks_named(sentence.text, self._words.numerals)
            or counts_papers(sentence.text, self._words)
            or any(re.search(sign, sentence.text) for sign in signs)
        )

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

    def _counted(self, sentence: Sentence, plain: str, themes: Sequence[Place]) -> Counted:
        """What it declares, for the places where it may say so."""
        named = {theme_id for _, theme_id in themes}
        weeks = {
            change.weeks
            for theme in self._trends.themes
            if theme.theme_id in named
            for change in theme.changes
        }
        return Counted(
            sentence,
            plain,
            themes,
            self._trends,
            self._words,
            weeks=frozenset(weeks | self._windows(sentence.text)),
            cited=self._enumerated(sentence, named),
        )

    def _enumerated(self, sentence: Sentence, named: set[str]) -> int:
        """How many papers it lists by name; of a theme only where that has as many."""
        papers = [self._papers[rank] for rank in sentence.papers]
        counts = {self._table.get(f"theme/{theme_id}") for theme_id in named}
        listed = all(short_name(paper) in sentence.text for paper in papers)
        shared = [theme.ranks for theme in self._trends.themes if theme.theme_id in named]
        both = len(shared) > 1 and set(sentence.papers) == set.intersection(*map(set, shared))
        return len(papers) if listed and (not named or both or len(papers) in counts) else 0

    def _windows(self, text: str) -> set[int]:
        """Windows that a sentence on what did not change, or cannot be told, may name."""
        if any(re.search(sign, text) for sign in self._words.unknown):
            return {window for window, _ in self._trends.stored} & weeks_named(
                text, self._words.numerals
            )
        if any(re.search(sign, text) for sign in self._words.unchanged):
            return set(comparable_windows(self._trends))
        return set()

    def _foreign_themes(
        self, sentence: Sentence, named: Sequence[Theme], cited: str
    ) -> Iterator[str]:
        """A theme is named over a paper that has it or speaks of it, with its count or a change.

        That the change is as the table has it, ``find_false_changes`` sees to.
        """
        have = {theme for rank in sentence.papers for theme in self._papers[rank].themes}
        have |= _themes_of_counts(sentence)
        if weeks_named(sentence.text, self._words.numerals):
            have |= {theme.theme_id for theme in self._trends.themes if theme.changes}
        for theme in named:
            if theme.theme_id not in have and not self._speaks_of(theme, cited):
                yield f"names the theme {theme.theme_id}, which no cited paper has"

    def _speaks_of(self, theme: Theme, cited: str) -> bool:
        terms = self._find_terms(theme.name(self._language.code)).values()
        words = [word for each in terms for word in each]
        return any(occurs_word(word, cited) for word in (*words, *theme.words)) or is_borne_out(
            theme.name(self._language.code), cited.lower(), self._words
        )

    def _overlap(self, sentence: Sentence, plain: str, cited: str) -> Iterator[str]:
        terms = _telling(self._find_terms(plain), self._words.general)
        if not sentence.papers or not terms:
            return
        found = sum(any(occurs_word(word, cited) for word in words) for words in terms.values())
        if found / len(terms) < OVERLAP:
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


def _themes_of_counts(sentence: Sentence) -> set[str]:
    """Themes whose counts the sentence declares; surveys are counted under a key of their own."""
    keys = (key for key, _ in sentence.counts)
    return {key.removeprefix("theme/").split("/")[0] for key in keys}


def _english(theme: Theme) -> str:
    return "\n".join((theme.name("en"), *theme.words, *theme.title_words))
