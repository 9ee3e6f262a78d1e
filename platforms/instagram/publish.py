"""Publishing to Instagram: a container, processed by Instagram, then the one public call.

Sources, read 2026-11-22:
https://developers.facebook.com/docs/instagram-platform/content-publishing
https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-container
"""

import re
from datetime import datetime, timedelta

from platforms.base import Done, Receipt, Sent, Sighting, Wait, Work
from platforms.errors import (
    Failure,
    FailureCode,
    OutcomeUnknownError,
    PlatformError,
    RejectedError,
    TransientError,
)
from platforms.instagram.container import CONTAINER, EXPIRED, FAILED, FINISHED, PUBLISHED, read_container
from platforms.instagram.look import look
from platforms.instagram.polling import FIRST, next_ask
from platforms.meta.errors import identifier
from platforms.meta.graph import GraphClient

_CREATED = "container_created_at"
_PATIENCE = timedelta(minutes=15)
_UNREADABLE_PATIENCE = timedelta(minutes=1)
"""A container can be unreadable for days while publishing works, and publishing too early is refused for certain
(9007), so that trying costs little."""
_MAKE_AGAIN = frozenset({"2207003", "2207020", "2207032", "2207053", "2207082"})
_NOT_FETCHED = "Error: Media download has failed"  # names no code; it passes, so public reports say
_CODE = re.compile(r"error code (\d+)")


class InstagramPublisher:
    """Brings one image out on an Instagram professional account."""

    def __init__(self, graph: GraphClient) -> None:
        self._graph = graph

    async def step(self, work: Work) -> Done | Wait:
        """Make the container, or ask about it, and publish it as soon as it is ready.

        Raises:
            PlatformError: its class says what to do.
        """
        container = work.handles.get(CONTAINER)
        if container is None:
            await self._create(work)
            return Wait(FIRST)
        state = await read_container(self._graph, container, token=work.token)
        status, text = state.code, state.text
        age = work.now - datetime.fromisoformat(work.handles[_CREATED])
        if status == FINISHED or (status is None and age > _UNREADABLE_PATIENCE):
            return await self._publish(work, container)
        if status == PUBLISHED:
            return await self._settle(work, container)
        if status not in {FAILED, EXPIRED} and age <= _PATIENCE:
            return Wait(next_ask(age))
        raise await self._given_up(work, status or "", text)

    async def look(self, sent: Sent) -> Sighting:
        """Ask the container, and look among the account's own posts.

        Raises:
            PlatformError: Instagram could not be asked.
        """
        return await look(self._graph, sent)

    async def permalink(self, *, platform_post_id: str, token: str) -> str | None:
        """Read the post's address.

        Raises:
            PlatformError: it could not be read; nothing else follows from that.
        """
        answer = await self._graph.get(f"/{platform_post_id}", token=token, params={"fields": "permalink"})
        permalink = answer.get("permalink")
        return permalink if isinstance(permalink, str) else None

    async def _create(self, work: Work) -> None:
        image = work.draft.images[0]
        form = {"image_url": image.url, "caption": work.draft.text}
        if image.alt_text:
            form["alt_text"] = image.alt_text
        answer = await self._graph.post(f"/{work.channel_id}/media", token=work.token, form=form)
        container = identifier(answer, "the container", platform=self._graph.platform)
        await work.keep({CONTAINER: container, _CREATED: work.now.isoformat()})

    async def _publish(self, work: Work, container: str) -> Done:
        path = f"/{work.channel_id}/media_publish"

        async def send() -> Receipt:
            answer = await self._graph.post(path, token=work.token, form={"creation_id": container}, public=True)
            media_id = answer.get("id")
            if isinstance(media_id, str) and media_id:
                return Receipt(platform_post_id=media_id)
            raise OutcomeUnknownError(self._unknown("Instagram accepted the post and did not say its id."))

        return Done(await work.make_public(f"POST {path}", send))

    async def _settle(self, work: Work, container: str) -> Done:
        """The container is public already, by a call that was taken for refused, and nobody says as which post."""

        async def send() -> Receipt:
            raise OutcomeUnknownError(self._unknown("Instagram says that the container is published."))

        return Done(await work.make_public(f"GET /{container}", send))

    async def _given_up(self, work: Work, status: str, text: str) -> PlatformError:
        """The container came to an end without us, or will not: a new one is made, or the image is refused."""
        match = _CODE.search(text)
        code = match.group(1) if match else None
        if status != FAILED or code in _MAKE_AGAIN or text.startswith(_NOT_FETCHED):
            await work.keep({CONTAINER: "", _CREATED: ""})
            return TransientError(self._failure(f"Instagram gave no finished image; a new try is made: {text}", code))
        return RejectedError(self._failure(f"Instagram cannot use the image: {text or status}", code))

    def _failure(self, message: str, code: str | None) -> Failure:
        hint = "Change the image and publish again."
        return Failure(FailureCode.MEDIA_REJECTED, self._graph.platform, message, hint, platform_code=code)

    def _unknown(self, message: str) -> Failure:
        hint = "Nothing to do yet: the server looks for it at Instagram."
        return Failure(FailureCode.OUTCOME_UNKNOWN, self._graph.platform, f"{message} It may be public.", hint)
