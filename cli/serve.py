"""`agm api`: one API process, as a process manager would start it."""

import socket

import uvicorn

from api.app import build_app
from api.requests import MAX_BODY_BYTES
from cli.logs import write_plain_logs
from cli.started import checked_settings

_DRAIN_SECONDS = 5  # open subscriptions are closed by the API itself; this bounds what it overlooks


def serve_api(*, listener: int | None) -> None:
    """Serve the API until SIGTERM.

    Args:
        listener: an inherited listening socket; AGM_HOST and AGM_PORT otherwise.

    Raises:
        CommandError: a setting is wrong or something it needs is not there.
    """
    write_plain_logs()
    settings = checked_settings()
    config = uvicorn.Config(
        build_app(settings),
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http="httptools",
        ws="websockets-sansio",
        ws_max_size=MAX_BODY_BYTES,
        timeout_graceful_shutdown=_DRAIN_SECONDS,
        server_header=False,
        access_log=False,
    )
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=listener)] if listener is not None else None)
