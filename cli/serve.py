"""`agm api`: one API process, as a process manager would start it.

It shows the figures of the whole database besides its own: it is there when every worker is gone.
"""

import asyncio
import socket
from collections.abc import Generator
from contextlib import contextmanager

import uvicorn

from api.app import build_app
from api.requests import MAX_BODY_BYTES
from cli.logs import write_logs
from cli.metrics import figures_port, showing_figures
from cli.started import checked_settings
from publishing.collector import calm_collector
from publishing.settings import Settings
from publishing.system import read_figures
from publishing.tracing import traced

_DRAIN_SECONDS = 5  # open subscriptions end at once; this bounds the other requests


def serve_api(*, listener: int | None) -> None:
    """Serve the API until SIGTERM.

    Args:
        listener: an inherited listening socket; AGM_HOST and AGM_PORT otherwise.

    Raises:
        CommandError: a setting is wrong or something it needs is not there.
    """
    settings = checked_settings()
    write_logs(as_json=not settings.dev)
    with figures_port(settings) as figures:
        _serve(settings, listener, figures)


def _serve(settings: Settings, listener: int | None, figures: socket.socket | None) -> None:
    draining = asyncio.Event()
    config = uvicorn.Config(
        build_app(settings, draining=draining),
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http="httptools",
        ws="websockets-sansio",
        ws_max_size=MAX_BODY_BYTES,
        timeout_graceful_shutdown=_DRAIN_SECONDS,
        server_header=False,
        access_log=False,
        log_config=None,
    )
    calm_collector()
    _Server(config, draining, figures).run(sockets=[socket.socket(fileno=listener)] if listener is not None else None)


class _Server(uvicorn.Server):
    """Shows its figures meanwhile, and says that it stops before it waits for what is open."""

    def __init__(self, config: uvicorn.Config, draining: asyncio.Event, figures: socket.socket | None) -> None:
        super().__init__(config)
        self._draining = draining
        self._figures = figures

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """Send the last spans before the signal that stopped the server is raised again, which ends the process."""
        with super().capture_signals(), traced("agm-api"):
            yield

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        async with showing_figures(self._figures, read_figures):
            await super().serve(sockets)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._draining.set()
        await super().shutdown(sockets)
