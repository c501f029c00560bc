"""Request parameters as Rails reads them: JSON, form and multipart alike (contract 0.2, 0.3)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from bot.sandbox.forum.refusals import Refusal


class Params:
    """The merged parameters of query and body.

    >>> params = Params.from_pairs([("tags[]", "a"), ("tags[]", "b"), ("post[raw]", "text")])
    >>> params.items("tags"), params.nested("post").text("raw")
    (['a', 'b'], 'text')
    """

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = dict(values)

    @classmethod
    def from_pairs(cls, pairs: Iterable[tuple[str, Any]]) -> Params:
        """Parameters from a form or a query, brackets read as Rails reads them."""
        values: dict[str, Any] = {}
        for name, value in pairs:
            _put(values, re.findall(r"[^\[\]]+|(?<=\[)(?=\])", name), value)
        return cls(values)

    def has(self, name: str) -> bool:
        """Whether the parameter was sent at all."""
        return name in self.values

    def text(self, name: str) -> str | None:
        """A scalar as text, as Rails would see it; None where it is absent."""
        value = self.values.get(name)
        if value is None or isinstance(value, dict | list | UploadFile):
            return None
        return str(value).lower() if isinstance(value, bool) else str(value)

    def number(self, name: str, default: int) -> int:
        """A whole number; ``default`` where it is absent or none."""
        text = self.text(name) or ""
        return int(text) if is_id(text) else default

    def is_true(self, name: str) -> bool:
        """Whether the value is the string or JSON ``true``; Python's ``True`` is not."""
        return self.text(name) == "true"

    def items(self, name: str) -> list[Any] | None:
        """A list; blanks are dropped; None where the parameter is absent."""
        value = self.values.get(name)
        if value is None:
            return None
        if isinstance(value, dict):  # tags[0][name]=… is a mapping of places
            value = list(value.values())
        if not isinstance(value, list):
            value = [value]
        return [item for item in value if item not in ("", None)]

    def nested(self, name: str) -> Params:
        """A mapping inside the parameters; empty where it is absent."""
        value = self.values.get(name)
        return Params(value if isinstance(value, dict) else {})

    def file(self, name: str) -> UploadFile | None:
        """An uploaded file; also the first of ``files[]``."""
        value = self.values.get(name)
        if isinstance(value, list) and value:
            value = value[0]
        return value if isinstance(value, UploadFile) else None


def is_id(text: str) -> bool:
    """Whether a text can be the id of something.

    >>> is_id("2"), is_id("reading"), is_id("9" * 30)
    (True, False, False)
    """
    return text.isdecimal() and len(text) < 19


async def read_params(request: Request) -> Params:
    """Query and body of a request.

    Raises:
        Refusal: 400 for a body that is not what its content type says.
    """
    pairs: list[tuple[str, Any]] = list(request.query_params.multi_items())
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        return Params({**Params.from_pairs(pairs).values, **await _json(request)})
    if kind.startswith(("application/x-www-form-urlencoded", "multipart/form-data")):
        form: FormData = await request.form()
        pairs += form.multi_items()
    return Params.from_pairs(pairs)


async def _json(request: Request) -> dict[str, Any]:
    body = await request.body()
    try:
        value = json.loads(body or b"{}")
        json.dumps(value, ensure_ascii=False).encode()  # half a surrogate pair is no text
    except ValueError:
        raise Refusal(400, {"errors": ["The request body is not valid JSON."]}) from None
    return value if isinstance(value, dict) else {}


def _put(values: dict[str, Any], path: list[str], value: Any) -> None:
    if not path:
        return
    name, rest = path[0], path[1:]
    if rest == [""]:
        existing = values.setdefault(name, [])
        if isinstance(existing, list):
            existing.append(value)
    elif rest:
        inner = values.setdefault(name, {})
        if isinstance(inner, dict):
            _put(inner, rest, value)
    else:
        values[name] = value
