"""`agm api`: one API process, as a process manager would start it."""

import asyncio
import socket

import uvicorn

from api.app import build_app
from api.requests import MAX_BODY_BYTES
from cli.logs import write_logs
from cli.started import checked_settings
from publishing.collector import calm_collector

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
    _Server(config, draining).run(sockets=[socket.socket(fileno=listener)] if listener is not None else None)


class _Server(uvicorn.Server):
    """Says that it stops before it waits for what is open."""

    def __init__(self, config: uvicorn.Config, draining: asyncio.Event) -> None:
        super().__init__(config)
        self._draining = draining

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._draining.set()
        await super().shutdown(sockets)
