"""What only the sandbox has: the switchboard over HTTP, for clients in other processes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox.forum.faults import Seen, Switchboard, parse_fault


def sandbox_routes(switchboard: Switchboard, topics: Callable[[], list[Any]]) -> list[Route]:
    """Routes under /sandbox: faults (GET, POST, DELETE), calls (GET, DELETE), topics (GET)."""

    async def faults(request: Request) -> Response:
        if request.method == "POST":
            try:
                switchboard.add(parse_fault(await request.json()))
            except (ValueError, TypeError) as error:
                return JSONResponse({"errors": [str(error)]}, 400)
        elif request.method == "DELETE":
            switchboard.clear()
        shown = [{"kind": f.kind, "method": f.method, "path": f.path} for f in switchboard.faults]
        return JSONResponse({"faults": shown})

    async def calls(request: Request) -> Response:
        if request.method == "DELETE":
            switchboard.forget_calls()
        return JSONResponse({"calls": [_call(seen) for seen in switchboard.calls]})

    def all_topics(_: Request) -> Response:
        return JSONResponse({"topics": topics()})

    return [
        Route("/sandbox/faults", faults, methods=["GET", "POST", "DELETE"]),
        Route("/sandbox/calls", calls, methods=["GET", "DELETE"]),
        Route("/sandbox/topics", all_topics),
    ]


def _call(seen: Seen) -> dict[str, Any]:
    fault = seen.fault.kind if seen.fault else None
    return {"method": seen.method, "path": seen.path, "fault": fault}
