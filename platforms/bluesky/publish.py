"""Publishing to a Bluesky account: one record whose key is chosen before it is sent, so that it cannot be there twice.

Sources, read 2026-11-26:
https://github.com/bluesky-social/atproto/blob/main/lexicons/com/atproto/repo/createRecord.json (`rkey`)
https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/feed/post.json
https://docs.bsky.app/docs/advanced-guides/posts (replies, cards, images)
"""

from typing import Any

from platforms.base import Done, Receipt, Sent, Sighting, Wait, Work
from platforms.bluesky.errors import NO_BLOB, name_of, unknown
from platforms.bluesky.follow import follow
from platforms.bluesky.images import forget_images
from platforms.bluesky.look import look
from platforms.bluesky.posts import KEY, post_of
from platforms.bluesky.records import POSTS, Address, text_of
from platforms.bluesky.tid import new_tid
from platforms.bluesky.tokens import Session
from platforms.bluesky.xrpc import XrpcClient
from platforms.errors import OutcomeUnknownError, RejectedError, TransientError
from platforms.following import Following

_CREATE = "com.atproto.repo.createRecord"


class BlueskyPublisher:
    """Brings posts out on an account."""

    def __init__(self, client: XrpcClient) -> None:
        self._client = client

    async def step(self, work: Work) -> Done | Wait:
        """Choose the post's key, upload its images, then create it.

        Raises:
            PlatformError: its class says what to do.
        """
        session = Session.read(work.token)
        if KEY not in work.handles:
            await work.keep({KEY: new_tid(work.now)})
        address = Address(session.did, POSTS, work.handles[KEY])
        body = {**address.params, "record": await post_of(self._client, session, work)}

        async def send() -> Receipt:
            return _receipt(await self._create(session, work, body))

        return Done(await work.make_public(f"POST /xrpc/{_CREATE}", send))

    async def _create(self, session: Session, work: Work, body: dict[str, Any]) -> dict[str, Any]:
        try:
            return await self._client.procedure(session.service, _CREATE, body=body, token=session.access, public=True)
        except RejectedError as error:
            if name_of(error) != NO_BLOB:
                raise
            await forget_images(work)
            raise TransientError(error.failure) from error

    async def look(self, sent: Sent) -> Sighting:
        """Ask for the record by its key.

        Raises:
            PlatformError: the server could not be asked.
        """
        return await look(self._client, sent)

    async def follow(self, following: Following) -> str | None:
        """Do what is to be done after a post's call: delete it.

        Raises:
            PlatformError: its class says what to do.
        """
        await follow(self._client, following)
        return None

    async def find_comment(self, following: Following) -> Sighting:  # noqa: ARG002 - there are no first comments
        """Find none: no rule lets a first comment be written."""
        return Sighting(out=False)

    async def permalink(self, *, platform_post_id: str, token: str) -> str | None:  # noqa: ARG002 - nobody is asked
        """Give the post's page, which its address tells."""
        return Address.read(platform_post_id).page


def _receipt(answer: dict[str, Any]) -> Receipt:
    """Take the address that the server says the record has; without one nobody knows whether it is there."""
    try:
        made = Address.read(text_of(answer, "uri"))
    except (RejectedError, TransientError) as error:
        raise OutcomeUnknownError(unknown("Bluesky accepted the post and did not say where it is.")) from error
    return Receipt(made.uri, made.page)
