"""uvicorn, taught two things: to say when it listens, and to cut a connection when a fault asks for it."""

import socket
from collections.abc import Callable
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from sandbox.answers import ABORT_EXTENSION


class CuttableProtocol(HttpToolsProtocol):
    """HTTP with a way for the application to drop the client's connection."""

    def on_message_begin(self) -> None:
        """Offer the transport's abort to the application of each request."""
        super().on_message_begin()
        extensions: dict[str, Any] = {ABORT_EXTENSION: self.transport.abort}
        self.scope["extensions"] = extensions


class AnnouncingServer(uvicorn.Server):
    """A server that calls back once it accepts connections."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        self._announce()


def serve(app: ASGIApp, *, host: str, port: int, announce: Callable[[str], None]) -> None:
    """Serve until interrupted.

    Args:
        app: The application.
        host: Address to bind.
        port: Port to bind; 0 takes a free one.
        announce: Is given the server's URL once it listens.

    Raises:
        OSError: If the address cannot be bound.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    shown = f"[{host}]" if family is socket.AF_INET6 else host
    url = f"http://{shown}:{listener.getsockname()[1]}"
    config = uvicorn.Config(
        app,
        http=CuttableProtocol,
        loop="auto",
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=False,  # the sandbox dates by its own clock
        backlog=4096,
    )
    AnnouncingServer(config, lambda: announce(url)).run(sockets=[listener])
