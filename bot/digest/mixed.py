"""Introductions of which some lines could not be translated: those lines stay in English.

Original and translation share no field on their way here; only what readers see may mix them, and
the layout says so (``partly_untranslated``).
"""

from __future__ import annotations

from dataclasses import replace

from bot.model.edition import TranslatedPaper
from bot.model.translation import Bilingual, Kind


def is_partly_translated(paper: TranslatedPaper) -> bool:
    """Whether some lines of the introduction have a translation and some have none."""
    targets = _targets(paper)
    return any(target is None for target in targets) and any(targets)


def with_mixed_introduction(paper: TranslatedPaper) -> TranslatedPaper:
    """The paper with the English lines filled in among the translated ones.

    Unchanged where the introduction is translated as a whole or not at all, or where its lines
    are not its pieces.
    """
    lines, targets = paper.introduction.source.splitlines(), _targets(paper)
    untranslated = paper.introduction.target is None
    if not (untranslated and is_partly_translated(paper) and len(lines) == len(targets)):
        return paper
    mixed = (_line(line, target) for line, target in zip(lines, targets, strict=True))
    return replace(paper, introduction=Bilingual(paper.introduction.source, "\n".join(mixed)))


def _targets(paper: TranslatedPaper) -> list[str | None]:
    """The introduction's targets, piece by piece; None where there is none."""
    found = {translation.key: translation.target for translation in paper.translations}
    pieces = (segment for segment in paper.segments if segment.kind is Kind.INTRODUCTION)
    return [found.get(segment.key) for segment in pieces]


def _line(line: str, target: str | None) -> str:
    bullet = "- " if line.startswith("- ") else ""
    return line if target is None else bullet + target
