"""What will be published, rendered as the forum renders it: one file, or a page on this machine.

A preview differs from the post in addresses alone: those of posts and of the picture, which only
the forum assigns, stand as named placeholders.
"""

from __future__ import annotations

import base64
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from bot.markdown.cook import CookOptions, cook
from bot.markdown.mathml import show_math
from bot.model.finding import Finding
from bot.model.topic import Digest, Post
from bot.planning.placeholders import PICTURE, address_placeholder, fill, find_addressed

_TEMPLATES = Path(__file__).parent / "templates"
_PICTURE_PATH = "/picture.png"
_PICTURE_TAG = re.compile(rf'<img\s[^>]*src="{re.escape(_PICTURE_PATH)}"[^>]*>')
_PICTURE_NAME = "{{그림}}"
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'"
)
_APP_POLICY = _POLICY.replace("img-src data:;", "img-src data:; frame-src 'self';")


@dataclass(frozen=True, slots=True)
class Preview:
    """What a preview shows.

    Attributes:
        digest: The posts, with placeholders, and the picture.
        findings: What the checks found in the edition.
        language: The digest's language, for the browser.
        advice: What a second model found; it holds nothing.
    """

    digest: Digest
    findings: tuple[Finding, ...] = ()
    language: str = "ko"
    advice: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _PostView:
    number: int
    length: int
    html: Markup


@dataclass(frozen=True, slots=True)
class _Note:
    """A finding in the margin, and the place in the topic to which it leads."""

    severity: str
    type: str
    message: str
    evidence: str
    key: str
    anchor: str


def render_preview(preview: Preview, *, margin: bool = True) -> str:
    """One HTML file that needs no network and runs no script; ``margin`` adds the findings."""
    return _render("preview.html", preview, margin=margin, base="", target="")


def open_preview(preview: Preview) -> Starlette:
    """A page with the topic on a phone and on a desk side by side, findings in the margin."""

    def frames(_: Request) -> HTMLResponse:
        target = Markup(' target="desk"')
        return _answer(_render("frames.html", preview, margin=True, base="topic", target=target))

    def topic(_: Request) -> HTMLResponse:
        return _answer(render_preview(preview, margin=False))

    return Starlette(routes=[Route("/", frames), Route("/topic", topic)])


def render_post(preview: Preview, post: Post) -> str:
    """The HTML of one post; links into other posts lead to their anchor on the same page."""
    addresses = dict.fromkeys(find_addressed(post.raw), "")
    raw = fill(post.raw, addresses, picture="upload://picture.png")
    options = CookOptions(
        post_id=post.number, math=preview.digest.math, resolve_upload=lambda _: _PICTURE_PATH
    )
    html = show_math(cook(raw, options))
    return _PICTURE_TAG.sub(lambda found: _picture(preview, found.group()), html)


def _picture(preview: Preview, tag: str) -> str:
    if preview.digest.picture is None:
        return f'<span class="named">{_PICTURE_NAME}</span>'
    data = base64.b64encode(preview.digest.picture).decode()
    return tag.replace(f'src="{_PICTURE_PATH}"', f'src="data:image/png;base64,{data}"')


def _render(name: str, preview: Preview, *, margin: bool, base: str, target: str) -> str:
    posts = [
        _PostView(post.number, len(post.raw), Markup(render_post(preview, post)))  # noqa: S704 - cook() sanitises
        for post in preview.digest.posts
    ]
    return (
        _environment()
        .get_template(name)
        .render(
            digest=preview.digest,
            language=preview.language,
            posts=posts,
            margin=margin,
            notes=list(_notes(preview, preview.findings)),
            advice=list(_notes(preview, preview.advice)),
            placeholders=_placeholders(preview.digest.posts),
            policy=_POLICY,
            css=Markup((_TEMPLATES / "preview.css").read_text(encoding="utf-8")),  # noqa: S704 - ours
            base=base,
            target=target,
        )
    )


def _notes(preview: Preview, findings: Sequence[Finding]) -> Iterator[_Note]:
    """The gravest first."""
    ranks = [rank for post in preview.digest.posts for rank in post.ranks]
    numbers = {rank: number for number, rank in enumerate(dict.fromkeys(ranks), start=1)}
    for finding in sorted(findings, key=lambda found: -found.severity.rank):
        rank = next(iter(finding.key.split("/")[1:]), "")
        number = numbers.get(int(rank)) if rank.isdecimal() else None
        yield _Note(
            severity=finding.severity.value,
            type=finding.type.value,
            message=finding.message,
            evidence=finding.evidence,
            key=finding.key,
            anchor=f"paper-{number}" if number else "",
        )


def _placeholders(posts: Sequence[Post]) -> list[tuple[str, int]]:
    """Names of what the forum will assign, and how often each stands in the posts."""
    names = Counter[str]()
    for post in posts:
        for number in find_addressed(post.raw):
            names[f"{{{{글 {number}}}}}"] += post.raw.count(address_placeholder(number))
    pictures = sum(post.raw.count(PICTURE) for post in posts)
    return sorted(names.items()) + ([(_PICTURE_NAME, pictures)] if pictures else [])


def _answer(html: str) -> HTMLResponse:
    return HTMLResponse(
        html,
        headers={
            "Content-Security-Policy": _APP_POLICY,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "no-store",
        },
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
