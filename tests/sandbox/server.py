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

SECRET, INSTAGRAM_SECRET = b"sandbox-app-secret", b"sandbox-instagram-app-secret"
VERIFY_TOKEN = "agreed with Meta"
ORIGIN = "http://server.example"


@dataclass
class Server:
    """What was received, by path; `deletion` is its answer to a wish for deletion, `secret` that of the app it has."""

    received: list[tuple[str, Any]] = field(default_factory=list)
    secret: bytes = SECRET
    deletion: Any = field(default_factory=lambda: {"url": f"{ORIGIN}/deletion/1", "confirmation_code": "1"})

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/meta/deauthorize", self.deauthorize, methods=["POST"]),
                Route("/meta/data-deletion", self.forget, methods=["POST"]),
                Route("/meta/webhook", self.webhook, methods=["POST"]),
                Route("/meta/webhook", self.verify, methods=["GET"]),
            ]
        )

    async def deauthorize(self, request: Request) -> Response:
        self.received.append(("deauthorize", await signed(request, self.secret)))
        return Response(status_code=204)

    async def forget(self, request: Request) -> Response:
        self.received.append(("data-deletion", await signed(request, self.secret)))
        return JSONResponse(self.deletion)

    async def webhook(self, request: Request) -> Response:
        body = await request.body()
        expected = f"sha256={hmac.new(self.secret, body, hashlib.sha256).hexdigest()}"
        if not hmac.compare_digest(request.headers["x-hub-signature-256"], expected):
            return Response(status_code=403)
        self.received.append(("webhook", json.loads(body)))
        return Response("ok")

    async def verify(self, request: Request) -> Response:
        asked = request.query_params
        if (asked["hub.mode"], asked["hub.verify_token"]) != ("subscribe", VERIFY_TOKEN):
            return Response(status_code=403)
        self.received.append(("verify", asked["hub.challenge"]))
        return Response(asked["hub.challenge"])


async def signed(request: Request, secret: bytes) -> dict[str, Any]:
    """Check a signed request and give its payload."""
    async with request.form() as form:
        return opened(str(form["signed_request"]), secret)


def opened(text: str, secret: bytes = SECRET) -> dict[str, Any]:
    signature, payload = text.split(".")
    assert hmac.compare_digest(raw(signature), hmac.new(secret, payload.encode(), hashlib.sha256).digest())
    return json.loads(raw(payload))


def raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
