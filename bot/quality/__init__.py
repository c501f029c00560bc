"""Translation → Findings (MQM): accuracy, terminology, markup, register, characters, chatter.

Every check is a function from a Subject to Findings. Its severity says how certain it is: what is
certainly wrong is major, what must not be published critical, a suspicion minor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from bot.model.finding import Finding
from bot.model.language import Language
from bot.quality import (
    additions,
    bare_math,
    bounds,
    characters,
    chatter,
    comparisons,
    completeness,
    conduct,
    dates,
    entities,
    exchanged,
    grammar,
    leftovers,
    magnitudes,
    markup,
    meaning,
    measures,
    negations,
    numbers,
    register,
    shares,
    terminology,
    transliteration,
)
from bot.quality.subject import Pair, Subject, prepare
from bot.translation.glossary import Matcher

__all__ = ["CHECKS", "Pair", "check_pairs"]

CHECKS: tuple[Callable[[Subject], Iterator[Finding]], ...] = (
    numbers.missing_numbers,
    numbers.added_numbers,
    measures.changed_units,
    measures.stray_units,
    measures.added_units,
    numbers.changed_signs,
    dates.changed_months,
    exchanged.exchanged_numbers,
    magnitudes.changed_magnitudes,
    magnitudes.cut_ranges,
    magnitudes.turned_ranges,
    magnitudes.odd_fractions,
    shares.turned_shares,
    bounds.changed_bounds,
    meaning.reversed_comparisons,
    comparisons.reversed_at_numbers,
    comparisons.to_and_by,
    negations.changed_negation,
    entities.missing_names,
    entities.missing_variants,
    entities.changed_case,
    transliteration.transliterated_names,
    additions.added_names,
    additions.added_entities,
    terminology.forbidden_terms,
    terminology.missing_terms,
    completeness.empty_target,
    completeness.unusual_length,
    completeness.omitted_sentences,
    completeness.added_sentences,
    completeness.unchanged_text,
    completeness.leftover_english,
    leftovers.leftover_words,
    leftovers.inflected_english,
    conduct.repeated_text,
    conduct.changed_task,
    markup.protected_spans,
    bare_math.bare_formulas,
    markup.tex_leaks,
    markup.markdown_leaks,
    markup.left_placeholders,
    markup.added_links,
    markup.mentions,
    markup.html,
    register.wrong_register,
    characters.invisible_characters,
    characters.foreign_scripts,
    characters.odd_letters,
    grammar.doubled_particles,
    grammar.wrong_particles,
    chatter.model_chatter,
    chatter.prompt_leaks,
    chatter.placeholders,
)


def check_pairs(pairs: Sequence[Pair], language: Language) -> list[Finding]:
    """Give what is wrong with the translations, in the order of the pairs; whole posts come last.

    Pairs with the same ``post`` are also checked together: one rendering of a term throughout. A
    pair without a target (the English stands, marked) has no findings. Texts are read up to
    20,000 characters, many times the longest abstract; a Finding says where more stands.

    >>> from bot.model.translation import Segment, Translation
    >>> pair = Pair(Segment("a", "It needs 8 GPUs."), Translation("a", "GPU 80개가 필요합니다."))
    >>> [found.check for found in check_pairs([pair], Language("ko", "한국어"))]
    ['missing_numbers', 'added_numbers']
    """
    matcher = Matcher(language.glossary)
    prepared = (prepare(pair, language, matcher) for pair in pairs)
    subjects = [subject for subject in prepared if subject is not None]
    findings = [finding for subject in subjects for check in CHECKS for finding in check(subject)]
    given = [pair for pair in pairs if pair.translation.target is not None]
    findings += [finding for pair in given for finding in completeness.unread_text(pair)]
    posts: dict[str, list[Subject]] = {}
    for subject in subjects:
        if subject.post is not None:
            posts.setdefault(subject.post, []).append(subject)
    for post in posts.values():
        findings += terminology.inconsistent_terms(post)
    return findings
