"""Sentences that a language gives are held against what will be filled in, when they are read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot.digest.labels import FILLED, TITLE
from bot.errors import ConfigError
from bot.model.language import Language
from bot.parsing.slots import Slots, find_slot_faults, find_slots
from bot.texts.places import place
from bot.trends.chart import LABELS
from bot.trends.computed import SENTENCES


def refuse_strange_slots(language: Language, file: Path) -> None:
    """Labels and title of ``file`` can be filled in.

    Raises:
        ConfigError: The first that cannot; file, line, key and slot are named.
    """
    labels = {name: language.labels.get(name) for name in (*FILLED, *LABELS)}
    given = {name: text for name, text in labels.items() if text is not None}
    _refuse(given, {**FILLED, **LABELS}, file, "labels")
    if title := language.title:
        one = TITLE if find_slots(title) else Slots(("first",))
        _refuse({"title": title}, {"title": one}, file)


def refuse_strange_sentences(computed: Mapping[str, str], file: Path) -> None:
    """The sentences of the computed table can be filled in.

    Raises:
        ConfigError: The first that cannot.
    """
    given = {name: computed[name] for name in SENTENCES if name in computed}
    _refuse(given, SENTENCES, file, "computed")


def _refuse(
    texts: Mapping[str, str], slots: Mapping[str, Slots], file: Path, *section: str
) -> None:
    for name, text in texts.items():
        for fault in find_slot_faults(text, slots[name]):
            keys = (*section, name)
            raise ConfigError(f"{place(file, *keys)}: {'.'.join(keys)}: {fault}")
