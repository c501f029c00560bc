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
        names = {"entities": {**lexicon.entities, **more}, "transliterations": lexicon.names}
        words = _ADAPTER.validate_python({**data, **names})
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise ConfigError(f"{file}: {place}: {first['msg']}; mend it") from None
    if missing := sorted(_COMPUTED - set(words.computed)):
        raise ConfigError(f"{file}: computed lacks {missing[0]}; add that sentence")
    return words


def _read(file: Path) -> dict[str, Any]:
    try:
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        cause = str(error).splitlines()[0]
        raise ConfigError(f"{file}: cannot be read: {cause}; mend it") from None
    if not isinstance(data, dict):
        raise ConfigError(f"{file}: must be keys and values")
    return data
