"""Answers are dated by the sandbox's clock: clients that wait for an hour of the platform's reckon from there."""

from dataclasses import dataclass
from email.utils import formatdate

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.clock import SandboxClock


@dataclass(frozen=True, slots=True)
class Dated:
    """ASGI middleware: an answer without a Date gets one."""

    app: ASGIApp
    clock: SandboxClock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one call."""

        async def send_dated(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).setdefault("date", http_date(self.clock.now()))
            await send(message)

        await self.app(scope, receive, send_dated)


def http_date(moment: float) -> str:
    """Write unix seconds as HTTP does, to the second."""
    return formatdate(moment, usegmt=True)
