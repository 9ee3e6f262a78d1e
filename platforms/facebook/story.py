"""A story with a photo: the photo unpublished first, then the one public call. Finding stories after a lost answer.

A photo that is in one story is refused in another, so that the same photo cannot go out twice.

Source: https://developers.facebook.com/docs/page-stories-api (read 2026-11-22)
"""

from collections.abc import Iterator, Mapping
from typing import Any

from platforms.base import NAMELESS, Done, Receipt, Sent, Sighting, Work
from platforms.errors import RejectedError
from platforms.facebook.feed import stage_photo
from platforms.facebook.handles import PHOTO
from platforms.facebook.videostate import VIDEO, look_at_video
from platforms.meta.graph import GraphClient
from platforms.meta.matching import BEFORE, list_since
from platforms.meta.sending import receipt_of, refused

_FIELDS = "post_id,status,creation_time,media_type,media_id,url"


async def step_photo_story(graph: GraphClient, work: Work) -> Done:
    """Upload the photo, then make the story public.

    Raises:
        PlatformError: its class says what to do.
    """
    photo = await stage_photo(graph, work, 0, work.draft.media[0])
    path = f"/{work.channel_id}/photo_stories"

    async def send() -> Receipt:
        try:
            answer = await graph.post(path, token=work.token, form={"photo_id": photo}, public=True)
        except RejectedError as error:
            raise refused(work, error, graph.platform) from error
        return receipt_of(answer.get("post_id"), graph.platform)

    return Done(await work.make_public(f"POST {path}", send))


async def look_for_story(graph: GraphClient, sent: Sent) -> Sighting:
    """Look among the Page's stories for one with this photo or video; a video is asked first.

    Raises:
        PlatformError: Facebook could not be asked.
    """
    video = sent.handles.get(VIDEO)
    if video is not None and _is_told(seen := await look_at_video(graph, sent, video)):
        return seen
    media = video or sent.handles.get(f"{PHOTO}0")
    stories, whole = await list_since(
        graph,
        f"/{sent.channel_id}/stories",
        token=sent.token,
        fields=_FIELDS,
        time_field="creation_time",
        moment=sent.sent_at - BEFORE,
    )
    matches = tuple(_receipts(stories, media))
    if matches:
        return Sighting(out=True, matches=matches)
    return Sighting(out=False if whole and media is not None and sent.answer != NAMELESS else None)


def _is_told(seen: Sighting) -> bool:
    return bool(seen.out or seen.working or seen.refusal)


def _receipts(stories: list[Mapping[str, Any]], media: str | None) -> Iterator[Receipt]:
    for story in stories:
        post_id, url = story.get("post_id"), story.get("url")
        if media is not None and str(story.get("media_id")) == media and isinstance(post_id, str) and post_id:
            yield Receipt(post_id, url if isinstance(url, str) else None)
