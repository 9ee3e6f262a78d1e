"""How a refusal goes out: the envelope, its status and headers, by the app that called."""

from starlette.responses import Response

from sandbox.answers import Json
from sandbox.meta import errors
from sandbox.meta.apps import INSTAGRAM, App
from sandbox.meta.errors import GraphError

ABOUT_TOKENS = (102, 104, 190)


def envelope(error: GraphError, request_id: str, app: App) -> Response:
    """Answer a refusal; Instagram Login gives a type of its own to what is not about the token."""
    headers: dict[str, str] = {}
    if error.code in ABOUT_TOKENS:
        headers["www-authenticate"] = f'OAuth "Facebook Platform" "invalid_token" "{error.message}"'
    elif app is INSTAGRAM:
        error = error.retyped(errors.INSTAGRAM)
    return Json(error.envelope(request_id), status_code=error.status, headers=headers)
