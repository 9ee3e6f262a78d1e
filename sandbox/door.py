"""Who may meddle: pages of other origins may not, although they can reach a sandbox on their visitor's machine."""

from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

GUARDED = ("/_admin", "/controls", "/faults", "/samples")
SAFE = frozenset({"GET", "HEAD"})
OWN = frozenset({"same-origin", "none"})


@dataclass(frozen=True, slots=True)
class OwnPagesOnly:
    """ASGI middleware: a browser that says it acts for another site changes nothing. Programs say nothing and may."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one call, or refuse it."""
        if scope["type"] == "http" and scope["method"] not in SAFE and scope["path"].startswith(GUARDED):
            site = Headers(scope=scope).get("sec-fetch-site", "none")
            if site not in OWN:
                await PlainTextResponse("Another site may not do this.\n", 403)(scope, receive, send)
                return
        await self.app(scope, receive, send)
