"""Any ASGI application on a free port of this machine, for the demo and the tests."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import uvicorn

if TYPE_CHECKING:
    from starlette.types import ASGIApp

_START_SECONDS = 20.0


class _Server(uvicorn.Server):
    """A server that tells when it listens; uvicorn itself only sets a flag."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.settled = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self.settled.set()


@contextmanager
def serve(app: ASGIApp, *, port: int = 0) -> Iterator[str]:
    """Run ``app`` in a thread and give its base address, "http://127.0.0.1:49152".

    Args:
        app: Any ASGI application; its lifespan is run.
        port: A port of 127.0.0.1; 0 takes a free one.

    Raises:
        OSError: The port is taken.
        RuntimeError: The application did not start.
    """
    listener = socket.create_server(("127.0.0.1", port))
    # asyncio does not set it where the listener was made here; without it an answer of two
    # writes waits 40 ms for the client's acknowledgement
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    config = uvicorn.Config(
        app, log_config=None, access_log=False, ws="none", timeout_graceful_shutdown=1
    )
    server = _Server(config)
    thread = threading.Thread(target=_run, args=(server, listener), name="serve", daemon=True)
    thread.start()
    try:
        server.settled.wait(_START_SECONDS)
        if not server.started:
            raise RuntimeError(f"the application {type(app).__name__} did not start")
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(_START_SECONDS)
        listener.close()


def _run(server: _Server, listener: socket.socket) -> None:
    try:
        with suppress(SystemExit):  # uvicorn's word for an application that cannot start
            server.run(sockets=[listener])
    finally:
        server.settled.set()
