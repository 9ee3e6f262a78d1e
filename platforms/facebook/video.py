"""A video in a Page's feed: sent in pieces to a session that Facebook keeps, then finished, which makes it public.

How far it has come is kept after each piece, so that another worker goes on from there.

Source: https://developers.facebook.com/docs/graph-api/reference/page/videos (`upload_phase`; read 2026-11-22)
"""

from collections.abc import Mapping
from typing import Any

from platforms.base import Done, Wait, Work
from platforms.errors import Failure, FailureCode, RejectedError, TransientError
from platforms.facebook.finishing import finish_video
from platforms.facebook.videostate import VIDEO
from platforms.meta.errors import fault_name
from platforms.meta.graph import GraphClient

SESSION, START, END = "upload_session", "upload_start", "upload_end"
_MOST = 16 * 1024 * 1024
"""Bytes in memory at a time; Facebook names the size of each piece and stays well below."""
_BEGINS_ANEW = frozenset({"100/1363041", "6001", "6001/1363037", "6001/1363041"})
"""The session is gone; or the piece does not fit to what is there, as when one had come whose answer was lost or whose
sender died."""


async def step_video(graph: GraphClient, work: Work) -> Done | Wait:
    """Send what is not there yet, then finish.

    Raises:
        PlatformError: its class says what to do.
    """
    path = f"/{work.channel_id}/videos"
    if SESSION not in work.handles:
        await _start(graph, work, path)
    while (start := int(work.handles[START])) < (end := int(work.handles[END])):
        await _transfer(graph, work, path, start, end)
    form = {"upload_phase": "finish", "upload_session_id": work.handles[SESSION], "description": work.draft.text}
    if work.draft.options is not None and work.draft.options.title:
        form["title"] = work.draft.options.title
    return await finish_video(graph, work, path, form, made=(VIDEO, SESSION, START, END))


async def _start(graph: GraphClient, work: Work, path: str) -> None:
    form = {"upload_phase": "start", "file_size": str(work.draft.media[0].byte_size)}
    answer = await graph.post(path, token=work.token, form=form)
    video, session = answer.get("video_id"), answer.get("upload_session_id")
    if not video or not session:
        raise _odd(graph)
    await work.keep({VIDEO: str(video), SESSION: str(session), **_offsets(graph, answer)})


async def _transfer(graph: GraphClient, work: Work, path: str, start: int, end: int) -> None:
    form = {"upload_phase": "transfer", "upload_session_id": work.handles[SESSION], "start_offset": str(start)}
    try:
        async with graph.uploading():
            if not (part := await work.read(0, start, min(end - start, _MOST))):
                raise _odd(graph)
            answer = await graph.post_part(path, token=work.token, form=form, name="video_file_chunk", part=part)
    except RejectedError as error:
        if fault_name(error) not in _BEGINS_ANEW:
            raise
        await work.keep({VIDEO: "", SESSION: "", START: "", END: ""})
        raise TransientError(error.failure) from error
    offsets = _offsets(graph, answer)
    if int(offsets[START]) <= start:  # sent again without end, were it not for a try that counts
        raise _odd(graph)
    await work.keep(offsets)


def _offsets(graph: GraphClient, answer: Mapping[str, Any]) -> dict[str, str]:
    try:
        return {START: str(int(answer["start_offset"])), END: str(int(answer["end_offset"]))}
    except (KeyError, TypeError, ValueError):
        raise _odd(graph) from None


def _odd(graph: GraphClient) -> TransientError:
    message = "Facebook did not say where the upload of the video stands."
    return TransientError(Failure(FailureCode.PLATFORM_UNAVAILABLE, graph.platform, message, "It is tried again."))
