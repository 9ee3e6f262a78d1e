"""A post's files, sent to LinkedIn before the post: each is kept by its URN, and asked for until LinkedIn is done.

Sources, read 2026-11-22:
https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/images-api
https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/videos-api
https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/documents-api
"""

from collections.abc import AsyncGenerator, Mapping
from datetime import datetime, timedelta
from typing import Any, cast

import orjson

from platforms.base import DOUBTED, MediaKind, Wait, Work
from platforms.errors import FailureCode, PlatformError, RejectedError, TransientError
from platforms.linkedin.api import LinkedInApi, encoded
from platforms.linkedin.errors import refused, unavailable
from platforms.linkedin.rules import DOCUMENT_HANDLE, IMAGE_HANDLE, VIDEO_HANDLE
from platforms.linkedin.tokens import access_of

_SENT, _PARTS, _TAGS, _READY, _AGAIN = "sent_at", "video_parts", "video_tags", "ready", "uploaded_again"
_FORBIDDEN = 403
_PIECE = 1024 * 1024
_GRACE = timedelta(seconds=4)
"""How long a file is left alone that the sign-in may not ask about."""
_ASK_AGAIN = {
    MediaKind.IMAGE: timedelta(seconds=1),
    MediaKind.DOCUMENT: timedelta(seconds=2),
    MediaKind.VIDEO: timedelta(seconds=5),
}
_PATIENCE = {
    MediaKind.IMAGE: timedelta(minutes=5),
    MediaKind.DOCUMENT: timedelta(minutes=30),
    MediaKind.VIDEO: timedelta(hours=1),
}


async def stage_files(api: LinkedInApi, work: Work, owner: str) -> Wait | None:
    """Send what is not there yet, and ask about what LinkedIn is not done with; None when all is ready.

    Raises:
        PlatformError: its class says what to do.
    """
    if _READY in work.handles or not work.draft.media:
        return None
    for number, file in enumerate(work.draft.media):
        if file.kind is MediaKind.VIDEO:
            await _send_video(api, work, owner)
        elif _handle(number, file.kind) not in work.handles:
            await _send_whole(api, work, number, owner)
    if _SENT not in work.handles:
        await work.keep({_SENT: work.now.isoformat()})
    for number, file in enumerate(work.draft.media):
        if (wait := await _ask(api, work, number, file.kind)) is not None:
            return wait
    await work.keep({_READY: "1"})
    return None


def staged(handles: Mapping[str, str]) -> frozenset[str]:
    """Give the URNs of files that were sent."""
    return frozenset(
        value for value in handles.values() if value.startswith(("urn:li:image:", "urn:li:video:", "urn:li:document:"))
    )


def urn_of(work: Work, number: int) -> str:
    """Give the URN of a file that is ready."""
    return work.handles[_handle(number, work.draft.media[number].kind)]


async def forget_ready(work: Work) -> None:
    """Ask about the files again: LinkedIn says that it is not done with one."""
    await work.keep({_READY: ""})


_HANDLES = {MediaKind.VIDEO: VIDEO_HANDLE, MediaKind.DOCUMENT: DOCUMENT_HANDLE}
_FAMILIES = {MediaKind.IMAGE: "images", MediaKind.VIDEO: "videos", MediaKind.DOCUMENT: "documents"}


def _handle(number: int, kind: MediaKind) -> str:
    return _HANDLES.get(kind) or f"{IMAGE_HANDLE}{number}"


async def _send_whole(api: LinkedInApi, work: Work, number: int, owner: str) -> None:
    """Send an image or a document in one piece."""
    file = work.draft.media[number]
    access, size, family = access_of(work.token), file.byte_size, _FAMILIES[file.kind]
    body = {"initializeUploadRequest": {"owner": owner}}
    value = _value(await api.act(f"/rest/{family}?action=initializeUpload", access=access, body=body))
    url, urn = _text(value, "uploadUrl"), _text(value, file.kind.value)
    await api.upload(url, access=access, size=size, content=_pieces(work, number, 0, size))
    await work.keep({_handle(number, file.kind): urn})


