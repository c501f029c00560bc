"""Templates that cannot run without end or print without end, whatever their author forgets.

Jinja's sandbox keeps a template from the inside of objects; how long it runs and how much it
makes, it leaves open but for ``range``. Here loops are counted, and what makes a long text or a
huge number out of short ones is refused.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

MOST_CHARACTERS = 200_000
"""Of a text; a forum's posts have 32,000, rarely more."""
_MOST_TURNS = 10_000
_MOST_NUMBER = 10**12
_MOST_POWER = 10
_MOST_WORK = 100_000_000
_LARGEST_RANGE = 1_000
# No template can type these names.
_COUNTED, _JOINED = " counted", " joined"
# What writes as wide as it is told, or finds a refused name by its spelling.
_LEFT_OUT = ("format", "attr")
_turns: ContextVar[Iterator[int]] = ContextVar("turns")


class BoundedEnvironment(ImmutableSandboxedEnvironment):
    """Jinja's sandbox with an end to loops, texts and numbers."""

    intercepted_binops = frozenset({"*", "**", "%", "+"})

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        filters = {name: one for name, one in self.filters.items() if name not in _LEFT_OUT}
        self.filters = {name: _bounded(one) for name, one in filters.items()}
        self.filters |= {_COUNTED: _count, _JOINED: _join_up}
        self.globals |= {"range": _range}
        del self.globals["lipsum"]

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """The tree, in which every loop is counted and every ``~`` measured."""
        tree = super()._parse(source, name, filename)
        for loop in tree.find_all(nodes.For):
            loop.iter = _filter(loop.iter, _COUNTED)
        _Joining().visit(tree)
        return tree

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """``*``, ``**``, ``%`` and ``+``, where the result stays small."""
        _refuse_large(operator, left, right)
        return super().call_binop(context, operator, left, right)

    def call(self, context: Context, function: Any, /, *arguments: Any, **named: Any) -> Any:
        """A call; a method of a text is given nothing that blows the text up."""
        text = getattr(function, "__self__", None)
        if isinstance(text, str):
            _refuse_work((text, *arguments, *named.values()))
        return super().call(context, function, *arguments, **named)

    def wrap_str_format(self, value: Any) -> Any:
        """Refuse ``str.format``, whose widths know no end."""
        if super().wrap_str_format(value) is not None:
            raise SecurityError("format writes as wide as it is told; use | fill")
        return None


@contextmanager
def turns_counted() -> Iterator[None]:
    """Inside, so many turns of loops are left."""
    token = _turns.set(iter(range(_MOST_TURNS)))
    try:
        yield
    finally:
        _turns.reset(token)


def join_bounded(pieces: Iterable[str]) -> str:
    """The pieces as one text, which is refused before it grows too long."""
    made: list[str] = []
    length = 0
    for piece in pieces:
        made.append(piece)
        length += len(piece)
        if length > MOST_CHARACTERS:
            raise SecurityError(f"it prints more than {MOST_CHARACTERS} characters")
    return "".join(made)


class _Joining(NodeTransformer):
    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 - Jinja calls it so
        """``a ~ b`` as a list that is joined."""
        self.generic_visit(node)
        return _filter(nodes.List(node.nodes, lineno=node.lineno), _JOINED)


def _filter(node: nodes.Node, name: str) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)


def _count(values: Iterable[Any]) -> Iterator[Any]:
    """The values, as long as turns are left for all loops of this text together."""
    for value in values:
        if next(_turns.get(), None) is None:
            raise SecurityError(f"its loops take more than {_MOST_TURNS} turns")
        yield value


def _join_up(values: Iterable[Any]) -> str:
    return join_bounded(map(str, values))


def _range(*arguments: int) -> range:
    made = range(*arguments)
    if made[_LARGEST_RANGE:]:
        raise SecurityError(f"a range of more than {_LARGEST_RANGE}")
    return made


def _bounded(function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that makes nothing much larger than what it is given."""

    @functools.wraps(function)
    def measured(*arguments: Any, **named: Any) -> Any:
        _refuse_work((*arguments, *named.values()))
        made = function(*arguments, **named)
        _refuse_long(made)
        return made

    return measured


def _refuse_work(values: Iterable[Any]) -> None:
    """The first value's length times the largest of the others: what a text can grow to."""
    first, *others = [size for value in values if (size := _size(value)) is not None] or [0]
    if max(1, first) * max(others, default=1) > _MOST_WORK:
        raise SecurityError("it makes too long a text")


def _refuse_large(operator: str, left: Any, right: Any) -> None:
    if operator == "%" and isinstance(left, str):
        raise SecurityError("% writes as wide as it is told; use | fill")
    if isinstance(left, int | float) and isinstance(right, int | float):
        power = operator == "**" and (abs(left) > _LARGEST_RANGE or abs(right) > _MOST_POWER)
        if power or max(abs(left), abs(right)) > _MOST_NUMBER:
            raise SecurityError(f"{operator} makes too large a number")
        return
    one, other = _size(left) or 0, _size(right) or 0
    if (one * other if operator == "*" else one + other) > MOST_CHARACTERS:
        raise SecurityError(f"{operator} makes too long a text")


def _refuse_long(value: Any) -> None:
    if isinstance(value, str | list | tuple) and len(value) > MOST_CHARACTERS:
        raise SecurityError(f"it makes more than {MOST_CHARACTERS} characters")


def _size(value: Any) -> int | None:
    """How much a value can add to a text: its length, or how often or wide it asks for."""
    if isinstance(value, str | list | tuple | dict):
        return len(value)
    return abs(value) if isinstance(value, int) else None
