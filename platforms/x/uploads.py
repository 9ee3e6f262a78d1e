"""A post's files, sent to X before the post: images in one call, GIFs and videos in pieces, then their descriptions.

An id works for a day and for the account that sent the file. How far a video has come is kept, so that another worker
goes on there.

Sources, read 2026-11-22:
https://docs.x.com/x-api/media/quickstart/media-upload-chunked
https://docs.x.com/x-api/media/upload-media (`media_category`)
https://docs.x.com/x-api/media/create-media-metadata
A piece of more than 1 MiB is refused with 413, as developers report.
"""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any, cast

from platforms.base import DENIED, DOUBTED, DraftMedia, Wait, Work
from platforms.errors import FailureCode, RejectedError, TransientError
from platforms.x.api import XApi, data_of
from platforms.x.console import MEDIA_SCOPE
from platforms.x.errors import refused, unavailable, ungranted
from platforms.x.tokens import Token
from platforms.x.weight import plain

_MEDIA, _DESCRIBED, _READY = "media", "described", "media_ready"
_BEGUN, _PIECES, _AGAIN = "upload", "pieces", "sent_again"
_PIECE = 960 * 1024
_KEPT_EVERY = 16
_UPLOAD, _NOT_FOUND = "/2/media/upload", 404
_SHORTEST_WAIT, _LONGEST_WAIT = 1, 60


async def stage_files(api: XApi, work: Work, token: Token) -> Wait | None:
    """Send what is not there yet, and ask about what X works on; None when all is ready.

    Raises:
        PlatformError: its class says what to do.
    """
    if _READY in work.handles or not work.draft.media:
        return None
    if MEDIA_SCOPE not in token.scopes:
        raise RejectedError(ungranted(MEDIA_SCOPE))
    for number, file in enumerate(work.draft.media):
        if f"{_MEDIA}{number}" not in work.handles:
            await _send(api, work, token.access, number)
        if (wait := await _ask(api, work, token.access, number)) is not None:
            return wait
        if file.alt_text and f"{_DESCRIBED}{number}" not in work.handles:
            await _describe(api, work, token.access, number, file.alt_text)
    await work.keep({_READY: "1"})
    return None


def media_ids(handles: Mapping[str, str]) -> list[str]:
    """Give the ids of a post's files, in order."""
    numbered = (f"{_MEDIA}{number}" for number in range(len(handles)))
    return [handles[name] for name in numbered if name in handles]


async def forget_files(work: Work) -> None:
    """Have the files sent anew, for X does not know them any more; never once a call with them is in doubt."""
    if DOUBTED not in work.handles:
        await work.keep({name: "" for name in work.handles if name != DENIED})


def _category(file: DraftMedia) -> str:
    if file.mime_type == "image/gif":
        return "tweet_gif"
    return "tweet_video" if file.mime_type.startswith("video/") else "tweet_image"


async def _send(api: XApi, work: Work, access: str, number: int) -> None:
    file = work.draft.media[number]
    category = _category(file)
    if category == "tweet_image":
        fields = {"media_category": category}
        whole = partial(work.read, number, 0, file.byte_size)
        sent = await api.send_file(_UPLOAD, access=access, read=whole, fields=fields)
        await work.keep({f"{_MEDIA}{number}": _id_in(sent)})
        return
    try:
        await _send_pieces(api, work, access, number, category)
    except RejectedError as error:  # what was begun is of no more use: an answer may have been lost, so once anew
        await work.keep({_BEGUN: "", _PIECES: ""})
        if _AGAIN in work.handles:
            raise
        await work.keep({_AGAIN: "1"})
        raise TransientError(error.failure) from error


async def _send_pieces(api: XApi, work: Work, access: str, number: int, category: str) -> None:
    file = work.draft.media[number]
    if _BEGUN not in work.handles:
        body = {"media_type": file.mime_type, "total_bytes": file.byte_size, "media_category": category}
        begun = _id_in(await api.act(f"{_UPLOAD}/initialize", access=access, body=body))
        await work.keep({_BEGUN: begun, _PIECES: "0"})
    media_id, first = work.handles[_BEGUN], int(work.handles.get(_PIECES, "0"))
    for index in range(first, -(-file.byte_size // _PIECE)):
        piece, fields = partial(work.read, number, index * _PIECE, _PIECE), {"segment_index": str(index)}
        await api.send_file(f"{_UPLOAD}/{media_id}/append", access=access, read=piece, fields=fields)
        if (index + 1) % _KEPT_EVERY == 0:
            await work.keep({_PIECES: str(index + 1)})
    await api.act(f"{_UPLOAD}/{media_id}/finalize", access=access, body={})
    await work.keep({f"{_MEDIA}{number}": media_id, _BEGUN: "", _PIECES: ""})


async def _ask(api: XApi, work: Work, access: str, number: int) -> Wait | None:
    """Ask whether X is done with a file; an image is done at once."""
    file = work.draft.media[number]
    if _category(file) == "tweet_image":
        return None
    params = {"command": "STATUS", "media_id": work.handles[f"{_MEDIA}{number}"]}
    try:
        told = data_of(await api.get(_UPLOAD, access=access, params=params))
    except RejectedError as error:
        if error.failure.http_status != _NOT_FOUND or DOUBTED in work.handles:
            raise
        await forget_files(work)
        raise TransientError(error.failure) from error
    info = told.get("processing_info")
    processing = cast("dict[str, Any]", info) if isinstance(info, dict) else {"state": "succeeded"}
    state = processing.get("state")
    if state == "succeeded":
        return None
    if state == "failed":
        await forget_files(work)
        message = f"X could not use file {number + 1}: {_why(processing)}"
        raise refused(message, "Give another file.", FailureCode.MEDIA_REJECTED)
    return Wait(timedelta(seconds=_after(processing)))


async def _describe(api: XApi, work: Work, access: str, number: int, alt_text: str) -> None:
    metadata = {"alt_text": {"text": plain(alt_text)}}
    body = {"id": work.handles[f"{_MEDIA}{number}"], "metadata": metadata}
    await api.act("/2/media/metadata", access=access, body=body)
    await work.keep({f"{_DESCRIBED}{number}": "1"})


def _id_in(answer: Mapping[str, Any]) -> str:
    if isinstance(found := data_of(answer).get("id"), str) and found.isascii() and found.isdigit():
        return found
    raise TransientError(unavailable("X took a file and did not say its id."))


def _why(processing: Mapping[str, Any]) -> str:
    error = processing.get("error")
    said = error.get("message") or error.get("name") if isinstance(error, dict) else None
    return str(said or "it does not say why").replace("\x00", "")[:200]


def _after(processing: Mapping[str, Any]) -> int:
    seconds = processing.get("check_after_secs")
    return min(max(seconds, _SHORTEST_WAIT), _LONGEST_WAIT) if isinstance(seconds, int) else _SHORTEST_WAIT
