"""Templates of one language: safe by default, and a mistake is told with file and line.

A template prints ``Markdown`` values as they are and neutralises everything else, so that its
author cannot forget to. Only blocks and includes may give text its shape: what a macro returns
would be neutralised once more.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from string import Formatter
from types import TracebackType
from typing import Any

from jinja2 import FunctionLoader, StrictUndefined, TemplateError, TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError, TemplateNotFound, UndefinedError
from jinja2.runtime import Context

from bot.digest.bounded import BoundedEnvironment, join_bounded, turns_counted
from bot.errors import ConfigError
from bot.markdown.compose import render_bold
from bot.markdown.neutral import Markdown, escape, neutralise
from bot.parsing.slots import Slots, find_slot_faults

MAIN = "digest.md.j2"
BLOCKS = ("overview", "paper", "closing", "reply_head")
_REFUSED = (nodes.Macro, nodes.CallBlock, nodes.FilterBlock, nodes.AssignBlock)
_LOOK_UPS = (nodes.Getattr, nodes.Getitem)
# What a template can do wrong while it runs; an include of itself recurses.
_FAULTS = (
    *(TemplateError, TypeError, ValueError, LookupError, ArithmeticError),
    *(AttributeError, RecursionError),
)
_BLANK_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class LabelUse:
    """A label that a template names, where, and what it fills in; None where it fills nothing."""

    name: str
    place: str
    slots: tuple[str, ...] | None


class Layout:
    """The blocks of ``digest.md.j2``, ready to be rendered.

    Args:
        files: Template sources by file name.
        folder: Where they stand, for messages.

    Raises:
        ConfigError: A file is missing, is no template, lacks a block or uses what it must not.
    """

    def __init__(self, files: Mapping[str, str], folder: str = "") -> None:
        self._files = dict(files)
        self._folder = PurePath(folder)
        self._environment = BoundedEnvironment(
            loader=FunctionLoader(self._load),
            undefined=StrictUndefined,
            autoescape=False,
            finalize=_finalize,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._environment.filters |= {"join": _join, "fill": _fill, "bold": _bold}
        try:
            self._check()
            self._template = self._environment.get_template(MAIN)
        except TemplateError as error:
            raise self._explain(error) from None

    @property
    def file(self) -> str:
        """The main template, for messages."""
        return str(self._folder / MAIN)

    def render(self, block: str, context: Mapping[str, object]) -> str:
        """The text of a block, without blank lines at its ends and with one between parts.

        Raises:
            ConfigError: The template uses a name that does not exist, or fails otherwise.
        """
        try:
            values = self._template.new_context(dict(context))
            text = self._run(block, values)
        except _FAULTS as error:
            raise self._explain(error) from None
        lines = (line.rstrip() for line in text.splitlines())
        return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n")

    def _run(self, block: str, values: Context) -> str:
        try:
            with turns_counted():
                return join_bounded(self._template.blocks[block](values))
        except Exception:
            self._environment.handle_exception()  # raised again, with the template's own lines

    def uses(self) -> Iterator[LabelUse]:
        """Every label that a template names, also where no digest so far came by."""
        for name, source in self._files.items():
            tree = self._environment.parse(source, name, str(self._folder / name))
            filled = dict(_filled(tree))
            for node in tree.find_all(_LOOK_UPS):
                if label := _label_of(node):
                    place = f"{self._folder / name}:{node.lineno}"
                    yield LabelUse(label, place, filled.get(id(node)))

    def _load(self, name: str) -> tuple[str, str, Any] | None:
        source = self._files.get(name)
        return None if source is None else (source, str(self._folder / name), lambda: True)

    def _check(self) -> None:
        for name, source in self._files.items():
            tree = self._environment.parse(source, name, str(self._folder / name))
            for node in tree.find_all(_REFUSED):
                raise TemplateSyntaxError(
                    "a macro's text would be neutralised; use {% include %}",
                    node.lineno, name, str(self._folder / name),
                )  # fmt: skip
            if name == MAIN:
                self._check_blocks({block.name for block in tree.find_all(nodes.Block)})

    def _check_blocks(self, names: Container[str]) -> None:
        missing = [block for block in BLOCKS if block not in names]
        if missing:
            raise TemplateSyntaxError(
                f"the block {missing[0]} is missing", 1, MAIN, str(self._folder / MAIN)
            )

    def _explain(self, error: Exception) -> ConfigError:
        if isinstance(error, TemplateNotFound):
            return ConfigError(f"{self._folder / str(error.name)}: no such template; restore it")
        if isinstance(error, TemplateSyntaxError):
            place = f"{error.filename or self._folder / MAIN}:{error.lineno}"
        else:
            place = self._place(error.__traceback__)
        kind = " (not allowed in a template)" if isinstance(error, SecurityError) else ""
        return ConfigError(f"{place}: {_first_line(error)}{kind}; mend the template")

    def _place(self, traceback: TracebackType | None) -> str:
        """The innermost line of a template in a traceback, which Jinja rewrites for that."""
        place = str(self._folder / MAIN)
        while traceback:
            name = traceback.tb_frame.f_code.co_filename
            if PurePath(name).name in self._files:
                place = f"{name}:{traceback.tb_lineno}"
            traceback = traceback.tb_next
        return place


class Labels:
    """The words of a language as attributes; an unknown one names its neighbour."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        self._labels = dict(labels)

    def __getattr__(self, name: str) -> str:
        if name.startswith("_") or name not in self._labels:
            raise UndefinedError(explain_unknown(name, self._labels))
        return self._labels[name]


