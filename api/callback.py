"""Where platforms send browsers back: `/oauth/{name}/callback`. The answer is the same however often it is asked."""

from html import escape
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from publishing import system
from publishing.errors import StoreUnavailableError
from publishing.ids import Kind, public_id
from publishing.records import ConnectionAttempt, ConnectionAttemptStatus

_HEADERS = {
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
    "x-content-type-options": "nosniff",
}
_RESULTS = frozenset({"account", "error", "attempt"})
_STYLE = (
    "body{font:18px/1.5 system-ui,sans-serif;max-width:32em;margin:15vh auto;padding:0 1em;color-scheme:light dark}"
)


async def oauth_callback(request: Request) -> Response:
    """Take what came back, wait for the worker, and send the browser on or tell the person."""
    if request.method == "HEAD":  # a look at the address must not use up the sign-in
        return Response(status_code=405, headers={"allow": "GET"})
    query = request.query_params
    try:
        attempt = await system.receive_callback(
            request.state.deps,
            callback_name=request.path_params["name"],
            state=query.get("state"),
            code=query.get("code"),
            error=query.get("error"),
        )
    except StoreUnavailableError:
        return told("Try again", "The server cannot reach its database. Reload this page in a moment.", 503)
    if attempt is None:
        return told("Unknown sign-in", "This sign-in is not known here, or is over. Start it again.", 400)
    if attempt.return_to is not None:
        return RedirectResponse(_return_address(attempt, attempt.return_to), status_code=302, headers=_HEADERS)
    return _outcome(attempt)


def told(title: str, text: str, status: int) -> HTMLResponse:
    """Tell a person something on a page of its own."""
    body = (
        f"<!doctype html><meta charset=utf-8><title>{escape(title)}</title><style>{_STYLE}</style>"
        f"<h1>{escape(title)}</h1><p>{escape(text)}</p>"
    )
    return HTMLResponse(body, status_code=status, headers=_HEADERS)


def _return_address(attempt: ConnectionAttempt, return_to: str) -> str:
    parts = urlsplit(return_to)
    own = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name not in _RESULTS]
    query = [*own, _result(attempt)]
    return urlunsplit(parts._replace(query=urlencode(query)))


def _result(attempt: ConnectionAttempt) -> tuple[str, str]:
    if attempt.status is ConnectionAttemptStatus.COMPLETED and attempt.account_id is not None:
        return "account", public_id(Kind.CONNECTED_ACCOUNT, attempt.account_id)
    if attempt.error is not None:
        return "error", attempt.error.code.value
    return "attempt", public_id(Kind.CONNECTION_ATTEMPT, attempt.id)


def _outcome(attempt: ConnectionAttempt) -> Response:
    if attempt.status is ConnectionAttemptStatus.COMPLETED:
        return told("Connected", "You can close this window and choose the pages to publish to.", 200)
    if attempt.error is not None:
        return told("Not connected", f"{attempt.error.message} {attempt.error.hint}", 400)
    return told("Nearly there", "The sign-in is being finished. You can close this window.", 202)
