"""The upload host: bytes of a reel or a video story, or the address they are at.

Source: "Reels Publishing API" on developers.facebook.com, 2026-07-30.
"""

from pathlib import Path
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from sandbox.meta.call import Call, sees_page, token_error
from sandbox.meta.graph import Video
from sandbox.meta.params import Params
from sandbox.meta.processing import bytes_arrived
from sandbox.meta.receiving import UploadError, header_number, not_awaited, receive_piece, receive_whole
from sandbox.meta.tokens import Tier
from sandbox.videos import VideoStore

HEADERS = ("offset", "file_size", "file_url")
UNAUTHORIZED = 401


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
    if video.uploaded_at is not None:
        raise not_awaited()

    def remember(size: int) -> None:
        video.file_size = size

    receive_piece(call, video.id, known_size=video.file_size, remember=remember)
    bytes_arrived(call, video)


async def _hosted(call: Call, video: Video, url: str) -> None:
    if call.meta.settings.hosted_upload == "with_headers":
        header_number(call, "offset")
        header_number(call, "file_size")
    video.file_size = await receive_whole(call, video.id, url, is_awaited=lambda: video.uploaded_at is None)
    bytes_arrived(call, video)
