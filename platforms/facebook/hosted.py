"""A Reel or a story with a video: begun, sent whole to the upload host, and finished, which makes it public.

Sources, read 2026-11-22:
https://developers.facebook.com/docs/video-api/guides/reels-publishing
https://developers.facebook.com/docs/page-stories-api (`video_stories`)
"""

from datetime import timedelta

from platforms.base import Done, Wait, Work
from platforms.errors import Failure, FailureCode, RejectedError, TransientError
from platforms.facebook.finishing import finish_video
from platforms.facebook.videostate import VIDEO, VideoState, read_video
from platforms.meta.graph import GraphClient
from platforms.meta.sending import pieces

UPLOAD, BEGUN, SENT = "upload_url", "upload_begun", "upload_done"
_MADE = (VIDEO, UPLOAD, BEGUN, SENT)
_AGAIN = timedelta(seconds=2)


async def step_reel(graph: GraphClient, work: Work) -> Done | Wait:
    """Bring out a Reel.

    Raises:
        PlatformError: its class says what to do.
    """
    form = {"video_state": "PUBLISHED", "description": work.draft.text}
    if work.draft.options is not None and work.draft.options.title:
        form["title"] = work.draft.options.title
    return await _step(graph, work, f"/{work.channel_id}/video_reels", form)


async def step_video_story(graph: GraphClient, work: Work) -> Done | Wait:
    """Bring out a story with a video.

    Raises:
        PlatformError: its class says what to do.
    """
    return await _step(graph, work, f"/{work.channel_id}/video_stories", {})


async def _step(graph: GraphClient, work: Work, path: str, form: dict[str, str]) -> Done | Wait:
    if VIDEO not in work.handles:
        await _begin(graph, work, path)
    if SENT not in work.handles:
        await _send_file(graph, work)
    video = work.handles[VIDEO]
    state = await read_video(graph, video, token=work.token)
    if state is not None and not state.complete:
        return await _unfinished(graph, work, state)
    finish = {"upload_phase": "finish", "video_id": video, **form}
    return await finish_video(graph, work, path, finish, made=_MADE)


async def _begin(graph: GraphClient, work: Work, path: str) -> None:
    answer = await graph.post(path, token=work.token, form={"upload_phase": "start"})
    video, url = answer.get("video_id"), answer.get("upload_url")
    if not video or not isinstance(url, str):
        message = "Facebook did not say where to send the video."
        raise TransientError(Failure(FailureCode.PLATFORM_UNAVAILABLE, graph.platform, message, "It is tried again."))
    await work.keep({VIDEO: str(video), UPLOAD: url})


async def _send_file(graph: GraphClient, work: Work) -> None:
    """Send the file from where an earlier try broke off."""
    size, offset = work.draft.media[0].byte_size, 0
    if BEGUN in work.handles:
        state = await read_video(graph, work.handles[VIDEO], token=work.token)
        offset = min(state.arrived, size) if state else 0
    else:
        await work.keep({BEGUN: "1"})
    if offset < size:
        stream = pieces(work, 0, offset, size)
        await graph.upload(work.handles[UPLOAD], token=work.token, offset=offset, size=size, pieces=stream)
    await work.keep({SENT: "1"})


async def _unfinished(graph: GraphClient, work: Work, state: VideoState) -> Wait:
    """Not all of it has arrived, although all was sent: wait, or send it again, or give it up."""
    if state.problem is None:
        if state.arrived >= (size := work.draft.media[0].byte_size):
            return Wait(_AGAIN)
        await work.keep({SENT: ""})
        message = f"Facebook has {state.arrived:,} of the video's {size:,} bytes."
        hint = "Nothing to do: the rest is sent again."
        raise TransientError(Failure(FailureCode.PLATFORM_UNAVAILABLE, graph.platform, message, hint))
    await work.keep(dict.fromkeys(_MADE, ""))
    message = f"Facebook cannot use the video: {state.problem}"
    hint = "Change the video and publish again."
    raise RejectedError(Failure(FailureCode.MEDIA_REJECTED, graph.platform, message, hint))
