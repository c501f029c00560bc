"""The templates of a language's folder → Layout."""

from __future__ import annotations

from pathlib import Path

from bot.digest.layout import Layout
from bot.errors import ConfigError

_MAXIMUM_BYTES = 200_000


def load_layout(folder: Path) -> Layout:
    """Every ``*.j2`` file of the folder, parsed and checked.

    Raises:
        ConfigError: A file cannot be read or is no usable template; file and line are named.
    """
    return Layout({file.name: _read(file) for file in sorted(folder.glob("*.j2"))}, str(folder))


def _read(file: Path) -> str:
    try:
        if file.stat().st_size > _MAXIMUM_BYTES:
            raise ConfigError(f"{file}: is larger than 200 kB; no template needs that")
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise ConfigError(f"{file}: cannot be read as UTF-8 text; mend or restore it") from None
