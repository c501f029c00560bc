"""What of a source must leave a trace in its translation: numbers, sure names, glossary terms."""

from __future__ import annotations

from dataclasses import dataclass

from bot.quality.names import Certainty, find_names, stem
from bot.quality.number_words import target_numbers
from bot.quality.quantities import source_quantities
from bot.quality.sentences import Sentence
from bot.quality.subject import Subject
from bot.translation.glossary import Match, uses


@dataclass(frozen=True, slots=True)
class Anchor:
    """A number, name or term of the source; ``kept`` where the target has a trace of it.

    ``sure``: a number or name, which no good translation leaves out.
    """

    text: str
    kept: bool
    sure: bool = True


def find_anchors(subject: Subject, sentence: Sentence) -> list[Anchor]:
    """Give the anchors of one source sentence; a wrong rendering is a trace as well.

    >>> from bot.model.language import Language
    >>> from bot.quality.subject import pair_of
    >>> subject = pair_of("OLMo has 7B.", "olmo입니다.", Language("ko", ""))
    >>> [(anchor.text, anchor.kept) for anchor in find_anchors(subject, Sentence(subject.words, 0))]
    [('7B', False), ('OLMo', True)]
    """
    targets = target_numbers(subject.text, subject.language)
    numbers = {value for one in targets for value in one.values}
    folded = subject.text.lower()
    found = [
        Anchor(one.text, bool(numbers.intersection(one.values)))
        for one in source_quantities(sentence.text)
    ]
    found += [
        Anchor(name.text, stem(name.text).lower() in folded or _named(subject, name.text))
        for name in find_names(sentence.text)
        if name.certainty is Certainty.SURE
    ]
    terms = (one for one in subject.terms if sentence.start <= one.span[0] < sentence.end)
    return found + [Anchor(match.text, _traced(subject, match), sure=False) for match in terms]


def _named(subject: Subject, name: str) -> bool:
    entities = subject.language.lexicon.entities
    return any(name in names and text in subject.text for text, names in entities.items())


def _traced(subject: Subject, match: Match) -> bool:
    renderings = (*match.term.known, *match.term.forbidden, match.term.source)
    return any(uses(subject.text, text) for text in renderings)
