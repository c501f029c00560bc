"""The folder ``config/prompts/`` → Prompts."""

from __future__ import annotations

from pathlib import Path

from bot.errors import ConfigError
from bot.translation.prompt import Prompts

_NEEDED = ("translate", "translate_user", "review", "comment", "verify")


def load_prompts(folder: Path) -> Prompts:
    """Read all ``*.j2`` files of the folder.

    Raises:
        ConfigError: A file is missing or not UTF-8; the message names it.
    """
    try:
        files = {file.stem: file.read_text("utf-8") for file in sorted(folder.glob("*.j2"))}
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{folder}: a prompt cannot be read ({error}); mend it") from None
    for name in _NEEDED:
        if name not in files:
            raise ConfigError(f"{folder}/{name}.j2: no such prompt; copy it from jubo's own")
    return Prompts(files)
