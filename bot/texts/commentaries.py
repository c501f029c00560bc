"""config/languages/*/commentary.yml → the words by which the gate reads a commentary."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from bot.errors import ConfigError
from bot.model.commentary import CommentaryWords
from bot.model.language import Language

_ADAPTER = TypeAdapter(CommentaryWords)
# libyaml's reader where this build of PyYAML has it
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_COMPUTED = {
    "total", "most", "next", "surveys", "new", "rising", "falling", "unchanged", "unknown",
    "code", "read",
}  # fmt: skip


def load_commentary_words(folder: Path, language: Language) -> CommentaryWords:
    """Read a language's ``commentary.yml``; the lexicon's names in its script join it.

    Raises:
        ConfigError: The file is missing, unreadable, or lacks a sentence for the computed table.
    """
    file = folder / "commentary.yml"
    data = _read(file)
    lexicon = language.lexicon
    try:
        more = data.get("entities") or {}
        directions = {
            word: tuple(text.split()) for word, text in (data.get("directions") or {}).items()
        }
        names = {
            "directions": directions,
            "entities": {**lexicon.entities, **more},
            "transliterations": lexicon.names,
        }
        words = _ADAPTER.validate_python({**data, **names, **_dictionary(folder / "words.yml")})
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise ConfigError(f"{file}: {place}: {first['msg']}; mend it") from None
    if missing := sorted(_COMPUTED - set(words.computed)):
        raise ConfigError(f"{file}: computed lacks {missing[0]}; add that sentence")
    return words


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
        data = yaml.load(file.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - safe
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        cause = str(error).splitlines()[0]
        raise ConfigError(f"{file}: cannot be read: {cause}; mend it") from None
    if not isinstance(data, dict):
        raise ConfigError(f"{file}: must be keys and values")
    return data
