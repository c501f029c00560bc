"""A stand-in for the sources: plain files, GitHub's interface and a newsletter, on one server."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_MARKDOWN = "text/plain; charset=utf-8"
_FEED = "application/xml; charset=utf-8"
_HTML = "text/html; charset=utf-8"


@dataclass(slots=True)
class SourceSite:
    """What the server shows; change it and the next request sees the change.

    Attributes:
        files: Path to text: ``README.md``, ``years/2026.md``, …
        feed: The newsletter's RSS; None answers 404.
        posts: Slug to the HTML of the newsletter's own page for an issue, under ``/p/``.
        validators: Whether plain files and the feed carry ETag and Last-Modified.
        token: Where set, GitHub's interface wants it.
        requests: Paths asked for, in order, with the status given.
    """

    files: dict[str, str] = field(default_factory=dict)
    feed: str | None = None
    posts: dict[str, str] = field(default_factory=dict)
    validators: bool = True
    token: str | None = None
    requests: list[tuple[str, int]] = field(default_factory=list)
    history: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def commit(self) -> str:
        """The commit of what stands there now; older ones stay readable."""
        parts = [part for path in sorted(self.files) for part in (path, self.files[path])]
        commit = hashlib.sha1("\0".join(parts).encode(), usedforsecurity=False).hexdigest()
        self.history.setdefault(commit, dict(self.files))
        return commit

    def add_folder(self, root: Path) -> None:
        """Show the Markdown files of a folder, such as a checkout of the pages."""
        for file in sorted(root.rglob("*.md")):
            self.files[file.relative_to(root).as_posix()] = file.read_text(encoding="utf-8")


def site_app(site: SourceSite) -> ASGIApp:
    """The application.

    ``/pages/README.md`` …                      plain files
    ``/repos/OWNER/REPO/commits`` and ``/repos/OWNER/REPO/contents/PATH?ref=``   GitHub's interface
    ``/OWNER/REPO/REF/PATH``                    GitHub's raw addresses
    ``/feed``, ``/p/SLUG``                      the newsletter
    """
    handler = _Handler(site)
    app = Starlette(
        routes=[
            Route("/pages/{path:path}", handler.page),
            Route("/repos/{owner}/{name}/commits", handler.commits),
            Route("/repos/{owner}/{name}/contents/{path:path}", handler.contents),
            Route("/feed", handler.feed),
            Route("/p/{slug}", handler.post),
            Route("/{owner}/{name}/{ref}/{path:path}", handler.raw),
        ]
    )
    return _Recorder(app, site)


class _Recorder:
    """Notes each request's path and status."""

    def __init__(self, app: ASGIApp, site: SourceSite) -> None:
        self._app = app
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def note(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._site.requests.append((scope["path"], message["status"]))
            await send(message)

        await self._app(scope, receive, note)


class _Handler:
    def __init__(self, site: SourceSite) -> None:
        self._site = site

    def page(self, request: Request) -> Response:
        return self._file(request, self._site.files, request.path_params["path"])

    def raw(self, request: Request) -> Response:
        ref = request.path_params["ref"]
        files = self._site.history.get(ref, self._site.files if ref == "main" else {})
        return self._file(request, files, request.path_params["path"])

    def commits(self, request: Request) -> Response:
        if refusal := self._refuse(request):
            return refusal
        commit = self._site.commit
        headers = {"ETag": f'W/"{commit}"'}
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        message = {"message": "Update pages", "author": {"name": "sandbox"}}
        return JSONResponse([{"sha": commit, "commit": message}], headers=headers)

    def contents(self, request: Request) -> Response:
        if refusal := self._refuse(request):
            return refusal
        files = self._site.history.get(request.query_params.get("ref", ""), {})
        text = files.get(request.path_params["path"])
        if text is None:
            return JSONResponse({"message": "Not Found"}, status_code=404)
        return Response(text, media_type="application/vnd.github.raw+json; charset=utf-8")

    def feed(self, request: Request) -> Response:
        if self._site.feed is None:
            return PlainTextResponse("no feed", status_code=404)
        return self._validated(request, self._site.feed, _FEED)

    def post(self, request: Request) -> Response:
        html = self._site.posts.get(request.path_params["slug"])
        if html is None:
            return PlainTextResponse("no such post", status_code=404)
        return Response(html, media_type=_HTML)

    def _refuse(self, request: Request) -> Response | None:
        wanted = self._site.token
        if not wanted or request.headers.get("authorization") == f"Bearer {wanted}":
            return None
        return JSONResponse({"message": "Bad credentials"}, status_code=401)

    def _file(self, request: Request, files: Mapping[str, str], path: str) -> Response:
        text = files.get(path)
        if text is None:
            return PlainTextResponse("404: Not Found", status_code=404)
        return self._validated(request, text, _MARKDOWN)

    def _validated(self, request: Request, text: str, media_type: str) -> Response:
        if not self._site.validators:
            return Response(text, media_type=media_type)
        etag = f'"{hashlib.sha256(text.encode()).hexdigest()}"'
        headers = {"ETag": etag, "Last-Modified": formatdate(0, usegmt=True)}
        if request.headers.get("if-none-match") == etag:
            return Response(status_code=304, headers=headers)
        return Response(text, media_type=media_type, headers=headers)
