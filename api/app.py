"""The application: the only place that wires the request side."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import Route, WebSocketRoute

from api.callback import oauth_callback
from api.files import media_file
from api.health import healthz, readyz, schema_text
from api.platform_callbacks import data_deletion, deauthorize, deletion_state, webhook
from api.view import GraphQLView
from publishing.deps import open_deps
from publishing.events import EventHub
from publishing.settings import Settings
from publishing.system import forget_revoked

_CORS_MAX_AGE_SECONDS = 600


def build_app(settings: Settings, *, draining: asyncio.Event | None = None) -> Starlette:
    """Build the ASGI application; it opens its database and queue when it starts.

    Setting `draining` ends the event streams, which would keep a server that stops from stopping.
    Starting raises SettingsError or MigrationError, whose messages say what to do.
    """

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncGenerator[dict[str, Any]]:
        async with open_deps(settings) as deps:
            hub = EventHub(deps.bell, sweep_seconds=settings.sweep_seconds, always=forget_revoked)
            reading = asyncio.create_task(hub.run())
            try:
                yield {"deps": deps, "hub": hub, "draining": draining or asyncio.Event()}
            finally:
                hub.close()
                reading.cancel()
                await asyncio.gather(reading, return_exceptions=True)

    view = GraphQLView(allowed_origins=settings.cors_origins)
    return Starlette(
        routes=[
            Route("/graphql", view),
            WebSocketRoute("/graphql", view),
            Route("/schema.graphql", schema_text),
            Route("/oauth/{name}/callback", oauth_callback),
            Route("/media/{asset_id}", media_file),
            Route("/healthz", healthz),
            Route("/readyz", readyz),
            Route("/{name}/deauthorize", deauthorize, methods=["POST"]),
            Route("/{name}/data-deletion", data_deletion, methods=["POST"]),
            Route("/{name}/data-deletion/{code}", deletion_state),
            Route("/{name}/webhook", webhook, methods=["GET", "POST"]),
        ],
        middleware=_middleware(settings),
        lifespan=lifespan,
    )


def _middleware(settings: Settings) -> list[Middleware]:
    middleware = [
        Middleware(
            CORSMiddleware,
            allow_origins=list(settings.cors_origins),
            allow_methods=["POST"],
            allow_headers=["authorization", "content-type", "x-request-id"],
            expose_headers=["x-request-id"],
            max_age=_CORS_MAX_AGE_SECONDS,
        )
    ]
    if settings.allowed_hosts:
        middleware.insert(0, Middleware(TrustedHostMiddleware, allowed_hosts=list(settings.allowed_hosts)))
    return middleware
