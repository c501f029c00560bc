"""Where in a YAML file something stands: looked up only once there is something to tell."""

from __future__ import annotations

from pathlib import Path

import yaml

from bot.texts.terms import LOADER


def place(file: Path, *keys: str) -> str:
    """``file:line`` of the value under these keys, of the innermost one that is there."""
    line = 1
    try:
        node = yaml.compose(file.read_text(encoding="utf-8-sig"), Loader=LOADER)
    except (OSError, ValueError, yaml.YAMLError):
        return str(file)
    for key in keys:
        found = _child(node, key)
        if found is None:
            break
        line, node = found
    return f"{file}:{line}"


def _child(node: yaml.Node | None, key: str) -> tuple[int, yaml.Node] | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    for name, value in node.value:
        if isinstance(name, yaml.ScalarNode) and name.value == key:
            return name.start_mark.line + 1, value
    return None
