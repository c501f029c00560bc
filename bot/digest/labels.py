"""What is filled into a language's labels and title, by code and not by a template."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bot.digest.links import LINK_LABELS
from bot.parsing.slots import Slots

TITLE = Slots(optional=("first", "last"))
"""The topic's title needs one of them: no two weeks may have the same."""

FILLED: Mapping[str, Slots] = MappingProxyType(
    {
        "more_authors": Slots(("names",), ("count",)),
        "seen_before": Slots(("day",)),
        "no_title": Slots(),
        **dict.fromkeys(LINK_LABELS, Slots()),
    }
)
"""Labels that code shows; what the others can be filled with, the templates say."""

NEEDED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"refused_links": ("names",), "edition": ("id",)}
)
"""What a label of the templates is there for: without it, it would say nothing."""
