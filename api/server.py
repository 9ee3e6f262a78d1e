"""The server itself: readable before anything is set up."""

from importlib.metadata import version

import strawberry

from api.context import Info
from api.scalars import URL
from platforms.base import Environment

VERSION = version("ai-growth-manager")
SCHEMA_VERSION = "0.1.0"


@strawberry.type(description="What this server is and can do; readable before anything is set up.")
class ServerInfo:
    version: str = strawberry.field(description="The server's release, semantic versioning.")
    schema_version: str = strawberry.field(
        description="The schema's version; its major number changes only when a deprecated field is removed."
    )
    sandbox_enabled: bool = strawberry.field(description="Whether the sandbox platform is switched on.")
    public_url: URL | None = strawberry.field(
        description="The address under which platforms and browsers reach this server."
    )


@strawberry.type
class ServerQuery:
    @strawberry.field(description="This server: its version and what is switched on. Needs no key.")
    def server(self, info: Info) -> ServerInfo | None:
        settings = info.context.deps.settings
        return ServerInfo(
            version=VERSION,
            schema_version=SCHEMA_VERSION,
            sandbox_enabled=info.context.deps.networks.has(Environment.SANDBOX),
            public_url=URL(settings.public_url),
        )
