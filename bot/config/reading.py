"""config/jubo.yml and the environment → Settings: one clear line for whatever is wrong."""

from __future__ import annotations

import difflib
import os
import re
from pathlib import Path
from typing import Any, get_args, get_origin

import yaml
from pydantic import BaseModel, ValidationError

from bot.config.settings import Settings
from bot.errors import ConfigError

_VARIABLE = re.compile(r"\$\{([A-Z][A-Z0-9_]*)(:-([^}]*))?\}")


def load_settings(file: Path | None, *, environment: dict[str, str] | None = None) -> Settings:
    """Read Settings from ``file``; None gives the defaults, without outlets.

    Without a file the model's key and address are those that OpenAI's own tools read:
    OPENAI_API_KEY (or OPENAI_API_KEY_FILE) and OPENAI_BASE_URL.

    Raises:
        ConfigError: Unreadable file, unknown key, wrong value or missing secret; one line with
            file, line number and the nearest valid key.
    """
    environment = dict(os.environ) if environment is None else environment
    if file is None:
        return _check(_model_from(environment), None, Path("environment"))
    root = _compose(file)
    data = _values(root, file, environment)
    return _check({**data, "folder": file.parent}, root, file)


def _check(data: dict[str, Any], root: yaml.Node | None, file: Path) -> Settings:
    try:
        return Settings(**data)
    except ValidationError as error:
        raise ConfigError(_explain(error, root, file)) from None


def _model_from(environment: dict[str, str]) -> dict[str, Any]:
    named = {
        "api_key": read_secret("OPENAI_API_KEY", environment),
        "base_url": environment.get("OPENAI_BASE_URL") or None,
    }
    return {"model": {name: value for name, value in named.items() if value is not None}}


def _compose(file: Path) -> yaml.Node | None:
    try:
        return yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except OSError as error:
        raise ConfigError(
            f"{file}: cannot be read ({error.strerror}); write one with: jubo init"
        ) from None
    except UnicodeDecodeError:
        raise ConfigError(f"{file}: is not UTF-8 text; save it as UTF-8") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or "is not YAML"
        raise ConfigError(f"{file}:{line}: {problem}; mend the YAML") from None


def _values(root: yaml.Node | None, file: Path, environment: dict[str, str]) -> dict[str, Any]:
    if root is None:
        return {}
    if not isinstance(root, yaml.MappingNode):
        raise ConfigError(f"{file}:1: the configuration must be keys and values")
    value = _construct(root, file, environment)
    return {key: item for key, item in value.items() if item is not None}


def _construct(node: yaml.Node, file: Path, environment: dict[str, str]) -> Any:
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, file, environment)
    if isinstance(node, yaml.SequenceNode):
        return [_construct(item, file, environment) for item in node.value]
    value = yaml.SafeLoader("").construct_object(node)
    return _expand(value, node, file, environment) if isinstance(value, str) else value


def _mapping(node: yaml.MappingNode, file: Path, environment: dict[str, str]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key in result:
            raise ConfigError(f"{file}:{_line(key_node)}: {key} stands twice; remove one")
        result[key] = _construct(value_node, file, environment)
    return result


def _expand(text: str, node: yaml.Node, file: Path, environment: dict[str, str]) -> str | None:
    def replace(match: re.Match[str]) -> str:
        value = read_secret(match[1], environment)
        if value is None and match[2] is None:
            raise ConfigError(
                f"{file}:{_line(node)}: {match[1]} is not set; "
                f"set it, or {match[1]}_FILE to a file that holds it"
            )
        return value if value is not None else match[3]

    expanded = _VARIABLE.sub(replace, text)
    return expanded if expanded or not _VARIABLE.search(text) else None


def read_secret(name: str, environment: dict[str, str]) -> str | None:
    """The secret ``name`` from the environment, or from the file that ``name``_FILE names."""
    if environment.get(name):
        return environment[name]
    path = environment.get(f"{name}_FILE")
    if not path:
        return None
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise ConfigError(f"{name}_FILE names {path}, which cannot be read; mend it") from None


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _explain(error: ValidationError, root: yaml.Node | None, file: Path) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    place = [str(part) for part in first["loc"] if part not in {"[key]"}]
    key = ".".join(place)
    where = f"{file}:{_line_of(root, place)}"
    if first["type"] == "extra_forbidden":
        return f"{where}: unknown key {key}{_nearest(place)}"
    message = first["msg"].removeprefix("Value error, ")
    return f"{where}: {key}: {message}" if key else f"{where}: {message}"


def _line_of(node: yaml.Node | None, place: list[str]) -> int:
    line = _line(node) if node else 1
    for part in place:
        found = _child(node, part)
        if found is None:
            break
        line, node = found
    return line


def _child(node: yaml.Node | None, part: str) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if str(key.value) == part:
                return _line(key), value
    if isinstance(node, yaml.SequenceNode) and part.isdigit() and int(part) < len(node.value):
        item = node.value[int(part)]
        return _line(item), item
    return None


def _nearest(place: list[str]) -> str:
    fields: list[str] = list(_section_at(place[:-1]).model_fields)
    close = difflib.get_close_matches(place[-1], fields, n=1, cutoff=0.5)
    if close:
        return f"; did you mean {close[0]}?"
    return f"; known keys: {', '.join(name for name in fields if name != 'folder')}"


def _section_at(place: list[str]) -> type[BaseModel]:
    section: type[BaseModel] = Settings
    parts = iter(place)
    for part in parts:
        annotation: Any = section.model_fields[part].annotation
        if get_origin(annotation) is dict:  # sections by a name of the operator's choice
            next(parts, None)
            annotation = get_args(annotation)[1]
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            section = annotation
    return section
