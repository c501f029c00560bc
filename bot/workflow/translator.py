"""What translating into one language needs, put together once per run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.config import Model
from bot.model.finding import Finding
from bot.model.language import Language, Term
from bot.model.translation import Segment, Translation
from bot.quality import Pair, check_pairs
from bot.translation.candidates import Checks
from bot.translation.glossary import Matcher
from bot.translation.memory import TranslationMemory
from bot.translation.prompt import Prompts
from bot.workflow.ask import Call


@dataclass(frozen=True, slots=True)
class Translator:
    """What translating needs; everything here is injected, so that a run can be replayed.

    Attributes:
        call: One model call, durable and paid once; waits and the purse are behind it.
        checks: Pairs of one paper → Findings.
        find_terms: The glossary's terms in an English text.
        memory: Accepted targets of earlier runs.
        prompts: The prompt files.
        language: What is translated into.
        settings: The ``model`` section of the configuration.
    """

    call: Call
    checks: Checks
    find_terms: Callable[[str], Sequence[Term]]
    memory: TranslationMemory
    prompts: Prompts
    language: Language
    settings: Model


def open_translator(
    language: Language, *, call: Call, memory: TranslationMemory, prompts: Prompts, settings: Model
) -> Translator:
    """A Translator with the language's own glossary and all checks of bot.quality."""
    matcher = Matcher(language.glossary)

    def find_terms(text: str) -> list[Term]:
        return list({match.term.source: match.term for match in matcher.find(text)}.values())

    return Translator(
        call=call,
        checks=make_checks(language),
        find_terms=find_terms,
        memory=memory,
        prompts=prompts,
        language=language,
        settings=settings,
    )


def make_checks(language: Language) -> Checks:
    """All checks of bot.quality; the pairs of one call stand in one post and are held together."""

    def checks(pairs: Sequence[tuple[Segment, Translation]]) -> list[Finding]:
        return check_pairs([Pair(*pair, post="post") for pair in pairs], language)

    return checks
