"""Media bytes under signed addresses, for the platforms that fetch them."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from publishing import system
from publishing.errors import NotFoundError, StoreUnavailableError

_HEADERS = {
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
    "content-disposition": "inline",
    "referrer-policy": "no-referrer",
    "cache-control": "private, max-age=3600",
}


async def media_file(request: Request) -> Response:
    """Serve a file; whatever is wrong with the address, the answer is 404."""
    query = request.query_params
    try:
        served = await system.serve_media(
            request.state.deps,
            asset_id=request.path_params["asset_id"],
            exp=query.get("exp", ""),
            kid=query.get("kid", ""),
            sig=query.get("sig", ""),
        )
    except NotFoundError:
        return PlainTextResponse("There is nothing here.", status_code=404, headers={"cache-control": "no-store"})
    except StoreUnavailableError:
        return PlainTextResponse("Try again.", status_code=503, headers={"cache-control": "no-store"})
    return Response(served.body, media_type=served.mime_type, headers=_HEADERS)
