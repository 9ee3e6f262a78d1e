"""A text, a link or photos in a Page's feed: photos unpublished first, then the one public call.

A photo that was uploaded unpublished can later be asked which post it went into, so that the outcome of a lost answer
can be proved; a photo published directly cannot.

Source: https://developers.facebook.com/docs/pages-api/posts (read 2026-11-22)
"""

import orjson

from platforms.base import Done, DraftMedia, Receipt, Work
from platforms.errors import RejectedError
from platforms.facebook.handles import PHOTO
from platforms.meta.errors import identifier
from platforms.meta.graph import GraphClient
from platforms.meta.sending import receipt_of, refused


async def step_feed(graph: GraphClient, work: Work) -> Done:
    """Upload what is not there yet, then make the post public.

    Raises:
        PlatformError: its class says what to do.
    """
    photos = [await stage_photo(graph, work, number, image) for number, image in enumerate(work.draft.media)]
    path, form = f"/{work.channel_id}/feed", _form(work, photos)

    async def send() -> Receipt:
        try:
            answer = await graph.post(path, token=work.token, form=form, public=True)
        except RejectedError as error:
            raise (refused(work, error, graph.platform) if photos else error) from error
        return receipt_of(answer.get("id"), graph.platform)

    return Done(await work.make_public(f"POST {path}", send))


async def stage_photo(graph: GraphClient, work: Work, number: int, image: DraftMedia) -> str:
    """Upload a photo without publishing it, unless it is there; gives its id.

    Raises:
        PlatformError: its class says what to do.
    """
    name = f"{PHOTO}{number}"
    if name in work.handles:
        return work.handles[name]
    form = {"url": image.url, "published": "false"}
    if image.alt_text:
        form["alt_text_custom"] = image.alt_text
    answer = await graph.post(f"/{work.channel_id}/photos", token=work.token, form=form)
    photo = identifier(answer, "a photo", platform=graph.platform)
    await work.keep({name: photo})
    return photo


def _form(work: Work, photos: list[str]) -> dict[str, str]:
    form: dict[str, str] = {}
    if work.draft.text:
        form["message"] = work.draft.text
    if work.draft.link:
        form["link"] = work.draft.link
    if photos:
        form["attached_media"] = orjson.dumps([{"media_fbid": photo} for photo in photos]).decode()
    return form
