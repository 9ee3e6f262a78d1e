"""Media bytes under signed addresses, for the platforms that fetch them."""

import re

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from publishing import system
from publishing.errors import NotFoundError, StoreUnavailableError
from publishing.system import ServedFile

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
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
    return _answer(served, request.headers.get("range"))


def _answer(served: ServedFile, wanted: str | None) -> Response:
    """Stream a file, or the one stretch of it that is asked for; anything else in `Range` is not heeded."""
    asked = _RANGE.fullmatch(wanted.strip()) if wanted else None
    start, end, status = 0, served.size, 200
    headers = {**_HEADERS, "accept-ranges": "bytes"}
    if asked is not None:
        start, end = _stretch(asked[1], asked[2], served.size)
        if start >= end:
            return Response(status_code=416, headers={**headers, "content-range": f"bytes */{served.size}"})
        status, headers["content-range"] = 206, f"bytes {start}-{end - 1}/{served.size}"
    headers["content-length"] = str(end - start)
    return StreamingResponse(served.part(start, end), status, headers, media_type=served.mime_type)


def _stretch(first: str, last: str, size: int) -> tuple[int, int]:
    if not first:
        return max(0, size - int(last or 0)), size
    return int(first), min(size, int(last) + 1) if last else size
