"""Publishing to an account of X: files first, then the one public call.

Source: https://docs.x.com/x-api/posts/create-post (read 2026-11-22).
"""

from datetime import timedelta

from platforms.base import DENIED, DOUBTED, Done, Receipt, Sent, Sighting, Wait, Work
from platforms.errors import OutcomeUnknownError, RejectedError, TransientError
from platforms.following import Following
from platforms.x.api import POSTS, XApi
from platforms.x.body import body_of
from platforms.x.errors import DUPLICATE, DuplicateError, UnknownMediaError, UnseenParentError, unknown
from platforms.x.follow import follow
from platforms.x.look import address_of, look
from platforms.x.matching import moment_of
from platforms.x.tokens import Token
from platforms.x.uploads import forget_files, media_ids, stage_files

_UNSEEN_FOR = timedelta(seconds=60)
"""How long a post may not be there for replies to it."""
_LOOK_AGAIN = timedelta(seconds=2)
_SENT_ANEW = "media_anew"


class XPublisher:
    """Brings posts out on an account."""

    def __init__(self, api: XApi) -> None:
        self._api = api

    async def step(self, work: Work) -> Done | Wait:
        """Send the files, wait until X is done with them, then make the post public.

        Raises:
            PlatformError: its class says what to do.
        """
        token = Token.read(work.token)
        if (wait := await stage_files(self._api, work, token)) is not None:
            return wait
        body = body_of(work.draft, media_ids(work.handles))

        async def send() -> Receipt:
            made = await self._api.create(access=token.access, body=body)
            return Receipt(made, address_of(self._api, token, made))

        async def send_again() -> Receipt:
            try:
                return await send()
            except DuplicateError as error:
                raise OutcomeUnknownError(unknown("X has it already.", code=DUPLICATE)) from error
            except RejectedError as error:
                if DOUBTED not in work.handles:
                    raise
                # it says nothing of the first call, which may have made it public
                message = f"{error.failure.message}. An earlier call was not answered."
                raise OutcomeUnknownError(unknown(message)) from error

        try:
            repeats = DOUBTED in work.handles or DENIED in work.handles
            return Done(await work.make_public(f"POST {POSTS}", send_again if repeats else send))
        except UnseenParentError as error:
            raise _not_yet(work, error) from error
        except UnknownMediaError as error:
            raise await _once_more(work, error) from error

    async def look(self, sent: Sent) -> Sighting:
        """Look among the account's posts.

        Raises:
            PlatformError: X could not be asked.
        """
        return await look(self._api, sent)

    async def follow(self, following: Following) -> str | None:
        """Do what is to be done after a post's call: delete it.

        Raises:
            PlatformError: its class says what to do.
        """
        await follow(self._api, following)
        return None

    async def find_comment(self, following: Following) -> Sighting:  # noqa: ARG002 - there are no first comments
        """Find none: no rule lets a first comment be written."""
        return Sighting(out=False)

    async def permalink(self, *, platform_post_id: str, token: str) -> str | None:
        """Say the post's address, which its id tells."""
        return address_of(self._api, Token.read(token), platform_post_id)


def _not_yet(work: Work, error: UnseenParentError) -> RejectedError | TransientError:
    """A new post cannot be replied to for a moment; an older one that cannot be seen was deleted."""
    above = work.draft.reply_to
    if above is not None and work.now - moment_of(above.parent) < _UNSEEN_FOR:
        return TransientError(error.failure, retry_after=_LOOK_AGAIN)
    return error


async def _once_more(work: Work, error: UnknownMediaError) -> RejectedError | TransientError:
    """Files that X does not know, for it keeps them a day, are sent anew, once."""
    if _SENT_ANEW in work.handles:
        return error
    await forget_files(work)
    await work.keep({_SENT_ANEW: "1"})
    return TransientError(error.failure)
