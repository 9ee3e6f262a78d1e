"""Finishing a video, which makes it public: once, although an earlier call to finish it may have gone out late.

Source: https://developers.facebook.com/docs/video-api/guides/reels-publishing
(`upload_phase`, `status`; read 2026-11-22)
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from platforms.base import DOUBTED, Done, Receipt, Wait, Work
from platforms.errors import RejectedError
from platforms.facebook.videostate import VIDEO, read_video, taken
from platforms.meta.graph import GraphClient
from platforms.meta.sending import refused

_AGAIN = timedelta(seconds=5)


async def finish_video(
    graph: GraphClient, work: Work, path: str, form: Mapping[str, str], *, made: Sequence[str]
) -> Done | Wait:
    """Make a video public that has arrived; `made` are the handles of its upload, of no use once it is refused.

    Raises:
        PlatformError: its class says what to do.
    """
    if DOUBTED in work.handles and (seen := await _seen(graph, work)) is not None:
        return seen

    async def send() -> Receipt:
        try:
            await graph.post(path, token=work.token, form=form, public=True)
        except RejectedError as error:
            if DOUBTED not in work.handles:
                await work.keep(dict.fromkeys(made, ""))
            raise refused(work, error, graph.platform) from error
        return await taken(graph, work.handles[VIDEO], token=work.token)

    return Done(await work.make_public(f"POST {path}", send))


async def _seen(graph: GraphClient, work: Work) -> Done | Wait | None:
    """Ask a video that may have been finished already whether it was; None when it was not."""
    video = work.handles[VIDEO]
    state = await read_video(graph, video, token=work.token)
    if state is None:
        return None
    if state.out:
        return Done(Receipt(state.post_id or video, state.permalink))
    return Wait(_AGAIN) if state.working and state.problem is None else None
