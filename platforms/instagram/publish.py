"""Publishing to Instagram: containers, processed by Instagram, then the one public call, alike for every kind of post.

Sources, read 2026-11-22:
https://developers.facebook.com/docs/instagram-platform/content-publishing
https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-container
"""

from datetime import datetime

from platforms.base import DENIED, DOUBTED, Done, MediaKind, Receipt, Sent, Sighting, Wait, Work
from platforms.errors import FailureCode, OutcomeUnknownError, PlatformError, RateLimitedError, RejectedError
from platforms.following import Following
from platforms.instagram.container import CONTAINER, CREATED, Stand, read_container, stand_of
from platforms.instagram.containers import (
    LIFE,
    forget_containers,
    forget_foreign,
    is_foreign,
    make_containers,
    refusal,
    refuse_cover,
    refuse_sending,
)
from platforms.instagram.follow import COMMENTS, follow
from platforms.instagram.forms import CAROUSELS
from platforms.instagram.look import look
from platforms.instagram.polling import next_ask
from platforms.instagram.quota import refuse_if_used_up, used_up
from platforms.meta.comments import find_comment
from platforms.meta.errors import entries_of
from platforms.meta.graph import GraphClient
from platforms.meta.sending import receipt_of, refused, unknown


class InstagramPublisher:
    """Brings posts of every kind out on an Instagram professional account."""

    def __init__(self, graph: GraphClient) -> None:
        self._graph = graph

    async def step(self, work: Work) -> Done | Wait:
        """Make the containers, or ask about the last one, and publish it as soon as it is ready.

        Raises:
            PlatformError: its class says what to do.
        """
        await forget_foreign(self._graph, work)
        if not work.handles.keys() - {DENIED}:
            refuse_sending(self._graph, work)
            refuse_cover(self._graph, work)
            await refuse_if_used_up(self._graph, work)
        if (wait := await make_containers(self._graph, work)) is not None:
            return wait
        container = work.handles[CONTAINER]
        if is_foreign(self._graph, work):
            return await self._unsettled(work, "An earlier call was made through another sign-in.")
        state = await read_container(self._graph, container, token=work.token)
        age = work.now - datetime.fromisoformat(work.handles[CREATED])
        video = any(file.kind is MediaKind.VIDEO for file in work.draft.media)
        stand = stand_of(state, age=age, video=video)
        if stand is Stand.BUSY:
            return Wait(next_ask(age))
        if stand is Stand.OUT:
            return await self._unsettled(work, "Instagram says that the container is published.")
        if stand is Stand.READY and (age <= LIFE or DOUBTED in work.handles):
            return await self._publish(work, container)
        if DOUBTED in work.handles:
            return await self._unsettled(work, "The container of an earlier call came to an end.")
        await forget_containers(work)
        raise refusal(self._graph, state.text or str(state.code), again=stand is not Stand.REFUSED)

    async def look(self, sent: Sent) -> Sighting:
        """Ask the container, and look among the account's own posts.

        Raises:
            PlatformError: Instagram could not be asked.
        """
        return await look(self._graph, sent)

    async def follow(self, following: Following) -> str | None:
        """Do what is to be done after a post's call.

        Raises:
            PlatformError: its class says what to do.
        """
        return await follow(self._graph, following)

    async def find_comment(self, following: Following) -> Sighting:
        """Look for a first comment among those of its post.

        Raises:
            PlatformError: Instagram could not be asked.
        """
        return await find_comment(self._graph, following, COMMENTS)

    async def permalink(self, *, platform_post_id: str, token: str) -> str | None:
        """Read the post's address.

        Raises:
            PlatformError: it could not be read; nothing else follows from that.
        """
        answer = await self._graph.get(f"/{platform_post_id}", token=token, params={"fields": "permalink"})
        permalink = answer.get("permalink")
        return permalink if isinstance(permalink, str) else None

    async def _publish(self, work: Work, container: str) -> Done:
        path = f"/{work.channel_id}/media_publish"

        async def send() -> Receipt:
            form = {"creation_id": container}
            try:
                answer = await self._graph.post(path, token=work.token, form=form, public=True)
            except RejectedError as error:
                raise refused(work, error, self._graph.platform) from error
            return await self._verified(work, receipt_of(answer.get("id"), self._graph.platform))

        try:
            return Done(await work.make_public(f"POST {path}", send))
        except RateLimitedError as error:
            if error.failure.code is FailureCode.QUOTA_EXCEEDED:
                raise await used_up(self._graph, work, said=error.failure) from error
            raise

    async def _verified(self, work: Work, receipt: Receipt) -> Receipt:
        """Count a carousel's items: Instagram may lose one without saying so. Whatever is found, it is out."""
        if work.draft.post not in CAROUSELS:
            return receipt
        try:
            answer = await self._graph.get(
                f"/{receipt.platform_post_id}", token=work.token, params={"fields": "children{id}"}
            )
        except PlatformError:
            return receipt
        children = answer.get("children")
        found = len(entries_of(children)) if isinstance(children, dict) else 0
        if not found or found >= len(work.draft.media):
            return receipt
        warning = f"Instagram shows {found} of the carousel's {len(work.draft.media)} items."
        return Receipt(receipt.platform_post_id, receipt.permalink, warning)

    async def _unsettled(self, work: Work, message: str) -> Done:
        """The container went out by a call that was taken for refused, or may have, and nobody says as which post."""

        async def send() -> Receipt:
            raise OutcomeUnknownError(unknown(message, self._graph.platform))

        return Done(await work.make_public(f"GET /{work.handles[CONTAINER]}", send))
