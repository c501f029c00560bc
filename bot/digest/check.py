"""Whether a language's layout and labels can show every digest: asked before a model is paid."""

from __future__ import annotations

from collections.abc import Iterator

from bot.digest.compose import compose
from bot.digest.labels import NEEDED
from bot.digest.layout import LabelUse, Layout, explain_unknown
from bot.digest.rendered import find_faults
from bot.digest.samples import EARLIER, bare_edition, full_edition
from bot.errors import ConfigError
from bot.model.edition import Edition
from bot.model.language import Language
from bot.model.topic import ForumLimits
from bot.parsing.slots import Slots, find_slot_faults, find_slots

_SMALL = 4_000
_PLAIN = ForumLimits(max_post_length=_SMALL, details=False, math=True)
# One post, and several in which papers are cut; each with and without the plugins.
_SIZES = {
    full_edition: (ForumLimits(), ForumLimits(max_post_length=_SMALL), _PLAIN),
    bare_edition: (ForumLimits(), _PLAIN),
}


def check_layout(layout: Layout, language: Language) -> None:
    """Lay out editions that between them hold everything a digest can hold or lack.

    What a template leaves out on purpose is no fault; a link that leads nowhere is.

    Raises:
        ConfigError: What is wrong, in one line with the file, and its line where that is known.
    """
    for use in layout.uses():
        _check_label(use, language)
    for make, sizes in _SIZES.items():
        edition = make()
        for limits in sizes:
            _check_posts(edition, limits, layout, language)


def _check_label(use: LabelUse, language: Language) -> None:
    if use.name not in language.labels:
        cause = explain_unknown(use.name, language.labels)
        raise ConfigError(f"{use.place}: {cause}; mend the template")
    if use.slots is None:
        return
    needed = tuple(slot for slot in NEEDED.get(use.name, ()) if slot in use.slots)
    for fault in find_slot_faults(language.labels[use.name], Slots(needed, use.slots)):
        file = f"languages/{language.code}/language.yml"
        raise ConfigError(f"{file}: labels.{use.name}: {fault}")


def _check_posts(edition: Edition, limits: ForumLimits, layout: Layout, language: Language) -> None:
    digest = compose(edition, language, limits, layout, topics={EARLIER: "/t/-/2/1"})
    names = [paper.paper.name for paper in edition.papers if paper.paper.name]
    for fault in find_faults(digest, names, _slots(language)):
        raise ConfigError(f"{layout.file}: {fault}")


def _slots(language: Language) -> Iterator[str]:
    yield from sorted({slot for label in language.labels.values() for slot in find_slots(label)})
