"""A server under test that a stranger wrote: it checks what Meta sends by Meta's documentation, and remembers it."""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

SECRET = b"sandbox-app-secret"
ORIGIN = "http://server.example"


@dataclass
class Server:
    """What was received, by path; `deletion` is what it answers to a wish for deletion."""

    received: list[tuple[str, Any]] = field(default_factory=list)
    deletion: Any = field(default_factory=lambda: {"url": f"{ORIGIN}/deletion/1", "confirmation_code": "1"})

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/meta/deauthorize", self.deauthorize, methods=["POST"]),
                Route("/meta/data-deletion", self.forget, methods=["POST"]),
                Route("/meta/webhook", self.webhook, methods=["POST"]),
            ]
        )

    async def deauthorize(self, request: Request) -> Response:
        self.received.append(("deauthorize", await signed(request)))
        return Response(status_code=204)

    async def forget(self, request: Request) -> Response:
        self.received.append(("data-deletion", await signed(request)))
        return JSONResponse(self.deletion)

    async def webhook(self, request: Request) -> Response:
        body = await request.body()
        expected = f"sha256={hmac.new(SECRET, body, hashlib.sha256).hexdigest()}"
        if not hmac.compare_digest(request.headers["x-hub-signature-256"], expected):
            return Response(status_code=403)
        self.received.append(("webhook", json.loads(body)))
        return Response("ok")


async def signed(request: Request) -> dict[str, Any]:
    """Check a signed request and give its payload."""
    async with request.form() as form:
        return opened(str(form["signed_request"]))


def opened(text: str) -> dict[str, Any]:
    signature, payload = text.split(".")
    assert hmac.compare_digest(raw(signature), hmac.new(SECRET, payload.encode(), hashlib.sha256).digest())
    return json.loads(raw(payload))


def raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
