"""Making the containers of a post, and waiting until Instagram is done with them; nothing here is public.

All items of a carousel are finished before the carousel itself is made: Instagram loses those that are not.

Sources, read 2026-11-22:
https://developers.facebook.com/docs/instagram-platform/content-publishing
https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-container
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from platforms.base import DOUBTED, DraftMedia, MediaKind, Wait, Work
from platforms.errors import (
    Failure,
    FailureCode,
    PlatformError,
    RateLimitedError,
    RejectedError,
    TransientError,
)
from platforms.instagram.container import CHILD, CONTAINER, CREATED, Stand, code_in, read_container, row_in, stand_of
from platforms.instagram.forms import CAROUSELS, child_form, is_sent, parent_form, single_form
from platforms.instagram.polling import FIRST, next_ask
from platforms.instagram.quota import refuse_if_too_many_containers, used_up
from platforms.issues import Fix, Issue, Rule
from platforms.meta.errors import identifier
from platforms.meta.graph import GraphClient
from platforms.meta.sending import pieces

CHILDREN_CREATED, FINISHED_CHILD, MADE = "children_created_at", "finished:", "made:"
UPLOAD, SENT = "upload_url", "upload_done"
APP = "container_app"
"""The handle that tells which app made the containers: one app cannot use another's."""
LIFE = timedelta(hours=23)
"""A container lives 24 hours; one that is nearly over is made anew instead of used."""


async def make_containers(graph: GraphClient, work: Work) -> Wait | None:
    """Bring a post's containers to where the last one is made; None once that is so.

    Raises:
        PlatformError: its class says what to do.
    """
    if CONTAINER not in work.handles:
        if work.draft.post in CAROUSELS:
            if (wait := await _children(graph, work)) is not None:
                return wait
            await _create(graph, work, parent_form(work.draft, children_of(work)))
        else:
            await _create(graph, work, single_form(work.draft))
        if not is_sent(work.draft):
            return Wait(FIRST)
    if is_sent(work.draft) and SENT not in work.handles:
        await _send(graph, work)
        return Wait(FIRST)
    return None


def children_of(work: Work) -> list[str]:
    """List the containers of a carousel's items, in order."""
    return [work.handles[f"{CHILD}{number}"] for number in range(len(work.draft.media))]


async def forget_containers(work: Work) -> None:
    """Forget what was made: it is made anew."""
    names = [name for name in work.handles if name.startswith((CHILD, FINISHED_CHILD, MADE))]
    await work.keep(dict.fromkeys([*names, CONTAINER, CREATED, CHILDREN_CREATED, UPLOAD, SENT, APP], ""))


def is_foreign(graph: GraphClient, work: Work) -> bool:
    """Whether the containers were made by another app: the channel has changed its sign-in since."""
    return work.handles.get(APP, graph.settings.app_id) != graph.settings.app_id


async def forget_foreign(graph: GraphClient, work: Work) -> None:
    """Forget containers of another app, unless a call was made with one whose outcome nobody knows."""
    if is_foreign(graph, work) and DOUBTED not in work.handles:
        await forget_containers(work)


def refuse_sending(graph: GraphClient, work: Work) -> None:
    """Go on unless a video is to be sent and there is nowhere to send it.

    Raises:
        RejectedError: Instagram takes the bytes of videos only of accounts that came with a Facebook Page.
    """
    if graph.settings.upload_url is not None or not is_sent(work.draft):
        return
    message = (
        "`videoTransfer: SEND` does not go with an account that signed in at Instagram: Instagram fetches its videos."
    )
    issue = Issue(Rule.OPTION_UNSUPPORTED, message, ("options", "videoTransfer"), fix=Fix.DROP_OPTION)
    hint = "Leave `videoTransfer` out, or connect the account through its Facebook Page."
    raise RejectedError(Failure(FailureCode.PLATFORM_REJECTED, graph.platform, message, hint, issues=(issue,)))


def refuse_cover(graph: GraphClient, work: Work) -> None:
    """Go on unless the moment whose picture is to be the cover lies behind the end of the video.

    Raises:
        RejectedError: Instagram would find out only after it had worked on the video.
    """
    offset, file = work.draft.options.cover_offset, work.draft.media[0]
    if offset is None or file.seconds is None or offset <= (most := int(file.seconds * 1000)):
        return
    message = f"The cover is to be from {offset:,} milliseconds on; the video has {most:,}."
    path = ("options", "coverOffset")
    issue = Issue(Rule.OPTION_UNSUPPORTED, message, path, limit=most, actual=offset, fix=Fix.DROP_OPTION)
    hint = "Choose a `coverOffset` within the video, or leave it out."
    raise RejectedError(Failure(FailureCode.PLATFORM_REJECTED, graph.platform, message, hint, issues=(issue,)))


