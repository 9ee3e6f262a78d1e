"""The figures' own port: what Prometheus asks of `agm api` and `agm worker`, beside what they serve and do.

A scrape holds nothing up: it writes down what this process has counted, and asks the database, where it is asked at
all, once for all scrapes under way and for a few seconds. What the database does not say is left out, and counted.
"""

import asyncio
import socket
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Iterable, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any

import structlog
import uvicorn
from prometheus_client import Counter
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, choose_encoder, generate_latest
from prometheus_client.registry import Collector
from starlette.types import Receive, Scope, Send

from cli.stack import listen
from publishing.figures import REGISTRY
from publishing.settings import Settings

log = structlog.get_logger(__name__)
PATH = "/metrics"
Read = Callable[[], Awaitable[Sequence[Any]]]
_PATIENCE_SECONDS = 3.0
"""How long the database may take; Prometheus itself waits for ten seconds unless told otherwise."""
_MOST_CONNECTIONS = 64
_STOP_SECONDS = 1

MISSING = Counter(
    "agm_scrape_errors_total",
    "Scrapes that lack the figures of the database, because it did not answer.",
    registry=None,
)


@contextmanager
def figures_port(settings: Settings) -> Generator[socket.socket | None]:
    """Open the figures' port; None when it is switched off.

    Raises:
        CommandError: it is taken; names the setting.
    """
    if not settings.metrics_port:
        yield None
        return
    with listen(settings.metrics_host, settings.metrics_port, setting="AGM_METRICS_PORT") as listener:
        yield listener


@asynccontextmanager
async def showing_figures(listener: socket.socket | None, read: Read | None = None) -> AsyncGenerator[None]:
    """Answer on that port until the end of the block; `read` asks the database."""
    if listener is None:
        yield
        return
    server = _Server(_config(FiguresApp(read)))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield
    finally:
        server.should_exit = True
        await asyncio.wait([serving])


class FiguresApp:
    """The ASGI application: one page, `/metrics`."""

    def __init__(self, read: Read | None) -> None:
        self._database = _Database(read) if read is not None else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI's signature
        """Answer one request."""
        if scope["type"] != "http":
            return
        status, kind, body = await self._answer(scope["method"], scope["path"], _accepted(scope["headers"]))
        headers = [
            (b"content-type", kind.encode()),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-store"),
        ]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _answer(self, method: str, path: str, accept: str) -> tuple[int, str, bytes]:
        if path != PATH:
            return 404, "text/plain", b"The figures are at /metrics.\n"
        if method not in {"GET", "HEAD"}:
            return 405, "text/plain", b"Figures are read with GET.\n"
        found = await self._database.families() if self._database is not None else ()
        parts = [REGISTRY, *([MISSING] if self._database is not None else [])]
        encode, kind = _encoder(accept)
        return 200, kind, encode(_Snapshot(parts, found))


@dataclass(frozen=True, slots=True)
class _Snapshot(Collector):
    """What one scrape shows: collectors, and families that were read for it."""

    parts: Sequence[Collector]
    families: Iterable[Any]

    def collect(self) -> Iterable[Any]:
        for part in self.parts:
            yield from part.collect()
        yield from self.families


class _Database:
    """Asks the database once for all scrapes that wait, so that scrapes cannot take its connections."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._reading: asyncio.Task[Sequence[Any]] | None = None

    async def families(self) -> Sequence[Any]:
        if self._reading is None or self._reading.done():
            self._reading = asyncio.create_task(self._ask())
        return await asyncio.shield(self._reading)

    async def _ask(self) -> Sequence[Any]:
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                return await self._read()
        except Exception as error:  # noqa: BLE001 - whatever it is, this process's own figures are shown
            log.warning("figures_missing", error=type(error).__name__)
            MISSING.inc()
            return ()


class _Server(uvicorn.Server):
    """Leaves the signals to the process it runs in."""

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        yield


def _config(app: FiguresApp) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http="httptools",
        ws="none",
        lifespan="off",
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_graceful_shutdown=_STOP_SECONDS,
        server_header=False,
        access_log=False,
        log_config=None,
    )


def _accepted(headers: Iterable[tuple[bytes, bytes]]) -> str:
    return next((value.decode("latin-1") for name, value in headers if name == b"accept"), "")


def _encoder(accept: str) -> tuple[Callable[[Collector], bytes], str]:
    try:
        return choose_encoder(accept)
    except (TypeError, ValueError):  # it compares versions that are none
        return generate_latest, CONTENT_TYPE_PLAIN_0_0_4
