"""Finishing a video, which makes it public: once, although an earlier call to finish it may have gone out late.

Source: https://developers.facebook.com/docs/video-api/guides/reels-publishing
(`upload_phase`, `status`; read 2026-11-22)
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from platforms.base import DOUBTED, Done, Receipt, Wait, Work
from platforms.errors import OutcomeUnknownError, RejectedError
from platforms.facebook.videostate import VIDEO, read_video, taken
from platforms.meta.graph import GraphClient
from platforms.meta.sending import unknown

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
            raise await _refused(graph, work, error, made) from error
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


async def _refused(
    graph: GraphClient, work: Work, error: RejectedError, made: Sequence[str]
) -> RejectedError | OutcomeUnknownError:
    """What was finished before is refused the second time: under a doubt a refusal proves nothing."""
    if DOUBTED in work.handles:
        return OutcomeUnknownError(unknown("Facebook refused to finish the video a second time.", graph.platform))
    await work.keep(dict.fromkeys(made, ""))
    return error