def refusal(graph: GraphClient, text: str, *, again: bool) -> PlatformError:
    """Say that Instagram made nothing of a file: for good, or so that another try is worth it."""
    row = row_in(text)
    hint = row.hint if row else "Change the file and publish again."
    what = "gave nothing that can be published; a new try is made" if again else "cannot use the file"
    message = f"Instagram {what}: {text}"
    failure = Failure(FailureCode.MEDIA_REJECTED, graph.platform, message, hint, platform_code=code_in(text))
    return TransientError(failure) if again else RejectedError(failure)


async def _make(graph: GraphClient, work: Work, form: dict[str, str], *, of: int = 1) -> dict[str, Any]:
    """Make one container of so many that the post still needs.

    Raises:
        PlatformError: its class says what to do.
    """
    await refuse_if_too_many_containers(graph, work, of=of)
    try:
        return await graph.post(f"/{work.channel_id}/media", token=work.token, form=form)
    except RateLimitedError as error:
        if error.failure.code is FailureCode.QUOTA_EXCEEDED:
            raise await used_up(graph, work, said=error.failure) from error
        raise


async def _create(graph: GraphClient, work: Work, form: dict[str, str]) -> None:
    answer = await _make(graph, work, form)
    container = identifier(answer, "the container", platform=graph.platform)
    uri = answer.get("uri")
    given = {UPLOAD: uri} if isinstance(uri, str) else {}
    await work.keep({CONTAINER: container, CREATED: work.now.isoformat(), APP: graph.settings.app_id, **given})


async def _children(graph: GraphClient, work: Work) -> Wait | None:
    """Make what is missing, ask about what is not finished; None when all are."""
    await _make_children(graph, work)
    age = work.now - datetime.fromisoformat(work.handles[CHILDREN_CREATED])
    if age > LIFE:
        await forget_containers(work)
        return Wait(FIRST)
    open_ = [number for number in range(len(work.draft.media)) if f"{FINISHED_CHILD}{number}" not in work.handles]
    finished = [number for number in open_ if await _is_finished(graph, work, number)]
    await work.keep({f"{FINISHED_CHILD}{number}": "1" for number in finished})
    youngest = min((_age(work, number) for number in open_), default=age)
    return Wait(next_ask(youngest)) if len(finished) < len(open_) else None


async def _make_children(graph: GraphClient, work: Work) -> None:
    missing = [number for number in range(len(work.draft.media)) if f"{CHILD}{number}" not in work.handles]
    for made, number in enumerate(missing):
        answer = await _make(graph, work, child_form(work.draft, number), of=len(missing) - made + 1)
        child = identifier(answer, "an item's container", platform=graph.platform)
        since = work.handles.get(CHILDREN_CREATED, work.now.isoformat())
        made_at = {CHILDREN_CREATED: since, f"{MADE}{number}": work.now.isoformat()}
        await work.keep({f"{CHILD}{number}": child, APP: graph.settings.app_id, **made_at})


def _age(work: Work, number: int) -> timedelta:
    """Say how old an item is: one that was made again, or late, is younger than the others."""
    made_at = work.handles.get(f"{MADE}{number}") or work.handles[CHILDREN_CREATED]
    return work.now - datetime.fromisoformat(made_at)


async def _is_finished(graph: GraphClient, work: Work, number: int) -> bool:
    """Ask about one item; one that came to nothing is forgotten, alone, and made again in the next try."""
    state = await read_container(graph, work.handles[f"{CHILD}{number}"], token=work.token)
    stand = stand_of(state, age=_age(work, number), video=_is_video(work.draft.media[number : number + 1]))
    if stand in {Stand.GONE, Stand.REFUSED}:
        await work.keep({f"{CHILD}{number}": "", f"{MADE}{number}": ""})
        raise refusal(graph, f"item {number + 1}: {state.text or state.code}", again=stand is Stand.GONE)
    return stand is Stand.READY


async def _send(graph: GraphClient, work: Work) -> None:
    """Send the video whole; a container whose upload broke off is made anew, for nobody says how much arrived."""
    if UPLOAD not in work.handles:
        await forget_containers(work)
        raise refusal(graph, "it did not say where to send the video", again=True)
    size = work.draft.media[0].byte_size
    try:
        stream = pieces(work, 0, 0, size)
        await graph.upload(work.handles[UPLOAD], token=work.token, offset=0, size=size, pieces=stream)
    except PlatformError:
        await forget_containers(work)
        raise
    await work.keep({SENT: "1"})


def _is_video(files: Sequence[DraftMedia]) -> bool:
    return any(file.kind is MediaKind.VIDEO for file in files)
