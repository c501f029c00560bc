"""A stand-in for arXiv's query interface: the shape of its answers from a mapping of Records."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from textwrap import wrap
from xml.sax.saxutils import escape, quoteattr

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.model.issue import Record

_EPOCH = datetime(2023, 1, 1, tzinfo=UTC)
_ID = re.compile(r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(v\d+)?")
_DEFAULT_RESULTS = 10
_ATOM = "application/atom+xml; charset=utf-8"


def arxiv_app(
    find_record: Mapping[str, Record] | Callable[[str], Record | None],
) -> Starlette:
    """The application; ``/api/query`` answers id_list and max_results as arXiv does.

    Like the real one it gives at most ten entries unless asked for more, wraps titles and
    abstracts, carries versions in ids, gives nothing for an unknown id and an entry titled
    "Error" for a malformed one. ``app.state.queries`` lists the id lists asked for.
    """
    find = find_record.get if isinstance(find_record, Mapping) else find_record

    async def query(request: Request) -> Response:
        form = request.query_params if request.method == "GET" else await request.form()
        ids = [id_.strip() for id_ in str(form.get("id_list", "")).split(",") if id_.strip()]
        request.app.state.queries.append(ids)
        return _answer(ids, str(form.get("max_results", _DEFAULT_RESULTS)), find)

    app = Starlette(routes=[Route("/api/query", query, methods=["GET", "POST"])])
    app.state.queries = []
    return app


def _answer(ids: list[str], most: str, find: Callable[[str], Record | None]) -> Response:
    matches = [_ID.fullmatch(id_) for id_ in ids]
    for id_, match in zip(ids, matches, strict=True):
        if not match:
            return _feed(_render_error(f"incorrect id format for {id_}"), status=400)
    if not most.isdigit():
        return _feed(_render_error("max_results must be an integer"), status=400)
    records = [find(match[1]) for match in matches[: int(most)] if match]
    return _feed("".join(render_entry(record) for record in records if record))


def _feed(entries: str, status: int = 200) -> Response:
    return Response(render_feed(entries), status_code=status, media_type=_ATOM)


def render_feed(entries: str) -> str:
    """A whole feed around rendered entries, with the feed-level id and link arXiv gives."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom">\n'
        '  <link href="http://arxiv.org/api/query?search_query=" rel="self"'
        ' type="application/atom+xml"/>\n'
        "  <title>arXiv Query</title>\n"
        "  <id>http://arxiv.org/api/sandbox</id>\n"
        f"{entries}</feed>\n"
    )


def render_entry(record: Record) -> str:
    """One ``<entry>``, its title and abstract hard-wrapped."""
    published = record.published or _EPOCH
    updated = record.updated or published
    return "".join(
        [
            "  <entry>\n",
            f"    <id>http://arxiv.org/abs/{record.arxiv_id}v{record.version or 1}</id>\n",
            f"    <updated>{_stamp(updated)}</updated>\n",
            f"    <published>{_stamp(published)}</published>\n",
            f"    <title>{_wrap(record.title)}</title>\n",
            f"    <summary>  {_wrap(record.abstract)}\n</summary>\n",
            *_render_authors(record),
            *_render_categories(record),
            "  </entry>\n",
        ]
    )


def _render_authors(record: Record) -> Iterator[str]:
    for author in record.authors:
        yield f"    <author>\n      <name>{escape(author.name)}</name>\n"
        if author.affiliation:
            yield (
                '      <arxiv:affiliation xmlns:arxiv="http://arxiv.org/schemas/atom">'
                f"{escape(author.affiliation)}</arxiv:affiliation>\n"
            )
        yield "    </author>\n"


def _render_categories(record: Record) -> Iterator[str]:
    for place, term in enumerate(record.categories):
        if place == 0:
            yield (
                '    <arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom"'
                f" term={quoteattr(term)}/>\n"
            )
        yield f"    <category term={quoteattr(term)}/>\n"


def _render_error(reason: str) -> str:
    return (
        "  <entry>\n    <id>http://arxiv.org/api/errors#sandbox</id>\n"
        f"    <title>Error</title>\n    <summary>{escape(reason)}</summary>\n  </entry>\n"
    )


def _wrap(text: str) -> str:
    return "\n  ".join(wrap(escape(text), 78, break_long_words=False, break_on_hyphens=False))


def _stamp(time: datetime) -> str:
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
