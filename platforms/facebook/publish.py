"""Publishing to a Facebook Page: photos unpublished first, then the one public call to its feed.

A photo that was uploaded unpublished can later be asked which post it went into, so that the outcome of a lost answer
can be proved; a photo published directly cannot.

Source: https://developers.facebook.com/docs/pages-api/posts (read 2026-11-22)
"""

import orjson

from platforms.base import Done, DraftImage, Receipt, Sent, Sighting, Wait, Work
from platforms.errors import Failure, FailureCode, OutcomeUnknownError
from platforms.facebook.look import PHOTO, look
from platforms.meta.errors import identifier
from platforms.meta.graph import GraphClient


class FacebookPublisher:
    """Brings text, a link or photos out on a Page."""

    def __init__(self, graph: GraphClient) -> None:
        self._graph = graph

    async def step(self, work: Work) -> Done | Wait:
        """Upload what is not there yet, then make the post public.

        Raises:
            PlatformError: its class says what to do.
        """
        photos = [await self._photo(work, number, image) for number, image in enumerate(work.draft.images)]
        path = f"/{work.channel_id}/feed"
        form = _form(work, photos)

        async def send() -> Receipt:
            answer = await self._graph.post(path, token=work.token, form=form, public=True)
            return self._receipt(answer.get("id"))

        return Done(await work.make_public(f"POST {path}", send))

    async def look(self, sent: Sent) -> Sighting:
        """Ask the photos for their post, and look among the Page's own posts.

        Raises:
            PlatformError: Facebook could not be asked.
        """
        return await look(self._graph, sent)

    async def permalink(self, *, platform_post_id: str, token: str) -> str | None:
        """Read the post's address.

        Raises:
            PlatformError: it could not be read; nothing else follows from that.
        """
        answer = await self._graph.get(f"/{platform_post_id}", token=token, params={"fields": "permalink_url"})
        permalink = answer.get("permalink_url")
        return permalink if isinstance(permalink, str) else None

    async def _photo(self, work: Work, number: int, image: DraftImage) -> str:
        name = f"{PHOTO}{number}"
        if name in work.handles:
            return work.handles[name]
        form = {"url": image.url, "published": "false"}
        if image.alt_text:
            form["alt_text_custom"] = image.alt_text
        answer = await self._graph.post(f"/{work.channel_id}/photos", token=work.token, form=form)
        photo = identifier(answer, "a photo", platform=self._graph.platform)
        await work.keep({name: photo})
        return photo

    def _receipt(self, post_id: object) -> Receipt:
        if isinstance(post_id, str) and post_id:
            return Receipt(platform_post_id=post_id)
        message = "Facebook accepted the post and did not say its id. It may be public."
        hint = "Nothing to do yet: the server looks for it at Facebook."
        failure = Failure(FailureCode.OUTCOME_UNKNOWN, self._graph.platform, message, hint)
        raise OutcomeUnknownError(failure)


def _form(work: Work, photos: list[str]) -> dict[str, str]:
    form: dict[str, str] = {}
    if work.draft.text:
        form["message"] = work.draft.text
    if work.draft.link:
        form["link"] = work.draft.link
    if photos:
        form["attached_media"] = orjson.dumps([{"media_fbid": photo} for photo in photos]).decode()
    return form
