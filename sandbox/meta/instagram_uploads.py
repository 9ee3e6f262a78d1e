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
from sandbox.meta.tokens import Tier
from sandbox.meta.uploads import UploadError, header_number
from sandbox.meta.videos import fetch_into

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
    _check_awaited(container)
    return container


def _check_awaited(container: Container) -> None:
    """Demand that not all bytes are there yet."""
    if container.ready_at is not None:
        raise UploadError("OffsetInvalidError", "Request starting offset is invalid")


def _piece(call: Call, container: Container) -> None:
    """Take the bytes that follow on those that are there; all are kept although some are still missing."""
    offset, size = header_number(call, "offset"), header_number(call, "file_size")
    store = call.meta.world.videos
    if offset != store.uploaded(container.id) or container.upload_size not in (None, size):
        raise UploadError("OffsetInvalidError", "Request starting offset is invalid")
    arrived = call.upload.stat().st_size if call.upload else 0
    if not size or offset + arrived > size:
        raise UploadError("PartialRequestError", "Partial request (did not match length of file)")
    container.upload_size = size
    call.meta.graph.objects.touch(container.id)
    if call.upload is None or store.append(container.id, call.upload) < size:
        raise UploadError("PartialRequestError", "Partial request (did not match length of file)", retriable=True)
    take_upload(call, container)


async def _hosted(call: Call, container: Container, url: str) -> None:
    """Fetch the bytes from the publisher's address, all at once."""
    store = call.meta.world.videos
    if store.uploaded(container.id):
        raise UploadError("OffsetInvalidError", "Request starting offset is invalid")
    path = store.spool()
    try:
        await fetch_into(call, url, path)
        _check_awaited(container)
        store.append(container.id, path)
    except GraphError as error:
        text = f"Request processing failed: {error.user_message or error.message}"
        raise UploadError("ProcessingFailedError", text, retriable=True) from error
    finally:
        path.unlink(missing_ok=True)
    take_upload(call, container)
