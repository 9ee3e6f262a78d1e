"""Whether the process lives, and whether it can do its work."""

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from api.schema import sdl
from publishing import system


async def healthz(request: Request) -> Response:  # noqa: ARG001 - Starlette's signature
    """Answer as long as the process does."""
    return PlainTextResponse("ok")


async def readyz(request: Request) -> Response:
    """Check database, migrations, queue and storage; 503 when one fails."""
    checks = await system.check_ready(request.state.deps)
    body = {
        "ready": all(check.ok for check in checks),
        "checks": {check.name: {"ok": check.ok, "message": check.message} for check in checks},
    }
    return JSONResponse(body, status_code=200 if body["ready"] else 503, headers={"cache-control": "no-store"})


async def schema_text(request: Request) -> Response:  # noqa: ARG001 - Starlette's signature
    """Serve the contract."""
    return PlainTextResponse(sdl())