async def _send_video(api: LinkedInApi, work: Work, owner: str) -> None:
    """Send a video's parts, each to its own address; how far it has come is kept, so another worker goes on there."""
    if VIDEO_HANDLE in work.handles:
        return
    if _PARTS not in work.handles:
        await _begin_video(api, work, owner)
    begun, tags = orjson.loads(work.handles[_PARTS]), orjson.loads(work.handles.get(_TAGS, "[]"))
    try:
        for part in begun["parts"][len(tags) :]:
            size = part["last"] - part["first"] + 1
            content = _pieces(work, 0, part["first"], size)
            headers = await api.upload(part["url"], access=None, size=size, content=content)
            tags.append(_tag(headers))
            await work.keep({_TAGS: orjson.dumps(tags).decode()})
        body = {"video": begun["video"], "uploadToken": begun["token"], "uploadedPartIds": tags}
        path = "/rest/videos?action=finalizeUpload"
        await api.act(path, access=access_of(work.token), body={"finalizeUploadRequest": body})
    except RejectedError as error:  # its addresses live for a day: the next try begins with new ones
        await work.keep({_PARTS: "", _TAGS: ""})
        raise await _once_more(work, error) from error
    await work.keep({VIDEO_HANDLE: begun["video"], _PARTS: "", _TAGS: ""})


async def _pieces(work: Work, number: int, start: int, size: int) -> AsyncGenerator[bytes]:
    end = start + size
    while start < end and (piece := await work.read(number, start, min(_PIECE, end - start))):
        yield piece
        start += len(piece)


async def _begin_video(api: LinkedInApi, work: Work, owner: str) -> None:
    size = work.draft.media[0].byte_size
    request = {"owner": owner, "fileSizeBytes": size, "uploadCaptions": False, "uploadThumbnail": False}
    path = "/rest/videos?action=initializeUpload"
    answer = await api.act(path, access=access_of(work.token), body={"initializeUploadRequest": request})
    value = _value(answer)
    listed = value.get("uploadInstructions")
    try:
        parts = [
            {"url": one["uploadUrl"], "first": int(one["firstByte"]), "last": int(one["lastByte"])}
            for one in (listed if isinstance(listed, list) else [])
        ]
    except (KeyError, TypeError, ValueError):
        parts = []
    if not parts:
        raise TransientError(unavailable("LinkedIn did not say where the video goes."))
    begun = {"video": _text(value, "video"), "token": value.get("uploadToken") or "", "parts": parts}
    await work.keep({_PARTS: orjson.dumps(begun).decode(), _TAGS: ""})


async def _ask(api: LinkedInApi, work: Work, number: int, kind: MediaKind) -> Wait | None:
    """Ask about a file; who may only write may not ask, and leaves it alone for a moment instead."""
    urn, age = urn_of(work, number), work.now - datetime.fromisoformat(work.handles[_SENT])
    try:
        answer = await api.get(f"/rest/{_FAMILIES[kind]}/{encoded(urn)}", access=access_of(work.token))
    except PlatformError as error:
        if error.failure.http_status != _FORBIDDEN:
            raise
        return Wait(_GRACE - age) if age < _GRACE else None
    status = answer.get("status")
    if status == "AVAILABLE":
        return None
    if status in {"PROCESSING_FAILED", "WAITING_UPLOAD"}:
        await _forget(work, number, kind)
        raise await _once_more(work, _unusable(number, answer))
    if age > _PATIENCE[kind]:
        raise refused(f"LinkedIn was not done with file {number + 1} in time.", "Publish it again.", _MEDIA)
    return Wait(_ASK_AGAIN[kind])


_MEDIA = FailureCode.MEDIA_REJECTED


async def _forget(work: Work, number: int, kind: MediaKind) -> None:
    """What was made for a call whose outcome is not known is used again, and never made anew."""
    if DOUBTED not in work.handles:
        await work.keep({_handle(number, kind): "", _SENT: ""})


async def _once_more(work: Work, error: RejectedError) -> PlatformError:
    """A file that LinkedIn could not use is sent once more, in case it was the sending."""
    if _AGAIN in work.handles or DOUBTED in work.handles:
        return error
    await work.keep({_AGAIN: "1"})
    return TransientError(error.failure)


def _unusable(number: int, answer: Mapping[str, Any]) -> RejectedError:
    why = answer.get("processingFailureReason")
    said = f": {why[:200]}" if isinstance(why, str) else ""
    return refused(f"LinkedIn could not use file {number + 1}{said}.", "Give another file.", _MEDIA)


def _value(answer: Mapping[str, Any]) -> dict[str, Any]:
    value = answer.get("value")
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _text(value: Mapping[str, Any], name: str) -> str:
    if isinstance(found := value.get(name), str) and found:
        return found
    raise TransientError(unavailable(f"LinkedIn began an upload and did not say its {name}."))


def _tag(headers: Mapping[str, str]) -> str:
    if tag := headers.get("etag", "").strip('"'):
        return tag
    raise TransientError(unavailable("LinkedIn took a part of the video and gave no ETag for it."))
