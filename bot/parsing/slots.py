"""The ``{slots}`` of a sentence that a language gives, held against what will be filled in."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from string import Formatter


@dataclass(frozen=True, slots=True)
class Slots:
    """What can be filled in: a sentence without one of ``needed`` would say nothing."""

    needed: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()

    @property
    def known(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.needed, *self.optional)


def find_slot_faults(text: str, slots: Slots) -> Iterator[str]:
    """What keeps a sentence from being filled in, one line each: the cause, then the cure.

    A slot is a name alone: a width (``{total:>999999999}``) or an attribute is refused.

    >>> list(find_slot_faults("{totl}편", Slots(("total",))))
    ['no value is called {totl}; write {total}']
    >>> list(find_slot_faults("여러 편", Slots(("total",))))
    ['{total} is missing; add it']
    """
    try:
        there = list(_written(text))
    except ValueError:
        if slots.known:
            yield "a brace stands alone; close it, or leave it out"
        return
    strange = [slot for slot in there if slot not in slots.known]
    yield from (f"no value is called {{{slot}}}; {_cure(slot, slots.known)}" for slot in strange)
    if not strange:
        lacking = [slot for slot in slots.needed if slot not in there]
        yield from (f"{{{slot}}} is missing; add it" for slot in lacking)


def find_slots(text: str) -> frozenset[str]:
    """The slots of a sentence, as they are written; none where it cannot be read.

    >>> sorted(find_slots("{number}/{total:>3}"))
    ['number', 'total:>3']
    """
    try:
        return frozenset(_written(text))
    except ValueError:
        return frozenset()


def nearest(name: str, known: Collection[str]) -> str:
    """What was meant, empty where nothing is near."""
    return next(iter(difflib.get_close_matches(name, known, n=1, cutoff=0.5)), "")


def _written(text: str) -> Iterator[str]:
    """Each slot between its braces; a ValueError where braces do not pair."""
    for _, name, spec, conversion in Formatter().parse(text):
        if name is not None:
            yield name + (f"!{conversion}" if conversion else "") + (f":{spec}" if spec else "")


def _cure(slot: str, known: Collection[str]) -> str:
    if meant := nearest(re.split(r"[.!:\[]", slot)[0], known):
        return f"write {{{meant}}}"
    return f"use {', '.join(f'{{{name}}}' for name in known)}" if known else "leave it out"
