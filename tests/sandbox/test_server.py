"""A server for the demo and the tests that is up when it says so and gone afterwards."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.sandbox.server import serve

_APP = Starlette(routes=[Route("/", lambda request: PlainTextResponse("here"))])


def test_it_answers_at_once_and_is_gone_afterwards() -> None:
    with serve(_APP) as base:
        assert httpx.get(base, trust_env=False).text == "here"
    with pytest.raises(httpx.ConnectError):
        httpx.get(base, trust_env=False)


def test_two_stand_side_by_side() -> None:
    with serve(_APP) as one, serve(_APP) as other:
        assert one != other


def test_a_taken_port_is_said_at_once() -> None:
    with (
        serve(_APP) as base,
        pytest.raises(OSError, match="in use"),
        serve(_APP, port=int(base.rpartition(":")[2])),
    ):
        pass


def test_an_application_that_cannot_start_is_said() -> None:
    @asynccontextmanager
    async def broken(app: Starlette) -> AsyncIterator[None]:
        raise ValueError("no")
        yield

    with pytest.raises(RuntimeError, match="did not start"), serve(Starlette(lifespan=broken)):
        pass
