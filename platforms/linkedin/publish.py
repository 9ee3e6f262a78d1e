"""Publishing to LinkedIn: files first, then the one public call, alike for members and Pages.

Source: https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api (read 2026-11-22).
"""

from dataclasses import dataclass, replace
from datetime import datetime

from platforms.base import DENIED, DOUBTED, NAMELESS, ChannelKind, Done, Receipt, Sent, Sighting, Wait, Work
from platforms.errors import (
    FailureCode,
    OutcomeUnknownError,
    RateLimitedError,
    RejectedError,
    TransientError,
)
from platforms.following import Following
from platforms.linkedin.api import LinkedInApi
from platforms.linkedin.body import body_of
from platforms.linkedin.errors import DuplicateError, refused, unknown
from platforms.linkedin.follow import find_comment, follow
from platforms.linkedin.look import address_of, look_for_member, look_for_page, within_window
from platforms.linkedin.rules import IMAGE, TEXT
from platforms.linkedin.tokens import access_of
from platforms.linkedin.uploads import forget_ready, stage_files

_PATH = "/rest/posts"
_AUTHORS = {
    ChannelKind.LINKEDIN_MEMBER: "urn:li:person:",
    ChannelKind.LINKEDIN_ORGANIZATION: "urn:li:organization:",
}


@dataclass(frozen=True, slots=True)
class LinkedInPublisher:
    """Brings posts of every kind out on the profiles or Pages of one app's sign-ins."""

    api: LinkedInApi
    kind: ChannelKind

    async def step(self, work: Work) -> Done | Wait:
        """Send the files, wait until LinkedIn is done with them, then make the post public.

        Raises:
            PlatformError: its class says what to do.
        """
        await self._refuse_late(work)
        if work.draft.link and work.draft.post not in {TEXT.name, IMAGE.name}:
            message = "A LinkedIn post has either a link's card, with one image at most, or a poll or files."
            raise refused(message, "Leave out the link, or put it into the text.")
        author = self._author(work.channel_id)
        if (wait := await stage_files(self.api, work, author)) is not None:
            return wait
        body = body_of(work, author)

        async def send() -> Receipt:
            return self._receipt(await self.api.create(_PATH, access=access_of(work.token), body=body))

        async def send_again() -> Receipt:
            try:
                return await send()
            except DuplicateError as error:
                return self._adopted(error)
            except RejectedError as error:
                if DOUBTED not in work.handles:
                    raise
                # it says nothing of the first call, which may have made it public
                failure = unknown(f"{error.failure.message}. An earlier call was not answered.")
                raise OutcomeUnknownError(failure) from error

        try:
            repeats = DOUBTED in work.handles or DENIED in work.handles
            return Done(await work.make_public(f"POST {_PATH}", send_again if repeats else send))
        except TransientError as error:
            if work.draft.media and not isinstance(error, RateLimitedError):
                await forget_ready(work)
            raise

    async def look(self, sent: Sent) -> Sighting:
        """Look among a Page's posts; of a member's nothing can be read.

        Raises:
            PlatformError: LinkedIn could not be asked.
        """
        if self.kind is ChannelKind.LINKEDIN_MEMBER:
            return look_for_member(sent)
        return await look_for_page(self.api, sent, self._author(sent.channel_id))

    async def follow(self, following: Following) -> str | None:
        """Do what is to be done after a post's call.

        Raises:
            PlatformError: its class says what to do.
        """
        return await follow(self.api, following, self._author(following.channel_id))

    async def find_comment(self, following: Following) -> Sighting:
        """Look for a first comment among those of its post.

        Raises:
            PlatformError: LinkedIn could not be asked.
        """
        return await find_comment(self.api, following, self._author(following.channel_id))

    async def permalink(self, *, platform_post_id: str, token: str) -> str | None:  # noqa: ARG002 - nothing is asked
        """Say the post's address, which its id tells."""
        return address_of(self.api, platform_post_id)

    def _author(self, channel_id: str) -> str:
        return f"{_AUTHORS[self.kind]}{channel_id}"

    def _receipt(self, urn: str | None) -> Receipt:
        if urn is None:
            message = "LinkedIn accepted the post and did not say its id."
            raise OutcomeUnknownError(unknown(message, code=NAMELESS))
        return Receipt(urn, address_of(self.api, urn))

    def _adopted(self, error: DuplicateError) -> Receipt:
        """The same was sent before, with an unknown outcome: the post that LinkedIn names is that one."""
        if error.urn is not None:
            return Receipt(error.urn, address_of(self.api, error.urn))
        failure = replace(error.failure, code=FailureCode.OUTCOME_UNKNOWN)
        raise OutcomeUnknownError(failure) from error

    async def _refuse_late(self, work: Work) -> None:
        """Once LinkedIn takes a second copy, a Page's posts are looked at once more, and a member is asked."""
        doubted = work.handles.get(DOUBTED)
        if doubted is None or within_window(first := datetime.fromisoformat(doubted), work.now):
            return
        if self.kind is ChannelKind.LINKEDIN_ORGANIZATION:
            sent = Sent(work.draft, work.channel_id, work.token, work.handles, first, work.now)
            sighting = await self.look(sent)
            if sighting.out is False and not sighting.matches:
                return
        message = "An earlier call was not answered, and LinkedIn takes a second copy by now."
        raise OutcomeUnknownError(unknown(message))
