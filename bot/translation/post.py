"""The papers of one post held together: one rendering of a term throughout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.model.edition import TranslatedPaper
from bot.translation.candidates import Candidate, Checks, mend
from bot.translation.segments import join_paper


def unify_post(papers: Sequence[TranslatedPaper], checks: Checks) -> tuple[TranslatedPaper, ...]:
    """The papers with terms set to the post's usual rendering where that is certain.

    Papers are translated side by side and cannot know each other's wording; this pass costs no
    call. A text changes only where it leaves less wrong; what is left is among the findings.
    """
    candidates = [
        Candidate(segment, translation.target, translation.origin, translation.model)
        for paper in papers
        for segment, translation in zip(paper.segments, paper.translations, strict=True)
        if translation.target is not None
    ]
    mended = {each.segment.key: each for each in mend(candidates, checks)}
    return tuple(_with_texts(paper, mended) for paper in papers)


def _with_texts(paper: TranslatedPaper, mended: Mapping[str, Candidate]) -> TranslatedPaper:
    translations = tuple(
        mended[each.key].translation if each.key in mended else each for each in paper.translations
    )
    joined = join_paper(paper.segments, {each.key: each.target for each in translations})
    untranslated = [finding for finding in paper.findings if finding.key not in mended]
    examined = [
        finding
        for segment in paper.segments
        if segment.key in mended
        for finding in mended[segment.key].findings
    ]
    return replace(
        paper,
        title=joined.title,
        introduction=joined.introduction,
        abstract=joined.abstract,
        translations=translations,
        findings=(*untranslated, *examined),
    )
