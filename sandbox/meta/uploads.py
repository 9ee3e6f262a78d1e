"""The upload host: bytes of a reel or a video story, or the address they are at; its own shape of errors.

Source: "Reels Publishing API" on developers.facebook.com, 2026-07-30, with its table of errors; the sentence about a
header that is no number is from a recorded answer.
"""

from pathlib import Path
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from sandbox.answers import Json
from sandbox.meta.call import Call, sees_page, token_error
from sandbox.meta.errors import GraphError
from sandbox.meta.graph import Video
from sandbox.meta.params import Params
from sandbox.meta.processing import bytes_arrived
from sandbox.meta.tokens import Tier
from sandbox.meta.videos import fetch_into
from sandbox.videos import VideoStore

HEADERS = ("offset", "file_size", "file_url")
BAD_REQUEST, UNAUTHORIZED = 400, 401


class UploadError(Exception):
    """A refusal of the upload host."""

    def __init__(self, kind: str, message: str, *, status: int = BAD_REQUEST, retriable: bool = False) -> None:
        super().__init__(message)
        self.kind, self.status, self.retriable = kind, status, retriable

    def answer(self) -> Response:
        """Return it in the host's shape."""
        body = {"retriable": self.retriable, "type": self.kind, "message": str(self)}
        return Json({"debug_info": body}, status_code=self.status)


async def read_upload(request: Request, store: VideoStore) -> tuple[Params, Path]:
    """Take in the headers, and the body as it arrives, into a file; a sender who leaves half-way has sent half."""
    path = store.spool()
    with path.open("wb") as file:
        try:
            async for piece in request.stream():
                file.write(piece)
        except ClientDisconnect:
            pass
    return Params({name: request.headers[name] for name in HEADERS if name in request.headers}), path


async def upload_video(call: Call) -> dict[str, Any] | Response:
    """POST /video-upload/{version}/{video}: the next bytes, or `file_url`."""
    try:
        video = _open_video(call)
        url = call.params.text("file_url")
        if url:
            await _hosted(call, video, url)
        else:
            _piece(call, video)
    except UploadError as error:
        return error.answer()
    return {"success": True}


def _open_video(call: Call) -> Video:
    """Return the video whose bytes are expected here, for its Page's token."""
    token = call.meta.tokens.find(call.token_text or "")
    if call.scheme != "oauth" or token is None or token.tier is Tier.APP:
        raise UploadError("NotAuthorizedError", "Authorization: OAuth and an access token are wanted", status=401)
    if error := token_error(call, token):
        raise UploadError("NotAuthorizedError", error.message, status=UNAUTHORIZED)
    call.token = token
    video = call.target
    if not isinstance(video, Video) or video.deleted or video.kind == "video" or not sees_page(call, video.page):
        raise UploadError("ProcessingFailedError", "Request processing failed: there is no such upload", status=404)
    return video


def _piece(call: Call, video: Video) -> None:
    """Take the bytes that follow on those that are there; all are kept although some are still missing."""
    offset, size = header_number(call, "offset"), header_number(call, "file_size")
    store = call.meta.world.videos
    if video.uploaded_at is not None or offset != store.uploaded(video.id) or video.file_size not in (None, size):
        raise UploadError("OffsetInvalidError", "Request starting offset is invalid")
    arrived = call.upload.stat().st_size if call.upload else 0
    if not size or offset + arrived > size:
        raise UploadError("PartialRequestError", "Partial request (did not match length of file)")
    video.file_size = size
    call.meta.graph.objects.touch(video.id)
    if call.upload is None or store.append(video.id, call.upload) < size:
        raise UploadError("PartialRequestError", "Partial request (did not match length of file)", retriable=True)
    bytes_arrived(call, video)


async def _hosted(call: Call, video: Video, url: str) -> None:
    """Fetch the bytes from the publisher's address, all at once."""
    if call.meta.settings.hosted_upload == "with_headers":
        header_number(call, "offset")
        header_number(call, "file_size")
    store = call.meta.world.videos
    if video.uploaded_at is not None or store.uploaded(video.id):
        raise UploadError("OffsetInvalidError", "Request starting offset is invalid")
    path = store.spool()
    try:
        await fetch_into(call, url, path)
        if video.uploaded_at is not None:
            raise UploadError("OffsetInvalidError", "Request starting offset is invalid")
        store.append(video.id, path)
    except GraphError as error:
        text = f"Request processing failed: {error.user_message or error.message}"
        raise UploadError("ProcessingFailedError", text, retriable=True) from error
    finally:
        path.unlink(missing_ok=True)
    video.file_size = store.uploaded(video.id)
    bytes_arrived(call, video)


def header_number(call: Call, name: str) -> int:
    """Return a header of the upload that has to be a number.

    Raises:
        UploadError: If it is none.
    """
    text = call.params.text(name) or ""
    if not text.isdecimal() or len(text) > 18:  # noqa: PLR2004 - what fits an unsigned long
        shown = "Offset" if name == "offset" else name
        message = (
            f"HeaderValuePredicate: Header {shown} not convertable to unsigned long"  # codespell:ignore convertable
        )
        raise UploadError("ParameterValidationError", message)
    return int(text)
