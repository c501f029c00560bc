"""One line that sums up a text: what it says is checked, never what it leaves out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.model.finding import Finding
from bot.model.language import Language
from bot.model.translation import Kind, Segment, Translation
from bot.quality import (
    additions,
    characters,
    chatter,
    completeness,
    entities,
    grammar,
    markup,
    numbers,
    terminology,
    transliteration,
)
from bot.quality.subject import Pair, Subject, prepare

_CHECKS: tuple[Callable[[Subject], Iterator[Finding]], ...] = (
    numbers.added_numbers,
    entities.changed_case,
    transliteration.transliterated_names,
    additions.added_names,
    additions.added_entities,
    terminology.forbidden_terms,
    completeness.unchanged_text,
    completeness.leftover_english,
    markup.tex_leaks,
    markup.markdown_leaks,
    markup.left_placeholders,
    markup.added_links,
    markup.mentions,
    markup.html,
    characters.invisible_characters,
    characters.foreign_scripts,
    characters.odd_letters,
    grammar.doubled_particles,
    chatter.model_chatter,
    chatter.prompt_leaks,
    chatter.placeholders,
)


def check_line(key: str, source: str, line: str, language: Language) -> list[Finding]:
    """Give what is wrong with a line of the contents, which is read like a title.

    >>> korean = Language("ko", "한국어")
    >>> [found.check for found in check_line("a", "An open LLM", "Google의 공개 LLM", korean)]
    ['added_names']
    >>> check_line("a", "An open LLM of 7B weights, in English", "공개 LLM", korean)
    []
    """
    pair = Pair(Segment(key, source, Kind.TITLE), Translation(key, line))
    subject = prepare(pair, language)
    return [found for check in _CHECKS for found in check(subject)] if subject else []
