"""A new revision of an Edition: under a number of its own, with everything people corrected."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from bot.errors import Unavailable
from bot.model.edition import Edition
from bot.model.memory import MemoryKey
from bot.model.translation import Origin
from bot.translation.revisions import find_sources, keep_corrections
from bot.workflow.durable import run_step
from bot.workflow.services import Services

_MOST_TRIES = 100


def keep_next(
    services: Services, identity: str, make: Callable[[Edition | None], Edition]
) -> Edition:
    """Keep what ``make`` gives of the newest edition, as the next revision.

    Whoever was quicker is built upon: their revision is the newest then, and ``make`` is asked
    again. It must be pure, and may raise. What people corrected while something else was at work
    is in the memory before it is in an edition, so it is looked up last, for every try.
    """
    for _ in range(_MOST_TRIES):
        newest: Edition | None = run_step("newest", lambda: services.editions.find(identity))
        after = replace(make(newest), revision=newest.revision + 1 if newest else 1)
        after = _put_in_corrections(services, after)
        if run_step("keep", partial(services.editions.put, after)):
            return after
    raise Unavailable(
        f"editions: {identity} changes faster than it can be kept; try again", service="database"
    )


def human_key(source: str, language: str) -> MemoryKey:
    """The key of a person's rendering, which depends on nothing but the text."""
    return MemoryKey(source, language, rules="", glossary="", model="")


def _put_in_corrections(services: Services, edition: Edition) -> Edition:
    sources = sorted({source for paper in edition.papers for source in find_sources(paper)})
    corrections: dict[str, str] = run_step(
        "corrections", lambda: _find_corrections(services, edition.language, sources)
    )
    papers = tuple(keep_corrections(paper, corrections) for paper in edition.papers)
    return replace(edition, papers=papers)


def _find_corrections(services: Services, language: str, sources: Iterable[str]) -> dict[str, str]:
    keys = [human_key(source, language) for source in sources]
    return {
        key.source: one.target
        for key, one in zip(keys, services.memory.find(keys), strict=True)
        if one and one.origin is Origin.HUMAN
    }
