"""The server itself: readable before anything is set up."""

from importlib.metadata import version

import strawberry

from api.context import Info
from api.enums import expose
from api.faults import unauthenticated
from api.scalars import URL
from platforms.base import Environment
from publishing import system
from publishing.checks import CheckStatus

VERSION = version("ai-growth-manager")
SCHEMA_VERSION = "0.1.0"


expose(
    CheckStatus,
    description="The outcome of a check.",
    values={
        "PASS": "As it should be.",
        "WARN": "Works, with a caveat.",
        "FAIL": "Something will not work until it is fixed.",
        "SKIPPED": "Not checked, for the reason in the message.",
    },
)


@strawberry.type(description="The result of one check of the installation.")
class ServerCheck:
    name: str = strawberry.field(description="Stable name, such as `media.publicly_reachable`.")
    status: CheckStatus = strawberry.field(description="The outcome.")
    message: str = strawberry.field(description="One sentence about what was found.")
    remedy: str | None = strawberry.field(description="What to do about it, when there is something to do.")


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

    @strawberry.field(
        description="Checks of the installation, the failing ones first. Needs a key as soon as there is one."
    )
    async def checks(self, info: Info) -> list[ServerCheck]:
        if info.context.known is None and await system.has_keys():
            raise unauthenticated()
        return [
            ServerCheck(name=check.name, status=check.status, message=check.message, remedy=check.remedy)
            for check in await system.run_checks(info.context.deps)
        ]


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
