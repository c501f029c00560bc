"""BBCode of the forum: [details], [quote], [spoiler] and the others (contract 8)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

_TAG = re.compile(
    r"""\[(?P<name>[a-z]+)(?P<rest>(?:=|\s)(?:"[^"\n]*"|“[^”\n]*”|[^"\]\n])*)?\]""", re.IGNORECASE
)
_ATTRIBUTE = re.compile(r"""([\w-]+)=(?:"([^"]*)"|“([^”]*)”|([^\s"]+))""")
_INLINE = re.compile(r"\[(?P<name>spoiler|b|i|u|s)\]", re.IGNORECASE)
_DATE = re.compile(r"\[date=(?P<day>\d{4}-\d{2}-\d{2})(?P<rest>(?:\s[^\]\n]*)?)\]")


@dataclass(frozen=True, slots=True)
class _Tag:
    name: str
    value: str = ""
    attributes: dict[str, str] = field(default_factory=dict)


def bbcode_plugin(md: MarkdownIt) -> None:
    """Understand the tags that act on a forum; an unclosed tag stays text."""
    md.block.ruler.after(
        "fence", "bbcode", _block, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    md.inline.ruler.before("link", "bbcode", _inline)
    md.inline.ruler.before("link", "date", _date)
    md.add_render_rule("bbcode_block", lambda _, tokens, index, *__: tokens[index].content)


def _parse_tag(text: str) -> tuple[_Tag, int] | None:
    found = _TAG.match(text)
    if not found or found["name"].lower() not in _BLOCKS:
        return None
    rest = found["rest"] or ""
    attributes = {match[1]: match[2] or match[3] or match[4] for match in _ATTRIBUTE.finditer(rest)}
    value = ""
    if rest.startswith("="):
        first = re.match(r"""=\s*(?:"([^"]*)"|“([^”]*)”|(.*?)(?=\s+[\w-]+=|$))""", rest)
        value = next((group for group in first.groups() if group), "") if first else ""
    return _Tag(found["name"].lower(), value.strip(), attributes), found.end()


def _block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    line = _line(state, start_line)
    if state.is_code_block(start_line) or not line.startswith("["):
        return False
    parsed = _parse_tag(line)
    if parsed is None:
        return False
    tag, end = parsed
    close = f"[/{tag.name}]"
    one_line = line.rstrip().lower().endswith(close) and line[end:].strip() != ""
    if one_line:
        close_line = start_line
    else:
        found = None if line[end:].strip() else _find_close(state, tag, start_line, end_line)
        if found is None:
            return False
        close_line = found
    if silent:
        return True
    _push(state, tag, start_line, close_line, line[end : -len(close)] if one_line else None)
    return True


def _find_close(state: StateBlock, tag: _Tag, start_line: int, end_line: int) -> int | None:
    depth = 1
    for number in range(start_line + 1, end_line):
        line = _line(state, number).rstrip().lower()
        if line == f"[/{tag.name}]":
            depth -= 1
            if not depth:
                return number
        elif (parsed := _parse_tag(line)) and parsed[0].name == tag.name:
            depth += not line.endswith(f"[/{tag.name}]")
    return None


def _push(state: StateBlock, tag: _Tag, first: int, last: int, content: str | None) -> None:
    before, after = _BLOCKS[tag.name](tag)
    opening = state.push("bbcode_block", "", 1)
    opening.content, opening.info, opening.map = before, tag.name, [first, last + 1]
    if content is None:
        parent, state.parentType = state.parentType, "blockquote"
        limit, state.lineMax = state.lineMax, last
        state.md.block.tokenize(state, first + 1, last)
        state.parentType, state.lineMax = parent, limit
    else:
        state.push("paragraph_open", "p", 1)
        inline = state.push("inline", "", 0)
        inline.content, inline.children = content.strip(), []
        state.push("paragraph_close", "p", -1)
    closing = state.push("bbcode_block", "", -1)
    closing.content, closing.info = after, tag.name
    state.line = last + 1


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _details(tag: _Tag) -> tuple[str, str]:
    summary = escapeHtml(tag.value or "Summary")
    return f"<details>\n<summary>\n{summary}</summary>\n", "</details>\n"


def _quote(tag: _Tag) -> tuple[str, str]:
    username, *parts = (part.strip() for part in tag.value.split(","))
    data = {"username": username}
    data.update((key.strip(), value.strip()) for key, _, value in (p.partition(":") for p in parts))
    attributes = "".join(
        f' data-{key}="{escapeHtml(value)}"'
        for key, value in data.items()
        if value and key in {"username", "post", "topic"}
    )
    title = f'<div class="title">\n{escapeHtml(username)}:</div>\n' if username else ""
    return (
        f'<aside class="quote no-group"{attributes}>\n{title}<blockquote>\n',
        "</blockquote>\n</aside>\n",
    )


def _wrap(tag: _Tag) -> tuple[str, str]:
    data = "".join(f' data-{key}="{escapeHtml(value)}"' for key, value in tag.attributes.items())
    return f'<div class="d-wrap" data-wrap="{escapeHtml(tag.value)}"{data}>\n', "</div>\n"


def _chat(tag: _Tag) -> tuple[str, str]:
    quote = escapeHtml(tag.attributes.get("quote", ""))
    return f'<div class="chat-transcript" data-quote="{quote}">\n', "</div>\n"


_BLOCKS: dict[str, Callable[[_Tag], tuple[str, str]]] = {
    "details": _details,
    "quote": _quote,
    "wrap": _wrap,
    "chat": _chat,
    "spoiler": lambda _: ('<div class="spoiler">\n', "</div>\n"),
    "poll": lambda _: ('<div class="poll">\n', "</div>\n"),
}


def _inline(state: StateInline, silent: bool) -> bool:
    found = _INLINE.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    name = found["name"].lower()
    end = state.src.lower().find(f"[/{name}]", found.end(), state.posMax)
    if end < 0:
        return False
    if not silent:
        limit, state.posMax = state.posMax, end
        state.pos = found.end()
        css = "spoiler" if name == "spoiler" else f"bbcode-{name}"
        state.push("html_inline", "", 1).content = f'<span class="{css}">'
        state.md.inline.tokenize(state)
        state.push("html_inline", "", -1).content = "</span>"
        state.posMax = limit
    state.pos = end + len(name) + 3
    return True


def _date(state: StateInline, silent: bool) -> bool:
    found = _DATE.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        time = re.search(r"time=\"?(\d{2}:\d{2}(?::\d{2})?)", found["rest"])
        shown = f"{found['day']} {time[1]}" if time else found["day"]
        state.push("html_inline", "", 0).content = (
            f'<span class="discourse-local-date" data-date="{found["day"]}">'
            f"{escapeHtml(shown)}</span>"
        )
    state.pos = found.end()
    return True