def explain_unknown(label: str, labels: Collection[str]) -> str:
    """That no label is called so, with the one that was meant."""
    close = difflib.get_close_matches(label, labels, n=1)
    return f"no label is called {label}" + (f"; did you mean {close[0]}?" if close else "")


def _finalize(value: object) -> str:
    if isinstance(value, Markdown):
        return value
    return "" if value is None else neutralise(str(value))


def _join(values: Iterable[object], separator: str = "") -> Markdown:
    """Items in a row; the separator is the template's own."""
    return Markdown(separator.join(_finalize(value) for value in values))


def _fill(label: str, **values: object) -> Markdown:
    """A label with its ``{names}`` filled in."""
    for fault in find_slot_faults(label, Slots(optional=tuple(values))):
        raise UndefinedError(f"{label!r}: {fault}")
    pieces: list[str] = []
    for text, name, _, _ in Formatter().parse(label):
        pieces.append(escape(text))
        if name is not None:
            pieces.append(_finalize(values[name]))
    return Markdown("".join(pieces))


def _bold(value: object) -> Markdown:
    return render_bold(Markdown(_finalize(value)))


def _first_line(error: Exception) -> str:
    message = str(getattr(error, "message", None) or error).splitlines()
    return message[0] if message else type(error).__name__


def _filled(tree: nodes.Template) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The nodes of labels that are given to ``fill``, with what it is told to fill in."""
    for fill in tree.find_all(nodes.Filter):
        if fill.name == "fill" and fill.node and fill.dyn_kwargs is None:
            slots = tuple(str(pair.key) for pair in fill.kwargs)
            inner = fill.node.find_all(_LOOK_UPS)
            yield from ((id(node), slots) for node in (fill.node, *inner))


def _label_of(node: nodes.Expr) -> str:
    """``labels.name`` and ``labels["name"]``; empty for anything else."""
    of = node.node if isinstance(node, _LOOK_UPS) else None
    if not (isinstance(of, nodes.Name) and of.name == "labels"):
        return ""
    if isinstance(node, nodes.Getattr):
        return node.attr
    key = node.arg if isinstance(node, nodes.Getitem) else None
    return str(key.value) if isinstance(key, nodes.Const) else ""
