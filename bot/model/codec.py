"""Values to JSON and back, for the store and the durable steps.

A value of bot.model (or an error of bot.errors) is written as an object whose ``$`` names its
class; nothing else can be named, so a tampered database cannot choose what is constructed. Fields
that a newer version added take their defaults, and fields it dropped are passed over, so that a
run survives an upgrade.
"""

from __future__ import annotations

import base64
import importlib
import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from bot import errors

_PREFIX = "bot.model."


def to_json(value: object) -> str:
    """JSON text of a value: dataclasses of bot.model, errors, dates, Decimals, tuples, bytes.

    >>> from bot.model.issue import Link
    >>> to_json((Link("Paper", "https://example.org"),))
    '{"$": "tuple", "v": [{"$": "issue:Link", "label": "Paper", "url": "https://example.org"}]}'

    Raises:
        TypeError: The value is of a class that the codec does not know.
    """
    return json.dumps(_encode(value), ensure_ascii=False)


def from_json(text: str) -> Any:
    """The value that ``to_json`` wrote.

    Raises:
        ValueError: Not such a text, or it names a class outside bot.model.
    """
    return _decode(json.loads(text))


def _encode(value: object) -> Any:
    if isinstance(value, Enum):
        return {"$": _name(type(value)), "v": value.value}
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, errors.BotError):
        return {"$": f"error:{type(value).__name__}", "args": _items(value.args)} | {
            "state": _pairs(value.__dict__)
        }
    if is_dataclass(value) and not isinstance(value, type):
        body = {field.name: _encode(getattr(value, field.name)) for field in fields(value)}
        return {"$": _name(type(value)), **body}
    return _encode_container(value)


def _encode_container(value: object) -> Any:
    match value:
        case datetime() | date():
            return {"$": type(value).__name__, "v": value.isoformat()}
        case Decimal():
            return {"$": "decimal", "v": str(value)}
        case bytes():
            return {"$": "bytes", "v": base64.b64encode(value).decode()}
        case list():
            return _items(value)
        case tuple() | set() | frozenset():
            return {"$": type(value).__name__, "v": _items(list(value))}
        case dict() if all(isinstance(key, str) for key in value) and "$" not in value:
            return _pairs(value)
        case dict():
            return {"$": "dict", "v": [[_encode(k), _encode(v)] for k, v in value.items()]}
        case BaseException():
            return {"$": "error:BotError", "args": [f"{type(value).__name__}: {value}"]}
    raise TypeError(f"{type(value).__qualname__} cannot be stored; add it to bot.model")


def _items(values: Any) -> list[Any]:
    return [_encode(item) for item in values]


def _pairs(value: dict[str, Any]) -> dict[str, Any]:
    return {key: _encode(item) for key, item in value.items()}


def _name(kind: type) -> str:
    if not kind.__module__.startswith(_PREFIX):
        raise TypeError(f"{kind.__qualname__} cannot be stored; move it to bot.model")
    return f"{kind.__module__.removeprefix(_PREFIX)}:{kind.__qualname__}"


_SCALARS: dict[str, Callable[[str], object]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "decimal": Decimal,
    "bytes": base64.b64decode,
}
_CONTAINERS = {"tuple": tuple, "set": set, "frozenset": frozenset}


def _decode(data: Any) -> Any:
    if isinstance(data, list):
        return [_decode(item) for item in data]
    if not isinstance(data, dict):
        return data
    if "$" not in data:
        return {key: _decode(item) for key, item in data.items()}
    return _decode_tagged(str(data["$"]), data)


def _decode_tagged(tag: str, data: dict[str, Any]) -> Any:
    if tag in _SCALARS:
        return _SCALARS[tag](data["v"])
    if tag in _CONTAINERS:
        return _CONTAINERS[tag](_decode(data["v"]))
    if tag == "dict":
        return {_decode(key): _decode(item) for key, item in data["v"]}
    if tag.startswith("error:"):
        return _decode_error(tag.removeprefix("error:"), data)
    kind = _find_class(tag)
    if issubclass(kind, Enum):
        return kind(data["v"])
    known = {field.name for field in fields(kind)}
    return kind(**{key: _decode(item) for key, item in data.items() if key in known})


def _decode_error(name: str, data: dict[str, Any]) -> errors.BotError:
    kind = getattr(errors, name, errors.BotError)
    if not (isinstance(kind, type) and issubclass(kind, errors.BotError)):
        raise ValueError(f"{name} is not an error of jubo")
    error = kind.__new__(kind)
    error.args = tuple(_decode(data["args"]))
    error.__dict__.update(_decode(data.get("state", {})))
    return error


def _find_class(tag: str) -> Any:
    module, _, name = tag.partition(":")
    if not module.replace("_", "").isalnum() or not name.isidentifier():
        raise ValueError(f"{tag} does not name a value of jubo")
    kind = getattr(importlib.import_module(_PREFIX + module), name, None)
    if isinstance(kind, type) and (is_dataclass(kind) or issubclass(kind, Enum)):
        return kind
    raise ValueError(f"{tag} does not name a value of jubo")
