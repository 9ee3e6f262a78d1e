"""What platforms send by themselves: `/{name}/deauthorize`, `/{name}/data-deletion` and `/{name}/webhook`."""

from urllib.parse import parse_qs

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from api.callback import told
from publishing import system
from publishing.errors import StoreUnavailableError

MAX_SIGNED_BYTES = 16_384
"""A form with one signed request, percent-encoded; it has a few hundred."""
MAX_NEWS_BYTES = 1_048_576
"""A platform gathers up to a thousand changes into one."""
_NO_STORE = {"cache-control": "no-store", "x-content-type-options": "nosniff"}


async def deauthorize(request: Request) -> Response:
    """A person removed the app."""
    return await _removal(request, deletes=False)


async def data_deletion(request: Request) -> Response:
    """A person wants their data deleted: answered with where to read how far it is."""
    return await _removal(request, deletes=True)


async def deletion_state(request: Request) -> Response:
    """Tell a person how far a deletion is."""
    try:
        found = await system.find_deletion(code=request.path_params["code"])
    except StoreUnavailableError:
        return told("Try again", "The server cannot reach its database. Reload this page in a moment.", 503)
    if found is None:
        return told("Unknown code", "No deletion is known here under this code.", 404)
    if found.completed_at is not None:
        return told("Deleted", f"Everything was deleted on {found.completed_at:%Y-%m-%d at %H:%M} UTC.", 200)
    asked = f"{found.received_at:%Y-%m-%d at %H:%M} UTC"
    text = f"Asked for on {asked}. Access was ended at once; the rest is deleted by {found.promised_by:%Y-%m-%d}."
    return told("Under way", text, 200)


async def webhook(request: Request) -> Response:
    """Take news, or answer the question whether they are wanted here."""
    name, deps = request.path_params["name"], request.state.deps
    if request.method == "GET":
        challenge = system.answer_challenge(deps, callback_name=name, query=request.query_params)
        return _refused() if challenge is None else PlainTextResponse(challenge, headers=_NO_STORE)
    body = await _read(request, MAX_NEWS_BYTES)
    if body is None:
        return _too_large()
    try:
        taken = await system.receive_news(deps, callback_name=name, body=body, headers=request.headers)
    except StoreUnavailableError:  # the platform sends it again
        return PlainTextResponse("try again", status_code=503, headers=_NO_STORE)
    return PlainTextResponse("ok", headers=_NO_STORE) if taken else _refused()


async def _removal(request: Request, *, deletes: bool) -> Response:
    body = await _read(request, MAX_SIGNED_BYTES)
    if body is None:
        return _too_large()
    signed = parse_qs(body.decode(errors="replace")).get("signed_request", [""])[0]
    name, deps = request.path_params["name"], request.state.deps
    try:
        code = await system.receive_removal(deps, callback_name=name, signed=signed, deletes=deletes)
    except StoreUnavailableError:
        return PlainTextResponse("try again", status_code=503, headers=_NO_STORE)
    if code is None:
        return _refused()
    if not deletes:
        return PlainTextResponse("ok", headers=_NO_STORE)
    url = f"{deps.settings.public_url}/{name}/data-deletion/{code}"
    return JSONResponse({"url": url, "confirmation_code": code}, headers=_NO_STORE)


async def _read(request: Request, limit: int) -> bytes | None:
    """Read the body, counting; None when it is longer than it may be."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > limit:
                return None
    except ClientDisconnect:
        return b""
    return bytes(body)


def _refused() -> Response:
    return PlainTextResponse("not signed by the platform", status_code=403, headers=_NO_STORE)


def _too_large() -> Response:
    return PlainTextResponse("too large", status_code=413, headers=_NO_STORE)
