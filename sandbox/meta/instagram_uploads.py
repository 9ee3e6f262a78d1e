"""The upload host's part for Instagram: bytes of a container's video, or the address they are at.

Source: "Resumable uploads" in the content publishing guide on developers.facebook.com, 2026-11-22; the errors have the
shape that the same host has for Reels of Pages.
"""

from typing import Any

from starlette.responses import Response

from sandbox.meta.call import Call, require_instagram, token_error
from sandbox.meta.containers import status_code
from sandbox.meta.errors import GraphError
from sandbox.meta.instagram_containers import PUBLISH, take_upload
from sandbox.meta.instagram_objects import Container
from sandbox.meta.receiving import UploadError, not_awaited, receive_piece, receive_whole
from sandbox.meta.tokens import Tier

UNAUTHORIZED, NOT_FOUND = 401, 404
DONE = "Upload successful."


async def upload_container(call: Call) -> dict[str, Any] | Response:
    """POST /ig-api-upload/{version}/{container}: the next bytes, or `file_url`."""
    try:
        container = _open_container(call)
        url = call.params.text("file_url")
        if url:
            await _hosted(call, container, url)
        else:
            _piece(call, container)
    except UploadError as error:
        return error.answer()
    return {"success": True, "message": DONE}


def _open_container(call: Call) -> Container:
    """Return the container whose bytes are expected here, for a token that may publish on its account."""
    token = call.meta.tokens.find(call.token_text or "")
    if call.scheme != "oauth" or token is None or token.tier not in (Tier.USER, Tier.PAGE):
        raise UploadError(
            "NotAuthorizedError", "Authorization: OAuth and an access token are wanted", status=UNAUTHORIZED
        )
    if error := token_error(call, token):
        raise UploadError("NotAuthorizedError", error.message, status=UNAUTHORIZED)
    call.token = token
    container = call.target
    if not isinstance(container, Container) or container.children or status_code(container, call.now) != "IN_PROGRESS":
        raise UploadError(
            "ProcessingFailedError", "Request processing failed: there is no such upload", status=NOT_FOUND
        )
    try:
        require_instagram(call, container.account, *PUBLISH)
    except GraphError as error:
        raise UploadError("NotAuthorizedError", error.message, status=UNAUTHORIZED) from error
    if not _is_awaited(container):
        raise not_awaited()
    return container


def _is_awaited(container: Container) -> bool:
    """Whether not all bytes are there yet."""
    return container.ready_at is None


def _piece(call: Call, container: Container) -> None:
    def remember(size: int) -> None:
        container.upload_size = size

    receive_piece(call, container.id, known_size=container.upload_size, remember=remember)
    take_upload(call, container)


async def _hosted(call: Call, container: Container, url: str) -> None:
    await receive_whole(call, container.id, url, is_awaited=lambda: _is_awaited(container))
    take_upload(call, container)
