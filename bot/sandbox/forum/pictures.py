"""Pictures that the forum draws itself: logo, letter avatars, emoji; and its style sheet."""

from __future__ import annotations

from html import escape
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.markdown.emoji import find_emoji

_SVG = "image/svg+xml"
_CACHE = {"Cache-Control": "max-age=3600"}
_CSS = (Path(__file__).parent / "templates" / "forum.css").read_text(encoding="utf-8")
_COLORS = ("#a61e4d", "#862e9c", "#5f3dc4", "#364fc7", "#1864ab", "#0b7285", "#087f5b", "#2b8a3e")
_LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    '<rect width="32" height="32" rx="7" fill="#ee4c2c"/>'
    '<path d="M8 9h16M8 16h16M8 23h10" stroke="#fff" stroke-width="3" stroke-linecap="round"/>'
    "</svg>"
)
_NOTHING = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'


def picture_routes() -> list[Route]:
    """The pictures and the style sheet."""
    return [
        Route("/stylesheets/forum.css", lambda _: Response(_CSS, media_type="text/css")),
        Route("/images/logo.svg", lambda _: _picture(_LOGO)),
        Route("/images/transparent.png", lambda _: _picture(_NOTHING)),
        Route("/images/emoji/{set}/{name}.png", _emoji),
        Route("/letter_avatar/{username}/{size:int}.svg", _avatar),
    ]


def _picture(svg: str) -> Response:
    return Response(svg, media_type=_SVG, headers=_CACHE)


def _emoji(request: Request) -> Response:
    character = find_emoji(request.path_params["name"]) or "❔"
    return _picture(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20">'
        f'<text x="10" y="16" font-size="16" text-anchor="middle">{character}</text></svg>'
    )


def _avatar(request: Request) -> Response:
    name = str(request.path_params["username"])
    color = _COLORS[sum(name.encode()) % len(_COLORS)]
    return _picture(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">'
        f'<circle cx="24" cy="24" r="24" fill="{color}"/>'
        '<text x="24" y="33" font-size="26" font-family="sans-serif" fill="#fff" '
        f'text-anchor="middle">{escape(name[:1].upper())}</text></svg>'
    )
