"""What changed between two revisions of one paper, and a person's correction put into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import unified_diff

from bot.model.edition import TranslatedPaper
from bot.model.finding import Finding
from bot.model.translation import Origin, Segment, Translation
from bot.translation.segments import join_paper
from bot.translation.summary import summary_source


def correct_paper(paper: TranslatedPaper, source: str, target: str) -> TranslatedPaper:
    """The paper with a person's ``target`` wherever ``source`` stands.

    What was found in those Segments before, and drafts refused there, are gone: a person's word
    is final.
    """
    keys = {segment.key for segment in paper.segments if segment.source == source}
    if not keys:
        return paper
    translations = tuple(
        Translation(one.key, target, Origin.HUMAN) if one.key in keys else one
        for one in paper.translations
    )
    joined = join_paper(paper.segments, {one.key: one.target for one in translations})
    return replace(
        paper,
        title=joined.title,
        introduction=joined.introduction,
        abstract=joined.abstract,
        translations=translations,
        findings=tuple(found for found in paper.findings if found.key not in keys),
        drafts=tuple(draft for draft in paper.drafts if draft.key not in keys),
    )


def find_sources(paper: TranslatedPaper) -> tuple[str, ...]:
    """The texts of which a person may have corrected the rendering."""
    own = tuple(segment.source for segment in paper.segments)
    return (*own, summary_source(paper.segments))


def keep_corrections(paper: TranslatedPaper, corrections: Mapping[str, str]) -> TranslatedPaper:
    """The paper with each person's rendering (by source) that it does not have yet."""
    for segment, one in zip(paper.segments, paper.translations, strict=True):
        target = corrections.get(segment.source)
        if target is not None and (one.target, one.origin) != (target, Origin.HUMAN):
            paper = correct_paper(paper, segment.source, target)
    line = corrections.get(summary_source(paper.segments), paper.summary_line)
    return replace(paper, summary_line=line)


def pair_up(
    papers: Sequence[TranslatedPaper], corrected: Translation
) -> list[tuple[Segment, Translation]]:
    """All pairs a reader sees, with ``corrected`` in its place as if a model had written it."""
    return [
        (segment, replace(corrected, origin=Origin.MODEL) if one.key == corrected.key else one)
        for paper in papers
        for segment, one in zip(paper.segments, paper.translations, strict=True)
        if one.target is not None or one.key == corrected.key
    ]


def find_own(findings: Sequence[Finding], key: str) -> tuple[Finding, ...]:
    """The findings of one Segment."""
    return tuple(finding for finding in findings if finding.key == key)


def diff_papers(
    before: TranslatedPaper, after: TranslatedPaper, names: tuple[str, str]
) -> tuple[str, ...]:
    """A unified diff of what readers of the target language see, a line a Segment; "" for none.

    Each line begins with the Segment's key, so that it can be corrected by it.
    """
    one, other = _lines(before), _lines(after)
    return tuple(unified_diff(one, other, *names, n=0, lineterm=""))


def _lines(paper: TranslatedPaper) -> list[str]:
    lines = [f"{_short(one.key)}: {one.target or '(English)'}" for one in paper.translations]
    line = f"{paper.paper.rank}/summary: {paper.summary_line}"
    return [*lines, line] if paper.summary_line else lines


def _short(key: str) -> str:
    """The key without the issue's.

    >>> _short("2024-01-29/3/introduction/0")
    '3/introduction/0'
    """
    return key.partition("/")[2]
