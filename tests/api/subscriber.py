"""A subscriber over graphql-transport-ws, written from the protocol."""

import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

PROTOCOL = "graphql-transport-ws"


class Subscriber:
    """One WebSocket."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection

    async def say(self, kind: str, **given: Any) -> None:
        await self.connection.send(json.dumps({"type": kind, **given}))

    async def hear(self) -> dict[str, Any]:
        """Wait for the next message."""
        return json.loads(await self.connection.recv())

    async def enter(self, key: str) -> None:
        """Send the key and wait until it is accepted."""
        await self.say("connection_init", payload={"Authorization": f"Bearer {key}"})
        assert await self.hear() == {"type": "connection_ack"}

    async def subscribe(self, document: str, *, name: str = "1", **variables: Any) -> None:
        """Start an operation under a name of the caller's."""
        await self.say("subscribe", id=name, payload={"query": document, "variables": variables})

    async def closed(self) -> tuple[int, str]:
        """Wait until the server closes; what it says before is skipped."""
        with contextlib.suppress(ConnectionClosed):
            while True:
                await self.connection.recv()
        assert self.connection.close_code is not None
        return self.connection.close_code, self.connection.close_reason or ""


@contextlib.asynccontextmanager
async def calling(url: str, *, protocol: str | None = PROTOCOL, origin: str | None = None) -> AsyncIterator[Subscriber]:
    """Open a WebSocket to an API's address."""
    address = url.replace("http", "ws", 1) + "/graphql"
    async with connect(address, subprotocols=[protocol] if protocol else None, origin=origin) as connection:  # type: ignore[arg-type]
        yield Subscriber(connection)
