"""HTTP answers that Starlette does not bring along: compact JSON, and no answer at all."""

from typing import Any

import orjson
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

ABORT_EXTENSION = "sandbox.abort"
"""Key in `scope["extensions"]` of a callable that cuts the client's connection; see `sandbox.server`."""


class Json(Response):
    """A JSON body, written by orjson."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """Encode the content."""
        return orjson.dumps(content)


class CutConnection(Response):
    """Close the client's connection without sending a byte.

    In-process clients have no connection: for them the application raises ConnectionResetError instead.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI's signature
        """Cut, then wait until the server has noticed, or it would answer 500 for us."""
        abort = scope.get("extensions", {}).get(ABORT_EXTENSION)
        if abort is None:
            raise ConnectionResetError("The sandbox cut the connection on purpose (fault injection).")
        abort()
        while (await receive())["type"] != "http.disconnect":
            continue
