"""What the gate needs to know of a language, and of the papers that a sentence may rest on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class PaperText:
    """A paper's English: what a sentence that cites it may state."""

    rank: int
    name: str
    title: str
    text: str
    themes: tuple[str, ...] = ()

    @property
    def whole(self) -> str:
        """Name, title and text together."""
        return f"{self.name}\n{self.title}\n{self.text}"


@dataclass(frozen=True, slots=True)
class ContentWord:
    """A word that carries meaning: its dictionary form, and its place in the text."""

    lemma: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CommentaryWords:
    """A language's words for changes, numbers and endings (config/languages/*/commentary.yml).

    An empty entry turns the check that needs it off.

    Attributes:
        time: Regular expressions; a sentence with one of these compares with the weeks before.
        beyond: The same for a time for which there are no counts; never right.
        rising: Says that something became more.
        falling: Says that it became less.
        new: Says that it was not there before.
        negated: Regular expression for what denies a direction right behind it.
        quoted: Regular expression for what stands behind a direction that is only weighed.
        unchanged: Regular expressions for what says that nothing changed.
        unknown: The same for what says that nothing can be told.
        subjects: Regular expression for what can rise or fall from week to week, with particle.
        most: Says that a theme has the most papers.
        claims: Regular expressions for what needs one of these English words in the cited text.
        numerals: Numbers as words, and what they are worth.
        counted_alone: Number words that no counter follows (하나).
        ratios: Regular expressions for a part of a whole; {whole} and {part} are numbers.
        counters: What stands behind a number word.
        paper_counters: What stands behind a number of papers.
        whole: Regular expression for the week's papers as a whole.
        shares: Words for a part of the week's papers, and the least and largest share they name.
        set_phrases: What can be said whatever the papers say (가장 먼저 읽어 보시기).
        part_of: Regular expression for what follows the whole of which a part is named.
        whole_of: Regular expression before a count of all papers of the week; {count} is it.
        each: Regular expressions for "two papers each" behind several themes; {count} is "two
            papers".
        all_of: The same for "all ten papers are" before a theme.
        compared: Regular expressions for a count of one theme that is more than, fewer than or the
            same as another's; what it is compared with stands right before.
        another: Regular expression before a count of papers that are others than those named.
        except_for: Regular expression for what follows the number of papers that are left out.
        rank_of: The same for what follows a paper's rank.
        this_week: Words after which counts are of this week.
        earlier: Regular expression after which counts are of the weeks before.
        known: Names that may stand without a paper that has them.
        general: Glossary terms so general that they tell nothing of what a paper is about.
        ending: Regular expression that every sentence must match at its end.
        entities: Names in the language's own script, and what each stands for.
        transliterations: The same for names that must stand in their own spelling.
        homographs: Transliterations that are everyday words, too.
        plain: Dictionary forms that can be said of any paper.
        tabular: Those that can be said of counts besides.
        claims_of: Those that speak of time, standing or the whole field, with the beginnings of
            English words that bear them out.
        words: All others, likewise.
        open_code: Regular expression for what counts the papers with open code or models.
        all_papers: The same for what counts all papers of the week.
        clause_end: Regular expression for where a clause ends and another may begin.
        preface: Regular expression for the end of what is said before the first paper is named,
            where it is said of all of them.
        instead: Regular expression for what stands behind a name that is denied ("not A but B").
        describes: Regular expression for a subject that is described and not named.
        denies: Regular expression for any sign of a denial.
        directions: Regular expressions for more, less, better, worse, and beginnings of English
            words of which the source's sentence must have one.
        computed: The sentences that stand where the model's do not pass.
    """

    time: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()
    rising: tuple[str, ...] = ()
    falling: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    negated: str = ""
    quoted: str = ""
    unchanged: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    subjects: str = ""
    most: tuple[str, ...] = ()
    claims: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    numerals: Mapping[str, int] = field(default_factory=dict)
    counted_alone: Mapping[str, int] = field(default_factory=dict)
    ratios: tuple[str, ...] = ()
    counters: tuple[str, ...] = ()
    paper_counters: tuple[str, ...] = ()
    whole: str = ""
    shares: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    set_phrases: tuple[str, ...] = ()
    part_of: str = ""
    whole_of: str = ""
    each: tuple[str, ...] = ()
    all_of: tuple[str, ...] = ()
    compared: Mapping[Literal["more", "fewer", "same"], str] = field(default_factory=dict)
    another: str = ""
    except_for: str = ""
    rank_of: str = ""
    this_week: tuple[str, ...] = ()
    earlier: str = ""
    known: tuple[str, ...] = ()
    general: tuple[str, ...] = ()
    ending: str = ""
    entities: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    transliterations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    homographs: tuple[str, ...] = ()
    plain: frozenset[str] = frozenset()
    tabular: frozenset[str] = frozenset()
    claims_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    open_code: str = ""
    all_papers: str = ""
    clause_end: str = ""
    preface: str = ""
    instead: str = ""
    describes: str = ""
    denies: str = ""
    directions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    computed: Mapping[str, str] = field(default_factory=dict)


WordFinder = Callable[[Sequence[str]], Sequence[tuple[ContentWord, ...]]]
"""Texts to the content words of each."""

TermFinder = Callable[[str], Mapping[str, tuple[str, ...]]]
"""A target text to its glossary terms: each with the English words it can stand for."""
