"""config/languages/*/commentary.yml → the words by which the gate reads a commentary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from bot.errors import ConfigError
from bot.model.commentary import CommentaryWords
from bot.model.language import Language
from bot.parsing.slots import nearest
from bot.texts.patterns import find_pattern_faults
from bot.texts.places import place
from bot.texts.slots import refuse_strange_sentences
from bot.texts.terms import LOADER
from bot.trends.computed import SENTENCES

_ADAPTER = TypeAdapter(CommentaryWords)
_SHOWN = 60
# words.yml gives these, and the lexicon the transliterations.
_ELSEWHERE = ("plain", "tabular", "claims_of", "words", "transliterations")
_KEYS = tuple(field.name for field in fields(CommentaryWords) if field.name not in _ELSEWHERE)


def load_commentary_words(folder: Path, language: Language) -> CommentaryWords:
    """Read a language's ``commentary.yml``; the lexicon's names in its script join it.

    Raises:
        ConfigError: The file is missing, unreadable, has a key or a regular expression that
            cannot be used, or a sentence for the computed table is missing or cannot be filled in.
    """
    file = folder / "commentary.yml"
    data = _read(file)
    _refuse_strange_keys(data, _KEYS, file)
    try:
        words = _ADAPTER.validate_python(
            {**data, **_joined(data, language), **_dictionary(folder / "words.yml")}
        )
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        keys = [str(part) for part in first["loc"]]
        where = place(file, *keys)
        raise ConfigError(f"{where}: {'.'.join(keys)}: {first['msg']}; mend it") from None
    except (AttributeError, TypeError):
        raise ConfigError(
            f"{file}: directions and entities must be keys and values; mend it"
        ) from None
    for key, pattern, fault in find_pattern_faults(words):
        shown = pattern if len(pattern) <= _SHOWN else f"{pattern[:_SHOWN]}…"
        raise ConfigError(f"{place(file, key, pattern)}: {key}: {shown!r}: {fault}; mend it")
    _refuse_strange_keys(words.computed, tuple(SENTENCES), file, "computed")
    if missing := [name for name in SENTENCES if name not in words.computed]:
        raise ConfigError(
            f"{place(file, 'computed')}: computed lacks {missing[0]}; add that sentence"
        )
    refuse_strange_sentences(words.computed, file)
    return words


def _joined(data: Mapping[str, Any], language: Language) -> dict[str, Any]:
    """What the file and the lexicon give together, and what the file writes in short."""
    directions = {
        word: tuple(text.split()) for word, text in (data.get("directions") or {}).items()
    }
    return {
        "directions": directions,
        "entities": {**language.lexicon.entities, **(data.get("entities") or {})},
        "transliterations": language.lexicon.names,
    }


def _refuse_strange_keys(
    data: Mapping[str, Any], known: Sequence[str], file: Path, *section: str
) -> None:
    """A key that nobody reads is one that is meant to be another: its check would be off."""
    for key in map(str, data):
        if key not in known:
            meant = nearest(key, known)
            cure = f"did you mean {meant}?" if meant else f"known keys: {', '.join(known)}"
            where = place(file, *section, key)
            raise ConfigError(f"{where}: unknown key {'.'.join((*section, key))}; {cure}")


def _dictionary(file: Path) -> dict[str, Any]:
    """words.yml, which a language without an analyser does not have."""
    if not file.is_file():
        return {}
    data = _read(file)
    try:
        supports = {
            key: {lemma: tuple(text.split()) for lemma, text in (data.get(name) or {}).items()}
            for key, name in (("claims_of", "claims"), ("words", "words"))
        }
    except AttributeError:
        raise ConfigError(
            f"{file}: claims and words must give English words for each word; mend it"
        ) from None
    return {"plain": data.get("plain") or (), "tabular": data.get("tabular") or (), **supports}


def _read(file: Path) -> dict[str, Any]:
    try:
        data = yaml.load(file.read_text(encoding="utf-8-sig"), Loader=LOADER)  # noqa: S506 - safe
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        cause = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise ConfigError(f"{file}{line}: {cause}; mend the YAML") from None
    except (OSError, ValueError, RecursionError, AttributeError, TypeError) as error:
        # the last ones are PyYAML's own, for "!!timestamp x" and for brackets without end
        cause = next(iter(str(error).splitlines()), type(error).__name__)
        raise ConfigError(f"{file}: cannot be read: {cause}; mend it") from None
    if not isinstance(data, dict):
        raise ConfigError(f"{file}:1: must be keys and values; mend it")
    return data
